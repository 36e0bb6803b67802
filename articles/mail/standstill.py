"""Whether mail may leave: a restored site sends nothing until a person has said what happened since its backup.

Issues that were under way are put on hold in the step that restores the database (`articles.backup`); while this lasts
none can be approved or resumed, the outbox waits, and the clock builds nothing.
"""

from django.utils import timezone
from django.utils.formats import date_format

from articles import database_file
from articles.models import Restore

SENTENCE = (
    "The site was restored from the backup of {at}. No mail is sent until a site administrator says on the dashboard "
    "that it may go on."
)


def reason() -> str:
    """Why no mail may leave; empty where it may."""
    if problem := database_file.problem():
        return problem
    newest = Restore.objects.unsettled().first()
    if newest is None:
        return ""
    return SENTENCE.format(at=date_format(timezone.localtime(newest.backup_at), "F j, Y, H:i"))
