"""What happens to articles that a letter tells of, and to the letters of readers."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Issue, SentenceReport
from articles.publishing import desk, press
from articles.readers import reports
from articles.readers.visitor_dedupe import Visitor
from tests import factories

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def said(issue):
    return [item.edition.title for item in issue.items.select_related("edition")]


def updated(edition, **changes):
    """The article printed again with other words, signed anew."""
    article = edition.article
    article.refresh_from_db()
    for name, value in changes.items():
        setattr(article, name, value)
    desk.save(article, by=None)
    factories.sign(article)
    return press.publish(article, by=factories.editor())


def corrected(edition, severity="factual", was="It may help.", now="It rarely helps."):
    article = edition.article
    article.refresh_from_db()
    article.body = article.body.replace(was, now)
    desk.save(article, by=None)
    factories.sign(article)
    erratum = press.Erratum(was=was, now=now, why="The trial was misread.", severity=severity)
    return factories.correct(article, erratum, by=factories.editor())


def withdrawn(edition):
    return press.withdraw(edition.article, by=factories.editor(), note="It was unsound.")


def harmful(edition):
    """A reader reports that somebody could be harmed by it."""
    said = reports.Told(1, "It may help.", "It made me worse.", SentenceReport.HARM)
    return reports.report(edition, said, visitor=Visitor("192.0.2.7", "Firefox"))


def handed_over(issue, *readers):
    """As a sender marks them."""
    for reader in readers:
        issue.deliveries.filter(subscription=reader).update(state="handed_over", settled_at=timezone.now())
    Issue.objects.filter(pk=issue.pk).update(state="sending", started_at=timezone.now())
    issue.refresh_from_db()
