"""The newsletter of an issue: rendered once, then made out to each reader by putting in two links.

Nothing in it tells who opens it: no tracking pixel, no link that passes through us first. Pictures carry their credit
in both bodies; one whose credit is not complete is a sentence instead.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import TypeVar
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from articles.images.licenses import attribution_text
from articles.mail.bodies import Bodies, rendered
from articles.mail.bounces import return_paths
from articles.mail.message import Message
from articles.mail.wrapping import paragraphs, wrapped
from articles.models import Edition, Issue
from articles.newsletter.issues.hold_rules import present

# What stands in the rendered newsletter where a reader's own links will; drawn at random, so that no text can hold it.
LEAVE = f"https://leave.invalid/{secrets.token_hex(16)}"
PREFERENCES = f"https://preferences.invalid/{secrets.token_hex(16)}"
TEMPLATES = {Issue.WEEKLY: "newsletter", Issue.CORRECTION: "correction"}


@dataclass(frozen=True)
class Item:
    """One article of a newsletter, and its words for the plain body."""

    edition: Edition

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.edition.get_absolute_url()

    @property
    def picture(self) -> str:
        """Address of its lead picture; empty without one, or without its credit."""
        image = self.edition.lead_picture
        return settings.SITE_URL + image.rendition_url(960) if image is not None and image.is_shown else ""

    @property
    def lacks_credit(self) -> bool:
        return self.edition.lead_picture is not None and not self.picture

    @property
    def plain(self) -> str:
        """Title, standfirst, whether nobody reviewed it, address and the picture's credit, each wrapped."""
        image = self.edition.lead_picture
        credit = f"Picture: {attribution_text(image.credit)}" if image is not None and self.picture else ""
        title, standfirst = wrapped(self.edition.title), wrapped(self.edition.standfirst)
        unreviewed = "Not medically reviewed." if self.edition.review is None else ""
        return "\n".join(filter(None, (title, standfirst, unreviewed, self.url, wrapped(credit))))


SomeItem = TypeVar("SomeItem", bound=Item)


@dataclass(frozen=True)
class RenderedIssue:
    """An issue ready to be made out to its readers. Prepare it once: `for_reader` only puts links in."""

    issue: Issue
    items: list[Item]
    is_test: bool = False
    _bodies: dict[str, Bodies] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        return f"[Test] {self.issue.subject}" if self.is_test else self.issue.subject

    def bodies(self, sections: str) -> Bodies:
        """For readers of some sections (`Delivery.sections`), without anybody's links; made when first asked for."""
        if sections not in self._bodies:
            self._bodies[sections] = self._render(sections)
        return self._bodies[sections]

    def for_reader(self, *, sections: str, leave: str, preferences: str) -> Message:
        """The mail to one reader: `sections` as their delivery has them, `leave` and `preferences` their own links.

        Nothing else in it depends on who they are. Raises HeaderRefused.
        """
        bodies = self.bodies(sections)
        html = bodies.html.replace(LEAVE, escape(leave)).replace(PREFERENCES, escape(preferences))
        text = bodies.text.replace(LEAVE, leave).replace(PREFERENCES, preferences)
        return Message(self.subject, text, html, list_headers(leave))

    def for_nobody(self) -> Message:
        """The whole newsletter with links that lead to our pages instead of anybody's own: for previews and tests."""
        home = settings.SITE_URL + reverse("subscribe")
        return self.for_reader(sections="", leave=home, preferences=home)

    def _render(self, sections: str) -> Bodies:
        items = [item for item in self.items if not sections or f",{item.edition.filed_in.slug}," in sections]
        context = {
            "issue": self.issue,
            "subject": self.subject,
            "is_test": self.is_test,
            "correction": self.issue.correction,
            "introduction": paragraphs(self.issue.introduction),
            "plain_introduction": "\n\n".join(map(wrapped, paragraphs(self.issue.introduction))),
            "lead": items[0] if items else None,
            "parts": by_section(items[1:]),
            "online": settings.SITE_URL + reverse("issue", args=[self.issue.number]),
            "leave": LEAVE,
            "preferences": PREFERENCES,
            **_plain_correction(self.issue),
        }
        return rendered(TEMPLATES[self.issue.kind], context)


def _plain_correction(issue: Issue) -> dict[str, str]:
    correction = issue.correction
    if correction is None:
        return {}
    return {f"plain_{name}": wrapped(getattr(correction, name)) for name in ("was", "now", "why")}


def by_section(items: Iterable[SomeItem]) -> list[tuple[str, list[SomeItem]]]:
    """Items under the names of their sections, both in the order in which they come."""
    parts: dict[str, list[SomeItem]] = {}
    for item in items:
        parts.setdefault(item.edition.filed_in.name, []).append(item)
    return list(parts.items())


def render(issue: Issue, *, is_test: bool = False) -> RenderedIssue:
    """The newsletter of an issue; of a draft as it would be if it were approved now."""
    order = {article: place for place, article in enumerate(issue.items.values_list("edition__article", flat=True))}
    lead = ("lead_image__credit", "lead_image__replaced_by__credit")
    editions = present(issue).select_related("section", "review", *lead).defer("body", "search_text")
    ordered = sorted(editions, key=lambda edition: order[edition.article_id])
    return RenderedIssue(issue, [Item(edition) for edition in ordered], is_test)


def digest(issue: Issue) -> str:
    """Names exactly what a draft would say if it were approved now."""
    whole = render(issue).for_nobody()
    return hashlib.sha256("\0".join((whole.subject, whole.text, whole.html)).encode()).hexdigest()


def message_id(issue: Issue, subscription: int) -> str:
    """The Message-ID of an issue to one subscription (its id): keyed, the same for ever, and telling nothing."""
    digest = salted_hmac("articles.newsletter.message_id", f"{issue.pk}:{subscription}", algorithm="sha256").hexdigest()
    return f"<{digest[:40]}@{_host()}>"


def list_headers(leave: str) -> dict[str, str]:
    """The headers of a list (RFC 2369, RFC 2919) with one-click unsubscription (RFC 8058) by `leave`."""
    token = leave.rstrip("/").rpartition("/")[2]
    return {
        "List-Unsubscribe": f"<{leave}>, <{mail_to_leave(token)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"{_phrase(settings.SITE_NAME)} <newsletter.{_host()}>",
        "List-Archive": f"<{settings.SITE_URL}{reverse('newsletter')}>",
    }


def mail_to_leave(token: str) -> str:
    """The mailto that unsubscribes: to the mailbox that we read (`incoming`), with the link's token as its subject."""
    return f"mailto:{quote(return_paths.own_address(), safe='@')}?subject={quote(f'unsubscribe {token}')}"


def _phrase(words: str) -> str:
    """Words before an address in a header (RFC 5322, 3.2.5); only plain ones need no encoding there."""
    plain = words.encode("ascii", "ignore").decode().replace("\\", "").replace('"', "")
    return f'"{plain}"'


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
