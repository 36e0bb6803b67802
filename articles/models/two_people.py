"""What takes two people, and what a sign-off is worth, as the database says it: SQL for `guards`.

A sign-off that was taken back publishes nothing. Who signed does not publish; who asked does not confirm; and who a
reviewer is, or what a section requires, changes only by a `SafeguardChange` that is in force.
"""

from articles.models.safeguards import ACCOUNT, ADDRESS, IDENTITY, PASSWORD, RULES, SECOND_STEP


def _inbox(address: str) -> str:
    """SQL: the inbox that an address most likely reaches, as `mail.addresses.inbox` has it."""
    whole = f"LOWER(TRIM({address}))"
    at = f"INDEX_OF({whole} || '@', '@')"
    local, domain = f"SUBSTR({whole}, 1, {at} - 1)", f"SUBSTR({whole}, {at})"
    name = f"SUBSTR({local}, 1, INDEX_OF({local} || '+', '+') - 1)"
    return f"""CASE WHEN {domain} IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE({name}, '.', '') || '@gmail.com' ELSE {name} || {domain} END"""


def _past(value: str) -> str:
    """SQL: what a page was known by, or is since, by its changes in force; an account's address changes at once."""
    return f"""SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.{value} ELSE {_inbox(f"past.{value}")} END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.{value} <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = '{ADDRESS}')"""  # noqa: S608


# What a person is known by, as `publishing.persons` has it: their account, their page, and the inboxes of both.
_ACCOUNTS = "FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id"
_TRACES = f"""(SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace {_ACCOUNTS}
    UNION ALL SELECT account.id, page.id, {_inbox("account.email")} {_ACCOUNTS} WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, {_inbox("page.email")} FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL {_past("was")} UNION ALL {_past("becomes")})"""  # noqa: S608


def one_person(one: str, other: str) -> str:
    """SQL: whether two are one person; each is said as “account = …” or “page = …”."""
    return f"""EXISTS (SELECT 1 FROM {_TRACES} one JOIN {_TRACES} other ON other.trace = one.trace
        WHERE one.{one} AND other.{other})"""  # noqa: S608


def _as_text(row: str, column: str) -> str:
    """SQL: a value as `was` and `becomes` have it."""
    if column.startswith(("is_", "requires_")):
        return f"CASE WHEN {row}.{column} THEN 'true' ELSE 'false' END"
    return f"COALESCE(CAST({row}.{column} AS TEXT), '')"


def _unasked(owner: str, column: str) -> str:
    """SQL: whether a column changes other than by the newest change of it that is in force."""
    field = column.removesuffix("_id")
    before, after = _as_text("OLD", column), _as_text("NEW", column)
    newest = f"""SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.{owner}_id = NEW.id AND last.field = '{field}' AND last.applied_at IS NOT NULL"""  # noqa: S608
    return f"""({before} <> {after} AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = ({newest}) AND asked.was = {before} AND asked.becomes = {after}))"""  # noqa: S608


UNASKED_IDENTITY = f"""(OLD.is_medical_reviewer OR NEW.is_medical_reviewer
    OR EXISTS (SELECT 1 FROM articles_safeguardchange known WHERE known.contributor_id = NEW.id)
    OR EXISTS (SELECT 1 FROM articles_review signed WHERE signed.reviewer_id = NEW.id)) AND ({
    " OR ".join(_unasked("contributor", name) for name in ("email", "user_id", *IDENTITY[2:]))
})"""  # noqa: S608
UNASKED_RULES = " OR ".join(_unasked("section", name) for name in RULES)
# A sign-off can be taken back by anybody who gave it, also by somebody who wrote on the text since.
SIGNED_BY_ITS_WRITER = f"""NEW.decision = 'approved' AND (EXISTS (
    SELECT 1 FROM articles_revision signed
    JOIN articles_byline written ON written.article_id = signed.article_id
    WHERE signed.id = NEW.revision_id AND {one_person("page = written.contributor_id", "page = NEW.reviewer_id")}
) OR EXISTS (
    SELECT 1 FROM articles_revision signed
    JOIN articles_revision saved ON saved.article_id = signed.article_id AND saved.number <= signed.number
        AND (saved.id = signed.id OR NEW.carried_from_id IS NULL)
    WHERE signed.id = NEW.revision_id AND {one_person("account = saved.by_id", "page = NEW.reviewer_id")}))"""  # noqa: S608
