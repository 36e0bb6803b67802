"""SQL that binds what is public to what was signed: an edition says what its revision says.

`guards` makes triggers of it. `AS_JSON(` and `EACH(` there become what SQLite or PostgreSQL calls them.
"""

from articles.models.found import COLUMNS, FOR_SEARCH

WORDS = ("slug", "page_type", "title", "standfirst", "body", "closing_question", "disclosure", *COLUMNS)
LISTS = {'"references"': "references", "topics": "topics", "signed_pictures": "pictures"}
# What a medical reviewer vouches for; the rest (address, section, byline …) may change without asking them again.
SIGNED = ("title", "standfirst", *FOR_SEARCH, "body", "references", "pictures")

_SAME_WORDS = " AND ".join(f"NEW.{name} = printed.content ->> '{name}'" for name in WORDS)
_SAME_LISTS = " AND ".join(f"AS_JSON(NEW.{column}) = printed.content -> '{name}'" for column, name in LISTS.items())
_SAME_SIGNED = " AND ".join(f"signed.content -> '{name}' = printed.content -> '{name}'" for name in SIGNED)


def _lead(what: str) -> str:
    """SQL: something about the lead picture of a revision; NULL where the library had none."""
    return f"""(SELECT lead.value ->> '{what}' FROM EACH(printed.content -> 'pictures') AS lead
        WHERE lead.value ->> 'place' = 'lead' AND lead.value ->> 'digest' <> '')"""  # noqa: S608


OF_ITS_REVISION = f"""NOT EXISTS (
    SELECT 1 FROM articles_revision printed
    LEFT JOIN articles_section filed ON filed.id = NEW.section_id
    LEFT JOIN articles_topic introduced ON introduced.id = NEW.hub_of_id
    WHERE printed.id = NEW.revision_id AND printed.article_id = NEW.article_id
      AND COALESCE(filed.slug, '') = printed.content ->> 'section'
      AND COALESCE(introduced.slug, '') = printed.content ->> 'hub_of'
      AND {_SAME_WORDS}
      AND {_SAME_LISTS}
      AND COALESCE(CAST(NEW.lead_image_id AS TEXT), '') = COALESCE(CAST({_lead("id")} AS TEXT), '')
      AND NEW.lead_caption = COALESCE({_lead("caption")}, ''))"""  # noqa: S608

# Compared by what it says, not by a digest that a row may claim.
OF_ITS_REVIEW = f"""NEW.review_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM articles_review sign_off
    JOIN articles_revision signed ON signed.id = sign_off.revision_id
    JOIN articles_revision printed ON printed.id = NEW.revision_id
    WHERE sign_off.id = NEW.review_id AND sign_off.decision = 'approved'
      AND (sign_off.withdrawn_at IS NULL OR NEW.kind = 'withdrawn')
      AND signed.article_id = printed.article_id
      AND sign_off.signed_digest = printed.signed_digest AND {_SAME_SIGNED})"""  # noqa: S608

_UNSIGNED = "NEW.kind <> 'withdrawn' AND NEW.review_id IS NULL"
_IN_STRICT = """EXISTS (
    SELECT 1 FROM articles_section strict WHERE strict.id = NEW.section_id AND strict.requires_review)"""
UNREVIEWED = f"{_UNSIGNED} AND {_IN_STRICT}"

BY_ITS_REVIEWER = """NEW.review_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM articles_review sign_off, articles_revision printed, EACH(printed.content -> 'byline') AS line
    WHERE sign_off.id = NEW.review_id AND printed.id = NEW.revision_id
      AND CAST(line.value ->> 'id' AS TEXT) = CAST(sign_off.reviewer_id AS TEXT))"""

# The version before. It may have been live for less than the clock can tell; what was taken off the schedule was
# published before its time.
_LAST = """FROM articles_edition earlier
    WHERE earlier.article_id = NEW.article_id AND (earlier.live_until IS NULL
        OR earlier.live_until > earlier.live_from OR earlier.published_at >= earlier.live_from)
    ORDER BY earlier.live_from DESC, earlier.id DESC LIMIT 1"""
# What a section required stays required where the article moves to another, until two editors agree.
MOVED = f"""{_UNSIGNED} AND NOT {_IN_STRICT}
    AND EXISTS (SELECT 1 FROM articles_section before
        WHERE before.id = (SELECT earlier.section_id {_LAST}) AND before.requires_review)
    AND NOT EXISTS (SELECT 1 FROM articles_override agreed
        JOIN articles_revision printed ON printed.id = NEW.revision_id AND printed.digest = agreed.digest
        WHERE agreed.article_id = NEW.article_id AND agreed.finding = 'review.moved'
          AND agreed.agreed_by_id IS NOT NULL)"""  # noqa: S608

