"""Cards of procedures and devices on the desk: written in lines, whole, and unchecked once they say something else."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from articles.models import Procedure
from tests import factories
from tests.admin.conftest import errors_of, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pump():
    return Procedure.objects.get(name="intrathecal pump")


@pytest.fixture
def url(client, pump):
    client.force_login(factories.editor())
    return reverse("admin:articles_procedure_change", args=[pump.pk])


def test_twenty_are_known_with_their_sources_and_none_is_marked_as_checked():
    cards = list(Procedure.objects.all())
    assert len(cards) >= 20
    for card in cards:
        assert card.source, card
        assert card.checked_by is None, card
        for told in (*card.hazards, *card.signs):
            assert told["sense"].endswith("."), card
            assert told["told_by"], card
        for part in card.parts:
            assert all(part[name] for name in ("names", "lies", "elsewhere")), card


def test_what_a_card_says_is_written_in_lines_and_read_back(client, pump, url):
    parts = "pump;  reservoir | Under the skin. | spinal cord; brain\n\ncatheter | In the fluid. | vein"
    data = form_of(client, url, parts=parts, signs="Fever. | fever*", accurate="Reversible\n\nWill")
    answer = client.post(url, data, follow=True)
    assert answer.redirect_chain, errors_of(answer)
    pump.refresh_from_db()
    assert pump.parts == [
        {"names": ["pump", "reservoir"], "lies": "Under the skin.", "elsewhere": ["spinal cord", "brain"]},
        {"names": ["catheter"], "lies": "In the fluid.", "elsewhere": ["vein"]},
    ]
    assert pump.signs == [{"sense": "Fever.", "told_by": ["fever*"]}]
    assert pump.accurate == ["Reversible", "Will"]
    assert form_of(client, url)["parts"].splitlines()[0] == "pump; reservoir | Under the skin. | spinal cord; brain"
    form = client.get(url).context["adminform"].form
    assert not form.fields["parts"].has_changed(pump.parts, form_of(client, url)["parts"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"parts": "pump | Under the skin."}, "“pump | Under the skin.” needs names, then “|” and where it lies"),
        ({"parts": "; | Under the skin. | brain"}, "needs names, then “|” and where it lies"),
        ({"hazards": "Infection."}, "“Infection.” needs a hazard, then “|” and the phrases that tell it."),
        ({"accurate": "harmless"}, "“harmless” isn’t a claim that the checks ask about. They know “unlike surgery”"),
        ({"source": ""}, "This field is required."),
        ({"name": "Nerve block"}, "A procedure with this name already exists."),
    ],
)
def test_a_card_is_whole(client, url, changes, words):
    [error] = errors_of(client.post(url, form_of(client, url, **changes)))
    assert words in error


def test_a_card_that_was_checked_names_a_day(client, url):
    person = factories.ContributorFactory()
    [error] = errors_of(client.post(url, form_of(client, url, checked_by=person.pk)))
    assert error == "Enter the date it was checked."


def test_a_card_that_says_something_else_is_no_longer_checked(client, pump, url):
    person = factories.ContributorFactory()
    client.post(url, form_of(client, url, checked_by=person.pk, checked_on="2026-11-01"))
    pump.refresh_from_db()
    assert (pump.checked_by, pump.checked_on) == (person, date(2026, 11, 1))
    answer = client.post(url, form_of(client, url, source="Another guideline."), follow=True)
    assert "no longer marked as checked" in "".join(str(message) for message in answer.context["messages"])
    pump.refresh_from_db()
    assert (pump.source, pump.checked_by, pump.checked_on) == ("Another guideline.", None, None)


@pytest.mark.parametrize("wrong", [{"source": ""}, {"is_surgery": "maybe"}, {"checked_by": True}])
def test_the_database_refuses_half_a_card(wrong):
    columns = {name: factories.ContributorFactory() if value is True else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError):
        Procedure.objects.create(**{"name": "cupping", "source": "A review.", **columns})


def test_authors_read_the_cards_and_editors_change_them(client, pump, url):
    client.force_login(factories.UserFactory(role="Author"))
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "x"}).status_code == 403
    assert client.get(reverse("admin:articles_procedure_changelist")).status_code == 200
