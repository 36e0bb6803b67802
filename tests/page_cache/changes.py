"""Changes of a site by every way there is, in a process of their own. Each writes a mark that pages show, and a line
that says when it began, when it was committed, and what each slot shows from then on (`history` reads it).
"""

import json
import random
import time
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from articles.backup import answering
from articles.models import (
    Article,
    Byline,
    Contributor,
    Drug,
    Edition,
    Image,
    ImageCredit,
    Issue,
    Review,
    Section,
    Term,
    TextChange,
    Topic,
    public_state,
)
from articles.newsletter.issues import building, selection
from articles.publishing import desk, pictures, press, public_texts
from tests import factories

ARTICLES = ("alfa", "bravo", "cosine")
TEXTS = {  # rows beside the articles: what shows the mark, and where
    "golf": (Contributor, "biography"),
    "hotel": (Topic, "definition"),
    "indiana": (Term, "definition"),
    "juliett": (Drug, "source"),
    "treatments": (Section, "summary"),
}
FIRST = {  # what each slot shows after `prepare`
    **dict.fromkeys(TEXTS, "0"),
    **dict.fromkeys([*ARTICLES, *(f"{name} page" for name in ARTICLES)], "0 of teh"),
    "echo": "0",
    "order": "1",
    "mike": "0",
}
AHEAD = (0.8, 2.5)  # seconds until a scheduled version is due
EDITOR, SENDER, ADMINISTRATOR = "campaign-editor", "campaign-sender", "campaign-administrator"


DELTA = f"{factories.BODY}<p>There is juliett, which some know, and indiana.</p>"


class TakenBack(Exception):
    """Rolls a change back."""


def prepare() -> None:
    """The rows that are changed afterwards, each with its first mark."""
    for name, role in ((EDITOR, "Editor"), (SENDER, "Newsletter editor"), (ADMINISTRATOR, "Site administrator")):
        factories.UserFactory(username=name, role=role, email=f"{name}@example.org")
    by = user(EDITOR)
    golf = Contributor(name="Golf", slug="golf", role="writer", interests="None.", biography=mark("golf", 0))
    rows = [
        golf,
        Topic(name="Hotel", slug="hotel", definition=mark("hotel", 0)),
        Term(name="indiana", slug="indiana", definition=mark("indiana", 0), source="A book."),
        Drug(name="juliett", slug="juliett", drug_class="opioid", source=mark("juliett", 0), is_demonstration=True),
    ]
    for row in rows:
        public_texts.save(row, by=by)
    section = factories.section()
    section.summary = mark("treatments", 0)
    public_texts.save(section, by=by)
    Section.objects.filter(slug="conditions").update(position=1)
    Section.objects.filter(slug="news").update(position=9)
    for name in ARTICLES:
        factories.print_edition(slug=name, title=title(name, 0))
    factories.print_edition(slug="oscar", title="Oscar")  # nothing stands against mailing it
    shown, other = (picture(size, number) for number, size in enumerate([(400, 230), (400, 240)]))
    delta = factories.publishable_article(slug="delta", title="Delta", lead_image=shown, body=DELTA)
    delta.topics.add(rows[1])
    Byline.objects.filter(article=delta).update(contributor=golf)
    factories.sign(delta)
    press.publish(delta, by=by)
    Image.objects.filter(pk=other.pk).update(alt=shown.alt)


def picture(size: tuple[int, int], number: int) -> Image:
    stored = pictures.store(factories.picture_bytes("JPEG", size), name=f"{number}.jpg", alt="Lines.")
    factories.CreditFactory(image=stored, creator=f"Echo {number}")
    return Image.objects.with_credit().get(pk=stored.pk)


def user(name: str):
    return get_user_model().objects.get(username=name)


def mark(name: str, number: int) -> str:
    return f"A mark is {name.capitalize()} {number}."


def title(name: str, number: int) -> str:
    return f"{name.capitalize()} {number} of teh pumps"


def text_of(name: str, number: int, *, raw: bool = False) -> None:
    """By the verb, or in the database with the row of history that it asks for."""
    model, column = TEXTS[name]
    key = "name" if model is Drug else "slug"
    row = model.objects.get(**{key: name})
    if not raw:
        setattr(row, column, mark(name, number))
        public_texts.save(row, by=user(EDITOR))
        return
    newest = TextChange.objects.filter(kind=model._meta.model_name, key=name).order_by("-pk")[0]
    after = {**newest.texts_after, column: mark(name, number)}
    with transaction.atomic(), connection.cursor() as cursor:
        kept = {"kind": newest.kind, "key": name, "by": newest.by}
        TextChange.objects.create(**kept, texts_before=newest.texts_after, texts_after=after)
        table = model._meta.db_table
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [mark(name, number), name])


