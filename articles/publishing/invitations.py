"""Inviting somebody to the newsroom by mail: only they ever know the password of their account.

A link names an invitation and when it was sent: accepting, withdrawing and sending again end every earlier link.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from articles import roles
from articles.mail import alarms, outbox
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.models import Invitation, OutgoingMail
from articles.publishing.links import LinkRefused
from articles.refusal import Refused

SALT = "articles.publishing.invitations"
MAY = "articles.add_invitation"
ASK_ANEW = "Ask the person who invited you for a new one."


class InvitationRefused(Refused):
    """An invitation that cannot be sent."""


def problems_with(email: str) -> list[str]:
    """Why nobody is invited to an address: it has a user."""
    user = get_user_model().objects.filter(email__iexact=email).first()
    if user is None:
        return []
    state = "is a user already" if user.is_active else "is a user whose account is closed. Reopen it instead"
    return [f"{user.get_full_name() or user} ({email}) {state}."]


@transaction.atomic
def invite(invitation: Invitation) -> None:
    """Keeps a new invitation and puts its mail in line. Raises InvitationRefused, also if a second administrator was
    quicker.
    """
    problems = problems_with(invitation.email)
    if problems:
        raise InvitationRefused(*problems)
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as problem:
        raise InvitationRefused(f"{invitation.email} was invited by someone else just now.") from problem
    _enqueue(invitation)


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, at: datetime | None = None) -> None:
    """A new link for seven days; those sent earlier end. From now on the invitation is `by`'s."""
    found = Invitation.objects.filter(pk=invitation.pk)
    if not found.update(sent_at=at or timezone.now(), invited_by=by):
        raise InvitationRefused(f"The invitation of {invitation} was accepted or withdrawn just now.")
    _enqueue(found.get())


def _enqueue(invitation: Invitation) -> None:
    outbox.enqueue(InvitationMail.name, invitation.email, key=invitation.pk, context={"invitation": invitation.pk})


def link_to(invitation: Invitation) -> str:
    token = signing.dumps([invitation.pk, invitation.sent_at.isoformat()], salt=SALT)
    return settings.SITE_URL + reverse("admin:join", args=[token])


def opened(token: str, *, at: datetime | None = None) -> Invitation:
    """The invitation of a link, which nobody else has until the transaction ends. Raises LinkRefused."""
    try:
        pk, sent_at = signing.loads(token, salt=SALT)
    except signing.BadSignature as problem:
        sentence = "This link is incomplete or isn’t ours. Copy the whole address from the email."
        raise LinkRefused(sentence, status=404) from problem
    rows = Invitation.objects.select_related("invited_by").select_for_update(of=("self",))
    found = rows.filter(pk=pk, sent_at=datetime.fromisoformat(sent_at)).first()
    if found is None or not found.invited_by.has_perm(MAY):
        sentence = f"This invitation was accepted, withdrawn or sent again. Sign in if you have a user. {ASK_ANEW}"
        raise LinkRefused(sentence, status=410)
    if (at or timezone.now()) >= found.expires_at:
        raise LinkRefused(f"This invitation has expired. {ASK_ANEW}", status=410)
    if problems := problems_with(found.email):
        raise LinkRefused(*problems, status=410)
    return found


def join(invitation: Invitation, user: User) -> User:
    """Makes the account that was invited, of a user with the name and the password that they chose; the invitation is
    over. In the transaction that opened it.
    """
    user.email, user.first_name, user.last_name = invitation.email, invitation.first_name, invitation.last_name
    user.is_staff = True
    user.save()
    roles.give(user, invitation.role)
    invitation.delete()
    return user


@register
class InvitationMail(Kind):
    name = "invitation"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        invitation = Invitation.objects.filter(pk=mail.context["invitation"]).select_related("invited_by").first()
        if invitation is None or invitation.email != mail.to:
            return None
        return written(
            "invitation",
            f"Join {settings.SITE_NAME}",
            headers={},
            invitation=invitation,
            words=roles.IN_WORDS.get(invitation.role, ""),
            link=link_to(invitation),
        )

    def not_sent(self, mail: OutgoingMail, at: datetime) -> None:
        invitation = Invitation.objects.filter(pk=mail.context["invitation"]).first()
        if invitation is not None:
            sentence = f"The invitation didn’t reach {invitation}: the mail server refuses the address."
            alarms.ring(f"invitation:{invitation.pk}", sentence, at=at)
