"""What makes an article that would pass the gate fail exactly one check (PLANTED), or be only advised on (ADVICE)."""

from datetime import UTC, date, datetime

from articles.models import (
    Article,
    Byline,
    Drawing,
    ImageCredit,
    LinkHealth,
    Reference,
    RetractionNotice,
    SourceNote,
    Topic,
)
from articles.publishing import drawings, press
from tests import factories
from tests.newsletter.happenings import corrected

SOME_DAY = datetime(2099, 1, 1, tzinfo=UTC)
HARD = (
    "<p>Notwithstanding considerable heterogeneity, multidisciplinary rehabilitation demonstrated statistically "
    "significant improvements across predominantly self-reported functional outcomes internationally.</p>"
)


def with_(**columns):
    """A defect in the article's own columns; `section` is a slug, and what is not a value yet is made now."""

    def plant(article):
        given = {name: value() if callable(value) else value for name, value in columns.items()}
        if given.get("section"):
            given["section"] = factories.section(given["section"])
        Article.objects.filter(pk=article.pk).update(**given)

    return plant


def says(words):
    """A text that goes on with these words."""
    return with_(body=f"{factories.BODY}{words}")


def without(model, section="news"):
    def plant(article):
        with_(section=section, body=factories.BODY.replace("[1]", ""))(article)
        model.objects.filter(article=article).delete()

    return plant


def unchecked_drawing(article):
    svg = '<svg viewBox="0 0 9 9" class="dg"><path class="cord" d="M0 0h9v9z"/></svg>'
    texts = {"title": "A pump", "words": "A round pump.", "creator": "Inside Pain Medicine", "license": "cc-by-4.0"}
    row = drawings.keep(Drawing(svg=svg, **texts), checked_by=None, checked_on=None)
    says(f'<figure data-drawing="{row.pk}"><figcaption>A pump</figcaption></figure>')(article)


def taken_address(article):
    other = factories.print_edition(in_section="news", slug="taken")
    Article.objects.filter(pk=other.article_id).update(slug="moved")
    with_(slug="taken")(article)


def expired_review(article):
    with_(section="treatments")(article)
    article.refresh_from_db()
    factories.sign(article, at=datetime(2019, 1, 1, tzinfo=UTC), due_on=date(2021, 1, 1))


def signed_without_interests(article):
    factories.sign(article, factories.ReviewerFactory(interests=""))


def waiting_credit(article):
    ImageCredit.objects.create(found_in=article, raw="Image by quiet-harbor via Flickr")


def stale_review(article):
    with_(section="treatments")(article)
    article.refresh_from_db()
    factories.sign(article)
    with_(standfirst="Not what was signed.")(article)


def withdrawn_review(article):
    with_(section="treatments")(article)
    article.refresh_from_db()
    reviewer = factories.ReviewerFactory()
    factories.sign(article, reviewer)
    factories.sign(article, reviewer, decision="changes", comments="The dose is wrong.")


def moved_after_review(article):
    """A reviewer wanted changes, and the text goes to a section where nobody is asked."""
    with_(section="treatments")(article)
    article.refresh_from_db()
    factories.sign(article, decision="changes", comments="The dose is wrong.")
    with_(section="news")(article)


def picture(**facts):
    return lambda: factories.CreditFactory(**facts).image


def video(caption, below):
    def plant(article):
        shown = f'data-media="video" data-picture="{picture()().pk}"'
        says(f"<figure {shown}><figcaption>{caption}</figcaption>{below}</figure>")(article)

    return plant


def cites_a(nature):
    def plant(article):
        Reference.objects.filter(article=article).update(doi="10.1000/pumps")
        RetractionNotice.objects.create(record_id=1, nature=nature, doi="10.1000/pumps")

    return plant


def on_manipulation(words, risks="It can make you sore, and rarely a disc gets worse."):
    """A defect in an article about spinal manipulation that is whole but for it."""
    told = f"<p>Spinal manipulation moves a joint quickly. {risks} {words}</p>"
    return with_(title="Spinal manipulation", body=f"{factories.BODY}{told}")


def on_pumps(words):
    """A defect in an article that tells all there is to tell about pumps."""
    told = """<p>An intrathecal pump can lead to infection, an overdose, a catheter that kinks, withdrawal, a granuloma,
    and refills.</p><p>Get help at once for fever, weakness, or slow breathing.</p>"""
    return with_(title="Intrathecal pumps", body=f"{factories.BODY}{told}{words}")


