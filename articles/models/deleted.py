"""SQL that keeps deleted drafts apart from what is on record: an article with a record cannot be deleted, nor get one.

`guards` makes triggers of it.
"""

_ON_RECORD = """(
    EXISTS (SELECT 1 FROM articles_edition printed WHERE printed.article_id = NEW.id)
    OR EXISTS (SELECT 1 FROM articles_override agreed WHERE agreed.article_id = NEW.id)
    OR EXISTS (SELECT 1 FROM articles_review decided JOIN articles_revision read ON read.id = decided.revision_id
        WHERE read.article_id = NEW.id))"""
_IS_DELETED = """EXISTS (
    SELECT 1 FROM articles_article gone WHERE gone.id = NEW.article_id AND gone.deleted_at IS NOT NULL)"""
# A revision, which is history otherwise.
OF_A_DELETED_DRAFT = """EXISTS (
    SELECT 1 FROM articles_article gone WHERE gone.id = OLD.article_id AND gone.deleted_at IS NOT NULL)"""

ROWS = [
    (
        "articles_article_on_record",
        "articles_article",
        "UPDATE",
        "An article that was published or reviewed cannot be deleted.",
        f"NEW.deleted_at IS NOT NULL AND {_ON_RECORD}",
    ),
    (
        "articles_article_deleted_first",
        "articles_article",
        "DELETE",
        "A draft is deleted first and can be put back before it goes for good.",
        "OLD.deleted_at IS NULL",
    ),
    (
        "articles_edition_not_of_deleted",
        "articles_edition",
        "INSERT",
        "A deleted draft cannot be published.",
        _IS_DELETED,
    ),
    (
        "articles_override_not_of_deleted",
        "articles_override",
        "INSERT",
        "A check of a deleted draft cannot be overridden.",
        _IS_DELETED,
    ),
    (
        "articles_review_not_of_deleted",
        "articles_review",
        "INSERT",
        "A deleted draft cannot be signed off.",
        """EXISTS (SELECT 1 FROM articles_revision read JOIN articles_article gone ON gone.id = read.article_id
            WHERE read.id = NEW.revision_id AND gone.deleted_at IS NOT NULL)""",
    ),
]
