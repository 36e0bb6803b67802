"""Issues that went out after a backup, as the journal names them: their messages are settled for all who had them.

An issue that the backup does not know, or knows as a draft, is made again under its own number and id, so that its week
is not built anew, its articles are not news a second time, and none of its Message-IDs is given to another message.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from articles.backup.holding import ON_HOLD
from articles.mail import journal
from articles.mail.journal import Entry
from articles.models import Correction, Delivery, Edition, Issue, IssueItem, Subscription
from articles.newsletter.issues import rendering
from articles.newsletter.issues.audience import queue
from articles.newsletter.issues.lifecycle import make_draft

TAKEN = "The mail server took it after the backup (journal)."
CLOSED = "It had been finished before the site was restored from a backup."
HELD_SINCE = "It was put on hold after the backup from which the site was restored."
AT_ONCE = 500  # rows in one statement

Messages = dict[int, dict[str, datetime]]  # by the issue's number: Message-IDs, and when the mail server took each


def apply(entries: list[Entry], *, at: datetime) -> list[str]:
    """Brings issues to where they were. A sentence about each that was sent on after the backup."""
    messages = _messages(entries)
    approvals = {entry.facts["number"]: entry for entry in entries if entry.what == journal.ISSUE}  # the last of each
    for number, entry in approvals.items():
        if number in messages:
            _bring_back(entry, messages[number], at)
    news = {number: count for number, taken in messages.items() if (count := _settle(number, taken))}
    states = {entry.facts["number"]: entry.facts["state"] for entry in entries if entry.what == journal.ISSUE_STATE}
    for number, state in states.items():
        _set_state(number, state, at)
    return [f"Issue {number} went out after the backup: {_readers(count)}." for number, count in sorted(news.items())]


def _readers(count: int) -> str:
    return f"{count:,} reader{'' if count == 1 else 's'}"


def _messages(entries: list[Entry]) -> Messages:
    messages: Messages = defaultdict(dict)
    for entry in entries:
        if entry.what == journal.HANDED_OVER:
            messages[entry.facts["issue"]][entry.facts["message"]] = entry.at
    return messages


def _settle(number: int, taken: dict[str, datetime]) -> int:
    """Calls messages handed over that the ledger still has in its queue. How many the mail server took of the issue."""
    known = Delivery.objects.filter(issue__number=number)
    had_it = set(known.filter(state=Delivery.HANDED_OVER).values_list("message_id", flat=True))
    new = [message for message in taken if message not in had_it]
    for start in range(0, len(new), AT_ONCE):
        for row in known.filter(message_id__in=new[start : start + AT_ONCE]):
            Delivery.objects.filter(pk=row.pk).update(
                state=Delivery.HANDED_OVER, settled_at=taken[row.message_id], answer=TAKEN, lease_until=None
            )
    return len(new)


def _bring_back(entry: Entry, taken: dict[str, datetime], at: datetime) -> None:
    """An issue that was approved after the backup, on hold, with a row for each who had it or should."""
    facts = entry.facts
    issue = Issue.objects.filter(pk=facts["pk"]).first()
    if issue is None:
        issue = _made_again(entry)
    if issue is not None and _was_approved_anew(issue, facts):
        make_draft(issue)
    if issue is None or issue.approved_at is not None:
        return
    issue.items.all().delete()
    there = Edition.objects.in_bulk(facts["editions"])
    IssueItem.objects.bulk_create(
        IssueItem(issue=issue, edition=there[pk], position=place)
        for place, pk in enumerate(facts["editions"], 1)
        if pk in there
    )
    for name in ("since", "until"):
        setattr(issue, name, datetime.fromisoformat(facts[name]))
    issue.subject, issue.approved_at, issue.started_at = facts["subject"], entry.at, entry.at
    issue.state, issue.held_at, issue.reason = Issue.HELD, at, ON_HOLD
    issue.save()
    queue(issue, at=at)
    _add_whom_the_queue_lacks(issue, taken)


def _was_approved_anew(issue: Issue, facts: dict[str, Any]) -> bool:
    """Whether the approval that the backup knows was undone, before any message, and followed by another."""
    if issue.approved_at is None or issue.started_at is not None:
        return False
    known = issue.approved_at.isoformat()
    return bool(facts.get("approved_at", known) != known)


def _made_again(entry: Entry) -> Issue | None:
    """None where it cannot be: something that it belongs to, or stands in its place, was not in the backup."""
    facts = entry.facts
    is_unfit = Issue.objects.filter(number=facts["number"]).exists()
    if facts["continues"] is None and facts["week"]:
        is_unfit |= Issue.objects.filter(week=facts["week"], continues=None).exists()
    for model, pk in ((Correction, facts["correction"]), (Issue, facts["continues"])):
        is_unfit |= pk is not None and not model._default_manager.filter(pk=pk).exists()
    if is_unfit:
        return None
    same = {name: facts[name] for name in ("pk", "number", "kind", "week", "subject", "since", "until")}
    return Issue.objects.create(**same, correction_id=facts["correction"], continues_id=facts["continues"])


def _add_whom_the_queue_lacks(issue: Issue, taken: dict[str, datetime]) -> None:
    """Readers who had it and would not be addressed now: who paused, left, or chose other sections since."""
    there = set(issue.deliveries.values_list("message_id", flat=True))
    for pk in Subscription.objects.values_list("pk", flat=True):
        message = rendering.message_id(issue, pk)
        if message in taken and message not in there:
            Delivery.objects.create(issue=issue, subscription_id=pk, message_id=message)


def _set_state(number: int, state: str, at: datetime) -> None:
    """What was finished stays so, and what somebody had put on hold waits for them, whatever is answered now."""
    issue = Issue.objects.filter(number=number, state=Issue.HELD).first()
    if issue is None:
        return
    if state == Issue.DRAFT and issue.started_at is None:
        make_draft(issue)
        return
    if state == Issue.HELD:
        issue.reason = HELD_SINCE
    elif state == Issue.SENT:
        left = issue.deliveries.unsettled()
        left.update(state=Delivery.WITHHELD, settled_at=at, lease_until=None, answer=CLOSED)
        issue.state, issue.held_at, issue.sent_at, issue.reason = Issue.SENT, None, at, ""
    issue.save(update_fields=["state", "held_at", "sent_at", "reason"])