def cites(citation):
    return lambda article: Reference.objects.filter(article=article).update(citation=citation)


def superseded(article):
    cites("Doe J. Pumps. J Pain. 2024;1(1):1-2.")(article)
    later = {"successor": "Doe J. Pumps. J Pain. 2026;3(1):1-2.", "successor_doi": "10.1000/pumps.2"}
    SourceNote.objects.create(citation="Doe J. Pumps. J Pain. 2024;1(1):1-2.", by=factories.editor(), **later)


def bare(article):
    body = factories.BODY.replace("It may harm.[1]", "It may harm one in four.")
    with_(section="treatments", body=body)(article)


def corrected_elsewhere(words):
    """A defect: words that say what was corrected in another article."""

    def plant(article):
        wrong = "A pump cures nine in ten."
        corrected(factories.print_edition(slug="cured", body=f"{factories.BODY}<p>{wrong}</p>"), was=wrong)
        says(f"<p>{words}</p>")(article)

    return plant


def differs_from_another_page(article):
    said = "<p>Adults should take at most {} milligrams of gabapentin in one day.</p>"
    factories.print_edition(slug="dose", in_section="news", body=factories.BODY + said.format(900))
    says(said.format(1_200))(article)


# What makes an article that would pass, in News, fail exactly one check.
def retyped(article):
    """A published article that is to be a topic page."""
    with_(section="news")(article)
    article.refresh_from_db()
    press.publish(article, by=factories.editor())
    with_(page_type="hub", hub_of=factories.public(Topic(name="Pumps", slug="pumps")))(article)


def second_hub(article):
    """Of a topic whose published page was given another topic on the desk."""
    topics = [factories.public(Topic(name=name, slug=name)) for name in ("pumps", "leads")]
    other = factories.print_edition(in_section="news", page_type="hub", hub_of=topics[0])
    Article.objects.filter(pk=other.article_id).update(hub_of=topics[1])
    with_(page_type="hub", hub_of=topics[0])(article)


