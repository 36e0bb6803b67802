"""What mails to one reader say: the question to confirm, that an address is known already, the link to own data."""

from django.conf import settings
from django.urls import reverse

from articles.mail.bodies import AUTOMATIC, written
from articles.mail.message import Message


def confirmation(confirm_token: str, unsubscribe_token: str, not_me_token: str) -> Message:
    """Asks the owner of an address whether they wanted the newsletter. It names nobody: a form is open to strangers."""
    return _message(
        "confirm",
        f"Please confirm your subscription to {settings.SITE_NAME}",
        unsubscribe_token,
        confirm=settings.SITE_URL + reverse("confirm", args=[confirm_token]),
        not_me=settings.SITE_URL + reverse("not-me", args=[not_me_token]),
    )


def key(manage_token: str, unsubscribe_token: str) -> Message:
    """Opens a reader's own data for an hour, to the person who reads the inbox of the address itself."""
    link = settings.SITE_URL + reverse("preferences", args=[manage_token])
    return _message("key", f"Your data at {settings.SITE_NAME}", unsubscribe_token, key=link)


def move(move_token: str) -> Message:
    """Asks the owner of a new address whether the newsletter should go there. Like the first mail, it names nobody."""
    confirm = settings.SITE_URL + reverse("confirm", args=[move_token])
    return _message("move", f"Please confirm your new address for {settings.SITE_NAME}", "", confirm=confirm)


def moved() -> Message:
    """Tells the old address that the newsletter comes there no more; it does not say where it goes."""
    return _message("moved", f"{settings.SITE_NAME} now goes to another address", "")


def already_subscribed(unsubscribe_token: str, preferences_link: str = "") -> Message:
    """Tells the owner of an address, and nobody else, that it is on the list already."""
    subject = f"You’re already subscribed to {settings.SITE_NAME}"
    return _message("already", subject, unsubscribe_token, preferences=preferences_link)


def _message(template: str, subject: str, unsubscribe_token: str, **context: str) -> Message:
    leave = settings.SITE_URL + reverse("unsubscribe", args=[unsubscribe_token]) if unsubscribe_token else ""
    return written(template, subject, headers=AUTOMATIC | _ways_out(leave), unsubscribe=leave, **context)


def _ways_out(leave: str) -> dict[str, str]:
    """RFC 2369 and RFC 8058, where there is a subscription to leave."""
    if not leave:
        return {}
    return {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
