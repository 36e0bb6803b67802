"""Credits on the desk: licenses with their ports, evidence, and the queue of old credit lines."""

import errno
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.images import storage
from articles.models import CreditEvidence, Image, ImageCredit
from tests import factories
from tests.admin.conftest import change_url, errors_of, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.editor())
    return client


def picture_url(credit):
    return reverse("admin:articles_image_change", args=[credit.image_id])


def line_url(line, action="change"):
    return reverse(f"admin:articles_imagecredit_{action}", args=[line.pk])


def send(client, url, **changes):
    answer = client.post(url, form_of(client, url, **changes), follow=True)
    return errors_of(answer) if not answer.redirect_chain else []


# The license ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "where", "code"),
    [
        ("cc-by-sa-3.0", "de", "cc-by-sa-3.0-de"),
        ("cc-by-sa-3.0", "", "cc-by-sa-3.0"),
        ("cc-by-2.1", "jp", "cc-by-2.1-jp"),
        ("cc-by-3.0", "igo", "cc-by-3.0-igo"),
        ("cc-by-sa-3.0-de", "", "cc-by-sa-3.0-de"),
        ("own-work", "", "own-work"),
        ("", "", ""),
        ("", "de", ""),
    ],
)
def test_a_license_is_chosen_with_the_country_that_it_was_ported_to(editor, which, where, code):
    credit = factories.CreditFactory(license="cc0-1.0")
    changes = {"credit-0-license": which, "credit-0-license_port": where}
    assert send(editor, picture_url(credit), **changes) == []
    credit.refresh_from_db()
    assert credit.license == code
    assert send(editor, picture_url(credit), **{"credit-0-license": which, "credit-0-license_port": where}) == []
    page = editor.get(picture_url(credit)).content.decode()
    port = code.removeprefix(f"{which}-") if code.startswith(f"{which}-") else ""
    assert f'<option value="{port}" selected>' in page.partition('name="credit-0-license_port"')[2]


@pytest.mark.parametrize(
    ("which", "where", "complaint"),
    [
        ("cc-by-4.0", "de", "CC-BY-4.0 has no ported versions. Choose “International (not ported)”."),
        (
            "own-work",
            "de",
            "“Own work, all rights reserved” has no version ported to Germany. Choose “International (not ported)”.",
        ),
        (
            "cc-by-1.0",
            "de",
            "That license was never ported to Germany. Check the license link on the work’s page.",
        ),
        ("cc-by-2.1", "", "Version 2.1 exists only for Australia, Canada, Japan and Spain. Choose one."),
        ("flickr", "", "That license isn’t in the catalog."),
        ("cc-by-4.0", "<x>", "That license isn’t in the catalog."),
    ],
)
def test_a_license_that_never_was_is_refused_in_a_sentence(editor, which, where, complaint):
    credit = factories.CreditFactory()
    assert send(editor, picture_url(credit), **{"credit-0-license": which, "credit-0-license_port": where}) == [
        complaint
    ]


def test_the_articles_form_takes_every_part_of_a_credit(editor):
    article = factories.publishable_article(lead_image=factories.CreditFactory(title="").image)
    changes = {
        "credit_license": "cc-by-nc-2.0",
        "credit_license_port": "uk",
        "credit_is_noncommercial": "on",
        "credit_is_untitled": "on",
        "credit_description": "A pump",
        "credit_rights_end_on": "2030-01-02",
        "credit_made_with": "Brush 3",
    }
    assert send(editor, change_url(article), **changes) == []
    credit = ImageCredit.objects.get()
    assert (credit.license, credit.is_noncommercial, credit.is_untitled, credit.rights_end_on, credit.made_with) == (
        "cc-by-nc-2.0-uk", True, True, date(2030, 1, 2), "Brush 3"
    )  # fmt: skip
    assert credit.is_complete(date(2026, 11, 24))


@pytest.mark.parametrize("where", ["picture", "article", "line"])
def test_the_screen_says_that_it_is_no_legal_advice(editor, where):
    credit = factories.CreditFactory()
    line = ImageCredit.objects.create(raw="Photo: A. Lee")
    article = factories.publishable_article(lead_image=credit.image)
    address = {"picture": picture_url(credit), "article": change_url(article), "line": line_url(line)}[where]
    assert "not legal advice" in editor.get(address).content.decode()


# Evidence -------------------------------------------------------------------------------------------------------------


def letter(data=b"Dear editors, you may."):
    return SimpleUploadedFile("../letter of “May”.html", data, "text/html")


