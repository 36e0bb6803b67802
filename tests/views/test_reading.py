"""What stands around an article's text: medicines' cards, what to read next, where to get help, how to pass it on."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from articles.models import Drug, Topic
from articles.publishing import press
from tests import factories, markup

pytestmark = pytest.mark.django_db
SAID_TO_MACHINES = re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL)


def page(client, edition):
    return markup.page(client.get(edition.get_absolute_url()))


def card(**kwargs):
    checked = {"checked_by": factories.ReviewerFactory(), "checked_on": timezone.localdate()}
    Drug.objects.filter(name="ziconotide").delete()
    return factories.public(
        Drug(
            name="ziconotide",
            slug="ziconotide",
            brands=["Prialt"],
            drug_class="N-type calcium channel blocker",
            boxed_warning="Severe psychiatric symptoms.",
            hazards=[{"sense": "Psychiatric symptoms.", "told_by": ["psychiatric"]}],
            route="intrathecal infusion",
            source="US prescribing information",
            **{**checked, **kwargs},
        )
    )


WITH_DRUG = factories.BODY + "<p>Prialt can cause psychiatric symptoms.</p>"


def test_a_medicine_that_is_named_has_its_card_with_the_boxed_warning(client):
    card()
    text = page(client, factories.print_edition(body=WITH_DRUG))
    assert "Medicines in this article" in text
    address = Drug.objects.get(name="ziconotide").get_absolute_url()
    assert f'<a href="{address}">Ziconotide</a> · N-type calcium channel blocker</p><p>Prialt</p>' in text
    assert "<b>Boxed warning</b> Severe psychiatric symptoms.</p>" in text.replace(' class="bw"', "")


@pytest.mark.parametrize(
    "unchecked", [{"checked_by": None, "checked_on": None}, {"changed_at": datetime(2999, 1, 1, tzinfo=UTC)}]
)
def test_a_card_that_nobody_held_against_its_label_is_not_shown(client, unchecked):
    card(**unchecked)
    assert "Medicines in this article" not in page(client, factories.print_edition(body=WITH_DRUG))


def test_a_demonstration_s_card_is_shown_and_says_that_nobody_checked_it(client):
    card(checked_by=None, checked_on=None, is_demonstration=True)
    text = page(client, factories.print_edition(body=WITH_DRUG))
    assert "<p>Demonstration card, not checked</p>" in text


def test_a_changed_card_is_shown_at_once(client, django_capture_on_commit_callbacks):
    drug = card()
    edition = factories.print_edition(body=WITH_DRUG)
    assert "Severe psychiatric symptoms." in page(client, edition)
    with django_capture_on_commit_callbacks(execute=True):
        factories.rewrite([drug], boxed_warning="Something else.")
    assert "Something else." in page(client, edition)


def test_the_nearest_articles_are_offered_next(client):
    near = factories.print_edition(title="The sleep of quokkas")
    text = page(client, factories.print_edition(title="Quokkas asleep"))
    card = text[text.index("Read next") :]
    assert f'<a href="{near.get_absolute_url()}">The sleep of quokkas</a>' in card
    assert near.standfirst in card
    assert card.index("The sleep of quokkas") < card.index('action="/subscribe/"')


def test_where_an_article_names_signs_that_need_help_the_page_says_so_first(client):
    body = factories.BODY + "<p>Get help at once for fever.</p>"
    text = page(client, factories.print_edition(body=body))
    assert text.index("call your local emergency number") < text.index('<div class="body">')
    assert '<a href="#signs">' in text
    assert '<a id="signs"></a>Get help at once' in text


def test_where_it_speaks_of_suicide_the_page_says_whom_to_call(client):
    assert "988" in page(client, factories.print_edition(body=factories.BODY + "<p>Suicidal thoughts occur.</p>"))
    assert "988" not in page(client, factories.print_edition())


def test_each_reference_opens_where_it_is_cited_and_stands_in_the_list(client):
    text = page(client, factories.print_edition())
    assert SAID_TO_MACHINES.sub("", text).count("Doe J. Pumps. J Pain. In press.") == 2
    assert 'popovertarget="cite-1"' in text
    assert '<aside id="cite-1" popover>' in text
    assert '<button popovertarget="cite-1" popovertargetaction="hide" aria-label="Close">' in text


def test_a_reference_leads_back_to_each_place_that_cites_it_and_says_its_year(client):
    body = factories.BODY + "<p>Again.[1]</p>"
    article = factories.publishable_article(slug="pumps", body=body, signed=False)
    article.references.update(citation="Doe J. Pumps. J Pain. 2024;3:1-9.")
    factories.sign(article)
    press.publish(article, by=factories.editor())
    text = markup.page(client.get("/articles/pumps/"))
    listed = text[text.index('id="ref-1"') :]
    letters = re.findall(r'<a href="#r1(\w)"', listed)
    assert letters == re.findall(r'id="r1(\w)"', text)
    assert letters == ["a", "b", "c"]
    assert "<b>2024</b>" in listed


def test_a_topic_stands_above_the_title_and_leads_to_its_page_while_there_is_one(client):
    topic = factories.public(Topic(name="Devices", slug="devices"))
    article = factories.publishable_article(slug="pumps", signed=False)
    article.topics.set([topic])
    factories.sign(article)
    press.publish(article, by=factories.editor())
    crumb = f'<li><a href="/topics/{topic.slug}/">{topic.name}</a></li>'
    assert crumb in markup.page(client.get("/articles/pumps/"))
    factories.rewrite([topic], slug="moved")
    assert crumb not in markup.page(client.get("/articles/pumps/"))


def test_a_page_carries_its_address_to_copy_and_to_print(client):
    text = page(client, factories.print_edition(slug="pumps"))
    assert 'readonly value="http://testserver/articles/pumps/"' in text.replace("https:", "http:")


def test_an_article_is_passed_on_without_another_company(client):
    edition = factories.print_edition(title="Pumps & pain")
    text = page(client, edition)
    assert 'href="mailto:?subject=Pumps%20%26%20pain&amp;body=http://testserver' in text
    assert "://" not in "".join(re.findall(r"<script[^>]*>", SAID_TO_MACHINES.sub("", text)))


def test_an_article_takes_at_most_five_queries(client, django_assert_max_num_queries):
    card()
    image = factories.CreditFactory().image
    figure = f'<figure data-picture="{image.pk}"><figcaption>x</figcaption></figure>'
    edition = factories.print_edition(body=WITH_DRUG + figure)
    for _number in range(3):
        factories.print_edition()
    page(client, edition)
    with django_assert_max_num_queries(5):
        page(client, edition)


def test_a_heading_in_another_language_says_so_in_the_list_of_contents_too(client):
    headings = "".join(f"<h2>Part {number}</h2><p>Words.</p>" for number in range(2))
    body = f'<h2>Key points</h2><ul><li>One.</li></ul>{factories.BODY}{headings}<h2 lang="la">Risus</h2><p>Words.</p>'
    factories.print_edition(slug="laughing", body=body)
    page = markup.page(client.get("/articles/laughing/"))
    assert "#s-key-points" not in page
    assert '<li><a href="#s-risus" lang="la">Risus</a></li>' in page
    assert '<li><a href="#s-part-1">Part 1</a></li>' in page
