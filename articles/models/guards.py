"""What the database itself refuses, on SQLite and PostgreSQL alike, where no column constraint can say it.

Rows that are history do not change; intervals of one article's editions do not overlap; nobody signs what they wrote;
what is printed is what was signed (`binding`). Installed after every `migrate` (`apps.install_guards`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import binding, mailed, text_change, two_people
from articles.models.giving_way import giving_way


@dataclass(frozen=True)
class Guard:
    """Refuses an event on a table with a sentence, where the SQL condition over NEW and OLD holds.

    `changeable` names the columns that an UPDATE may change: it is then refused only if another one changes too.
    """

    name: str
    table: str
    event: str
    sentence: str
    condition: str = "TRUE"
    changeable: frozenset[str] | None = None


def frozen(table: str, noun: str, *, changeable: Iterable[str] = (), removable: str = "FALSE") -> list[Guard]:
    """A table whose rows are written once: no column but `changeable` changes, and no row goes unless `removable`."""
    return [
        Guard(f"{table}_unchanged", table, "UPDATE", f"{noun} cannot be changed.", changeable=frozenset(changeable)),
        Guard(f"{table}_kept", table, "DELETE", f"{noun} cannot be deleted.", condition=f"NOT ({removable})"),
    ]


OVERLAP = """EXISTS (
    SELECT 1 FROM articles_edition other
    WHERE other.article_id = NEW.article_id AND other.id <> NEW.id
      AND (NEW.live_until IS NULL OR NEW.live_until > NEW.live_from)
      AND (other.live_until IS NULL OR other.live_until > other.live_from)
      AND (other.live_until IS NULL OR other.live_until > NEW.live_from)
      AND (NEW.live_until IS NULL OR NEW.live_until > other.live_from))"""
OVERLAP_SENTENCE = "Two editions of one article cannot be live at the same time."


def published(image: str) -> str:
    """SQL: whether a picture, by an expression for its id, stands in any edition, as its lead or in its text."""
    return f"""EXISTS (SELECT 1 FROM articles_edition printed
        WHERE printed.lead_image_id = {image} OR printed.body LIKE '%data-picture="' || {image} || '"%')"""  # noqa: S608


DRAWING_PUBLISHED = """EXISTS (SELECT 1 FROM articles_edition printed
    WHERE printed.body LIKE '%data-drawing="' || OLD.id || '"%')"""
HAS_EVIDENCE = "EXISTS (SELECT 1 FROM articles_creditevidence seen WHERE seen.credit_id = OLD.id)"
EVIDENCE_PUBLISHED = f"""EXISTS (SELECT 1 FROM articles_imagecredit proven
    WHERE proven.id = OLD.credit_id AND {published("proven.image_id")})"""  # noqa: S608

GUARDS = [
    *frozen("articles_edition", "A published edition", changeable=["live_until"]),
    *frozen("articles_editionbyline", "A published byline"),
    *frozen("articles_editiontopic", "A topic of a published edition"),
    Guard(
        "articles_topic_no_circle",
        "articles_topic",
        "UPDATE",
        "A topic cannot stand under one that stands under it.",
        """EXISTS (
            WITH RECURSIVE above(id) AS (
                SELECT NEW.parent_id
                UNION SELECT topic.parent_id FROM articles_topic topic JOIN above ON topic.id = above.id)
            SELECT 1 FROM above WHERE above.id = NEW.id)""",
    ),
    *frozen("articles_revision", "A revision", removable="OLD.is_autosave"),
    *frozen("articles_review", "A review", changeable=["withdrawn_at", "reminded_at_days"]),
    *frozen("articles_reviewanswer", "A reviewer’s answer"),
    *frozen("articles_correction", "A correction"),
    *frozen("articles_reachchoice", "Who is left out of a correction"),
    *frozen(
        "articles_possiblerepeat",
        "Where an error may be repeated",
        changeable=["decision", "decided_by_id", "decided_at"],
    ),
    Guard(
        "articles_possiblerepeat_decided_once",
        "articles_possiblerepeat",
        "UPDATE",
        "Whether an error is repeated is decided once.",
        "OLD.decision <> ''",
    ),
    *frozen("articles_creditevidence", "Evidence for a credit", removable=f"NOT {EVIDENCE_PUBLISHED}"),
    Guard(
        "articles_creditevidence_of_its_file",
        "articles_creditevidence",
        "INSERT",
        "Evidence names the hash of the picture that it is about.",
        """NEW.file_digest <> COALESCE((SELECT picture.digest FROM articles_image picture
            JOIN articles_imagecredit proven ON proven.image_id = picture.id WHERE proven.id = NEW.credit_id), '')""",
    ),
    Guard(
        "articles_imagecredit_keeps_evidence",
        "articles_imagecredit",
        "UPDATE",
        "A credit with evidence stays with the picture that was published.",
        f"OLD.image_id <> COALESCE(NEW.image_id, 0) AND {HAS_EVIDENCE} AND {published('OLD.image_id')}",
    ),
    Guard(
        "articles_imagecredit_line_unchanged",
        "articles_imagecredit",
        "UPDATE",
        "An old credit line cannot be changed.",
        "OLD.raw <> '' AND NEW.raw <> OLD.raw",
    ),
    Guard(
        "articles_imagecredit_line_kept",
        "articles_imagecredit",
        "DELETE",
        "An old credit line cannot be deleted; it can be dismissed.",
        "OLD.raw <> ''",
    ),
    Guard(
        "articles_drawing_unchanged",
        "articles_drawing",
        "UPDATE",
        "A drawing cannot be changed; another can replace it.",
        changeable=frozenset(["checked_by_id", "checked_on", "checker"]),
    ),
    Guard(
        "articles_drawing_published_unchanged",
        "articles_drawing",
        "UPDATE",
        "A published drawing cannot be changed.",
        DRAWING_PUBLISHED,
        changeable=frozenset(),
    ),
    Guard(
        "articles_drawing_kept",
        "articles_drawing",
        "DELETE",
        "A published drawing cannot be deleted.",
        DRAWING_PUBLISHED,
    ),
    *frozen("articles_override", "An override", changeable=["agreed_by_id", "agreed_at"]),
    *frozen("articles_editionpicture", "A picture of a published edition"),
    *frozen("articles_imageevent", "What was done with a picture"),
    *frozen(
        "articles_image",
        "The file of a picture",
        changeable=[
            *("original", "fingerprint", "focal_x", "focal_y", "alt", "is_decorative", "uploaded_by_id", "rendered"),
            *("replaced_by_id", "replaced_at", "withdrawn_at"),
        ],
        removable="NOT EXISTS (SELECT 1 FROM articles_editionpicture printed WHERE printed.image_id = OLD.id)",
    ),
    *(
        Guard(
            f"articles_image_replaced_in_one_step_{event.lower()}",
            "articles_image",
            event,
            "A picture that was replaced itself cannot stand in for another.",
            """NEW.replaced_by_id IS NOT NULL AND (
                EXISTS (SELECT 1 FROM articles_image other
                    WHERE other.id = NEW.replaced_by_id AND other.replaced_by_id IS NOT NULL)
                OR EXISTS (SELECT 1 FROM articles_image other WHERE other.replaced_by_id = NEW.id))""",
        )
        for event in ("INSERT", "UPDATE")
    ),
    Guard(
        "articles_sentencereport_unchanged",
        "articles_sentencereport",
        "UPDATE",
        "What a reader reported cannot be changed.",
        changeable=frozenset(
            ["severity", "email", "outcome", "answer", "fixed_in_id", "answered_by_id", "answered_at", "mailed_at"]
        ),
    ),
    *(
        Guard(
            f"articles_sentencereport_fixed_{event.lower()}",
            "articles_sentencereport",
            event,
            "A report is put right in a later edition of its own article.",
            """NEW.fixed_in_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM articles_edition told JOIN articles_edition mended ON mended.article_id = told.article_id
                WHERE told.id = NEW.edition_id AND mended.id = NEW.fixed_in_id AND mended.number > told.number)""",
        )
        for event in ("INSERT", "UPDATE")
    ),
    Guard(
        "articles_consentevent_unchanged",
        "articles_consentevent",
        "UPDATE",
        "A record of consent cannot be changed.",
        changeable=frozenset(),
    ),
    Guard(
        "articles_issue_fixed",
        "articles_issue",
        "UPDATE",
        "An approved issue cannot be changed.",
        f"OLD.approved_at IS NOT NULL AND NOT ({mailed.APPROVAL_UNDONE})",
        changeable=frozenset(["state", "started_at", "held_at", "reason", "sent_at"]),
    ),
    *(Guard(*row) for row in mailed.ROWS),
    *(Guard(name, "articles_edition", "UPDATE", sentence, condition) for name, sentence, condition in binding.ENDS),
    Guard("articles_edition_apart", "articles_edition", "INSERT", OVERLAP_SENTENCE, OVERLAP),
    Guard("articles_edition_stay_apart", "articles_edition", "UPDATE", OVERLAP_SENTENCE, OVERLAP),
    Guard(
        "articles_review_not_by_author",
        "articles_review",
        "INSERT",
        "A reviewer cannot sign what they wrote.",
        two_people.SIGNED_BY_ITS_WRITER,
    ),
    Guard(
        "articles_review_of_its_revision",
        "articles_review",
        "INSERT",
        "A review signs the text of its own revision.",
        """NOT EXISTS (SELECT 1 FROM articles_revision signed
            WHERE signed.id = NEW.revision_id AND signed.signed_digest = NEW.signed_digest)""",
    ),
    Guard(
        "articles_reviewanswer_of_a_request_for_changes",
        "articles_reviewanswer",
        "INSERT",
        "Nobody signs a sentence that they call wrong.",
        """NEW.answer = 'wrong' AND EXISTS (SELECT 1 FROM articles_review signed
            WHERE signed.id = NEW.review_id AND signed.decision = 'approved')""",
    ),
    *(Guard(name, table, "INSERT", sentence, condition) for name, table, sentence, condition in binding.RULES),
    *frozen("articles_textchange", "A change of a public text"),
    *(Guard(*rule) for rule in text_change.rules()),
    *(
        Guard(
            f"articles_edition_own_address_{event.lower()}",
            "articles_edition",
            event,
            "An address that was public stays with its article.",
            binding.ADDRESS_TAKEN,
        )
        for event in ("INSERT", "UPDATE")
    ),
    Guard(
        "articles_correction_of_its_article",
        "articles_correction",
        "INSERT",
        "A correction names an earlier edition of its own article.",
        """NOT EXISTS (
            SELECT 1 FROM articles_edition mended JOIN articles_edition wrong ON wrong.article_id = mended.article_id
            WHERE mended.id = NEW.edition_id AND wrong.id = NEW.corrected_id AND wrong.number < mended.number)""",
    ),
    Guard(
        "articles_reachchoice_of_its_article",
        "articles_reachchoice",
        "INSERT",
        "A correction leaves out an earlier version of its own article.",
        """NOT EXISTS (
            SELECT 1 FROM articles_correction made
            JOIN articles_edition mended ON mended.id = made.edition_id
            JOIN articles_edition earlier ON earlier.article_id = mended.article_id
            WHERE made.id = NEW.correction_id AND earlier.id = NEW.edition_id AND earlier.number < mended.number)""",
    ),
    Guard(
        "articles_reachchoice_before_it_is_mailed",
        "articles_reachchoice",
        "INSERT",
        "Who gets a correction is settled when it is approved.",
        """EXISTS (SELECT 1 FROM articles_issue mailed
            WHERE mailed.correction_id = NEW.correction_id AND mailed.approved_at IS NOT NULL)""",
    ),
    Guard(
        "articles_editionbyline_not_by_reviewer",
        "articles_editionbyline",
        "INSERT",
        "A reviewer cannot be an author of what they signed.",
        """EXISTS (
            SELECT 1 FROM articles_edition printed JOIN articles_review sign_off ON sign_off.id = printed.review_id
            WHERE printed.id = NEW.edition_id AND sign_off.reviewer_id = NEW.contributor_id)""",
    ),
    *frozen(
        "articles_safeguardchange",
        "A change of a safeguard",
        changeable=["confirmed_by_id", "confirmed_at", "stopped_by_id", "stopped_at", "applied_at"],
    ),
    *(Guard(*row) for row in two_people.ROWS),
]

# Seconds since one moment, which each database counts in its own words.
SECONDS = {"sqlite": r"(86400 * julianday(\1))", "postgresql": r"EXTRACT(EPOCH FROM \1)"}


@giving_way
def install(using: str) -> None:
    """Creates every guard whose table exists, replacing one of the same name."""
    connection = connections[using]
    write = {"sqlite": _sqlite, "postgresql": _postgresql}.get(connection.vendor)
    if write is None:
        return
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for guard in GUARDS:
            if guard.table in tables:
                for statement in write(guard, _condition(guard, connection)):
                    cursor.execute(statement)
        if connection.vendor == "postgresql" and "articles_edition" in tables:
            cursor.execute(_POSTGRESQL_EXCLUSION)


@giving_way
def lift(using: str) -> None:
    """Removes every guard: for restoring a whole site, and for tests that empty the tables between them."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for guard in GUARDS:
            if guard.table in tables:
                on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")