def test_evidence_is_added_beside_the_credit_and_kept(editor):
    credit = factories.CreditFactory()
    changes = {"credit-0-evidence_page": "example.org/work", "credit-0-evidence_note": "CC BY 4.0, it says."}
    assert send(editor, picture_url(credit), **changes, **{"credit-0-evidence_document": letter()}) == []
    seen = CreditEvidence.objects.get()
    assert (seen.page, seen.note, seen.file_digest, seen.document_name) == (
        "https://example.org/work", "CC BY 4.0, it says.", credit.image.digest, "letter of “May”.html",
    )  # fmt: skip
    assert seen.by.username
    page = editor.get(picture_url(credit)).content.decode()
    assert "https://example.org/work" in page
    assert send(editor, picture_url(credit)) == []  # saved once more, with nothing filled in
    assert CreditEvidence.objects.count() == 1


def test_evidence_is_added_in_the_article_beside_its_picture(editor):
    credit = factories.CreditFactory()
    article = factories.publishable_article(lead_image=credit.image)
    changes = {"evidence_page": "example.org/work", "evidence_document": letter(), "standfirst": "Typed beside it."}
    assert send(editor, change_url(article), **changes) == []
    seen = CreditEvidence.objects.get()
    assert (seen.credit, seen.page, seen.document_name) == (credit, "https://example.org/work", "letter of “May”.html")
    article.refresh_from_db()
    assert article.standfirst == "Typed beside it."
    page = editor.get(change_url(article)).content.decode()
    assert "https://example.org/work" in page
    assert line_url(seen, "document") in page
    assert send(editor, change_url(article)) == []
    assert CreditEvidence.objects.count() == 1


def test_evidence_is_about_a_picture_that_is_uploaded_with_it(editor):
    article = factories.publishable_article()
    file = SimpleUploadedFile("a.png", factories.picture_bytes(), "image/png")
    assert send(editor, change_url(article), picture_file=file, evidence_page="https://example.org/work") == []
    article.refresh_from_db()
    assert article.lead_image.credit.evidence.get().file_digest == article.lead_image.digest


@pytest.mark.parametrize("chooses_another", [True, False])
def test_evidence_without_its_picture_is_refused_and_no_word_is_lost(editor, chooses_another):
    credit, other = factories.CreditFactory(), factories.CreditFactory()
    article = factories.publishable_article(lead_image=credit.image if chooses_another else None)
    chosen = {"lead_image": other.image.pk} if chooses_another else {}
    changes = {**chosen, "evidence_page": "https://example.org/work", "standfirst": "Typed and not lost."}
    answer = editor.post(change_url(article), form_of(editor, change_url(article), **changes))
    assert errors_of(answer) == ["Save the article with its picture first, then add evidence for the credit."]
    assert "Typed and not lost." in answer.content.decode()
    assert "https://example.org/work" in answer.content.decode()
    assert not CreditEvidence.objects.exists()


