"""The states of articles by which their list is filtered and the dashboard counts them."""

from django.db.models import Count, Q

from articles.models import Article

QUESTIONS = {
    "draft": ("Draft", Q(live_number=None, scheduled_for=None, is_withdrawn=False, submitted_at=None, is_signed=False)),
    "waiting": ("Waiting for review", Q(submitted_at__isnull=False)),
    "unsigned": ("Not signed off", Q(is_signed=False)),
    "ready": (
        "Signed off, not published",
        Q(is_signed=True, is_printed=False, scheduled_for=None, is_withdrawn=False),
    ),
    "rewrite": ("Published, with unpublished changes", Q(live_number__isnull=False, is_printed=False)),
    "scheduled": ("Scheduled", Q(scheduled_for__isnull=False)),
    "live": ("Published", Q(live_number__isnull=False)),
    "withdrawn": ("Unpublished", Q(is_withdrawn=True)),
    "deleted": ("Deleted", Q(deleted_at__isnull=False)),
    "picture": ("No lead picture", Q(lead_image=None)),
    "imported": ("Imported, needs a title", Q(title__startswith=Article.PLACEHOLDER)),
}
COUNTED = ("draft", "waiting", "ready", "scheduled", "rewrite", "live")
ASKED = ("live_number", "scheduled_for", "is_withdrawn", "is_printed", "is_signed")  # by the conditions of these


def counts() -> list[tuple[str, str, int]]:
    """The state of each kind that is counted: its key, its name, how many articles; in one query."""
    conditions = {key: Count("pk", filter=QUESTIONS[key][1]) for key in COUNTED}
    numbers = Article.objects.with_state(*ASKED).aggregate(**conditions)
    return [(key, QUESTIONS[key][0], numbers[key]) for key in COUNTED]
