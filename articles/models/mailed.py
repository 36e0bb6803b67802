"""What the database refuses about issues and their ledger: an approved issue stays as it is, and a delivery is kept.

One way leads back. Before any message was tried, an approved issue becomes a draft, and then its rows go.
"""

APPROVAL_UNDONE = """OLD.state IN ('approved', 'held') AND OLD.started_at IS NULL AND NEW.state = 'draft'
    AND NOT EXISTS (SELECT 1 FROM articles_delivery tried
        WHERE tried.issue_id = OLD.id AND (tried.state <> 'queued' OR tried.attempts > 0))"""

# As `guards.Guard` takes them: name, table, event, sentence, condition.
ROWS = [
    *(
        (
            f"articles_issueitem_fixed_{event.lower()}",
            "articles_issueitem",
            event,
            "What stands in an approved issue cannot be changed.",
            f"""EXISTS (SELECT 1 FROM articles_issue approved
                WHERE approved.id = {row}.issue_id AND approved.approved_at IS NOT NULL)""",  # noqa: S608
        )
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
    ),
    (
        "articles_issue_kept",
        "articles_issue",
        "DELETE",
        "An approved issue cannot be deleted.",
        "OLD.approved_at IS NOT NULL",
    ),
    (
        "articles_delivery_kept",
        "articles_delivery",
        "DELETE",
        "The ledger of deliveries is kept.",
        """EXISTS (SELECT 1 FROM articles_issue approved
            WHERE approved.id = OLD.issue_id AND approved.approved_at IS NOT NULL)""",
    ),
    (
        "articles_delivery_handed_over_once",
        "articles_delivery",
        "UPDATE",
        "What was handed over cannot be queued again.",
        "OLD.state = 'handed_over' AND NEW.state <> 'handed_over'",
    ),
]
