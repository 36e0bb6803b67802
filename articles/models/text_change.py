"""TextChange: what a text that readers see beside the articles said before and after, who changed it, and when.

`PUBLIC` names those texts. A row of them that readers could see says what its newest change says, or the database
refuses it (`guards`): there is no way to them but `publishing.public_texts`.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

# Of each table, the column by which its rows are known and the texts, in the order in which they are shown.
PUBLIC = {
    "term": ("slug", ("name", "definition", "source", "source_url"), ("synonyms",)),
    "topic": ("slug", ("name", "definition"), ("synonyms",)),
    "section": ("slug", ("name", "summary"), ()),
    "contributor": ("slug", ("name", "credentials", "role", "biography", "interests"), ()),
    "drug": (
        "name",
        ("drug_class", "what_it_is", "boxed_warning", "route", "how_it_is_given", "source"),
        ("brands", "former_brands", "hazards", "routes"),
    ),
}
# Which rows readers could see as soon as they are written; of the others the texts stay what they were checked as.
SEEN_AT_ONCE = {
    "term": "TRUE",
    "topic": "NEW.definition <> ''",
    "section": "NEW.summary <> ''",
    "contributor": "NEW.biography <> ''",
    "drug": "(NEW.checked_by_id IS NOT NULL OR NEW.is_demonstration)",
}
# Rows whose texts anybody may change in the database, for nobody sees them.
UNSEEN = {"drug": "(NEW.checked_by_id IS NULL AND NOT NEW.is_demonstration)"}
SENTENCE = "A text that readers see is changed with its history."


def rules() -> list[tuple[str, str, str, str, str]]:
    """The guards, each as name, table, event, sentence and condition."""
    guards = []
    for kind in PUBLIC:
        table, unvouched = f"articles_{kind}", f"NOT {_vouched(kind)}"
        changes = f"({_changes(kind)}) AND NOT ({UNSEEN.get(kind, 'FALSE')})"
        guards.append(
            (f"{table}_text_vouched_insert", table, "INSERT", SENTENCE, f"{SEEN_AT_ONCE[kind]} AND {unvouched}")
        )
        guards.append((f"{table}_text_vouched_update", table, "UPDATE", SENTENCE, f"{changes} AND {unvouched}"))
    return guards


def _changes(kind: str) -> str:
    key, words, lists = PUBLIC[kind]
    was_unseen = [UNSEEN[kind].replace("NEW.", "OLD.")] if kind in UNSEEN else []
    return " OR ".join([*(f"OLD.{column} <> NEW.{column}" for column in (key, *words, *lists)), *was_unseen])


def _vouched(kind: str) -> str:
    key, words, lists = PUBLIC[kind]
    same = [f"NEW.{column} = newest.texts_after ->> '{column}'" for column in words]
    same += [f"AS_JSON(NEW.{column}) = newest.texts_after -> '{column}'" for column in lists]
    return f"""EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = '{kind}' AND own.key = NEW.{key}) AND {" AND ".join(same)})"""  # noqa: S608


class TextChange(models.Model):
    """One change. Before a row was made, and after it was removed, its texts are an empty object."""

    KINDS = [
        ("term", "Glossary term"),
        ("topic", "Topic"),
        ("section", "Section"),
        ("contributor", "Contributor"),
        ("drug", "Medicine"),
    ]

    kind = models.CharField(max_length=11, choices=KINDS)
    key = models.CharField("address or name", max_length=140)
    texts_before = models.JSONField("said", default=dict)
    texts_after = models.JSONField("says", default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "change of a public text"
        verbose_name_plural = "changes of public texts"
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "key"], name="textchange_of_a_text")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["term", "topic", "section", "contributor", "drug"]),
                name="textchange_kind_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"

    def differences(self) -> list[tuple[str, Any, Any]]:
        """Each text that changed: its name, what it said and what it says."""
        names = dict.fromkeys([*self.texts_before, *self.texts_after])
        pairs = [(name, self.texts_before.get(name, ""), self.texts_after.get(name, "")) for name in names]
        return [(name, before, after) for name, before, after in pairs if before != after]
