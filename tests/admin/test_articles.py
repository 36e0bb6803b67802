"""The editors' whole job in the admin: write, be told what is missing, sign, print, schedule, withdraw."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.images import intake
from articles.models import Article, Edition, Image, ImageCredit, Review
from articles.publishing import desk
from tests import factories
from tests.admin.conftest import change_url, errors_of, form_of
from tests.admin.pressing import act, said, signed_in

pytestmark = pytest.mark.django_db


def written(person, lead):
    """What an author fills in for a whole article."""
    return {
        "title": "What a pump can do",
        "slug": "what-a-pump-can-do",
        "standfirst": "A small pump under the skin.",
        "section": factories.section().pk,
        "body": factories.BODY,
        "closing_question": "Would you want one?",
        "disclosure": "Nobody paid for this text.",
        "picture_file": lead,
        "picture_alt": "Lines that meet in one point.",
        "credit_title": "Channel",
        "credit_creator": "Jane Doe",
        "credit_source": "Flickr",
        "credit_source_url": "https://example.org/work",
        "credit_license": "cc-by-4.0",
        "byline-0-contributor": person.pk,
        "byline-0-position": 1,
        "references-TOTAL_FORMS": 1,
        "references-0-citation": "Doe J. Pumps. J Pain. In press.",
        "references-0-doi": "https://doi.org/10.1000/ABC",
        "references-0-position": 1,
    }


def test_an_article_goes_the_whole_way_from_an_empty_page_to_its_readers(client):
    author, person = signed_in(client, "Author"), factories.ContributorFactory()
    add = reverse("admin:articles_article_add")
    lead = SimpleUploadedFile("lead.png", factories.picture_bytes("PNG", (800, 450)), "image/png")
    answer = client.post(add, form_of(client, add, **written(person, lead)), follow=True)
    article = Article.objects.get()
    assert answer.redirect_chain, errors_of(answer)
    assert article.lead_image.credit.is_complete()
    assert article.references.get().doi == "10.1000/abc"
    assert (article.created_by, article.revisions.get().by) == (author, author)
    assert said(act(client, "submit", article)) == ["Sent for review."]

    reviewer = factories.ReviewerFactory()
    client.force_login(reviewer.user)
    page = client.get(change_url(article)).content.decode()
    assert "A small pump under the skin." in page
    assert 'name="title"' not in page
    answer = act(client, "sign_off", article, revision=article.revisions.get().pk, decision="approved")
    assert said(answer) == ["You signed off on this version."]

    signed_in(client, "Editor")
    assert said(act(client, "publish", article)) == ["Published version 1."]
    client.logout()
    html = client.get("/articles/what-a-pump-can-do/").content.decode()
    assert "Would you want one?" in html
    assert reviewer.full_name in html


def test_a_draft_saves_however_incomplete(client):
    signed_in(client, "Author")
    add = reverse("admin:articles_article_add")
    answer = client.post(add, form_of(client, add), follow=True)
    assert answer.redirect_chain, errors_of(answer)
    article = Article.objects.get()
    assert (article.title, str(article)) == ("", "Untitled")
    page = answer.content.decode()
    assert "The article has no title yet." in page
    assert 'href="#id_title"' in page


@pytest.mark.parametrize("number", ["²", "9223372036854775808", "1" * 40])
def test_a_number_that_is_no_pictures_loses_nothing_that_was_typed(client, number):
    signed_in(client, "Author")
    add = reverse("admin:articles_article_add")
    body = f'<p>Typed.</p><figure data-picture="{number}"></figure>'
    client.post(add, {**form_of(client, add), "title": "Pumps", "body": body}, follow=True)
    assert "Typed." in Article.objects.get().body


def test_findings_lead_to_the_field_that_each_one_means(client):
    signed_in(client, "Editor")
    article = factories.publishable_article(disclosure="", lead_image=factories.ImageFactory())
    page = client.get(change_url(article)).content.decode()
    for anchor in ("#id_disclosure", "#id_credit_license"):
        assert f'href="{anchor}"' in page
        assert f'id="{anchor[1:]}"' in page


def test_a_save_that_changes_no_word_keeps_one_revision(client):
    signed_in(client, "Editor")
    article = factories.publishable_article()
    client.post(change_url(article), form_of(client, change_url(article)))
    assert article.revisions.count() == 1
    client.post(change_url(article), form_of(client, change_url(article), title="Another"))
    assert article.revisions.count() == 2


def test_a_picture_and_its_credit_are_mended_on_the_same_screen(client):
    signed_in(client, "Editor")
    credit = factories.CreditFactory(license="", image__alt="")
    article = factories.publishable_article(lead_image=credit.image)
    url = change_url(article)
    client.post(url, form_of(client, url, credit_license="cc-by-2.0", picture_alt="A pump."))
    credit.refresh_from_db()
    assert (credit.license, credit.creator, credit.image.alt) == ("cc-by-2.0", "Jane Doe", "A pump.")


def test_the_lead_picture_is_shown_with_its_alt_text_and_credit_where_the_gallery_is_opened(client):
    signed_in(client, "Editor")
    image = factories.CreditFactory(title="Pump", image__alt="A <pump>.").image
    url = change_url(factories.publishable_article(lead_image=image))
    panel = client.get(url).content.decode()
    assert f'data-lead data-library="{reverse("admin:articles_image_library")}"' in panel
    assert "Alt text: A &lt;pump&gt;." in panel
    assert f"Credit: {image.credit}" in panel
    bare = factories.publishable_article(lead_image=factories.ImageFactory(alt=""))
    panel = client.get(change_url(bare)).content.decode()
    assert "Alt text: none yet" in panel
    assert "Credit: none yet" in panel
    assert "No lead picture yet." in client.get(reverse("admin:articles_article_add")).content.decode()


def test_choosing_another_picture_leaves_the_credit_of_the_first_alone(client):
    signed_in(client, "Editor")
    first, second = factories.CreditFactory(creator="First"), factories.CreditFactory(creator="Second")
    article = factories.publishable_article(lead_image=first.image)
    url = change_url(article)
    client.post(url, form_of(client, url, lead_image=second.image.pk, credit_creator="Typed beside the first"))
    assert sorted(ImageCredit.objects.values_list("creator", flat=True)) == ["First", "Second"]
    article.refresh_from_db()
    assert article.lead_image == second.image


def test_an_uploaded_picture_is_decoded_once_and_is_whose_it_was_sent_by(client, monkeypatch):
    editor, decoded, accepted = signed_in(client, "Editor"), [], intake._accepted
    monkeypatch.setattr(intake, "_accepted", lambda *given: decoded.append(given) or accepted(*given))
    article = factories.publishable_article()
    url = change_url(article)
    file = SimpleUploadedFile("a.png", factories.picture_bytes(), "image/png")
    assert client.post(url, form_of(client, url, picture_file=file)).status_code == 302
    article.refresh_from_db()
    assert (len(decoded), article.lead_image.uploaded_by) == (1, editor)


@pytest.mark.parametrize(
    ("bytes_", "words"),
    [(b"not a picture", "isn’t a supported picture"), (b"<svg onload=alert(1)>", "isn’t a supported picture")],
)
def test_a_hostile_picture_is_refused_and_what_was_typed_stays(client, bytes_, words):
    signed_in(client, "Author")
    article = factories.publishable_article()
    url = change_url(article)
    file = SimpleUploadedFile("<b>x</b>.jpg", bytes_, "image/jpeg")
    answer = client.post(url, form_of(client, url, picture_file=file, standfirst="Typed and not lost."))
    assert [words in error for error in errors_of(answer)] == [True]
    assert "Typed and not lost." in answer.content.decode()
    assert "<b>x</b>" not in answer.content.decode()
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("references-0-doi", "no doi", "A DOI begins with"),
        ("references-0-pmid", "no id", "A PubMed id is a number"),
        ("references-0-url", "javascript:alert(1)", "valid URL"),
        ("credit_source_url", "javascript:alert(1)", "valid URL"),
        ("slug", "Two words", "valid “slug”"),
    ],
)
def test_bad_input_gets_one_sentence_at_its_field(client, field, value, words):
    signed_in(client, "Author")
    article = factories.publishable_article()
    url = change_url(article)
    answer = client.post(url, form_of(client, url, **{field: value, "standfirst": "Typed and not lost."}))
    assert [words in error for error in errors_of(answer)] == [True]
    assert "Typed and not lost." in answer.content.decode()


def test_an_address_that_ever_was_public_is_refused_with_the_article_it_leads_to(client):
    signed_in(client, "Author")
    edition = factories.print_edition(slug="pumps", title="Pumps")
    Article.objects.filter(pk=edition.article_id).update(slug="moved")
    url = change_url(article := factories.publishable_article())
    answer = client.post(url, form_of(client, url, slug="pumps", standfirst="Typed and not lost."))
    message = "“pumps” is an address of “Pumps”, and links lead there. Choose a different address."
    assert errors_of(answer) == [message]
    assert "Typed and not lost." in answer.content.decode()
    article.refresh_from_db()
    assert article.slug != "pumps"


def test_an_address_is_given_once(client):
    signed_in(client, "Author")
    factories.publishable_article(slug="taken")
    url = change_url(article := factories.publishable_article())
    answer = client.post(url, form_of(client, url, slug="taken"))
    assert answer.context["adminform"].form.errors == {"slug": ["Another article has this address."]}
    article.refresh_from_db()
    assert article.slug != "taken"


@pytest.mark.parametrize(
    ("panel", "refused"),
    [
        ("details", {"slug": "taken"}),
        ("details", {"byline-0-position": "first"}),
        ("picture", {"lead_caption": "x" * 301}),
        ("references", {"references-0-citation": "Doe J.", "references-0-url": "nowhere"}),
    ],
    ids=["address", "byline", "picture", "references"],
)
def test_a_refused_save_opens_the_panel_that_says_why(client, panel, refused):
    signed_in(client, "Author")
    factories.publishable_article(slug="taken")
    url = change_url(factories.publishable_article())
    answer = client.post(url, form_of(client, url, **refused))
    assert (answer.context["panels"]["refused"], answer.context["panels"]["open"]) == ({panel}, panel)


def test_what_is_typed_as_text_is_never_html(client):
    signed_in(client, "Editor")
    nasty = "<script>alert(1)</script>"
    article = factories.publishable_article(title=nasty, standfirst=nasty, closing_question=nasty, disclosure=nasty)
    factories.sign(article, decision=Review.CHANGES, comments=nasty)
    act(client, "publish", article)
    for url in (change_url(article), reverse("admin:articles_article_changelist"), reverse("admin:index"), "/"):
        assert nasty not in client.get(url).content.decode(), url


UNSAID = "This request doesn’t say which text you read. Open the article, read it, and use the button there."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("publish", {"_publish": "now"}),
        ("publish", {"_publish": "schedule", "at": "2099-01-02T09:00"}),
        ("correct", {"was": "It may help.", "now": "It helps.", "why": "A trial.", "severity": "factual"}),
        ("keep_sign_off", {}),
        ("request_override", {"finding": "heading.order", "message": "x", "reason": "y"}),
    ],
)
def test_a_button_publishes_only_the_text_that_its_page_showed(client, name, data):
    """A crafted post without the text is refused in a sentence; a page from before a save shows what changed."""
    signed_in(client, "Editor")
    edition = factories.print_edition(in_section="news", signed=False)
    article = edition.article
    assert said(act(client, name, article, **data, seen="")) == [UNSAID]
    before = factories.seen(article)
    article.standfirst = "A dose of 500 mg twice a day."
    desk.save(article, by=None)
    answer = act(client, name, article, **data, seen=before)
    changed = "Standfirst: you read “What a pump can do.”, and now it says “A dose of 500 mg twice a day.”."
    assert said(answer) == ["The text changed after you opened it. Read the new version, then try again.", changed]
    assert "What changed in" in answer.content.decode()
    assert said(act(client, name, article, **data, seen="0" * 64)) == [
        "The text changed after you opened it. Read the new version, then try again."
    ]
    assert Edition.objects.count() == 1


def test_a_reviewer_who_signs_a_text_that_changed_is_shown_what_changed(client):
    signed_in(client, "Editor")
    client.force_login(factories.ReviewerFactory().user)
    article = factories.publishable_article(signed=False)
    revision = article.revisions.get()
    article.standfirst = "A dose of 500 mg twice a day."
    desk.save(article, by=None)
    answer = act(client, "sign_off", article, revision=revision.pk, decision="approved")
    assert said(answer) == ["The text changed since you opened it. Please read the new version."]
    assert "What changed in" in answer.content.decode()


# Lists ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("waiting", ["waiting"]),
        ("unsigned", ["waiting", "draft"]),
        ("ready", ["signed"]),
        ("rewrite", []),
        ("scheduled", ["scheduled"]),
        ("live", ["live"]),
        ("withdrawn", ["withdrawn"]),
        ("imported", []),
    ],
)
def test_the_list_shows_what_needs_attention(client, state, expected):

    by = signed_in(client, "Editor")
    from articles.publishing import press

    articles = {name: factories.publishable_article(title=name, signed=False) for name in ("waiting", "draft")}
    articles |= {
        name: factories.publishable_article(title=name, due_on=date(2099, 1, 1))
        for name in ("signed", "scheduled", "live", "withdrawn")
    }
    desk.submit(articles["waiting"], by=by)
    press.publish(articles["scheduled"], by=by, at=datetime(2099, 1, 1, tzinfo=UTC))
    press.publish(articles["live"], by=by)
    press.publish(articles["withdrawn"], by=by)
    press.withdraw(articles["withdrawn"], by=by, note="x")
    answer = client.get(reverse("admin:articles_article_changelist"), {"state": state})
    assert sorted(article.title for article in answer.context["cl"].result_list) == sorted(expected)


@pytest.mark.parametrize("revision", ["x", "", "²", "-1", "9" * 30])
def test_a_sign_off_of_no_revision_is_not_found(client, revision):
    article = factories.publishable_article(signed=False)
    client.force_login(factories.ReviewerFactory().user)
    answer = act(client, "sign_off", article, revision=revision, decision="approved")
    assert answer.status_code == 404
