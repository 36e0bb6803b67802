"""Rows to test with. `publishable_article` passes the gate; tests take away from it what they are about."""

from datetime import date, datetime, timedelta
from importlib import import_module
from io import BytesIO
from itertools import count
from typing import Any

import factory
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image as Pixels

from articles.images import renditions
from articles.models import (
    Article,
    Byline,
    Contributor,
    Correction,
    Edition,
    Image,
    ImageCredit,
    Reference,
    Review,
    Revision,
    SafeguardChange,
    Section,
    SettledAccount,
    Subscription,
    guards,
)
from articles.publishing import desk, pictures, press, public_texts, safeguards, snapshot
from articles.publishing.pictures import files
from articles.publishing.review_answers import Given

BODY = """<p>Some words about it.[1]</p>
<h2>Benefits</h2><p>It may help.</p>
<h2>Risks</h2><p>It may harm.[1]</p>"""


def section(slug: str = "treatments") -> Section:
    """One of the three that the migration made."""
    return Section.objects.get(slug=slug)


def restore_what_migrations_made() -> None:
    """The seed, in tables that were emptied. Emptying sends post_migrate, which brings roles and guards back."""
    guards.lift()  # as `migrate` does
    import_module("articles.migrations.0002_seed").fill(apps, None)
    guards.install()


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"user{number}")
    is_staff = True

    @factory.post_generation
    def role(self, create: bool, name: str | None, **kwargs: Any) -> None:
        if name:  # a new user: what `add` looks for is not there, and nobody is signed in to be signed out
            get_user_model().groups.through.objects.create(user=self, group=Group.objects.get(name=name))


class ContributorFactory(DjangoModelFactory):
    class Meta:
        model = Contributor

    name = factory.Sequence(lambda number: f"Person {number}")
    slug = factory.Sequence(lambda number: f"person-{number}")
    role = "health writer"
    interests = "None."

    @classmethod
    def _create(cls, model: Any, *args: Any, is_medical_reviewer: bool = False, **kwargs: Any) -> Contributor:
        made: Contributor = super()._create(model, *args, **kwargs)
        if is_medical_reviewer:
            admit(made)
        return made


def admit(contributor: Contributor) -> None:
    """Makes a medical reviewer of a contributor: asked for the day before yesterday, and nobody stopped it."""
    asker, _created = get_user_model().objects.get_or_create(username="who-admits-reviewers")
    now = timezone.now()
    asked = {"asked_by": asker, "asked_at": now - 2 * safeguards.WAIT, "takes_effect_at": now - safeguards.WAIT}
    row = {"contributor": contributor, "field": "is_medical_reviewer", "was": "false", "becomes": "true"}
    change = SafeguardChange.objects.create(**row, **asked)
    SafeguardChange.objects.filter(pk=change.pk).update(applied_at=now)
    Contributor.objects.filter(pk=contributor.pk).update(is_medical_reviewer=True)
    contributor.is_medical_reviewer = True
    SettledAccount.objects.begin(contributor)


class ReviewerFactory(ContributorFactory):
    """A medical reviewer with an account that may sign."""

    credentials = "MD"
    is_medical_reviewer = True
    user = factory.SubFactory(UserFactory, role="Medical reviewer")


class ImageFactory(DjangoModelFactory):
    """A row without files."""

    class Meta:
        model = Image

    digest = factory.Sequence(lambda number: f"{number:064x}")
    file = factory.LazyAttribute(lambda image: f"pictures/{image.digest}.jpg")
    format = "JPEG"
    width = 1600
    height = 900
    alt = "Lines that meet in one point."


class CreditFactory(DjangoModelFactory):
    """Complete, under a license that asks for everything. The files, if there are any, carry it."""

    class Meta:
        model = ImageCredit
        skip_postgeneration_save = True

    image = factory.SubFactory(ImageFactory)
    title = "Channel"
    creator = "Jane Doe"
    source = "Flickr"
    source_url = "https://example.org/work"
    license = "cc-by-4.0"

    @factory.post_generation
    def files(self, create: bool, wanted: Any, **kwargs: Any) -> None:
        """What follows a commit; a row without files says that it has them."""
        if create and self.image and not self.image.rendered:
            self.image.rendered = self.image.stamp()
            Image.objects.filter(pk=self.image.pk).update(rendered=self.image.rendered)
        elif create and self.image:
            before = renditions.folder_for(self.image.digest, self.image.rendered)
            pictures.render(self.image)
            files.remove_folder(before)


