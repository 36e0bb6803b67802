"""What readers change about their newsletter: which sections, weekly or only corrections, a pause, another address."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from articles.mail import journal, suppression
from articles.models import ConsentEvent, Section, Subscription, SubscriptionToken
from articles.newsletter.subscriptions import requests, tokens
from articles.newsletter.subscriptions.consent import Consent, end, record
from articles.refusal import Refused

LONGEST_PAUSE = timedelta(days=366)
MOVE_WORDING = "Send the newsletter to this address from now on."


class PreferencesRefused(Refused):
    """What cannot be chosen, in words for its reader."""


@transaction.atomic
def choose(
    subscription: Subscription, *, wants: str, sections: Iterable[str], page: str = "", at: datetime | None = None
) -> None:
    """Sets whether every newsletter comes or corrections only, and the sections of interest by slug; none means all."""
    if wants not in dict(Subscription.WANTED):
        raise PreferencesRefused("Please choose the weekly newsletter or corrections only.")
    _must_be_active(subscription)
    every = list(Section.objects.all())
    chosen = [section for section in every if section.slug in set(sections)]
    if len(chosen) == len(every):
        chosen = []
    _set(subscription, wants=wants)
    subscription.sections.set(chosen)
    about = ", ".join(section.name for section in chosen) or "all sections"
    _changed(subscription, f"{dict(Subscription.WANTED)[wants]}; {about}.", page, at)


@transaction.atomic
def pause(subscription: Subscription, *, until: date, page: str = "", at: datetime | None = None) -> None:
    """No weekly newsletter before a day; corrections of what was sent still come."""
    today = timezone.localdate(at)
    if until <= today:
        raise PreferencesRefused("Please choose a day in the future.")
    if until > today + LONGEST_PAUSE:
        raise PreferencesRefused("You can pause for up to a year. For longer, unsubscribe and come back later.")
    _must_be_active(subscription)
    _set(subscription, paused_until=until)
    _changed(subscription, f"No weekly newsletter before {until.isoformat()}.", page, at)


@transaction.atomic
def resume(subscription: Subscription, *, page: str = "", at: datetime | None = None) -> None:
    _must_be_active(subscription)
    if Subscription.objects.filter(pk=subscription.pk, paused_until__isnull=False).exists():
        _set(subscription, paused_until=None)
        _changed(subscription, "The weekly newsletter again.", page, at)


@transaction.atomic
def move(token: str, *, consent: Consent, at: datetime | None = None) -> None:
    """Sends the newsletter to the new address, which has just been confirmed. Raises TokenRefused.

    Where that address has a subscription already, that one stays, with the choices and the deliveries of both.
    """
    at = at or timezone.now()
    row = tokens.check(token, SubscriptionToken.MOVE, at=at)
    tokens.use(row, at)
    old = Subscription.objects.select_for_update().get(pk=row.subscription_id)
    if old.state != Subscription.ACTIVE:
        raise tokens.TokenRefused(tokens.UNKNOWN, status=410)
    address, new = old.email, row.new_email
    suppression.lift(new)
    known = Subscription.objects.select_for_update().at_address(new).exclude(pk=old.pk).first()
    if known:
        _merge(old, known, consent, at)
    else:
        journal.write(journal.ENDED, who=suppression.digest(address))
        Subscription.objects.filter(pk=old.pk).update(email=new)
        record(old, ConsentEvent.MOVED, consent, at)
    old.tokens.exclude(pk=row.pk).delete()
    SubscriptionToken.objects.filter(pk=row.pk).delete()
    if address.lower() != new.lower():
        requests.moved(known or old, address, at=at)


def _merge(old: Subscription, known: Subscription, consent: Consent, at: datetime) -> None:
    confirmed_at = known.confirmed_at if known.state == Subscription.ACTIVE else at
    Subscription.objects.filter(pk=known.pk).update(
        state=Subscription.ACTIVE,
        confirmed_at=confirmed_at,
        ended_at=None,
        wants=old.wants,
        paused_until=old.paused_until,
    )
    known.sections.set(old.sections.all())
    record(known, ConsentEvent.MOVED, consent, at)
    both = known.deliveries.values("issue")
    old.deliveries.exclude(issue__in=both).update(subscription=known)
    end(old, consent=consent, at=at)


def _must_be_active(subscription: Subscription) -> None:
    if subscription.state != Subscription.ACTIVE:
        raise PreferencesRefused("You aren’t subscribed right now, so there’s nothing to choose.")


def _set(subscription: Subscription, **columns: str | date | None) -> None:
    """How often the newsletter comes is known outside the database too: a restore must not write to who paused."""
    facts = {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items()}
    journal.write(journal.CHOSE, who=suppression.digest(subscription.email), **facts)
    Subscription.objects.filter(pk=subscription.pk).update(**columns)


def _changed(subscription: Subscription, wording: str, page: str, at: datetime | None) -> None:
    record(subscription, ConsentEvent.CHANGED, Consent(wording, page), at or timezone.now())
