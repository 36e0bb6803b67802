"""Pictures taken out of print: withdrawn or replaced everywhere at once, while every page stays whole."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from articles.models import EditionPicture, Image, ImageCredit, ImageEvent
from articles.publishing import checks, desk, pictures, press, snapshot
from articles.publishing.pictures import PicturesRefused, files
from tests import factories, markup

pytestmark = pytest.mark.django_db

EVERYWHERE = ("/", "/treatments/", "/articles/pumps/", "/credits/", "/feed/")


def picture(size=(400, 230), title="Channel", alt="Lines that meet.", **kwargs):
    stored = pictures.store(factories.picture_bytes("JPEG", size), name="a.jpg", alt=alt)
    factories.CreditFactory(image=stored, title=title, **kwargs)
    return Image.objects.with_credit().get(pk=stored.pk)


def printed(lead, inside=None, **kwargs):
    figure = f'<figure data-picture="{inside.pk}"><figcaption></figcaption></figure>' if inside else ""
    return factories.print_edition(lead_image=lead, body=factories.BODY + figure, slug="pumps", **kwargs)


def addresses(html):
    """Whatever a browser or a feed reader would fetch, but cards of addresses: no picture is on them."""
    return set(re.findall(r"/media/(?!cards/)[^\s\"&<>]+", html))


def everything(client):
    return {address: client.get(address).content.decode() for address in EVERYWHERE}


def problems(deed, *arguments, **kwargs):
    with pytest.raises(PicturesRefused) as refused, transaction.atomic():
        deed(*arguments, **kwargs)
    assert all(problem.endswith(".") for problem in refused.value.problems)
    return [*refused.value.problems]


# Withdrawn ------------------------------------------------------------------------------------------------------------


def test_a_withdrawn_picture_is_gone_from_every_page_feed_and_file_at_the_next_request(
    client, django_capture_on_commit_callbacks, settings
):
    lead, inside = picture(), picture((390, 230), title="Second")
    printed(lead, inside)
    before = everything(client)
    files = set().union(*(addresses(html) for html in before.values()))
    gone = {url for url in files if lead.digest[:24] in url}
    assert all(lead.digest[:24] in html for html in before.values())
    with django_capture_on_commit_callbacks(execute=True):
        event = pictures.withdraw(lead, by=factories.editor(), reason="A claim by Jane Roe.")
    for address, html in everything(client).items():
        assert lead.digest[:24] not in html, address
        assert "A picture was taken down here." in html, address
        assert "A claim by Jane Roe" not in html, address
        assert inside.digest[:24] in html or address in ("/", "/treatments/")
    assert {client.get(url).status_code for url in gone} == {410}
    assert {client.get(url).status_code for url in files - gone} == {200}
    assert not (settings.MEDIA_ROOT / "renditions" / lead.digest[:24]).exists()
    assert (event.kind, event.image, event.reason) == ("withdrawn", lead, "A claim by Jane Roe.")


def test_the_pages_of_a_withdrawn_picture_stay_whole(client):
    lead = picture()
    edition = printed(lead)
    pictures.withdraw(lead, by=factories.editor(), reason="A claim.")
    html = client.get("/articles/pumps/").content.decode()
    assert edition.title in html
    assert "It shows: Lines that meet." in html


def test_an_article_with_a_withdrawn_picture_is_not_printed_again():
    lead = picture()
    edition = printed(lead)
    pictures.withdraw(lead, by=factories.editor(), reason="A claim.")
    [finding] = checks.run(edition.article)
    assert (finding.id, finding.level, finding.where) == ("picture.withdrawn", "error", "lead_image")


def test_a_restored_picture_is_back_where_it_was(client, django_capture_on_commit_callbacks):
    lead = picture()
    printed(lead)
    before = everything(client)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.withdraw(lead, by=factories.editor(), reason="A claim.")
    with django_capture_on_commit_callbacks(execute=True):
        pictures.restore(lead, by=factories.editor())
    after = everything(client)
    assert {address: addresses(html) for address, html in after.items()} == {
        address: addresses(html) for address, html in before.items()
    }
    assert {client.get(url).status_code for url in addresses(after["/articles/pumps/"])} == {200}
    assert [event.kind for event in lead.events.all()] == ["restored", "withdrawn"]


def test_what_cannot_be_withdrawn_says_why():
    lead, editor = picture(), factories.editor()
    assert problems(pictures.withdraw, lead, by=factories.UserFactory(), reason=" ") == [
        "You don’t have permission to change published pictures.",
        "Say why you’re taking it down: who claimed what. Readers won’t see this.",
    ]
    assert problems(pictures.restore, lead, by=editor) == ["“Channel” isn’t taken down."]
    pictures.withdraw(lead, by=editor, reason="A claim.", at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert problems(pictures.withdraw, lead, by=editor, reason="Again.") == [
        "“Channel” was already taken down on November 2, 2026."
    ]


# Replaced -------------------------------------------------------------------------------------------------------------


def test_a_replaced_picture_is_another_everywhere_at_the_next_request(client, django_capture_on_commit_callbacks):
    lead = picture()
    edition = printed(lead, lead)
    other = picture((480, 270), title="Better light")
    with django_capture_on_commit_callbacks(execute=True):
        pictures.replace(lead, other, by=factories.editor())
    for address, html in everything(client).items():
        assert lead.digest[:24] not in html, address
        assert other.digest[:24] in html, address
        assert {client.get(url).status_code for url in addresses(html)} == {200}
    assert "Better light" in client.get("/credits/").content.decode()
    edition.refresh_from_db()
    assert edition.lead_image == lead  # what was printed stays on record


def test_a_swap_after_the_review_is_told_and_the_next_edition_waits_for_a_reviewer(client):
    lead = picture()
    edition = printed(lead)
    html = markup.page(client.get("/articles/pumps/"))
    assert "of the same subject" not in html
    pictures.replace(lead, picture((480, 270), title="Better light"), by=factories.editor())
    html = markup.page(client.get("/articles/pumps/"))
    assert "<dt>Picture replaced</dt><dd>“Better light” replaced another one of the same subject on" in html
    assert ", after this review." in html
    found = {finding.id for finding in checks.run(edition.article)}
    assert {"review.missing", "review.stale"} <= found
    with pytest.raises(press.PublishingRefused):
        press.publish(edition.article, by=factories.editor())
    factories.sign(edition.article)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2)):
        press.publish(edition.article, by=factories.editor())
        html = markup.page(client.get("/articles/pumps/"))
    assert "Version 2." in html
    assert "of the same subject" not in html


def test_a_swap_changes_what_a_reviewer_signs_and_nothing_else():
    lead = picture()
    article = printed(lead).article
    before = snapshot.content_of(article)
    other = picture((480, 270), title="Better light")
    pictures.replace(lead, other, by=factories.editor())
    after = snapshot.content_of(article)
    assert before["pictures"][0]["digest"] == lead.digest
    assert after["pictures"][0]["digest"] == other.digest
    after["pictures"][0]["digest"] = lead.digest
    assert after == before


def test_a_replacement_takes_over_the_text_for_those_who_cannot_see():
    lead, other = picture(), picture((480, 270), title="Better light", alt="")
    pictures.replace(lead, other, by=factories.editor())
    other.refresh_from_db()
    assert other.alt == "Lines that meet."


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda other: ImageCredit.objects.filter(image=other).update(creator=""), "is incomplete"),
        (lambda other: Image.objects.filter(pk=other.pk).update(alt="A pump."), "different alt text"),
        (lambda other: Image.objects.filter(pk=other.pk).update(alt="", is_decorative=True), "decorative"),
        (lambda other: pictures.withdraw(other, by=factories.editor(), reason="A claim."), "is taken down"),
    ],
    ids=["credit", "another subject", "decorative", "withdrawn"],
)
def test_a_picture_that_may_not_stand_in_says_why_and_nothing_changes(spoil, words):
    lead, other = picture(), picture((480, 270), title="Better light")
    spoil(other)
    [said] = problems(pictures.replace, lead, other, by=factories.editor())
    assert words in said
    lead.refresh_from_db()
    assert lead.replaced_by is None
    assert not ImageEvent.objects.filter(kind=ImageEvent.REPLACED).exists()


def test_a_picture_does_not_replace_itself_and_not_by_just_anybody():
    lead = picture()
    assert problems(pictures.replace, lead, lead, by=factories.UserFactory()) == [
        "You don’t have permission to change published pictures.",
        "A picture can’t replace itself.",
    ]


def test_the_second_of_two_who_replace_the_same_picture_gets_a_sentence():
    lead, other, third = picture(), picture((480, 270), "Second"), picture((470, 270), "Third")
    stale = Image.objects.get(pk=lead.pk)  # what the second person's page has read before
    pictures.replace(lead, other, by=factories.editor(), at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert problems(pictures.replace, stale, third, by=factories.editor()) == [
        "“Channel” was already replaced by “Second” on November 2, 2026, 09:00. Replace that one instead."
    ]


def test_replacements_never_form_a_chain_and_can_be_taken_back(client):
    first, second, third = picture(), picture((480, 270), "Second"), picture((470, 270), "Third")
    printed(first)
    editor = factories.editor()
    pictures.replace(first, second, by=editor)
    pictures.replace(second, third, by=editor)
    assert {image.present for image in Image.objects.all()} == {third}
    assert third.digest[:24] in client.get("/articles/pumps/").content.decode()
    pictures.replace(third, first, by=editor)
    assert {image.present for image in Image.objects.all()} == {Image.objects.get(pk=first.pk)}
    assert [event.replacement for event in ImageEvent.objects.all()] == [first, third, second]


def test_what_was_decided_stands_even_if_its_files_cannot_be_made_yet(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    lead, editor = picture(), factories.editor()
    pictures.withdraw(lead, by=editor, reason="A claim.")

    def render(image):
        raise PicturesRefused("Its file is gone.")

    monkeypatch.setattr(files, "render", render)
    monkeypatch.setattr(files, "is_rendered", lambda image: False)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.restore(lead, by=editor)
    assert Image.objects.get(pk=lead.pk).withdrawn_at is None
    assert "could not be made" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_leave_one_replacement(needs_postgresql):
    lead, others = picture(), [picture((480, 270), "Second"), picture((470, 270), "Third")]
    editor, barrier, said = factories.editor(), threading.Barrier(2, timeout=120), []

    def act(other):
        barrier.wait()
        try:
            pictures.replace(lead, other, by=editor)
            said.append("done")
        except PicturesRefused as refused:
            said.append(refused.problems[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[other]) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(words[:26] for words in said) == ["done", "“Channel” was already repl"]
    assert ImageEvent.objects.count() == 1


# The database's own word ----------------------------------------------------------------------------------------------


def refused(deed):
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        deed()
    return str(problem.value).splitlines()[0]


@pytest.mark.parametrize("change", [{"digest": "0" * 64}, {"file": "x"}, {"width": 9}, {"format": "PNG"}])
def test_the_file_of_a_picture_cannot_be_changed(change):
    picture()
    assert refused(lambda: Image.objects.update(**change)) == "The file of a picture cannot be changed."


def test_a_printed_picture_cannot_be_deleted_and_another_can():
    lead, spare = picture(), picture((480, 270))
    printed(lead)
    ImageCredit.objects.all().delete()
    with connection.cursor() as cursor:
        assert refused(lambda: cursor.execute("DELETE FROM articles_image WHERE id = %s", [lead.pk])) == (
            "The file of a picture cannot be deleted."
        )
        cursor.execute("DELETE FROM articles_image WHERE id = %s", [spare.pk])


def test_what_was_done_with_a_picture_stays_on_record():
    pictures.withdraw(picture(), by=factories.editor(), reason="A claim.")
    assert refused(lambda: ImageEvent.objects.update(reason="x")).endswith("cannot be changed.")
    assert refused(lambda: ImageEvent.objects.all()._raw_delete("default")).endswith("cannot be deleted.")


def test_the_database_refuses_a_chain_of_replacements():
    first, second, third = picture(), picture((480, 270)), picture((470, 270))
    pictures.replace(first, second, by=factories.editor())
    now = datetime.now(UTC)
    sentence = "A picture that was replaced itself cannot stand in for another."
    assert refused(lambda: Image.objects.filter(pk=third.pk).update(replaced_by=first, replaced_at=now)) == sentence
    assert refused(lambda: Image.objects.filter(pk=second.pk).update(replaced_by=third, replaced_at=now)) == sentence


# Where it is and was --------------------------------------------------------------------------------------------------


def test_a_picture_says_where_it_is_and_was_and_will_be():
    image = picture()
    live = printed(image, image, title="Live")
    draft = factories.ArticleFactory(title="Draft", body=f'<figure data-picture="{image.pk}"></figure>')
    desk.save(draft, by=None)
    past = factories.print_edition(lead_image=image, title="Past", slug="past")
    article = past.article
    article.lead_image = None
    desk.save(article, by=None)
    factories.sign(article)
    press.publish(article, by=past.by)
    later = factories.print_edition(
        lead_image=image, title="Later", slug="later", at=datetime.now(UTC) + timedelta(days=9)
    )
    usage = pictures.usage(image)
    assert {(use.title, use.place) for use in usage.live} == {("Live", "lead"), ("Live", "text")}
    assert {use.edition for use in usage.live} == {live}
    assert [(use.title, use.edition.number) for use in usage.past] == [("Past", 1)]
    assert [(use.title, use.edition) for use in usage.scheduled] == [("Later", later)]
    assert {(use.title, use.place) for use in usage.drafts} == {
        ("Draft", "text"),
        ("Live", "lead"),
        ("Live", "text"),
        ("Later", "lead"),
    }
    assert usage.is_anywhere
    assert not pictures.usage(picture((480, 270))).is_anywhere


def test_a_replacement_is_used_where_the_other_was():
    lead, other = picture(), picture((480, 270), "Second")
    edition = printed(lead)
    pictures.replace(lead, other, by=factories.editor())
    [use] = pictures.usage(other).live
    assert (use.edition, use.instead_of) == (edition, lead)
    [on_desk] = pictures.usage(other).drafts
    assert (on_desk.article_id, on_desk.instead_of) == (edition.article_id, lead)


def test_asking_where_a_picture_is_costs_the_same_for_one_page_and_for_many(django_assert_max_num_queries):
    image = picture()
    for _number in range(3):
        factories.print_edition(lead_image=image)
    with django_assert_max_num_queries(3):
        assert len(pictures.usage(image).live) == 3


def test_an_edition_lists_its_pictures_and_where_they_stand():
    lead, inside = picture(), picture((390, 230))
    edition = printed(lead, inside)
    listed = EditionPicture.objects.values_list("edition", "image", "place")
    assert sorted(listed) == sorted([(edition.pk, lead.pk, "lead"), (edition.pk, inside.pk, "text")])
