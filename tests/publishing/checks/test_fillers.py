"""What only fills a place is found and its place named, and what merely resembles it is let through."""

import pytest

from articles.models import Article
from articles.models.found import FOR_SEARCH
from articles.publishing import checks
from articles.richtext.sanitizer import clean
from tests import factories
from tests.publishing.judging import found

pytestmark = pytest.mark.django_db


def news(**changes):
    """As the database could have it, past every form."""
    article = factories.publishable_article(in_section="news", signed=False)
    Article.objects.filter(pk=article.pk).update(**changes)
    article.refresh_from_db()
    return article


def goes_on(words):
    return news(body=f"{factories.BODY}{words}")


@pytest.mark.parametrize(
    "words",
    [
        ".",
        "None",
        "none.",
        "NONE",
        "n/a",
        "N.A.",
        "-",
        "x",
        "No.",
        "Nothing",
        "None declared.",
        "to be added",
        "xxx xxx xxx",
        "blah blah, blah",
        "TBD by editor",
    ],
)
def test_a_disclosure_that_says_nothing_is_found(words):
    assert found(news(disclosure=words)) == [("disclosure.filler", "disclosure")]


@pytest.mark.parametrize(
    "words",
    [
        "The authors report no conflicts of interest.",
        "No conflicts of interest.",
        "Nobody paid for this text.",
        "Written without payment from makers of medicines.",
    ],
)
def test_a_disclosure_that_says_what_there_is_not_is_let_through(words):
    assert found(news(disclosure=words)) == []


@pytest.mark.parametrize(
    "alt",
    [
        "image",
        "Image.",
        ".",
        "…",
        "-",
        "picture of pump",
        "A photo of a pump",
        "photo",
        "The image",
        "n/a",
        "tbd",
        "stock photo",
        "graphic showing spine",
        "A chart.",
        "Pump photo",
        "This is an image",
        "alt text here",
    ],
)
@pytest.mark.parametrize("place", ["lead", "text"])
def test_an_alt_text_that_describes_nothing_is_found_wherever_the_picture_is(place, alt):
    image = factories.CreditFactory(image__alt=alt).image
    figure = f'<figure data-picture="{image.pk}"></figure>'
    article = news(lead_image=image) if place == "lead" else goes_on(figure)
    assert found(article) == [("alt.filler", "lead_image" if place == "lead" else "body")]


@pytest.mark.parametrize(
    "alt",
    [
        "A pump on a table",
        "Photo of a nurse who fills a pump",
        "Chart: pain falls from 7 to 4 in 12 weeks",
        "Spine",
        "Picture frames on a clinic’s wall",
        "Imaging room",
        "Thumbnail of a hand under a lamp",
    ],
)
def test_an_alt_text_that_describes_something_is_let_through(alt):
    image = factories.CreditFactory(image__alt=alt).image
    assert found(news(lead_image=image, lead_caption="How it looks.")) == []


def test_an_alt_text_that_repeats_the_caption_is_found():
    image = factories.CreditFactory(image__alt="A pump on a table.").image
    assert found(news(lead_image=image, lead_caption="A pump, on a table")) == [("alt.caption", "lead_image")]
    figure = f'<figure data-picture="{image.pk}"><figcaption>A <em>pump</em> on a table</figcaption></figure>'
    assert found(goes_on(figure)) == [("alt.caption", "body")]
    other = figure.replace("table", "table, ready to be filled")
    assert found(goes_on(other)) == []


@pytest.mark.parametrize(
    "heading",
    [
        "No risks",
        "Risk-free",
        "Risk free!",
        "Without side effects",
        "No known risks",
        "Zero harm",
        "Completely safe",
        "Free of side effects",
        "A side-effect-free treatment",
        "No serious complications",
        "No adverse events",
        "Risks: none",
    ],
)
def test_a_heading_that_denies_every_risk_is_found(heading):
    article = goes_on(f"<h2>{heading}</h2><p>It has been used for years.</p>")
    assert found(article) == [("risks.denied", "body")]
    assert f"“{heading}”" in checks.run(article)[0].message


@pytest.mark.parametrize(
    "heading",
    [
        "Risks",
        "Is it risk-free?",
        "Not risk-free",
        "No treatment is without risks",
        "Safety",
        "How safe it is",
        "When there are no side effects, should you stop?",
        "Risks and side effects",
        "It isn’t harmless",
    ],
)
def test_a_heading_that_speaks_of_risks_is_let_through(heading):
    assert found(goes_on(f"<h2>{heading}</h2><p>It has been used for years.</p>")) == []


