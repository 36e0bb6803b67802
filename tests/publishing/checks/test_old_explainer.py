"""An explainer of the old kind, with everything wrong that it can have: each fault is named, nothing is published."""

import pytest

from articles.models import Edition, Reference
from articles.publishing import checks, press
from articles.publishing.press import PublishingRefused
from tests import factories

pytestmark = pytest.mark.django_db

BODY = """
<p>A recent study found that intrathecal pumps are a non-permanent solution for pain. Unlike surgical treatments, the
pump is small. It is implanted in a short operation. The pump is placed in the space at the spinal cord.</p>
<p>Ziconotide is an NSAID that works directly at the source of the pain. Fentanyl in the pump is as good.</p>
<h2>Benefits</h2>
<ul><li>It will show which pain can be cured</li><li>Four in five people are free of pain</li></ul>
<h2>Risks</h2>
<p>Worn insulin pumps were hacked from a distance. If your groin goes numb, call your doctor in the morning.</p>
<p>[gallery ids="4,5"]</p>
<p>More is <a href="https://example.org/">here</a>.</p>
"""
EXPECTED = {
    "drug.class": "Ziconotide is not an NSAID.",
    "drug.boxed_warning": "Ziconotide has a boxed warning.",
    "drug.route": "fentanyl",
    "procedure.risk": "Infection",
    "procedure.signs": "Say to get help for",
    "procedure.place": "Is the pump in the right place?",
    "procedure.absolute": "Does the evidence promise this?",
    "text.contradiction": "Can both be true?",
    "evidence.unreferenced": "A recent study found",
    "evidence.other_subject": "another device",
    "sign.urgency": "emergency",
    "reference.old": "Published 2009",
    "reference.uncited": "cite nothing",
    "text.shortcode": "[gallery",
    "link.text": "“here”",
    "disclosure.filler": "",
    "review.missing": "medical reviewer’s sign-off",
}


def test_each_fault_of_an_old_explainer_is_named_and_it_is_not_published():
    article = factories.publishable_article(
        title="The pain pump, explained",
        standfirst="A pump brings medicine to the spine.",
        body=BODY,
        disclosure="None.",
        signed=False,
    )
    Reference.objects.filter(article=article).update(citation="Doe J. Pumps. J Pain. 2009;1(1):1-2.")
    findings = checks.run(article)
    assert EXPECTED.keys() - {finding.id for finding in findings} == set()
    for id, words in EXPECTED.items():
        assert any(words in finding.message for finding in findings if finding.id == id), id
    with pytest.raises(PublishingRefused) as refused:
        press.publish(article, by=factories.editor())
    assert len({finding.id for finding in refused.value.findings}) >= 12
    assert not Edition.objects.exists()
