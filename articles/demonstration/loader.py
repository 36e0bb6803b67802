"""Puts the demonstration's people, articles and pictures into the site by the same doors that editors use."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from articles.demonstration import accounts, drawings, happenings, letters
from articles.images import drawing
from articles.models import (
    Article,
    Byline,
    Contributor,
    Drug,
    Image,
    ImageCredit,
    Reference,
    Section,
    SourceNote,
    Topic,
)
from articles.models.page_type import ARTICLE
from articles.publishing import desk, pictures, press, public_texts, safeguards

FOLDER = Path(__file__).parent
HOUSE = "Inside Pain Medicine"  # who made the pictures; their credits link to the articles that they were made for
SIZE = (1200, 675)  # pixels, as wide as the picture for social media: larger ones take longer at the first start
PLACE = re.compile(r"\{\{picture:([a-z0-9-]+)\}\}")
Story = dict[str, Any]


def stories() -> list[Story]:
    """The demonstration's articles as written in `content/`, oldest first, the draft last.

    `page_type = "hub"` with `hub_of = "topic-slug"` makes a topic page, `page_type = "page"`, without a section, a
    page about the site.
    """
    stories = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("content/**/*.toml"))]
    return sorted(stories, key=lambda story: (story.get("draft", False), str(story.get("published", ""))))


def load(progress: Callable[[list[Story]], Iterable[Story]], *, site_url: str) -> int:
    """Loads what isn't there yet, and returns how many articles. What someone has worked on since stays as it is."""
    with transaction.atomic():
        _load_topics()
        _load_people()
        _show_cards()
        _note_sources()
    written, loaded = stories(), 0
    for story in progress(written):
        if not Article.everything.filter(slug=story["slug"]).exists():
            page = site_url + page_of(story)
            drawn = {name: _draw(name, picture, page) for name, picture in _pictures(story)}
            with transaction.atomic():
                _load_story(story, drawn)
            loaded += 1
    _lead_credits_to(site_url, {page_of(story) for story in written})
    for image in Image.objects.with_credit():
        if not pictures.is_rendered(image):
            pictures.render(image)
    letters.send_last_weeks()
    happenings.happen(written)
    letters.draft_this_weeks()
    return loaded


def page_of(story: Story) -> str:
    return f"/articles/{story['slug']}/"


def _lead_credits_to(site_url: str, pages: set[str]) -> None:
    """A credit keeps a whole address, inside the files too, and the site may answer at another one since."""
    own = ImageCredit.objects.filter(creator=HOUSE, source_url__contains="/articles/")
    for credit in own.exclude(source_url__startswith=f"{site_url}/"):
        if (page := urlsplit(credit.source_url).path) in pages:
            credit.source_url = site_url + page
            credit.save(update_fields=["source_url"])


def _load_topics() -> None:
    for topic in tomllib.loads((FOLDER / "topics.toml").read_text(encoding="utf-8"))["topics"]:
        medicines = topic.pop("medicines", [])
        places: Any = {"parent": Topic, "section": Section}
        rows = {name: model.objects.get(slug=topic[name]) for name, model in places.items() if name in topic}
        if not Topic.objects.filter(slug=topic["slug"]).exists():
            made = Topic(**{**topic, **rows})
            public_texts.save(made, by=_editor())
            made.medicines.set(Drug.objects.filter(name__in=medicines))


def _load_people() -> None:
    """Reviewers sign by accounts of their own; the first author who reviews nothing has the account `author`."""
    now = timezone.now()
    for person in tomllib.loads((FOLDER / "people.toml").read_text(encoding="utf-8"))["people"]:
        if Contributor.objects.filter(slug=person["slug"]).exists():
            continue
        is_reviewer = person.pop("is_medical_reviewer")
        contributor = Contributor(**person)
        if is_reviewer:  # from the start: later, a reviewer's user changes only with two people
            contributor.user = accounts.for_reviewer(contributor)
        public_texts.save(contributor, by=_editor())
        if is_reviewer:
            administrator = get_user_model().objects.get(username="admin")
            asked_at = now - safeguards.WAIT
            safeguards.ask(contributor, {"is_medical_reviewer": True}, by=administrator, at=asked_at)
    safeguards.apply_due(now)
    author = get_user_model().objects.get(username="author")
    writing = Contributor.objects.filter(is_medical_reviewer=False).order_by("pk")
    if not Contributor.objects.filter(user=author).exists() and (first := writing.first()) is not None:
        first.user = author
        first.save(update_fields=["user"])