# What was public of the article before; one that was taken off the schedule was not.
_BEFORE = """FROM articles_edition earlier WHERE earlier.article_id = NEW.article_id
    AND (earlier.live_until IS NULL OR earlier.live_until > earlier.live_from)"""
_REPLACED = f"{_BEFORE} AND earlier.live_until = NEW.live_from"
# The same, and one that begins at the very moment at which it is replaced.
_MADE_WAY = """FROM articles_edition earlier
    WHERE earlier.article_id = NEW.article_id AND earlier.live_until = NEW.live_from"""

OUT_OF_ORDER = f"""
    NEW.number <> 1 + COALESCE(
        (SELECT MAX(earlier.number) FROM articles_edition earlier WHERE earlier.article_id = NEW.article_id), 0)
    OR EXISTS (SELECT 1 {_BEFORE} AND earlier.live_from >= NEW.live_from)
    OR (NEW.kind = 'first' AND EXISTS (SELECT 1 {_BEFORE}))
    OR (NEW.kind <> 'first' AND NOT EXISTS (SELECT 1 {_MADE_WAY}))
    OR (NEW.kind IN ('correction', 'withdrawn') AND EXISTS (SELECT 1 {_REPLACED} AND earlier.kind = 'withdrawn'))
    OR NEW.first_live_from <> COALESCE((SELECT MIN(earlier.live_from) {_BEFORE}), NEW.live_from)
    OR NEW.changed_at <> NEW.live_from AND NOT EXISTS (SELECT 1 {_MADE_WAY} AND earlier.changed_at = NEW.changed_at)
"""  # noqa: S608

# Corrections stay on the page: an edition has those of the one before it, and a correction has one more.
_KNOWN = f"(SELECT AS_JSON(earlier.corrections) {_LAST})"
_COUNT = "(SELECT COUNT(*) FROM EACH({}))"
CORRECTIONS_LOST = f"""
    {_COUNT.format("AS_JSON(NEW.corrections)")} <>
        {_COUNT.format(_KNOWN)} + CASE NEW.kind WHEN 'correction' THEN 1 ELSE 0 END
    OR EXISTS (SELECT 1 FROM EACH({_KNOWN}) AS known WHERE NOT EXISTS (
        SELECT 1 FROM EACH(AS_JSON(NEW.corrections)) AS listed WHERE listed.value = known.value))
"""  # noqa: S608

# An edition lists answers that reviewers of its article gave, and did not take back.
UNANSWERED = """EXISTS (SELECT 1 FROM EACH(AS_JSON(NEW.answers)) AS listed WHERE NOT EXISTS (
    SELECT 1 FROM articles_reviewanswer given
    JOIN articles_review review ON review.id = given.review_id
    JOIN articles_revision asked ON asked.id = review.revision_id
    WHERE asked.article_id = NEW.article_id AND given.answer = 'correct' AND review.withdrawn_at IS NULL
      AND given.digest = listed.value ->> 'digest' AND given.sentence = listed.value ->> 'sentence'))"""

# An address leads to one article for good, published or not.
IS_PUBLIC = "(NEW.live_until IS NULL OR NEW.live_until > NEW.live_from)"
ADDRESS_TAKEN = f"""{IS_PUBLIC} AND EXISTS (SELECT 1 FROM articles_edition other
    WHERE other.slug = NEW.slug AND other.article_id <> NEW.article_id
      AND (other.live_until IS NULL OR other.live_until > other.live_from))"""  # noqa: S608
# What kind of page it is, other pages and addresses rely on.
RETYPED = f"""EXISTS (SELECT 1 {_BEFORE} AND (earlier.page_type <> NEW.page_type
    OR COALESCE(earlier.hub_of_id, 0) <> COALESCE(NEW.hub_of_id, 0)))"""
HUB_TAKEN = f"""NEW.hub_of_id IS NOT NULL AND {IS_PUBLIC} AND EXISTS (SELECT 1 FROM articles_edition other
    WHERE other.hub_of_id = NEW.hub_of_id AND other.article_id <> NEW.article_id
      AND (other.live_until IS NULL OR other.live_until > other.live_from))"""  # noqa: S608