@pytest.mark.parametrize(
    "below",
    [
        "",
        "<p></p>",
        "<p>None.</p>",
        "<p>To be written.</p>",
        "<p>n/a</p>",
        "<p>There are no known risks.</p>",
        "<ul><li>None</li></ul>",
        "<p>There are risks.[1]</p>",
        "<h3>Common</h3>",
        "<p>It is completely safe.</p>",
    ],
)
def test_a_part_on_risks_with_nothing_in_it_is_found(below):
    body = factories.BODY.replace("<p>It may harm.[1]</p>", below)
    assert found(news(body=body)) == [("structure.empty", "body")]


@pytest.mark.parametrize(
    "below",
    [
        "<p>It may harm.[1]</p>",
        "<h3>Common</h3><p>Sleepiness.</p>",
        "<ul><li>Falls</li></ul>",
        "<p>There are no known risks. A trial of 40 people is too small to find them.</p>",
    ],
)
def test_a_part_on_risks_with_something_in_it_is_let_through(below):
    assert found(news(body=factories.BODY.replace("<p>It may harm.[1]</p>", below))) == []


def test_an_empty_part_on_benefits_is_found_too():
    assert found(news(body=factories.BODY.replace("<p>It may help.</p>", ""))) == [("structure.empty", "body")]


LEFT = {
    "text.shortcode": [
        '[gallery ids="4,5"]',
        "[youtube https://example.org/v]",
        "[caption id=attachment_3]",
        "[/caption]",
        '[my-form id="3"]',
        "{{ first_name }}",
        "{% include x %}",
        "*|FNAME|*",
        "[vc_row]",
    ],
    "text.encoding": ["It isnâ€™t much", "4 Âµg of it", "the clinic â€“ then", "cafÃ© food", "37\u00c2\u00a0°C", "Âµ"],
    "text.characters": ["sig\ue000nal", "\uf0b7 rest", "it\ufffds", "\U0010fffdx"],
    "text.struck": ["Do ~~not~~ stop", "Do n\u0336o\u0336t\u0336 stop"],
}
KINDS = [(id, words) for id, examples in LEFT.items() for words in examples]


@pytest.mark.parametrize(("id", "words"), KINDS)
def test_what_a_machine_left_behind_is_found(id, words):
    assert {(id, "body")} == set(found(goes_on(f"<p>Well, {words}, so it is.</p>")))


@pytest.mark.parametrize("id", LEFT)
@pytest.mark.parametrize("field", ["title", "standfirst", "closing_question", "disclosure", *FOR_SEARCH])
def test_it_is_found_in_every_field_and_the_field_is_named(field, id):
    words = f"Would you say that {LEFT[id][0]} is what it is?"
    assert (id, field) in found(news(**{field: words}))


@pytest.mark.parametrize("id", LEFT)
def test_it_is_found_in_captions_alt_texts_and_references(id):
    words = f"So much for {LEFT[id][0]} here"
    image = factories.CreditFactory(image__alt=f"{words} now").image
    assert (id, "lead_image") in found(news(lead_image=image))
    image = factories.CreditFactory().image
    assert (id, "lead_image") in found(news(lead_image=image, lead_caption=words))
    article = news()
    article.references.update(citation=words)
    assert (id, "references") in found(article)


@pytest.mark.parametrize("tag", ["s", "strike", "del"])
def test_struck_words_stay_struck_wherever_they_are_saved_and_are_found(tag):
    article = goes_on(clean(f"<p>Do <{tag}>not</{tag}> stop.</p>"))
    [finding] = checks.run(article)
    assert (finding.id, finding.where, "“not”" in finding.message) == ("text.struck", "body", True)


@pytest.mark.parametrize(
    "words",
    [
        "He said [sic] so",
        "See [1]",
        "The [new] dose",
        "5 ~ 6 and ~7",
        "[emphasis added]",
        "It isn’t 4 µg",
        "“CAFÉ” and “Spaß…”",
        "Sjögren’s",
        "α-blockers – and β",
        "a {set} of 3",
        "naïve",
        "½ – ¼",
        "日本語のテキスト",
        "Łódź",
        "[Internet; cited 2026]",
        "x = [a, b]",
        "A → B",
        "“Âge” and “Ãrea”",
    ],
)
def test_what_only_resembles_it_is_let_through(words):
    assert found(goes_on(f"<p>Well, {words}, so it is.</p>")) == []