class ArticleFactory(DjangoModelFactory):
    """A draft with everything that the gate asks for but people, references and a review."""

    class Meta:
        model = Article

    title = factory.Sequence(lambda number: f"Intrathecal pumps {number}")
    slug = factory.Sequence(lambda number: f"pumps-{number}")
    standfirst = "What a pump can do."
    section = factory.LazyFunction(section)
    body = BODY
    disclosure = "The authors report no conflicts of interest."


def sign(article: Article, reviewer: Contributor | None = None, **kwargs: Any) -> Review:
    """A reviewer's approval of the article as it is, with every question answered “Correct as written”."""
    return sign_revision(desk.keep_revision(article, by=None), reviewer, **kwargs)


def sign_revision(revision: Revision, reviewer: Contributor | None = None, **kwargs: Any) -> Review:
    reviewer = reviewer or ReviewerFactory()
    try:
        return desk.sign_off(revision, by=reviewer.user, **kwargs)
    except desk.SignOffRefused as refused:  # most texts ask nothing, and to look first costs as much again
        answers = {key: Given() for key in refused.answers}
        return desk.sign_off(revision, by=reviewer.user, **{"answers": answers, **kwargs})


def publishable_article(
    *, in_section: str = "treatments", signed: bool = True, due_on: date | None = None, **kwargs: Any
) -> Article:
    article = ArticleFactory(section=section(in_section), **kwargs)
    Byline.objects.create(article=article, contributor=ContributorFactory())
    Reference.objects.create(article=article, position=1, citation="Doe J. Pumps. J Pain. In press.")
    saved = desk.save(article, by=None)
    if signed:
        sign_revision(saved, due_on=due_on)
    return article


def editor() -> Any:
    return UserFactory(role="Editor")


def public(row: Any) -> Any:
    """A topic, term, section, contributor or medicine, written as an editor does."""
    public_texts.save(row, by=editor())
    return row


def rewrite(rows: Any, **texts: Any) -> None:
    """The same for rows that are there."""
    for row in rows:
        for name, text in texts.items():
            setattr(row, name, text)
        public(row)


def print_edition(*, at: datetime | None = None, **kwargs: Any) -> Edition:
    """Live from a moment on, however far that is: its review holds until then."""
    is_far = at is not None and at > timezone.now() + timedelta(days=700)
    due_on = at.date() + timedelta(days=365) if at and is_far else None
    return press.publish(publishable_article(due_on=due_on, **kwargs), by=editor(), at=at, is_backdated=True)


def correct(article: Article, erratum: press.Erratum, *, by: Any, at: datetime | None = None) -> Correction:
    """By an editor who read the text as the database has it."""
    return press.correct(article, erratum, by=by, at=at, seen=seen(article), is_backdated=True)


def fix_typo(article: Article, *, was: str, now: str, by: Any) -> Edition:
    """By an editor who read what is published."""
    live = Edition.objects.live().filter(article=article).select_related("revision").first()
    return press.fix_typo(article, was=was, now=now, by=by, seen=live.revision.digest if live else "")


def seen(article: Article) -> str:
    """What a page shows of an article: the digest of its text in the database."""
    return snapshot.digest(snapshot.content_of(Article.objects.get(pk=article.pk)))


def administrator(**kwargs: Any) -> Any:
    return UserFactory(role="Site administrator", **kwargs)


def ask_change(subject: Contributor | Section, values: dict[str, Any]) -> list[SafeguardChange]:
    """What waits for a second administrator or a day."""
    return safeguards.ask(subject, values, by=administrator(email="first@example.org"))


def change(subject: Any, **values: Any) -> None:
    """Changes who a reviewer is, or what a section requires, as two administrators do it."""
    for asked in ask_change(subject, values):
        safeguards.confirm(asked, by=administrator(email="second@example.org"))
    subject.refresh_from_db()


def subscription(email: str = "", *, sections: tuple[str, ...] = (), **kwargs: Any) -> Subscription:
    """An active one, confirmed."""
    now = timezone.now()
    fields = {"state": Subscription.ACTIVE, "confirmed_at": now, **kwargs}
    address = email or f"reader{next(_readers)}@example.org"
    made = Subscription.objects.create(email=address, **fields)
    made.sections.set(Section.objects.filter(slug__in=sections))
    return made


_readers = count(1)


def newsletter_editor() -> Any:
    return UserFactory(role="Newsletter editor", email="letter-desk@example.org")


def picture_bytes(format: str = "PNG", size: tuple[int, int] = (40, 30), **kwargs: Any) -> bytes:
    out = BytesIO()
    Pixels.new("RGB", size, (20, 90, 80)).save(out, format, **kwargs)
    return out.getvalue()
