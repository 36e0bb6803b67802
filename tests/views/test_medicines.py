"""Medicines as readers look them up: the list with its brands, and a page for each card that somebody checked."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import cache
from articles.models import Drug, Label, Topic
from articles.publishing import page_texts, press
from articles.views.medicines import LONGEST
from tests import factories
from tests.metadata import vocabulary
from tests.views.test_pages import page, words

pytestmark = pytest.mark.django_db
SET_ID = "00000000-0000-4000-8000-000000000001"


def shown(name, **columns):
    """The first card of a medicine, as a demonstration shows it or as somebody checked it."""
    card = Drug.objects.get(name=name)
    is_checked = "checked_by" in columns
    for column, value in {"is_demonstration": not is_checked, **columns}.items():
        setattr(card, column, value)
    return factories.public(card)


def checked(name, **columns):
    """A card that somebody with a page here held against version 7 of its label."""
    reviewer = factories.print_edition(slug="signed", title="Signed").review.reviewer
    label = Label.objects.create(
        drug=Drug.objects.get(name=name), set_id=SET_ID, version=7, kind="prescription", effective_on="2026-03-02"
    )
    on = timezone.localdate()
    return shown(name, checked_by=reviewer, checked_on=on, label=label, checked_label=label, **columns)


def listed(client):
    """Every line of the list, in words, under its letter."""
    parts = re.split('<section class="letter" aria-labelledby="(.+?)">', page(client, "/medicines/"))
    parts[-1] = parts[-1].partition("</section>")[0]
    rows = {parts[at]: re.findall("<li.*?</li>", parts[at + 1], re.DOTALL) for at in range(1, len(parts), 2)}
    return {letter: [words(line).replace(" ,", ",") for line in lines] for letter, lines in rows.items()}


def about(client, name):
    data = vocabulary.in_page(page(client, f"/medicines/{name}/"))
    assert vocabulary.problems(data) == []
    [entry], [medicine] = vocabulary.of_type(data, "MedicalWebPage"), vocabulary.of_type(data, "Drug")
    return entry, medicine


def test_the_list_has_medicines_with_their_class_and_brands_with_what_is_in_them(client):
    shown("tramadol", brands=["ConZip", "Ultracet"], former_brands=["Ultram"])
    shown("acetaminophen", brands=["paracetamol", "Ultracet"], former_brands=[])
    assert listed(client) == {
        "A": ["Acetaminophen non-opioid analgesic Boxed warning"],
        "C": ["ConZip: tramadol"],
        "P": ["Paracetamol: acetaminophen"],
        "T": ["Tramadol opioid Boxed warning"],
        "U": [
            "Ultracet: acetaminophen and tramadol",
            "Ultram: tramadol no longer sold",
        ],
    }
    html = page(client, "/medicines/")
    assert [f'href="#{letter}"' in html for letter in "ACPTUB"] == [True] * 5 + [False]


def test_a_page_says_what_a_checked_card_says_and_who_checked_it_against_which_label(client):
    card = checked("ziconotide")
    said = words(page(client, "/medicines/ziconotide/"))
    for expected in (
        "Ziconotide N-type calcium channel blocker. Also called Prialt.",
        card.boxed_warning,
        card.hazards[0]["sense"],
        card.what_it_is,
        card.how_it_is_given,
        "Approved by the label Into the spinal fluid, implanted pump",
        "Label on DailyMed",
        "7, effective March 2, 2026",
        f"by {card.checked_by.full_name}",
    ):
        assert expected in said
    html = page(client, "/medicines/ziconotide/")
    assert f'href="https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_ID}"' in html
    assert f'href="{card.checked_by.get_absolute_url()}"' in html


def test_what_a_card_does_not_say_is_left_out(client):
    shown("ibuprofen", what_it_is="", how_it_is_given="", boxed_warning="", hazards=[], brands=[], routes=[])
    said = words(page(client, "/medicines/ibuprofen/").split("<main")[1].split("</main>")[0])
    for missing in ("What it is", "Also called", "In plain words", "Approved by", "Combined in", "Where we write"):
        assert missing not in said
    assert "Boxed warning No" in said
    assert "Demonstration card, not checked" in said


def test_routes_that_are_forbidden_or_not_approved_are_told_with_their_source(client):
    card = shown("bupivacaine")
    said = words(page(client, "/medicines/bupivacaine/"))
    told = {row["status"]: f"{row['routes'][0].capitalize()}" for row in card.routes}
    assert f"Must not be given {told['forbidden']} Label, contraindications: intravenous regional" in said
    assert "Not approved Implanted pump FDA Safety Communication" in said


@pytest.mark.parametrize("state", ["never checked", "changed since", "a newer label", "a class"])
def test_a_card_that_readers_may_not_see_is_on_no_page(client, state):
    if state == "a class":
        name = "opioid"
        shown(name)
    else:
        name = "ziconotide"
        card = checked(name) if state != "never checked" else Drug.objects.get(name=name)
        if state == "changed since":
            Drug.objects.filter(pk=card.pk).update(changed_at=timezone.now() + timedelta(days=1))
        elif state == "a newer label":
            newer = Label.objects.create(
                drug=card, set_id=SET_ID, version=8, kind="prescription", effective_on="2026-04-01"
            )
            Drug.objects.filter(pk=card.pk).update(label=newer)
    cache.clear()
    page(client, f"/medicines/{name}/", 404)
    page(client, "/medicines/prialt/", 404)
    assert listed(client) == {}
    assert f"/medicines/{name}/" not in page(client, "/sitemap.xml") + page(client, "/treatments/a-z/")
    assert "No medicine has been checked" in page(client, "/medicines/")


def test_the_name_of_a_brand_leads_to_what_is_in_it_and_of_a_combination_to_its_line(client):
    shown("tramadol")
    shown("hydrocodone")
    for slug, address in {
        "conzip": "/medicines/tramadol/",
        "ultram": "/medicines/tramadol/",
        "ultracet": "/medicines/#ultracet",
    }.items():
        answer = client.get(f"/medicines/{slug}/")
        assert (answer.status_code, answer["Location"]) == (301, address)
    assert '<li id="ultracet">' in page(client, "/medicines/")
    page(client, "/medicines/tylenol/", 404)


def test_a_combination_names_what_else_is_in_it_and_leads_there_if_that_has_a_page(client):
    shown("tramadol")
    shown("celecoxib")
    html = page(client, "/medicines/tramadol/")
    assert "Ultracet, with acetaminophen" in words(html)
    assert 'with <a href="/medicines/celecoxib/">celecoxib</a>' in " ".join(html.split())


def test_a_page_lists_the_live_articles_whose_text_names_the_medicine(client):
    shown("gabapentin")
    by_brand = factories.print_edition(
        in_section="news", signed=False, title="By brand", body="<p>Neurontin is sold.</p>"
    )
    factories.print_edition(in_section="news", signed=False, title="Of something else")
    article = factories.publishable_article(
        in_section="news", signed=False, title="Later", body="<p>Gabapentin is sold.</p>"
    )
    press.publish(article, by=factories.editor(), at=timezone.now() + timedelta(days=1))

    def titles():
        return re.findall('<a href="/articles/.+?">(.+?)</a>', page(client, "/medicines/gabapentin/"))

    assert titles() == ["By brand"]
    press.withdraw(by_brand.article, by=factories.editor(), note="It was wrong.")
    assert titles() == []


def test_a_page_leads_to_the_topics_that_name_the_medicine(client):
    card = shown("gabapentin")
    topic = factories.public(Topic(name="Nerve pain", slug="nerve-pain"))
    assert "/topics/" not in page(client, "/medicines/gabapentin/").split("</main>")[0]
    topic.medicines.add(card)
    assert '<a href="/topics/nerve-pain/">Nerve pain</a>' in page(client, "/medicines/gabapentin/")


def test_a_card_that_is_checked_later_finds_the_articles_of_before_and_a_new_name_too(client):
    edition = factories.print_edition(in_section="news", signed=False, body="<p>Gabapentin and Newbrand are sold.</p>")

    def links():
        return list(edition.page_text.medicines.values_list("name", flat=True))

    assert links() == []
    shown("gabapentin")
    cache.clear()
    assert page_texts.catch_up() == 1
    assert links() == ["gabapentin"]
    shown("celecoxib", brands=["Newbrand"])
    shown("gabapentin", is_demonstration=False, checked_by=None)
    cache.clear()
    assert page_texts.catch_up() == 1
    assert links() == ["celecoxib"]


def test_machines_read_the_card_in_words_of_schema_org(client):
    card = checked("ziconotide")
    entry, medicine = about(client, "ziconotide")
    assert medicine == {
        "@type": "Drug",
        "@id": "http://testserver/medicines/ziconotide/#drug",
        "name": "ziconotide",
        "nonProprietaryName": "ziconotide",
        "alternateName": ["Prialt"],
        "description": card.what_it_is,
        "drugClass": {"@type": "DrugClass", "name": "N-type calcium channel blocker"},
        "administrationRoute": ["into the spinal fluid", "implanted pump"],
        "warning": card.boxed_warning,
        "prescribingInfo": f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_ID}",
        "url": "http://testserver/medicines/ziconotide/",
    }
    assert entry["lastReviewed"] == card.checked_on.isoformat()
    assert entry["reviewedBy"]["name"] == card.checked_by.name
    assert entry["dateModified"][:10] == timezone.localdate(card.changed_at).isoformat()


def test_nobody_vouches_for_a_card_of_the_demonstration_nor_somebody_without_a_page(client):
    shown("tramadol")
    stranger = factories.ReviewerFactory()
    shown("ziconotide", checked_by=stranger, checked_on=timezone.localdate())
    for name in ("tramadol", "ziconotide"):
        entry, _medicine = about(client, name)
        assert "reviewedBy" not in entry
    assert f"by {stranger.full_name}" in words(page(client, "/medicines/ziconotide/"))
    assert stranger.get_absolute_url() not in page(client, "/medicines/ziconotide/")


def test_every_page_says_what_it_is_in_a_sentence_that_search_engines_show_whole(client):
    for card in Drug.objects.filter(is_class=False):
        shown(card.name)
    for card in Drug.objects.public():
        html = page(client, card.get_absolute_url())
        [description] = re.findall(r'<meta name="description" content="([^"]+)">', html)
        assert card.capitalized in description
        assert len(description) <= LONGEST, card
        assert f'<link rel="canonical" href="http://testserver{card.get_absolute_url()}">' in html
    names = "a medicine of many words, as no medicine is called"
    shown("tramadol", drug_class=names * 2, brands=["B" * 80])
    [description] = re.findall('name="description" content="(.+?)"', page(client, "/medicines/tramadol/"))
    assert description == "Tramadol: its boxed warning, what it is, how it is given, its label."


def test_a_page_takes_as_many_queries_for_one_article_as_for_three(client, django_assert_num_queries):
    shown("gabapentin")
    for number in range(3):
        factories.print_edition(in_section="news", signed=False, slug=f"n-{number}", body="<p>Gabapentin is sold.</p>")
        client.get("/medicines/gabapentin/")  # what every page needs is known
        with django_assert_num_queries(3):
            client.get("/medicines/gabapentin/")