def _show_cards() -> None:
    """Nobody held these cards against a label. Readers of a real site see none of them; here they see what each is."""
    for card in Drug.objects.filter(checked_by=None, is_class=False, is_demonstration=False):
        card.is_demonstration = True
        public_texts.save(card, by=_editor())


def _note_sources() -> None:
    reviewer = get_user_model().objects.get(username="reviewer")
    for source in tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))["sources"]:
        SourceNote.objects.get_or_create(citation=source["citation"], defaults={**source, "by": reviewer})


def _editor() -> Any:
    return get_user_model().objects.get(username="editor")


def _pictures(story: Story) -> Iterator[tuple[str, dict[str, Any]]]:
    if "picture" in story:
        yield "lead", story["picture"]
    for picture in story.get("body_pictures", []):
        yield picture["name"], picture


def _draw(name: str, picture: dict[str, Any], page: str) -> Image:
    data = drawing.draw(picture["kind"], seed=picture["seed"], width=SIZE[0], height=SIZE[1])
    image = pictures.store(data, name=f"{name}.png", alt=picture.get("alt", ""))
    credit = picture.get("credit") or {
        "title": picture["title"],
        "creator": HOUSE,
        "source_url": page,
        "license": "cc-by-4.0",
    }
    ImageCredit.objects.get_or_create(image=image, defaults=credit)
    pictures.render(image)
    return image


def _load_story(story: Story, drawn: dict[str, Image]) -> None:
    user = get_user_model().objects
    at: Any = story.get("published")
    written = at - timedelta(days=12) if at else None
    article = _write(story, drawn)
    revision = desk.save(article, by=user.get(username="author"), at=written)
    if story.get("draft"):
        return
    if "reviewer" in story:
        reviewer = user.get(contributor__slug=story["reviewer"])
        happenings.sign(revision, by=reviewer, at=at - timedelta(days=3))
    press.publish(article, by=user.get(username="editor"), at=at, is_backdated=True)


def _write(story: Story, drawn: dict[str, Image]) -> Article:
    body = PLACE.sub(lambda place: _figure(place[1], story, drawn), happenings.as_first_printed(story))
    article = Article.objects.create(
        title=story["title"],
        slug=story["slug"],
        standfirst=story.get("standfirst", ""),
        page_type=story.get("page_type", ARTICLE),
        hub_of=Topic.objects.get(slug=story["hub_of"]) if "hub_of" in story else None,
        section=Section.objects.get(slug=story["section"]) if "section" in story else None,
        lead_image=drawn.get("lead"),
        lead_caption=story.get("picture", {}).get("caption", ""),
        body=drawings.explained(story["slug"], body),
        closing_question=story.get("closing_question", ""),
        disclosure=story.get("disclosure", ""),
    )
    article.topics.set(Topic.objects.filter(name__in=story.get("topics", [])))
    for position, slug in enumerate(story.get("authors", [])):
        Byline.objects.create(article=article, contributor=Contributor.objects.get(slug=slug), position=position)
    for position, reference in enumerate(story.get("references", []), start=1):
        Reference.objects.create(article=article, position=position, **reference)
    return article


def _figure(name: str, story: Story, drawn: dict[str, Image]) -> str:
    caption = next(picture.get("caption", "") for picture in story["body_pictures"] if picture["name"] == name)
    return f'<figure data-picture="{drawn[name].pk}"><figcaption>{caption}</figcaption></figure>'