BY_ITS_SIGNER = f"""NEW.kind <> 'withdrawn' AND EXISTS (SELECT 1 FROM articles_review sign_off
    WHERE sign_off.id = NEW.review_id AND {one_person("account = NEW.by_id", "page = sign_off.reviewer_id")})"""  # noqa: S608
_ACCOUNT_OPEN = f"""SELECT 1 FROM articles_safeguardchange waiting
    WHERE waiting.field IN ({", ".join(f"'{field}'" for field in ACCOUNT)})
      AND waiting.applied_at IS NULL AND waiting.stopped_at IS NULL"""  # noqa: S608
UNSETTLED = f"""NEW.decision = 'approved' AND NEW.carried_from_id IS NULL
    AND EXISTS ({_ACCOUNT_OPEN} AND waiting.contributor_id = NEW.reviewer_id)"""
ADDRESS_UNTOLD = f"""OLD.email <> NEW.email AND EXISTS (SELECT 1 FROM articles_contributor reviewer
    WHERE reviewer.user_id = NEW.id AND reviewer.is_medical_reviewer
      AND NOT EXISTS ({_ACCOUNT_OPEN} AND waiting.contributor_id = reviewer.id
        AND waiting.field = '{ADDRESS}'
        AND waiting.was = OLD.email AND waiting.becomes = NEW.email))"""  # noqa: S608
# An account without a usable password is opened by nobody.
OPENED_OTHERWISE = f"""NEW.decision = 'approved' AND NEW.carried_from_id IS NULL AND EXISTS (
    SELECT 1 FROM articles_contributor reviewer
    JOIN auth_user account ON account.id = reviewer.user_id
    LEFT JOIN articles_settledaccount settled
      ON settled.contributor_id = reviewer.id AND settled.user_id = account.id
    WHERE reviewer.id = NEW.reviewer_id AND account.password NOT LIKE '!%' AND (
        settled.id IS NULL OR settled.{PASSWORD} <> account.password
        OR settled.{SECOND_STEP} <> COALESCE(
            (SELECT MAX(app.key) FROM otp_totp_totpdevice app WHERE app.user_id = account.id AND app.confirmed), '')))
"""  # noqa: S608
ONE_PERSON_AGREES = one_person("account = NEW.asked_by_id", "account = NEW.agreed_by_id")
ONE_PERSON_CONFIRMS = one_person("account = NEW.asked_by_id", "account = NEW.confirmed_by_id")
# What nobody signed in for stands under the account that was changed: who confirms it could be who did it.
NOBODY_KNOWN_ASKED = f"""NEW.confirmed_at IS NOT NULL AND NEW.field IN ({", ".join(f"'{field}'" for field in ACCOUNT)})
    AND EXISTS (SELECT 1 FROM articles_contributor reviewer
        WHERE reviewer.id = NEW.contributor_id AND reviewer.user_id = NEW.asked_by_id)"""  # noqa: S608
TAKEN_BACK = """NEW.decision = 'changes' AND EXISTS (SELECT 1 FROM articles_review earlier
    JOIN articles_revision signed ON signed.id = earlier.revision_id
    JOIN articles_revision doubted ON doubted.id = NEW.revision_id AND doubted.article_id = signed.article_id
    LEFT JOIN articles_review original ON original.id = earlier.carried_from_id
    WHERE earlier.reviewer_id = NEW.reviewer_id AND earlier.decision = 'approved' AND earlier.withdrawn_at IS NULL
      AND earlier.decided_at <= NEW.decided_at
      AND (earlier.signed_digest = NEW.signed_digest OR original.signed_digest = NEW.signed_digest))"""
STILL_SCHEDULED = """OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND EXISTS (SELECT 1
    FROM articles_edition planned WHERE planned.review_id = NEW.id AND planned.kind <> 'withdrawn'
      AND planned.live_from > NEW.withdrawn_at
      AND (planned.live_until IS NULL OR planned.live_until > planned.live_from))"""


