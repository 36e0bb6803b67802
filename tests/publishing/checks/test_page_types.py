"""What the gate asks of a topic page and of a page about the site, and what the database holds of their type."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from articles import site_pages
from articles.models import Article, Byline, Edition, Section, Topic
from articles.publishing import checks, desk, press
from tests import factories

pytestmark = pytest.mark.django_db


def site_page(**columns):
    """A page with nothing but its words: no author, section, reference, disclosure or review."""
    given = {"page_type": "page", "title": "About us", "slug": "about", "section": None, "disclosure": ""}
    article = factories.ArticleFactory(**{**given, "body": "<p>A small newsroom.</p>", **columns})
    desk.save(article, by=None)
    return article


def topic(name="Migraine"):
    return factories.public(Topic(name=name, slug=name.lower()))


def errors(article):
    return [finding.id for finding in checks.run(article) if finding.is_error]


def refused(write):
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        write()
    return str(refusal.value)


def test_a_page_about_the_site_needs_no_author_section_source_disclosure_or_review():
    edition = press.publish(site_page(), by=factories.editor())
    assert (edition.page_type, edition.section, edition.review, edition.get_absolute_url()) == (
        "page", None, None, "/about/",
    )  # fmt: skip


def test_a_page_that_speaks_of_a_medicine_waits_for_a_reviewer():
    dosed = site_page(body="<p>Many begin with 300 mg of gabapentin.</p>")
    assert errors(dosed) == ["review.dose"]
    named = site_page(slug="terms", body="<p>Gabapentin is a name.</p>")
    assert errors(named) == ["review.page"]
    factories.sign(named)
    assert errors(named) == []
    wrong = site_page(slug="help", body="<p>Ziconotide, an NSAID, is a name.</p>")
    assert "drug.class" in errors(wrong)


def test_no_skeleton_can_be_published_as_it_is():
    for page in site_pages.REQUIRED:
        article = site_page(title=page.title, slug=page.slug, body=page.skeleton, standfirst=page.says)
        assert set(errors(article)) == {"page.open"}
        article.body = "<p>It is all written.</p>"
        desk.save(article, by=None)
        assert errors(article) == []


@pytest.mark.parametrize("slug", ["topics", "search", "news", "admin", "how-we-review"])
def test_a_page_takes_no_address_of_a_section_or_of_the_program(slug):
    [finding] = [finding for finding in checks.run(site_page(slug=slug)) if finding.is_error]
    assert (finding.id, finding.message.startswith(f"“/{slug}/” is the address of another page")) == (
        "address.taken", True,
    )  # fmt: skip


@pytest.mark.parametrize("slug", ["about", "search", "our-funding"])
def test_a_section_takes_no_address_of_a_page(slug):
    site_page(slug="our-funding")
    with pytest.raises(ValidationError, match="is the address of another page"):
        Section(name="New", slug=slug).full_clean()
    Section(name="New", slug="new").full_clean()


def test_a_topic_page_needs_the_sign_off_that_its_section_requires():
    hub = factories.publishable_article(signed=False, page_type="hub", hub_of=topic(), in_section="conditions")
    assert errors(hub) == ["review.missing"]
    factories.sign(hub)
    edition = press.publish(hub, by=factories.editor())
    assert (edition.get_absolute_url(), edition.revision.content["hub_of"]) == ("/topics/migraine/", "migraine")


def test_only_a_topic_page_has_a_topic_of_its_own_and_a_topic_one_page():
    migraine = topic()
    sentence = "A topic page needs the topic it introduces"
    for wrong in ({"page_type": "hub"}, {"hub_of": migraine}):
        with pytest.raises(ValidationError, match=sentence):
            Article(title="Migraine", **wrong).full_clean()
    factories.ArticleFactory(page_type="hub", hub_of=migraine)
    with pytest.raises(ValidationError, match="This topic has a topic page already"):
        Article(title="Migraine", page_type="hub", hub_of=migraine).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ArticleFactory(page_type="hub", hub_of=migraine)


def following(edition, **columns):
    """A next edition of the same article, as code past the press would write it."""
    row = Edition.objects.get(pk=edition.pk)
    now = row.live_from.replace(year=2098)
    Edition.objects.filter(pk=row.pk).update(live_until=now)
    fields = {"pk": None, "number": row.number + 1, "kind": "update", "live_from": now, "changed_at": now, **columns}
    for name, value in fields.items():
        setattr(row, name, value)
    row._state.adding = True
    return row


def resaved(edition, **columns):
    article = edition.article
    for name, value in columns.items():
        setattr(article, name, value)
    return desk.save(article, by=None)


def test_the_database_keeps_the_type_of_what_was_published():
    edition = factories.print_edition(in_section="news", signed=False)
    revision = resaved(edition, page_type="hub", hub_of=topic())
    changed = following(edition, revision=revision, page_type="hub", hub_of=edition.article.hub_of)
    assert "keeps its type and its topic" in refused(changed.save)
    assert "says what its revision says" in refused(following(edition, revision=revision).save)


def test_the_database_lets_a_topic_have_one_page():
    migraine, leads = topic(), topic("Leads")
    first = factories.print_edition(in_section="news", signed=False, page_type="hub", hub_of=migraine)
    resaved(first, hub_of=leads)
    second = factories.publishable_article(in_section="news", signed=False, page_type="hub", hub_of=migraine)
    revision = second.revisions.order_by("-number").first()
    other = Edition.objects.get(pk=first.pk)
    content = revision.content
    other.pk, other.article, other.revision, other.live_until = None, second, revision, None
    for name in ("slug", "title", "standfirst", "body", "disclosure", "references", "topics"):
        setattr(other, name, content[name])
    other._state.adding = True
    assert "A topic has one topic page" in refused(other.save)


def test_lists_of_articles_show_articles_alone(client):
    migraine = topic()
    article = factories.print_edition(in_section="news", title="An article", slug="an-article")
    hub = factories.print_edition(in_section="news", title="A topic page", page_type="hub", hub_of=migraine)
    page = press.publish(site_page(title="A site page"), by=factories.editor())
    author = Byline.objects.get(article=hub.article).contributor
    month = f"/archive/{article.live_from:%Y/%m}/"
    for address in ("/", "/news/", "/news/a-z/", month, "/feed/", "/feed.json", "/news/feed/"):
        shown = client.get(address).content.decode().partition('<footer class="foot">')[0]
        assert hub.title not in shown, address
        assert page.title not in shown, address
    assert client.get("/search/", {"q": "page"}).context["found"].hits == []
    assert article.title in client.get("/").content.decode()
    assert hub.title not in client.get(author.get_absolute_url()).content.decode()