@pytest.mark.parametrize("where", ["picture", "article"])
def test_a_full_disk_is_told_beside_the_document(editor, monkeypatch, where):
    credit = factories.CreditFactory()
    article = factories.publishable_article(lead_image=credit.image)
    url, prefix = {"picture": (picture_url(credit), "credit-0-"), "article": (change_url(article), "")}[where]

    def fsync(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    sent = form_of(editor, url, **{f"{prefix}evidence_document": letter(b"A letter that finds no room.")})
    monkeypatch.setattr(storage.os, "fsync", fsync)
    [error] = errors_of(editor.post(url, sent))
    assert error.startswith("The document couldn’t be saved (No space left on device).")
    assert not CreditEvidence.objects.exists()


@pytest.mark.parametrize("where", ["article", "line"])
def test_a_full_disk_is_told_beside_the_picture_and_what_was_typed_stays(editor, monkeypatch, where):
    url, field, typed = {
        "article": (change_url(factories.publishable_article()), "picture_file", "standfirst"),
        "line": (line_url(factories.CreditFactory(image=None, raw="Image by Jo via Flickr")), "upload", "creator"),
    }[where]

    def fsync(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    file = SimpleUploadedFile("a.png", factories.picture_bytes(), "image/png")
    sent = form_of(editor, url, **{field: file, typed: "Typed and not lost."})
    before = Image.objects.count()
    monkeypatch.setattr(storage.os, "fsync", fsync)
    answer = editor.post(url, sent)
    [error] = errors_of(answer)
    assert error.startswith("“a.png” couldn’t be saved (No space left on device).")
    assert "Typed and not lost." in answer.content.decode()
    assert Image.objects.count() == before


def test_a_document_is_a_download_for_the_desk_and_nowhere_else(editor, client):
    credit = factories.CreditFactory()
    send(editor, picture_url(credit), **{"credit-0-evidence_document": letter(b"<script>alert(1)</script>")})
    seen = CreditEvidence.objects.get()
    answer = editor.get(line_url(seen, "document"))
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/media/{seen.document.name}").status_code == 404
    with pytest.raises(ValueError, match="no address"):
        assert seen.document.url
    client.force_login(factories.UserFactory(role="Newsletter editor"))
    assert client.get(line_url(seen, "document")).status_code == 403
    client.logout()
    assert client.get(line_url(seen, "document")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"credit-0-evidence_note": "It says so."}, "Add the page that says so, or upload the document."),
        ({"credit-0-evidence_page": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_evidence_that_shows_nothing_is_refused(editor, changes, complaint):
    credit = factories.CreditFactory()
    assert send(editor, picture_url(credit), **changes) == [complaint]
    assert not CreditEvidence.objects.exists()


# The queue ------------------------------------------------------------------------------------------------------------


def queue(client, **query):
    return [
        line.raw
        for line in client.get(reverse("admin:articles_imagecredit_changelist"), query).context["cl"].result_list
    ]


def test_what_readers_see_most_comes_first(editor):
    live = [factories.print_edition(title=f"Live {number}").article for number in range(2)]
    draft = factories.publishable_article()
    for raw, article in [("In a draft", draft), ("Once", live[0]), ("Twice", live[0]), ("Twice", live[1])]:
        ImageCredit.objects.create(raw=raw, found_in=article)
    ImageCredit.objects.create(raw="Of an article that is gone")
    assert queue(editor) == ["Twice", "Twice", "Once", "In a draft", "Of an article that is gone"]
    page = editor.get(reverse("admin:articles_imagecredit_changelist")).content.decode()
    assert (
        page.count("2 published articles"),
        page.count("1 published article<"),
        page.count("0 published articles"),
    ) == (2, 1, 2)


def test_the_queue_costs_the_same_for_many_lines(editor, django_assert_max_num_queries):
    article = factories.print_edition().article
    ImageCredit.objects.bulk_create(ImageCredit(raw=f"Photo: {number}", found_in=article) for number in range(60))
    with django_assert_max_num_queries(9):
        assert len(queue(editor)) == 50


def test_a_line_is_shown_beside_what_could_be_read_of_it(editor):
    line = ImageCredit.objects.create(raw="Image by quiet-harbor via Flickr", creator="quiet-harbor", source="Flickr")
    answer = editor.get(line_url(line))
    assert "<blockquote>Image by quiet-harbor via Flickr</blockquote>" in answer.content.decode()
    assert answer.context["adminform"].form.initial["creator"] == "quiet-harbor"
    assert (
        "It needs a title or a description, a link to the work and a license: “Flickr” is not a license."
        in answer.content.decode()
    )


def test_a_line_that_gets_its_picture_leaves_the_queue_and_keeps_its_words(editor):
    line = ImageCredit.objects.create(raw="Image by quiet-harbor via Flickr", creator="quiet-harbor")
    file = SimpleUploadedFile("a.png", factories.picture_bytes("PNG", (400, 240)), "image/png")
    assert send(editor, line_url(line), upload=file, evidence_page="https://example.org/") == []
    line.refresh_from_db()
    assert (line.image, line.raw) == (Image.objects.get(), "Image by quiet-harbor via Flickr")
    assert line.evidence.get().file_digest == line.image.digest
    assert queue(editor) == []
    assert queue(editor, state="read") == queue(editor, state="all") == [line.raw]


def test_a_picture_with_a_credit_of_its_own_takes_no_second_one(editor):
    line = ImageCredit.objects.create(raw="Image by quiet-harbor via Flickr")
    credit = factories.CreditFactory()
    assert "“Channel” already has a credit. If that credit says the same, dismiss this line." in send(
        editor, line_url(line), image=credit.image_id
    )


def test_a_line_that_is_no_credit_is_dismissed_and_kept(editor):
    line = ImageCredit.objects.create(raw="Image by eye")
    editor.get(line_url(line, "dismiss"))
    assert queue(editor) == ["Image by eye"]
    editor.post(line_url(line, "dismiss"), {"reason": " It is a sentence. "})
    line.refresh_from_db()
    assert (line.raw, line.dismissed_reason, line.dismissed_by is None) == ("Image by eye", "It is a sentence.", False)
    assert (queue(editor), queue(editor, state="dismissed")) == ([], ["Image by eye"])
    assert "Dismissed by" in editor.get(line_url(line)).content.decode()
    assert editor.post(reverse("admin:articles_imagecredit_delete", args=[line.pk]), {"post": "yes"}).status_code == 403


def test_who_may_not_change_credits_dismisses_none(client):
    client.force_login(factories.UserFactory(role="Medical reviewer"))
    line = ImageCredit.objects.create(raw="Image by eye")
    assert client.post(line_url(line, "dismiss")).status_code == 403
    assert ImageCredit.objects.waiting().exists()


def test_a_pictures_own_credit_is_no_old_line(editor):
    credit = factories.CreditFactory()
    assert editor.post(line_url(credit, "dismiss")).status_code == 404
    assert queue(editor, state="all") == []