# Guards: a name, a table, an event, the sentence and the condition of the refusal.
ROWS = [
    (
        "articles_edition_not_by_its_signer",
        "articles_edition",
        "INSERT",
        "Nobody publishes what they signed.",
        BY_ITS_SIGNER,
    ),
    *(
        (
            f"articles_override_by_two_{event.lower()}",
            "articles_override",
            event,
            "An override takes two people.",
            ONE_PERSON_AGREES,
        )
        for event in ("INSERT", "UPDATE")
    ),
    (
        "articles_safeguardchange_waits",
        "articles_safeguardchange",
        "INSERT",
        "A change of a safeguard waits a day.",
        """NEW.applied_at IS NOT NULL OR NEW.confirmed_at IS NOT NULL OR NEW.stopped_at IS NOT NULL
            OR SECONDS(NEW.takes_effect_at) - SECONDS(NEW.asked_at) < 86399""",
    ),
    (
        "articles_safeguardchange_decided_once",
        "articles_safeguardchange",
        "UPDATE",
        "A change of a safeguard is decided once.",
        "OLD.applied_at IS NOT NULL OR OLD.stopped_at IS NOT NULL",
    ),
    (
        "articles_safeguardchange_by_two",
        "articles_safeguardchange",
        "UPDATE",
        "A change of a safeguard takes two people.",
        f"({ONE_PERSON_CONFIRMS}) OR ({NOBODY_KNOWN_ASKED})",
    ),
    (
        "articles_review_ends_its_sign_off",
        "articles_review",
        "INSERT",
        "A request for changes ends the same reviewer’s sign-off of that text.",
        TAKEN_BACK,
    ),
    (
        "articles_review_taken_back_for_good",
        "articles_review",
        "UPDATE",
        "A sign-off that was taken back stays so.",
        "OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS NULL OR NEW.withdrawn_at <> OLD.withdrawn_at)",
    ),
    (
        "articles_review_taken_back_before_it_is_live",
        "articles_review",
        "UPDATE",
        "A version that is scheduled with a sign-off comes off the schedule before the sign-off is taken back.",
        STILL_SCHEDULED,
    ),
    (
        "articles_contributor_begins_unable_to_sign",
        "articles_contributor",
        "INSERT",
        "Nobody begins as a medical reviewer: a second person confirms it, or a day passes.",
        "NEW.is_medical_reviewer",
    ),
    (
        "articles_section_begins_strict",
        "articles_section",
        "INSERT",
        "A section begins with a review at least every two years and with references.",
        "NOT NEW.requires_review OR NOT NEW.requires_references OR NEW.review_months > 24",
    ),
    (
        "articles_review_by_a_reviewer",
        "articles_review",
        "INSERT",
        "Only medical reviewers sign off.",
        """NEW.decision = 'approved' AND NEW.carried_from_id IS NULL AND NOT EXISTS (
            SELECT 1 FROM articles_contributor reviewer
            WHERE reviewer.id = NEW.reviewer_id AND reviewer.is_medical_reviewer)""",
    ),
    (
        "articles_review_kept_from_its_own",
        "articles_review",
        "INSERT",
        "A sign-off is kept from an earlier one by the same reviewer on the same article.",
        """NEW.carried_from_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM articles_review earlier
            JOIN articles_revision signed ON signed.id = earlier.revision_id
            JOIN articles_revision kept ON kept.id = NEW.revision_id AND kept.article_id = signed.article_id
            WHERE earlier.id = NEW.carried_from_id AND earlier.decision = 'approved'
              AND earlier.withdrawn_at IS NULL AND earlier.reviewer_id = NEW.reviewer_id)""",
    ),
    (
        "articles_review_by_a_settled_account",
        "articles_review",
        "INSERT",
        "Nobody signs off by an account whose password, address or second step has just been changed.",
        UNSETTLED,
    ),
    (
        "articles_review_by_an_account_as_it_settled",
        "articles_review",
        "INSERT",
        "Nobody signs off by an account whose password or second step was changed without a record.",
        OPENED_OTHERWISE,
    ),
    (
        "auth_user_address_of_a_reviewer",
        "auth_user",
        "UPDATE",
        "The address of a reviewer’s account changes with a record that it did.",
        ADDRESS_UNTOLD,
    ),
    (
        "articles_contributor_known",
        "articles_contributor",
        "UPDATE",
        "Who a medical reviewer is changes only when a second person confirms it, or after a day.",
        UNASKED_IDENTITY,
    ),
    (
        "articles_section_strict",
        "articles_section",
        "UPDATE",
        "What a section requires changes only when a second person confirms it, or after a day.",
        UNASKED_RULES,
    ),
]