DIALECTS = {
    "sqlite": {"AS_JSON(": "json(", "EACH(": "json_each(", "INDEX_OF(": "instr("},
    "postgresql": {"AS_JSON(": "to_jsonb(", "EACH(": "jsonb_array_elements(", "INDEX_OF(": "strpos("},
}


def _condition(guard: Guard, connection: BaseDatabaseWrapper) -> str:
    condition = re.sub(r"SECONDS\(([\w.]+)\)", SECONDS[connection.vendor], guard.condition)
    for name, dialect in DIALECTS[connection.vendor].items():
        condition = condition.replace(name, dialect)
    if guard.changeable is None:
        return condition
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {guard.table} WHERE FALSE")  # noqa: S608  quicker than Django's introspection
        columns = [column[0] for column in cursor.description]
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    fixed = [column for column in columns if column not in guard.changeable]
    changes = " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in fixed)
    return f"({condition}) AND ({changes})"


def _sqlite(guard: Guard, condition: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {guard.name}",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END",
    ]


def _postgresql(guard: Guard, condition: str) -> list[str]:
    result = "OLD" if guard.event == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF ({condition}) THEN RAISE EXCEPTION '{guard.sentence}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {result}; END $$",
        f"CREATE OR REPLACE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]


# Two transactions at once cannot see each other's rows, so a trigger alone would let both in.
_POSTGRESQL_EXCLUSION = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'articles_edition_intervals_apart') THEN
    ALTER TABLE articles_edition ADD CONSTRAINT articles_edition_intervals_apart
      EXCLUDE USING gist (article_id WITH =, tstzrange(live_from, live_until, '[)') WITH &&);
  END IF;
END $$"""