class Changes:
    """One after another, drawn by a seed; what was written is said to `out`, a line each."""

    def __init__(self, seed: int, out: Path, backups: Path | None) -> None:
        self.draw, self.out, self.backups = random.Random(seed), out.open("a"), backups
        self.number = 0
        self.values = dict(FIRST)
        self.planned: dict[str, tuple[float, dict[str, str], Edition]] = {}
        self.kept: dict[str, str] | None = None

    def run(self, count: int) -> None:
        texts = [lambda name=name: self.text(name) for name in TEXTS]
        often = [*(lambda name=name: self.article(name) for name in ARTICLES)] * 3 + texts * 2
        often += [self.credit, self.credit, self.take_down, self.replace, self.issue, self.order, self.order, self.lift]
        for made in range(1, count + 1):
            self.number = made
            self.say_what_is_due()
            self.draw.choice(often)()
            if self.backups and made % 200 == 60:
                self.back_up()
            elif self.backups and made % 200 == 160:
                self.restore()
            elif self.backups and made % 200 == 110:
                self.change({}, lambda: call_command("migrate", verbosity=0, interactive=False))
        while self.planned:
            time.sleep(0.05)
            self.say_what_is_due()

    def say(self, began: float, done: float, values: dict[str, str], between: dict[str, list[str]]) -> None:
        self.values |= values
        print(json.dumps([began, done, values, between]), file=self.out, flush=True)

    def change(self, values: dict[str, str], do, *, between: dict[str, list[str]] | None = None) -> bool:
        """Does it; one time in eight it is rolled back. Whether it is there."""
        is_kept = self.draw.random() > 0.125 or not values
        began = time.monotonic()
        if is_kept:
            do()
            self.say(began, time.monotonic(), values, between or {})
            return True
        with suppress(TakenBack), transaction.atomic():
            do()
            raise TakenBack
        self.say(began, time.monotonic(), {}, {})
        return False

    def say_what_is_due(self) -> None:
        for name, (moment, values, _edition) in list(self.planned.items()):
            if time.monotonic() > moment:
                del self.planned[name]
                self.say(moment, moment, values, {})

    # The ways ---------------------------------------------------------------------------------------------------------

    def text(self, name: str) -> None:
        raw = self.draw.random() < 0.4
        self.change({name: str(self.number)}, lambda: text_of(name, self.number, raw=raw))

    def article(self, name: str) -> None:
        article, by = Article.objects.get(slug=name), user(EDITOR)
        if name in self.planned:
            moment, _values, edition = self.planned[name]
            if time.monotonic() < moment - 0.5:  # later than that nobody knows whether it is in time
                self.change({}, lambda: press.unschedule(edition, by=by))
                del self.planned[name]
            return
        shown = self.values[f"{name} page"]
        is_live, is_signed = shown != "gone", not shown.endswith("taken back")
        ways = [self.publish, self.schedule]
        if is_live:
            ways += [self.correct, self.fix_typo, self.withdraw]
            ways += [self.take_back] if is_signed else []
        self.draw.choice(ways)(article, by)

    def rewritten(self, article: Article) -> None:
        Article.objects.filter(pk=article.pk).update(title=title(article.slug, self.number))
        article.refresh_from_db()
        factories.sign(article, self.reviewer())

    def reviewer(self) -> Contributor:
        known = Contributor.objects.filter(is_medical_reviewer=True).order_by("pk").last()
        return known or factories.ReviewerFactory()

    def shows(self, article: Article, words: str) -> dict[str, str]:
        return {article.slug: words, f"{article.slug} page": words}

    def publish(self, article: Article, by) -> None:
        def do() -> None:
            self.rewritten(article)
            press.publish(article, by=by)

        self.change(self.shows(article, f"{self.number} of teh"), do)

    def correct(self, article: Article, by) -> None:
        def do() -> None:
            self.rewritten(article)
            erratum = press.Erratum("It was.", "It is.", "A letter.", "factual")
            factories.correct(article, erratum, by=by)

        self.change(self.shows(article, f"{self.number} of teh"), do)

    def fix_typo(self, article: Article, by) -> None:
        shown = self.values[article.slug]
        if not shown.endswith("teh") or self.values[f"{article.slug} page"] != shown:
            return
        do = lambda: factories.fix_typo(article, was=" teh ", now=" the ", by=by)  # noqa: E731
        self.change(self.shows(article, shown.replace("teh", "the")), do)

    def withdraw(self, article: Article, by) -> None:
        values = {article.slug: "gone", f"{article.slug} page": "gone"}
        self.change(values, lambda: press.withdraw(article, by=by, note="It was wrong."))

    def take_back(self, article: Article, by) -> None:
        live = Edition.objects.live().select_related("revision", "review__reviewer__user").get(article=article)
        words = self.values[article.slug]

        def do() -> None:
            reviewer = live.review.reviewer
            desk.sign_off(live.revision, by=reviewer.user, decision=Review.CHANGES, comments="No.")

        self.change({f"{article.slug} page": f"{words} taken back"}, do)

    def schedule(self, article: Article, by) -> None:
        seconds = self.draw.uniform(*AHEAD)
        self.rewritten(article)
        at = timezone.now() + timedelta(seconds=seconds)
        printed: list[Edition] = []
        if self.change({}, lambda: printed.append(press.publish(article, by=by, at=at))):
            moment = time.monotonic() + at.timestamp() - time.time()
            values = self.shows(article, f"{self.number} of teh")
            if time.monotonic() < moment:
                self.planned[article.slug] = moment, values, printed[0]
            else:  # a busy machine
                self.say(moment, time.monotonic(), values, {})

    def shown_and_other(self) -> tuple[Image, Image]:
        lead = Edition.objects.live().get(slug="delta").lead_image_id
        rows = {image.pk: image for image in Image.objects.with_credit()}
        shown = rows[lead].replaced_by_id or lead
        return rows[shown], next(image for key, image in rows.items() if key != shown)

    def credit(self) -> None:
        image, _other = self.shown_and_other()
        if image.withdrawn_at is None:
            self.in_order({"echo": str(self.number)}, lambda: self.renamed(image))

    def in_order(self, values: dict[str, str], do) -> None:
        """What makes files after its commit shows no picture meanwhile."""
        began = time.monotonic()
        do()
        self.say(began, time.monotonic(), values, {"echo": ["gone"]})

    def renamed(self, image: Image) -> None:
        credit = ImageCredit.objects.get(image=image)
        credit.creator = f"Echo {self.number}"
        credit.save()

    def take_down(self) -> None:
        image, _other = self.shown_and_other()
        by = user(EDITOR)
        if image.withdrawn_at is None:
            self.change({"echo": "gone"}, lambda: pictures.withdraw(image, by=by, reason="Asked to."))
        else:
            words = image.credit.creator.partition(" ")[2]
            self.in_order({"echo": words}, lambda: pictures.restore(image, by=by))

    def replace(self) -> None:
        shown, other = self.shown_and_other()
        if shown.withdrawn_at is None and other.withdrawn_at is None:
            words = other.credit.creator.partition(" ")[2]
            self.in_order({"echo": words}, lambda: pictures.replace(shown, other, by=user(EDITOR)))

    def issue(self) -> None:
        def do() -> None:
            made, now = Issue.objects.count(), timezone.now()
            about = {"week": f"{2030 + made // 50}-W{made % 50 + 1:02}", "subject": f"Mike {self.number} writes"}
            about |= {"built_at": now, "since": now, "until": now, "number": Issue.objects.next_number()}
            issue = Issue.objects.create(**about)
            selection.put_in(issue, [Edition.objects.live().get(slug="oscar")])
            building.approve(issue, by=user(SENDER))
            if not connection.in_atomic_block:  # readers see it as soon as it is being sent: by us or by the clock
                call_command("send_issue", str(issue.number), stdout=StringIO())
                while not Issue.objects.public().filter(pk=issue.pk).exists():
                    time.sleep(0.01)

        self.change({"mike": str(self.number)}, do)

    def order(self) -> None:
        """Of two sections in the menu, by each way past the ORM's `save`."""
        first = "2" if self.values["order"] == "1" else "1"
        places = {"conditions": 1 if first == "1" else 9, "news": 9 if first == "1" else 1}

        def in_raw_sql() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                for slug, place in places.items():
                    cursor.execute("UPDATE articles_section SET position = %s WHERE slug = %s", [place, slug])

        def in_bulk() -> None:
            sections = list(Section.objects.filter(slug__in=places))
            for section in sections:
                section.position = places[section.slug]
            Section.objects.bulk_update(sections, ["position"])

        def in_a_long_transaction() -> None:
            with transaction.atomic():
                Section.objects.filter(slug__in=places).update(position=5)
                time.sleep(self.draw.random() / 20)
                in_raw_sql()

        self.change({"order": first}, self.draw.choice([in_raw_sql, in_bulk, in_a_long_transaction]))

    def lift(self) -> None:
        """What a migration does: it changes rows that nobody watches. Then the listener dies, on PostgreSQL."""

        def do() -> None:
            public_state.lift()
            text_of("hotel", self.number)
            public_state.install()

        began = time.monotonic()
        do()
        self.say(began, time.monotonic(), {"hotel": str(self.number)}, {})
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(LISTENERS)

    # A backup and back ------------------------------------------------------------------------------------------------

    def wait_for_what_is_planned(self) -> None:
        while self.planned:
            time.sleep(0.05)
            self.say_what_is_due()

    def back_up(self) -> None:
        self.wait_for_what_is_planned()
        call_command("backup", str(self.backups), stdout=StringIO())
        self.kept = dict(self.values)

    def restore(self) -> None:
        self.wait_for_what_is_planned()
        assert self.kept is not None
        began = time.monotonic()
        call_command("restore", str(self.backups), replace=True, stdout=StringIO())
        between = {"echo": ["gone"]}
        self.say(began, time.monotonic(), {**self.kept, "mike": "?"}, between)
        answering.go_on(by=user(ADMINISTRATOR))


LISTENERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND query LIKE 'SELECT SUM(number)%%'"
)
