"""A card is held against its label; a newer version of it reopens the check, and one click closes it again."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from articles import cache
from articles.evidence import label_files
from articles.evidence.label_files import Found
from articles.models import Drug, Label, TextChange
from articles.publishing import labels, public_texts
from articles.publishing.press import PublishingRefused
from tests import factories

pytestmark = pytest.mark.django_db

LABELS = Path(__file__).parents[1] / "evidence" / "labels"
[ZICONOTIDE] = [found.label for found in label_files.read(LABELS / "ziconotide.xml")]


def take(**changes):
    return labels.Import().take(Found("a.xml", replace(ZICONOTIDE, **changes)))


def card():
    return Drug.objects.select_related("label", "checked_label", "checked_by").get(name="ziconotide")


def check():
    reviewer = factories.ReviewerFactory()
    public_texts.check(card(), card().label, by=reviewer.user)
    return reviewer


def test_a_label_is_kept_and_its_card_is_held_against_it():
    outcome = take()
    assert (outcome.outcome, outcome.card, outcome.differences) == (labels.NEW, "ziconotide", [])
    label = card().label
    assert (label.version, label.effective_on, label.has_box) == (3, date(2025, 3, 1), True)
    assert label.page == "https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=a", "labels on DailyMed"),
        ("Prialt (Elan): https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=0", "Prialt (Elan)"),
    ],
)
def test_the_page_of_an_imported_label_takes_the_place_of_the_one_that_the_source_names(source, named):
    drug = Drug(source=f"Boxed warning; {source}")
    assert drug.sections == "Boxed warning"
    assert drug.label_page == (named, source.rpartition(": ")[2])
    take()
    drug.label = card().label
    assert drug.label_page == ("label on DailyMed", drug.label.page)


def test_a_source_without_a_page_of_its_label_is_shown_as_it_is():
    drug = Drug(source="A guideline; https://example.org/a")
    assert (drug.sections, drug.label_page) == (drug.source, None)


def test_importing_again_changes_nothing():
    take()
    before = list(Label.objects.values())
    assert take().outcome == labels.UNCHANGED
    assert list(Label.objects.values()) == before


def test_the_same_version_with_other_words_is_refused_and_left_alone():
    take()
    outcome = take(sections={"boxed warning": "other"})
    assert outcome.outcome == labels.REFUSED
    assert outcome.problem == "Version 3 of this label is here already, with other words. It was left alone."


def test_an_older_version_does_not_take_the_place_of_a_newer_one():
    take()
    assert take(version=2, effective_on=date(2026, 1, 1)).outcome == labels.OLDER
    assert card().label.version == 3


def test_a_label_of_no_medicine_that_we_know_is_left_out():
    assert take(moieties=("UNHEARDOFINE",), generics=("unheardofine",)).outcome == labels.NO_CARD
    assert not Label.objects.exists()


def test_a_label_for_animals_is_left_out():
    assert take(kind="").outcome == labels.NO_CARD


def test_checking_a_card_says_who_did_it_when_and_against_which_version():
    take()
    reviewer = check()
    drug = card()
    assert (drug.checked_by, drug.checked_on, drug.checked_label) == (reviewer, timezone.localdate(), drug.label)
    assert drug.is_checked
    change = TextChange.objects.get(kind="drug")
    assert change.texts_after["checked"].endswith("label 00000000-0000-4000-8000-000000000001, version 3")
    assert change.by == reviewer.user


def test_a_newer_version_reopens_the_check_and_checking_closes_it_again():
    take()
    check()
    cache.clear()
    assert card() in cache.medicines()
    outcome = take(version=4, sections={**ZICONOTIDE.sections, "boxed warning": "other"})
    assert outcome.differences == [
        "The card was checked against version 3; this is version 4, effective March 1, 2025. Changed: boxed warning."
    ]
    cache.clear()
    assert not card().is_checked
    assert card() not in cache.medicines()
    assert list(Label.objects.differing()) == [card().label]
    check()
    assert card().is_checked
    assert not Label.objects.to_check().exists()
    assert card().label.differences == []


def test_a_newer_version_with_the_same_words_waits_on_the_desk_too():
    take()
    check()
    take(version=4)
    [label] = Label.objects.differing()
    assert label.differences[0].endswith("No section that we read changed.")


def test_another_company_s_label_does_not_reopen_a_check():
    take()
    check()
    take(set_id="00000000-0000-4000-8000-00000000000f", effective_on=date(2026, 1, 1))
    assert card().is_checked
    assert card().label.set_id == ZICONOTIDE.set_id


def test_until_somebody_checks_it_a_card_is_held_against_a_brand_s_label_or_the_newest():
    def held(number, **changes):
        take(set_id=f"00000000-0000-4000-8000-0000000000{number}", **changes)
        return card().label.set_id[-2:]

    assert held("a0", kind="over the counter", products=("Prialt",)) == "a0"
    assert held("a1") == "a1"
    assert held("a2", effective_on=date(2025, 4, 1)) == "a2"
    assert held("a3", effective_on=date(2025, 3, 2)) == "a2"
    assert held("a4", effective_on=date(2020, 1, 1), products=("Prialt",)) == "a4"
    assert held("a5", effective_on=date(2026, 1, 1)) == "a4"


@pytest.mark.parametrize(("days", "holds"), [(0, True), (-1, False)])
def test_a_check_by_hand_holds_until_a_label_is_newer(days, holds):
    take()
    drug = card()
    drug.changed_at = timezone.now() - timedelta(days=9000)
    drug.checked_by, drug.checked_on = factories.ReviewerFactory(), ZICONOTIDE.effective_on + timedelta(days=days)
    assert drug.is_checked is holds
    labels.compare(drug)
    sentence = "The card was checked on February 28, 2025; this label is effective since March 1, 2025."
    assert card().label.differences == ([] if holds else [sentence])


def test_a_card_that_changes_is_compared_anew():
    take()
    drug = card()
    drug.routes = [{"status": "approved", "routes": ["by mouth"], "source": "label"}]
    public_texts.save(drug, by=factories.editor())
    assert card().label.differences == ["The label’s route is intrathecal; the card says “by mouth”."]
    assert list(Label.objects.differing()) == [card().label]


def refusal(label, by):
    with pytest.raises(PublishingRefused) as refused:
        public_texts.check(card(), label, by=by)
    assert not card().checked_by
    return refused.value.findings[0].message


def test_who_may_neither_publish_nor_sign_off_checks_no_card():
    take()
    user = factories.UserFactory(role="Author")
    assert refusal(card().label, user) == "You don’t have permission to check medicines. Ask a medical reviewer."


def test_who_is_no_contributor_checks_no_card():
    take()
    assert (
        refusal(card().label, factories.UserFactory(role="Editor"))
        == "Your account isn’t linked to a contributor, so you can’t check a card."
    )


def test_nobody_checks_a_card_against_a_version_that_is_out_of_date():
    take()
    old = card().label
    take(version=4)
    assert (
        refusal(old, factories.ReviewerFactory().user)
        == "There is a newer version of this label. Check the card against that one."
    )


@pytest.mark.parametrize("changes", [{"former_brands": ["Morphine"]}, {"brands": ["ziconotide"]}, {"drug_class": " "}])
def test_a_card_whose_names_lead_in_a_circle_or_without_a_class_is_not_saved(changes):
    drug = card()
    for name, value in changes.items():
        setattr(drug, name, value)
    with pytest.raises(PublishingRefused) as refused:
        public_texts.save(drug, by=factories.editor())
    assert [finding.id for finding in refused.value.findings] == ["drug.names"]
