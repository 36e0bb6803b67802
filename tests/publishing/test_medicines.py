"""A changed card reopens every live article that names the medicine, and no other."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.evidence.doses import doses
from articles.evidence.routes import find_route_conflicts
from articles.models import Drug, Term
from articles.publishing import checks, medicines, public_texts
from articles.richtext.readability import measure_text
from tests import factories
from tests.admin.conftest import errors_of, form_of
from tests.publishing import judging

pytestmark = pytest.mark.django_db


@pytest.fixture
def live():
    return {
        "by name": factories.print_edition(
            in_section="news", signed=False, title="By name", body="<p>Gabapentin may help.</p>"
        ),
        "by brand": factories.print_edition(
            in_section="news", signed=False, title="By brand", body="<p>Neurontin may help.</p>"
        ),
        "other": factories.print_edition(
            in_section="news", signed=False, title="Other", body="<p>Pregabalin may help.</p>"
        ),
    }


def change(name, **columns):
    Drug.objects.filter(name=name).update(changed_at=timezone.now(), **columns)


def test_a_changed_card_reopens_who_names_it(live):
    assert medicines.reopened() == []
    change("gabapentin", route="oral only")
    assert sorted((edition.title, drug.name) for edition, drug in medicines.reopened()) == [
        ("By brand", "gabapentin"),
        ("By name", "gabapentin"),
    ]


def test_it_asks_as_often_for_every_changed_card_as_for_one(live, django_assert_num_queries):
    change("gabapentin")
    with django_assert_num_queries(3):
        medicines.reopened()
    Drug.objects.update(changed_at=timezone.now())
    change("gabapentin")
    with django_assert_num_queries(3):
        found = [drug.name for _edition, drug in medicines.reopened()]
    assert found == ["gabapentin", "gabapentin", "pregabalin"]


def test_it_reads_no_more_than_an_editor_can_look_at(live, monkeypatch):
    Drug.objects.update(changed_at=timezone.now())
    monkeypatch.setattr(medicines, "MOST", 2)
    assert [edition.title for edition, _drug in medicines.reopened()] == ["Other", "By brand"]


def test_a_new_edition_closes_it_again(live):
    change("gabapentin")
    from articles.publishing import press

    for name in ("by name", "by brand"):
        press.publish(live[name].article, by=live[name].by)
    assert medicines.reopened() == []


def test_the_desk_shows_it_to_editors(client, live):
    change("gabapentin")
    client.force_login(factories.editor())
    page = client.get(reverse("admin:index")).content.decode()
    assert "The card for gabapentin changed on" in page


def test_a_card_is_written_as_lines_and_an_empty_line_is_nothing(client):
    client.force_login(factories.editor())
    drug = Drug.objects.get(name="gabapentin")
    url = reverse("admin:articles_drug_change", args=[drug.pk])
    answer = client.post(url, form_of(client, url, brands="Neurontin\n\n  \nGralise\nNeurontin"), follow=True)
    assert answer.redirect_chain, errors_of(answer)
    drug.refresh_from_db()
    assert drug.brands == ["Neurontin", "Gralise"]
    assert timezone.now() - drug.changed_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"boxed_warning": "A hazard.", "hazards": ""}, "Add what an article must say about this warning."),
        ({"hazards": "Sleepiness."}, "“Sleepiness.” needs a hazard, then “|” and the phrases that tell it."),
        ({"hazards": "Sleepiness. | ; * "}, "needs a hazard, then “|” and the phrases that tell it."),
        ({"source": ""}, "This field is required."),
        ({"name": "Pregabalin"}, "A medicine with this name already exists."),
    ],
)
def test_a_card_is_whole(client, changes, words):
    client.force_login(factories.editor())
    url = reverse("admin:articles_drug_change", args=[Drug.objects.get(name="gabapentin").pk])
    [error] = errors_of(client.post(url, form_of(client, url, **changes)))
    assert words in error


def test_checking_a_card_reopens_nothing(client, live):
    client.force_login(factories.editor())
    drug = Drug.objects.get(name="gabapentin")
    before = drug.changed_at
    url = reverse("admin:articles_drug_change", args=[drug.pk])
    person = factories.ContributorFactory()
    client.post(url, form_of(client, url, checked_by=person.pk, checked_on="2026-11-01"))
    drug.refresh_from_db()
    assert (drug.checked_by, drug.changed_at) == (person, before)


def test_a_hazard_is_written_as_a_line_and_read_back(client):
    client.force_login(factories.editor())
    drug = Drug.objects.get(name="gabapentin")
    url = reverse("admin:articles_drug_change", args=[drug.pk])
    lines = "Slow  breathing. | slow* … breath*; respiratory depression\n\nA rash. | rash | pump;intrathecal*"
    answer = client.post(url, form_of(client, url, boxed_warning="Two.", hazards=lines), follow=True)
    assert answer.redirect_chain, errors_of(answer)
    drug.refresh_from_db()
    assert drug.hazards == [
        {"sense": "Slow breathing.", "told_by": ["slow* … breath*", "respiratory depression"]},
        {"sense": "A rash.", "told_by": ["rash"], "only_if": ["pump", "intrathecal*"]},
    ]
    assert form_of(client, url)["hazards"].splitlines()[1] == "A rash. | rash | pump; intrathecal*"
    form = client.get(url).context["adminform"].form
    assert not form.fields["hazards"].has_changed(drug.hazards, form_of(client, url)["hazards"])


def test_routes_are_written_as_lines_and_read_back(client):
    client.force_login(factories.editor())
    drug = Drug.objects.get(name="gabapentin")
    url = reverse("admin:articles_drug_change", args=[drug.pk])
    lines = "approved | by mouth;  into a vein | Label.\n\nforbidden|implanted pump|Label,  section 4. | Neurontin"
    answer = client.post(url, form_of(client, url, routes=lines), follow=True)
    assert answer.redirect_chain, errors_of(answer)
    drug.refresh_from_db()
    assert drug.routes == [
        {"status": "approved", "routes": ["by mouth", "into a vein"], "source": "Label."},
        {
            "status": "forbidden",
            "routes": ["implanted pump"],
            "source": "Label, section 4.",
            "brands": ["Neurontin"],
        },
    ]
    assert form_of(client, url)["routes"].splitlines()[1] == (
        "forbidden | implanted pump | Label, section 4. | Neurontin"
    )
    form = client.get(url).context["adminform"].form
    assert not form.fields["routes"].has_changed(drug.routes, form_of(client, url)["routes"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("approved | by mouth", "“approved | by mouth” needs “approved”, “forbidden” or “not approved”, then"),
        ("allowed | by mouth | Label.", "needs “approved”, “forbidden” or “not approved”, then “|” and the routes"),
        ("approved | ; | Label.", "needs “approved”, “forbidden” or “not approved”, then “|” and the routes"),
        ("approved | by mouth | Label. | Lyrica | more", "needs “approved”, “forbidden” or “not approved”, then"),
        ("approved | by ear | Label.", "“by ear” is not one of the routes. They are “by mouth”, “under the tongue”"),
    ],
)
def test_a_line_of_routes_that_says_too_little_is_refused_with_what_it_needs(client, line, words):
    client.force_login(factories.editor())
    url = reverse("admin:articles_drug_change", args=[Drug.objects.get(name="gabapentin").pk])
    [error] = errors_of(client.post(url, form_of(client, url, routes=line)))
    assert words in error


def test_more_than_a_hundred_medicines_are_known_with_their_sources():
    cards = list(Drug.objects.filter(is_class=False))
    assert len(cards) >= 110
    for card in cards:
        assert "dailymed.nlm.nih.gov" in card.source, card
        assert bool(card.boxed_warning) == bool(card.hazards), card


def test_a_card_that_names_its_label_has_the_set_id_of_no_other_card():
    named = [card.source for card in Drug.objects.filter(source__contains="setid=")]
    found = [
        re.search(r"; [^;]+ \([^;]+\)[^;]*: \S+/drugInfo\.cfm\?setid=([0-9a-f-]{36})$", source) for source in named
    ]
    assert [source for source, match in zip(named, found, strict=True) if match is None] == []
    assert len({match[1] for match in found}) == len(named) >= 110


def test_what_the_first_cards_say_in_plain_words_is_plain_without_doses_and_free_of_findings():
    by, described = factories.editor(), list(Drug.objects.exclude(what_it_is="").exclude(how_it_is_given=""))
    assert len(described) >= 20
    known, terms = list(Drug.objects.all()), [name for term in Term.objects.all() for name in term.names]
    terms += [name for card in known for name in card.names]
    for card in described:
        text = f"{card.what_it_is} {card.how_it_is_given}"
        assert doses(text, known) == [], card
        assert measure_text(text, terms).grade_without_terms <= 9, card
        assert find_route_conflicts("\n".join(f"{card.name}: {part}" for part in text.split(". ")), known) == [], card
        card.is_demonstration = True
        assert [finding.message for finding in public_texts.findings(card, by=by) if finding.is_error] == [], card


def with_alt(article):
    article.lead_image = factories.CreditFactory(image__alt="A pump filled with ziconotide, an opioid.").image
    article.save()


def with_question(article):
    article.closing_question = "Would you take ziconotide? It is an opioid."
    article.save()


def with_standfirst(article):
    article.standfirst = "What ziconotide, an opioid, can do."
    article.save()


@pytest.mark.parametrize("say", [with_alt, with_question, with_standfirst])
def test_a_wrong_class_is_found_beside_the_text_too(say):
    article = factories.publishable_article(in_section="news", signed=False)
    assert "drug.class" not in [finding.id for finding in checks.run(article)]
    say(article)
    assert "drug.class" in [finding.id for finding in checks.run(article)]


@pytest.mark.parametrize(("words", "level"), [("Morphine helps.", "error"), ("An opioid helps.", "warning")])
def test_an_untold_hazard_of_a_medicine_must_be_fixed_and_of_a_class_be_checked(words, level):
    findings = checks.run(judging.about(words))
    found = [finding for finding in findings if finding.id == "drug.boxed_warning"]
    assert [finding.level for finding in found] == [level]
    assert "Addiction, abuse and misuse." in found[0].message