PLANTED = {
    "title.placeholder": with_(title="Untitled"),
    "address.missing": with_(slug=""),
    "address.taken": taken_address,
    "section.missing": with_(section=None),
    "type.changed": retyped,
    "hub.taken": second_hub,
    "elsewhere.page": with_(
        page_type="hub",
        hub_of=lambda: factories.public(Topic(name="Pumps", slug="pumps")),
        first_published_url="https://journal.example.net/pumps",
        first_published_in="A journal",
    ),
    "page.section": with_(page_type="page"),
    "page.open": says("<p>[Write: who pays]</p>"),
    "review.page": with_(page_type="page", section=None, body="<p>We once wrote about gabapentin.</p>"),
    "body.missing": with_(body=" "),
    "standfirst.missing": with_(standfirst=" "),
    "byline.missing": without(Byline),
    "credit.missing": with_(lead_image=factories.ImageFactory),
    "credit.incomplete": with_(lead_image=picture(creator="")),
    "credit.no_derivatives": with_(lead_image=picture(license="cc-by-nd-4.0", modifications="cropped")),
    "credit.ended": with_(lead_image=picture(rights_end_on=date(2026, 1, 1))),
    "picture.withdrawn": with_(lead_image=picture(image__withdrawn_at=datetime(2026, 11, 2, tzinfo=UTC))),
    "alt.missing": with_(lead_image=picture(image__alt="IMG_2041.jpg")),
    "media.transcript": video('<a href="https://example.org/film">A film</a>', ""),
    "media.link": video("A film", "<details><p>Hello.</p></details>"),
    "correction.returns": corrected_elsewhere("A pump cures 9 in 10."),
    "review.missing": with_(section="treatments"),
    "review.expired": expired_review,
    "review.moved": moved_after_review,
    "review.dose": says("<p>Many begin with 300 mg of gabapentin.</p>"),
    "reference.none": without(Reference, section="treatments"),
    "reference.retracted": cites_a(RetractionNotice.RETRACTED),
    "jama.authorship": lambda article: factories.rewrite(article.authors.all(), role=""),
    "jama.attribution": without(Reference),
    "jama.interests": signed_without_interests,
    "reference.dangling": says("<p>Some say so.[3]</p>"),
    "structure.risks": with_(section="treatments", body=factories.BODY.replace("Risks", "Something else")),
    "drug.class": says(
        "<p>Ziconotide, a non-steroidal anti-inflammatory drug, can cause confusion and a heart attack.</p>"
    ),
    "drug.boxed_warning": says("<p>Ziconotide is given into the spinal fluid.</p>"),
    "evidence.unreferenced": with_(
        section="treatments", body=f"<p>A recent study found that pumps help.</p>{factories.BODY}"
    ),
    "procedure.risk": on_manipulation("", risks=""),
    "heading.order": says("<h4>Far down</h4>"),
    "link.text": says('<p>More is <a href="https://example.org/">here</a>.</p>'),
    "disclosure.missing": with_(disclosure=""),
    "disclosure.filler": with_(disclosure="None."),
    "alt.filler": with_(lead_image=picture(image__alt="Picture of pump")),
    "alt.caption": with_(lead_image=picture(image__alt="A pump on a table."), lead_caption="A pump on a table"),
    "risks.denied": says("<h2>Risk-free</h2><p>It has been used for years.</p>"),
    "structure.empty": says("<h2>What are the risks?</h2><p>To be written.</p>"),
    "text.struck": says("<p>Do <s>not</s> stop.</p>"),
    "text.shortcode": says('<p>[gallery ids="4,5"]</p>'),
    "elsewhere.address": with_(first_published_url="http://journal.example.net/pumps", first_published_in="A journal"),
    "elsewhere.name": with_(first_published_url="https://journal.example.net/pumps"),
    "text.encoding": says("<p>It isnâ€™t much.</p>"),
    "text.characters": says("<p>The sig\ue000nal runs on.</p>"),
    "drug.question": says("<p>Ziconotide acts on opioid receptors, and can cause confusion.</p>"),
    "drug.route": says("<p>Gabapentin tablets help some people; a gabapentin patch is new.</p>"),
    "evidence.other_subject": says("<p>In a study of mice it worked, so it will help people.[1]</p>"),
    "sign.urgency": says("<p>If you have chest pain, see your doctor this week.</p>"),
    "procedure.place": on_pumps("<p>The pump is placed in the space at the spinal cord.</p>"),
    "procedure.absolute": on_manipulation("It is risk-free."),
    "text.contradiction": on_pumps(
        "<p>Unlike surgical treatments, the pump is small.</p><p>The pump is implanted in a small operation.</p>"
    ),
    "reference.old": cites("Doe J. Pumps. J Pain. 2007;1(1):1-2."),
    "reference.superseded": superseded,
    "drawing.missing": says('<figure data-drawing="987654"><figcaption>A pump</figcaption></figure>'),
    "drawing.unchecked": unchecked_drawing,
}


# What is only advised on, whether the article is printed or not.
def broken_link(article):
    says('<p>See <a href="https://example.org/gone">the old guideline</a>.</p>')(article)
    LinkHealth.objects.create(
        url="https://example.org/gone",
        checked_on=date(2026, 11, 2),
        failing_since=date(2026, 11, 1),
        failed_on=date(2026, 11, 2),
    )


ADVICE = {
    "link.broken": broken_link,
    "credit.ends": with_(lead_image=picture(rights_end_on=date(2098, 1, 1))),
    "credit.waiting": waiting_credit,
    "correction.similar": corrected_elsewhere("In nine of ten, a pump cures in weeks."),
    "reference.uncited": bare,
    "reference.corrected": cites_a(RetractionNotice.CORRECTED),
    "reference.doubted": cites_a(RetractionNotice.DOUBTED),
    "question.open": with_(closing_question="Which of the two helps you?"),
    "drug.unknown": says("<p>Zerfentanil is new.</p>"),
    "evidence.undated": says("<p>A recent study found that pumps help.[1]</p>"),
    "number.differs": differs_from_another_page,
    "procedure.signs": with_(
        title="Vertebroplasty",
        body=f"{factories.BODY}<p>In vertebroplasty cement can leak, cause an infection or injure a nerve.</p>",
    ),
    "reading.level": says(HARD * 8),
    "review.stale": stale_review,
    "review.withdrawn": withdrawn_review,
}
