"""Pages found again: whatever a page shows, a change of it is on the next one, and nothing else is made anew."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches

from articles import cache
from articles.metadata import structured_data
from articles.models import (
    Contributor,
    Drug,
    Edition,
    Image,
    ImageCredit,
    RetractionNotice,
    Review,
    Section,
    Term,
)
from articles.publishing import page_texts
from articles.search import related
from articles.views import fragments
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PAGES = ("/articles/pumps/", "/treatments/", "/")
BODY = factories.BODY + "<p>Ziconotide is given by a pump; allodynia may last.</p>"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def edition():
    """One that shows something of every kind, and another to read next."""
    lead, inside, near = (factories.CreditFactory(title=f"Drawing {number}").image for number in (1, 2, 3))
    Drug.objects.filter(name="ziconotide").delete()
    factories.public(
        Drug(name="ziconotide", slug="ziconotide", drug_class="N-type blocker", source="label", is_demonstration=True)
    )
    factories.print_edition(slug="more", title="More about pumps", lead_image=near, at=NOON - timedelta(hours=2))
    edition = factories.print_edition(
        slug="pumps",
        title="Pumps for pain",
        lead_image=lead,
        body=f'{BODY}<figure data-picture="{inside.pk}"></figure>',
        at=NOON - timedelta(hours=1),
    )
    related.catch_up()
    return edition


def page(client, address):
    cache.clear()  # what every page needs is another promise
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def made_anew(client, address):
    caches[fragments.PAGES].clear()
    caches[fragments.CARDS].clear()
    return page(client, address)


def author():
    return Contributor.objects.filter(pk__in=Edition.objects.get(slug="pumps").bylines.values("contributor"))


def reviewer():
    return Contributor.objects.filter(reviews__editions__slug="pumps")


def retracted():
    RetractionNotice.objects.create(record_id=1, nature="retracted", title="Pumps", pmid="77", noticed_on=NOON.date())


def replaced(title):
    image = factories.CreditFactory(title="Newer").image
    Image.objects.filter(credit__title=title).update(replaced_by=image, replaced_at=NOON)


def nearer():
    factories.print_edition(slug="nearer", title="Pumps for pain, again", at=NOON - timedelta(hours=3))
    related.catch_up()


def treatments(**texts):
    factories.rewrite(Section.objects.filter(slug="treatments"), **texts)


def allodynia(**texts):
    factories.rewrite(Term.objects.filter(slug="allodynia"), **texts)


def ziconotide(**texts):
    factories.rewrite(Drug.objects.filter(name="ziconotide"), **texts)


CHANGES = {
    "the name of its section": lambda: treatments(name="Therapies"),
    "the summary of its section": lambda: treatments(summary="What helps."),
    "another section": lambda: factories.rewrite(Section.objects.filter(slug="news"), name="Reports"),
    "a new section": lambda: factories.public(Section(name="Opinion", slug="opinion")),
    "an author’s role": lambda: factories.rewrite(author(), role="pharmacist"),
    "an author’s address": lambda: factories.rewrite(author(), slug="somebody-else"),
    "the reviewer’s role": lambda: factories.rewrite(reviewer(), role="anesthesiologist"),
    "the reviewer’s address": lambda: factories.rewrite(reviewer(), slug="dr-else"),
    "a sign-off that is taken back": lambda: Review.objects.filter(editions__slug="pumps").update(withdrawn_at=NOON),
    "a term’s meaning": lambda: allodynia(definition="Pain from a touch."),
    "a term’s name": lambda: allodynia(name="touch pain", synonyms=[]),
    "a medicine’s warning": lambda: ziconotide(boxed_warning="New."),
    "a medicine’s name": lambda: ziconotide(name="renamed", brands=[]),
    "a medicine’s card that is gone": lambda: Drug.objects.filter(name="ziconotide").delete(),
    "the lead picture’s creator": lambda: ImageCredit.objects.filter(title="Drawing 1").update(creator="John Roe"),
    "the lead picture’s license": lambda: ImageCredit.objects.filter(title="Drawing 1").update(license=""),
    "the lead picture taken down": lambda: Image.objects.filter(credit__title="Drawing 1").update(withdrawn_at=NOON),
    "the lead picture replaced": lambda: replaced("Drawing 1"),
    "the lead picture’s files": lambda: Image.objects.filter(credit__title="Drawing 1").update(rendered=""),
    "the focal point": lambda: Image.objects.filter(credit__title="Drawing 1").update(focal_x=0.1),
    "a picture’s creator": lambda: ImageCredit.objects.filter(title="Drawing 2").update(creator="John Roe"),
    "a picture taken down": lambda: Image.objects.filter(credit__title="Drawing 2").update(withdrawn_at=NOON),
    "a picture replaced": lambda: replaced("Drawing 2"),
    "an article to read next": nearer,
    "the picture’s creator of an article to read next": lambda: ImageCredit.objects.filter(title="Drawing 3").update(
        creator="John Roe"
    ),
    "an article to read next that ended": lambda: Edition.objects.filter(slug="more").update(live_until=NOON),
}
ON_EVERY = {"the name of its section", "another section", "a new section"}
ON_LISTS = {name for name in CHANGES if name.startswith("the lead") or "read next" in name}
ON_LISTS |= {"a sign-off that is taken back", "the focal point"}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_page_shows_is_on_the_next_one_when_it_changes(client, edition, change):
    before = {address: page(client, address) for address in PAGES}
    CHANGES[change]()
    after = {address: page(client, address) for address in PAGES}
    assert after == {address: made_anew(client, address) for address in PAGES}
    assert after == {address: page(client, address) for address in PAGES}
    changed = {address for address in PAGES if before[address] != after[address]}
    if change == "the summary of its section":
        assert changed == {"/treatments/"}
    elif change == "the focal point":  # cuts what is cropped, in lists and for other sites
        assert changed >= {"/treatments/", "/"}
    else:
        assert "/articles/pumps/" in changed
        assert changed == {*PAGES} or change not in ON_EVERY | ON_LISTS


def test_a_notice_about_a_cited_paper_is_on_the_next_page(client):
    article = factories.publishable_article(slug="pumps", signed=False, in_section="news")
    article.references.update(pmid="77")
    from articles.publishing import desk, press

    desk.save(article, by=None)
    press.publish(article, by=factories.editor())
    before = page(client, "/articles/pumps/")
    retracted()
    after = page(client, "/articles/pumps/")
    assert "Retracted" in after
    assert "Retracted" not in before
    assert after == made_anew(client, "/articles/pumps/")


@pytest.mark.parametrize(("days", "rights_end_on"), [(800, None), (2, NOON.date() + timedelta(days=1))])
def test_what_the_day_changes_is_on_the_page_of_that_day(client, edition, clock, days, rights_end_on):
    ImageCredit.objects.filter(title="Drawing 2").update(rights_end_on=rights_end_on)
    before = page(client, "/articles/pumps/")
    clock.shift(timedelta(days=days))
    after = page(client, "/articles/pumps/")
    assert before != after == made_anew(client, "/articles/pumps/")


@pytest.mark.parametrize("name", fragments.SITE)
def test_a_site_under_another_name_shows_no_page_of_the_old_one(client, edition, settings, name):
    before = page(client, "/articles/pumps/")
    setattr(settings, name, True if name == "DEMONSTRATION" else "https://new.example/")
    after = page(client, "/articles/pumps/")
    assert before != after == made_anew(client, "/articles/pumps/")


def test_a_page_that_was_shown_renders_no_template(client, edition, monkeypatch):
    before = {address: page(client, address) for address in PAGES}

    def refuse(*arguments, **options):
        raise AssertionError("a template was rendered")

    for module in ("article_page", "cards", "front"):
        monkeypatch.setattr(f"articles.views.{module}.render_to_string", refuse)
    assert before == {address: page(client, address) for address in PAGES}


def test_an_unrelated_change_leaves_what_was_made(client, edition, monkeypatch):
    page(client, "/articles/pumps/")
    factories.print_edition(slug="other", title="Another thing", in_section="news", signed=False)
    factories.CreditFactory()
    monkeypatch.setattr("articles.views.article_page.render_to_string", None)
    assert page(client, "/articles/pumps/")


@pytest.mark.parametrize("query", ["?page=2", "?page=2&x=1", "?x=%22%3E", "?page=1&page=2"])
def test_the_links_between_pages_of_a_list_keep_what_stands_in_its_own_address(client, query):
    for _number in range(13):
        factories.print_edition(in_section="news", signed=False)
    first = page(client, "/news/")
    shown = page(client, f"/news/{query}")
    assert shown == made_anew(client, f"/news/{query}")
    assert page(client, "/news/") == first


def test_a_text_of_old_names_is_worked_out_as_it_is_written(client, edition):
    written = page(client, "/articles/pumps/")
    edition.page_text.__class__.objects.update(digest="old")
    assert made_anew(client, "/articles/pumps/") == written
    page_texts.catch_up()
    assert made_anew(client, "/articles/pumps/") == written


def test_a_page_that_is_made_while_something_changes_is_not_found_again(client, edition, monkeypatch):
    """It was begun with one menu and ended with another, and the first may come back."""
    make, first = structured_data.article, Section.objects.filter(pk=Section.objects.all()[0].pk)
    before = first.get().position

    def change_meanwhile(*args):
        first.update(position=99)
        return make(*args)

    with monkeypatch.context() as patched:
        patched.setattr(structured_data, "article", change_meanwhile)
        mixed = page(client, "/articles/pumps/")
    first.update(position=before)
    found = page(client, "/articles/pumps/")
    caches[fragments.PAGES].clear()
    assert found == page(client, "/articles/pumps/") != mixed
