"""Credits: what the database says about them is what the rules say; evidence is kept; old lines do not vanish."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.images import licenses
from articles.models import CreditEvidence, Edition, Image, ImageCredit
from articles.publishing import evidence
from tests import factories
from tests.properties import examples

TODAY = date(2026, 11, 24)
NEARLY_NOTHING = st.sampled_from(["", " ", "\t\n", "\u3000\x1c", "\u200b", "x", " x "])
CODES = st.sampled_from(
    ["", "cc-by", "cc-by-9.9", "cc-by-4.0-de", *(f"cc-{family}-4.0" for family in licenses.FAMILIES)]
    + [f"cc-{family}-3.0-at" for family in licenses.FAMILIES]
    + [code for code, license in licenses.LICENSES.items() if not license.version]
)
CREDITS = st.fixed_dictionaries({
    "license": CODES,
    "is_untitled": st.booleans(),
    "is_noncommercial": st.booleans(),
    "rights_end_on": st.sampled_from([None, TODAY - timedelta(1), TODAY, TODAY + timedelta(1)]),
    **dict.fromkeys(
        ["title", "description", "creator", "source_url", "modifications", "permission", "made_with"], NEARLY_NOTHING
    ),
})  # fmt: skip


class CompletenessTest(TestCase):
    @settings(max_examples=examples(20))
    @given(st.lists(CREDITS, min_size=1, max_size=5), st.integers(0, 2))
    def test_the_database_and_the_rules_agree_on_which_pictures_are_shown(self, credits, bare):
        without = [factories.ImageFactory() for _number in range(bare)]
        made = [ImageCredit.objects.create(image=factories.ImageFactory(), **facts) for facts in credits]
        complete = {credit.pk for credit in made if credit.is_complete(TODAY)}
        assert {credit.pk for credit in made if not credit.problems(TODAY)} == complete
        assert set(ImageCredit.objects.complete(TODAY).values_list("pk", flat=True)) == complete
        lacking = {credit.image_id for credit in made if credit.pk not in complete} | {image.pk for image in without}
        assert set(Image.objects.lacking_credit(TODAY).values_list("pk", flat=True)) == lacking


pytestmark = pytest.mark.django_db


def test_each_license_of_the_catalog_can_be_complete():
    facts = {"is_noncommercial": True, "permission": "C", "made_with": "D"}
    for code in licenses.LICENSES:
        credit = ImageCredit(title="A", creator="B", source_url="https://example.org/", license=code, **facts)
        credit.clean_fields()
        assert credit.is_complete(), code


def test_a_license_that_is_in_no_catalog_is_refused_by_forms():
    with pytest.raises(Exception, match="That license isn’t in the catalog"):
        ImageCredit(license="cc-by-9.9").clean_fields()


def refused(action):
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        action()
    return str(problem.value).splitlines()[0]


# Evidence -------------------------------------------------------------------------------------------------------------


def seen(credit, **facts):
    return evidence.record(credit, **{"by": factories.editor(), "page": "https://example.org/work", **facts})


def in_text(image):
    return {"body": f'{factories.BODY}<figure data-picture="{image.pk}"></figure>'}


@pytest.mark.parametrize("printed", [lambda image: {"lead_image": image}, in_text])
def test_evidence_stays_once_its_picture_was_published(printed):
    credit = factories.CreditFactory()
    one = seen(credit)
    edition = factories.print_edition(**printed(credit.image))
    assert refused(one.delete) == "Evidence for a credit cannot be deleted."
    every = CreditEvidence.objects.all()
    assert refused(lambda: every._raw_delete("default")) == "Evidence for a credit cannot be deleted."
    edition.end(edition.live_from + timedelta(hours=1))
    assert refused(one.delete) == "Evidence for a credit cannot be deleted."
    assert seen(credit).pk != one.pk


def test_a_slip_in_evidence_can_be_taken_back_before_its_picture_was_published():
    credit = factories.CreditFactory()
    factories.print_edition(**in_text(factories.CreditFactory(image__id=credit.image_id * 10 + 1).image))
    seen(credit).delete()
    assert not CreditEvidence.objects.exists()


@pytest.mark.parametrize("change", [{"page": "https://example.org/other"}, {"note": "x"}, {"file_digest": "0" * 64}])
def test_evidence_is_never_changed(change):
    seen(factories.CreditFactory())
    assert refused(lambda: CreditEvidence.objects.update(**change)) == "Evidence for a credit cannot be changed."


def test_evidence_is_about_the_file_that_the_picture_is():
    credit = factories.CreditFactory()
    assert seen(credit).file_digest == credit.image.digest
    wrong = CreditEvidence(credit=credit, by=factories.editor(), page="https://example.org/", file_digest="f" * 64)
    assert refused(wrong.save) == "Evidence names the hash of the picture that it is about."


def test_a_credit_with_evidence_is_not_moved_off_a_published_picture():
    credit = factories.CreditFactory()
    ImageCredit.objects.update(raw="Photo: A")
    factories.print_edition(lead_image=credit.image)
    other = factories.ImageFactory()
    seen(credit)
    for image in (None, other):
        assert refused(lambda image=image: ImageCredit.objects.update(image=image)) == (
            "A credit with evidence stays with the picture that was published."
        )
    ImageCredit.objects.update(license="cc-by-sa-4.0")  # a wrong credit can always be mended


# Old lines ------------------------------------------------------------------------------------------------------------


def test_an_old_line_is_neither_changed_nor_deleted():
    line = ImageCredit.objects.create(raw="Photo: A")
    assert refused(lambda: ImageCredit.objects.update(raw="Photo: B")) == "An old credit line cannot be changed."
    assert refused(line.delete) == "An old credit line cannot be deleted; it can be dismissed."


def test_a_dismissed_line_leaves_the_queue_and_stays_on_record():
    line, other = (ImageCredit.objects.create(raw=f"Photo: {name}") for name in "AB")
    by, at = factories.editor(), timezone.now()
    line.dismiss(by=by, at=at, reason="It is a caption.")
    assert list(ImageCredit.objects.waiting()) == [other]
    line.refresh_from_db()
    assert (line.raw, line.dismissed_by, line.dismissed_at, line.dismissed_reason) == (
        "Photo: A", by, at, "It is a caption."
    )  # fmt: skip


def test_a_line_is_dismissed_by_somebody():
    ImageCredit.objects.create(raw="Photo: A")
    assert "credit_dismissed_by_somebody" in refused(lambda: ImageCredit.objects.update(dismissed_at=timezone.now()))


def test_no_edition_shows_a_picture_after_its_rights_ended():
    image = factories.CreditFactory(rights_end_on=timezone.localdate() + timedelta(2)).image  # midnight may strike
    factories.print_edition(lead_image=image)
    assert Edition.objects.live().for_page().get().lead_image.is_shown
    ImageCredit.objects.update(rights_end_on=timezone.localdate())
    assert not Edition.objects.live().for_page().get().lead_image.is_shown
