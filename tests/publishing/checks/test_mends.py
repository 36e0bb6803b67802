"""What a finding offers to do about itself does away with it, and where it points there are the words."""

import re

import pytest

from articles.models import Drug
from articles.publishing import checks, knowledge
from articles.publishing.checks import mends, sources
from articles.richtext import text
from tests import factories

pytestmark = pytest.mark.django_db


def only(article, id):
    return next(finding for finding in checks.run(article) if finding.id == id)


def test_the_warning_sentence_of_every_medicine_tells_what_the_article_lacks():
    cards, offered, untold = knowledge.medicines(), 0, {}
    boxed = [card for card in Drug.objects.all() if card.hazards]
    assert len(boxed) > 40
    for card in boxed:
        words = f"Some people take {card.name}{'s' if card.is_class else ''}."
        for finding in missing_warnings(words, cards):
            [mend] = finding.mends
            offered += 1
            assert finding.places == (words,)
            if finding in missing_warnings(f"{words} {mend.words}", cards):
                untold[card.name] = mend.words
    assert untold == {}
    assert offered > 40


def missing_warnings(words, cards):
    found = sources.about_medicines([sources.Section("A medicine", words)], cards)
    return [finding for finding in found if finding.id == "drug.boxed_warning"]


@pytest.mark.parametrize(
    ("sentence", "offered"),
    [
        ("Ziconotide, an NSAID, can cause confusion.", ("an NSAID", "an N-type calcium channel blocker")),
        ("Ziconotide is one of the opioids.", ("opioids", "N-type calcium channel blocker")),
        ("Ibuprofen is not an NSAID.", None),  # what is denied rightly belongs there
    ],
)
def test_the_class_on_the_card_is_offered_for_the_wrong_one(sentence, offered):
    cards = knowledge.medicines()
    [finding] = [
        each for each in sources.about_medicines([sources.Section("", sentence)], cards) if each.id == "drug.class"
    ]
    assert [(mend.of, mend.words) for mend in finding.mends] == ([offered] if offered else [])
    for wrong, right in filter(None, [offered]):
        mended = sources.about_medicines([sources.Section("", sentence.replace(wrong, right))], cards)
        assert "drug.class" not in {each.id for each in mended}


def test_a_heading_gets_the_level_that_follows_the_one_before_it():
    article = factories.publishable_article(body=factories.BODY.replace("h2>", "h4>"))
    finding = only(article, "heading.order")
    assert finding.places == ("Benefits",)
    [mend] = finding.mends
    assert (mend.kind, mend.words) == (mends.LEVEL, "h2")


def test_headings_that_a_section_needs_are_offered():
    article = factories.publishable_article(body="<p>It helps some.[1]</p>")
    offered = [mend.words for finding in checks.run(article) for mend in finding.mends if mend.kind == mends.HEADING]
    assert offered == ["Risks", "Benefits"]


def test_every_place_of_a_finding_is_in_the_text():
    body = (
        "<p>Studies show that <strong>morphine</strong> works in 40&nbsp;% of people. Read <a href='https://e.org/'>more</a>.</p>"
        "<h4>No risks</h4><p>[gallery ids=“1”] It isnâ€™t <s>bad</s>. Ziconotide, an NSAID, helps.</p><h2>Benefits</h2>"
    )
    article = factories.publishable_article(body=body)
    words = re.sub(r"\s", "", text.plain_text(article.body))
    findings = checks.run(article)
    placed = {finding.id for finding in findings if finding.shown_at}
    assert {"drug.class", "drug.boxed_warning", "heading.order", "link.text", "risks.denied"} <= placed
    assert {"text.struck", "text.encoding", "structure.empty"} <= placed
    for finding in findings:
        for place in finding.shown_at:
            assert re.sub(r"\s", "", place) in words, (finding.id, place)


def test_a_picture_in_the_text_opens_its_form_and_the_lead_picture_has_one_beside_the_text():
    image = factories.CreditFactory(image__alt="").image
    article = factories.publishable_article(
        body=factories.BODY + f'<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'
    )
    assert only(article, "alt.missing").mends == mends.picture_form(image.pk, "body")
    assert mends.picture_form(image.pk, "lead_image") == ()