# An end can move back only to where it was before what took its place was planned.
ENDS = [
    ("articles_edition_stays_off_the_schedule", "A version that was taken off the schedule stays off it.",
     "OLD.live_until = OLD.live_from AND (NEW.live_until IS NULL OR NEW.live_until <> OLD.live_until)"),
    ("articles_edition_stays_replaced", "A version ends where another one took its place.",
     """EXISTS (SELECT 1 FROM articles_edition later
        WHERE later.article_id = NEW.article_id AND later.id <> NEW.id AND later.live_from > NEW.live_from
          AND later.published_at >= later.live_from
          AND (NEW.live_until IS NULL OR NEW.live_until > later.live_from))"""),
]  # fmt: skip


def _in_edition(wanted: str) -> str:
    """SQL: whether nothing in an edition’s revision names what a row of it (byline, picture, topic) names."""
    return f"""NOT EXISTS (SELECT 1 FROM articles_edition edition
        JOIN articles_revision printed ON printed.id = edition.revision_id, {wanted})"""  # noqa: S608


BYLINE = _in_edition("""EACH(printed.content -> 'byline') AS line
    WHERE edition.id = NEW.edition_id AND CAST(line.value ->> 'id' AS TEXT) = CAST(NEW.contributor_id AS TEXT)
      AND line.value ->> 'name' = NEW.name AND line.value ->> 'credentials' = NEW.credentials""")
PICTURE = _in_edition("""EACH(printed.content -> 'pictures') AS shown
    WHERE edition.id = NEW.edition_id AND CAST(shown.value ->> 'id' AS TEXT) = CAST(NEW.image_id AS TEXT)
      AND shown.value ->> 'place' = NEW.place""")
TOPIC = _in_edition("""EACH(printed.content -> 'topics') AS listed, articles_topic topic
    WHERE edition.id = NEW.edition_id AND topic.id = NEW.topic_id AND listed.value ->> 'slug' = topic.slug""")
ERRATUM = """NOT EXISTS (
    SELECT 1 FROM articles_edition edition, EACH(AS_JSON(edition.corrections)) AS listed
    WHERE edition.id = NEW.edition_id AND edition.erratum_id = NEW.key
      AND listed.value ->> 'was' = NEW.was AND listed.value ->> 'now' = NEW.now
      AND listed.value ->> 'why' = NEW.why AND listed.value ->> 'severity' = NEW.severity)"""

# Each as the arguments of a `Guard`, on INSERT: what was printed never changes afterwards.
RULES = [
    ("articles_edition_reviewed_as_before", "articles_edition",
     "An article whose section required a medical sign-off moves to another with one, or with two editors.", MOVED),
    ("articles_edition_of_its_revision", "articles_edition", "A published version says what its revision says.",
     OF_ITS_REVISION),
    ("articles_edition_review_of_its_text", "articles_edition",
     "A published sign-off approves exactly the published text.", OF_ITS_REVIEW),
    ("articles_edition_reviewed", "articles_edition",
     "This section publishes nothing without a medical sign-off on its text.", UNREVIEWED),
    ("articles_edition_not_by_its_reviewer", "articles_edition", "A reviewer cannot be an author of what they signed.",
     BY_ITS_REVIEWER),
    # No CHECK: one with LIKE makes Django's introspection of SQLite fail for the whole table.
    ("articles_edition_first_published_over_https", "articles_edition",
     "Where an article was first published is an address that begins with https://.",
     "NEW.first_published_url <> '' AND NEW.first_published_url NOT LIKE 'https://%'"),
    ("articles_edition_in_order", "articles_edition", "Published versions of one article follow one another.",
     OUT_OF_ORDER),
    ("articles_edition_keeps_its_type", "articles_edition", "A published page keeps its type and its topic.", RETYPED),
    ("articles_edition_one_hub", "articles_edition", "A topic has one topic page.", HUB_TAKEN),
    ("articles_edition_keeps_corrections", "articles_edition", "A published version keeps the corrections before it.",
     CORRECTIONS_LOST),
    ("articles_edition_answers_given", "articles_edition",
     "A published answer is one that a medical reviewer gave.", UNANSWERED),
    ("articles_editionbyline_of_its_edition", "articles_editionbyline",
     "A published byline names the authors of its revision.", BYLINE),
    ("articles_editionpicture_of_its_edition", "articles_editionpicture",
     "A published picture is one of its revision.", PICTURE),
    ("articles_editiontopic_of_its_edition", "articles_editiontopic",
     "A published topic is one of its version.", TOPIC),
    ("articles_correction_of_its_edition", "articles_correction",
     "A correction says what its published version says of it.", ERRATUM),
]  # fmt: skip
