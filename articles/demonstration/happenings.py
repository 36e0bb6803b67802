"""Events in the made-up newsroom after its articles were published: an error corrected, a reader report, an imported
old post. Each happens once, and none touches what someone worked on.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from articles.importing import importer
from articles.models import Edition, Revision, Section, SentenceReport
from articles.publishing import desk, press, review_answers, snapshot
from articles.readers import reports
from articles.readers.visitor_dedupe import Visitor
from articles.richtext import text

OLD_POST = Path(__file__).parent / "content" / "old-post.txt"
Story = dict[str, Any]


def as_first_printed(story: Story) -> str:
    """Its text with the error in it that is corrected later; the file of a story holds what is right."""
    body: str = story["body"]
    correction = story.get("correction")
    return body.replace(correction["now"], correction["was"]) if correction else body


def happen(stories: list[Story]) -> None:
    live = Edition.objects.live().select_related("article", "revision", "review__reviewer__user")
    for story in stories:
        edition = live.filter(article__slug=story["slug"]).first() if {"correction", "report"} & story.keys() else None
        if edition is not None and "correction" in story:
            _correct(edition, story["correction"])
        if edition is not None and "report" in story:
            _report(edition, story["report"])
    importer.import_file(OLD_POST, section=Section.objects.get(slug="conditions"))


def sign(revision: Revision, *, by: User, at: datetime) -> None:
    """A reviewer of the made-up newsroom finds every sentence right about which a check asks."""
    answers = review_answers.all_correct(desk.questions(revision))
    desk.sign_off(revision, by=by, at=at, answers=answers)


@transaction.atomic
def _correct(wrong: Edition, correction: Story) -> None:
    """The author fixes the text, its reviewer signs off again, and an editor publishes it as a correction."""
    user, at, article = get_user_model().objects, correction["printed"], wrong.article
    is_untouched = snapshot.digest(snapshot.content_of(article)) == wrong.revision.digest
    if correction["was"] not in wrong.body or not is_untouched or wrong.review is None:
        return
    article.body = article.body.replace(correction["was"], correction["now"])
    revision = desk.save(article, by=user.get(username="author"), at=at - timedelta(hours=2))
    sign(revision, by=user.get(contributor=wrong.review.reviewer), at=at - timedelta(hours=1))
    erratum = press.Erratum(**{name: correction[name] for name in ("was", "now", "why", "severity")})
    editor = user.get(username="editor")
    press.correct(article, erratum, by=editor, seen=revision.digest, at=at, is_backdated=True)


def _report(edition: Edition, story: Story) -> None:
    if SentenceReport.objects.on(edition.article_id).exists():
        return
    passages = enumerate(text.passages(edition.body))
    passages_about = [(number, words) for number, words in passages if words.startswith(story["about"])]
    for number, quoted in passages_about:
        given = reports.Told(number, quoted, story["wrong"], story["severity"], story["email"])
        reports.report(edition, given, visitor=Visitor("", "demonstration"))
