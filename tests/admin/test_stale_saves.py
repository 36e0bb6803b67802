"""Two people, or two tabs, write on one article: what doesn’t overlap is merged, the rest decided, and nothing lost."""

from base64 import b64encode

import pytest
from django.urls import reverse

from articles.models import Article, Edition, Image, Revision
from articles.publishing import desk
from tests import factories, markup
from tests.admin.conftest import change_url, errors_of, form_of

pytestmark = pytest.mark.django_db

BODY = "<p>One.[1]</p>\n\n<p>Two.</p>\n\n<p>Three.</p>"


@pytest.fixture
def article():
    article = factories.publishable_article(title="As it was")
    article.body = BODY
    desk.save(article, by=None)
    return article


@pytest.fixture
def user(client):
    user = factories.UserFactory(role="Editor", first_name="Ana", last_name="Roth")
    client.force_login(user)
    return user


def opened(client, article):
    url = change_url(article)
    return form_of(client, url)


def theirs(article, **changes):
    """What a colleague saves meanwhile."""
    article = Article.objects.get(pk=article.pk)
    for name, value in changes.items():
        setattr(article, name, value)
    return desk.save(article, by=factories.UserFactory(role="Editor", first_name="Tom", last_name="Beck"))


def send(client, article, data, **changes):
    return client.post(change_url(article), {**data, **changes})


def messages_of(answer):
    return [str(message) for message in answer.context["messages"]]


def choices_of(answer):
    return [each["name"] for each in answer.context["conflicts"]]


def test_what_does_not_overlap_is_merged(client, article, user):
    data = opened(client, article)
    theirs(article, standfirst="Theirs.", body=BODY.replace("Three.", "Three and theirs."))
    answer = client.post(
        change_url(article), {**data, "title": "Mine", "body": BODY.replace("Two.", "Two and mine.")}, follow=True
    )
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("Mine", "Theirs.")
    assert article.body == BODY.replace("Two.", "Two and mine.").replace("Three.", "Three and theirs.")
    assert any("Merged with what Tom Beck saved at " in words for words in messages_of(answer))
    assert "data-merged" in answer.content.decode()  # so that the browser offers nobody what it had sent
    assert "data-merged" not in client.get(change_url(article)).content.decode()


def test_what_overlaps_is_shown_side_by_side_and_nothing_is_saved(client, article, user):
    data = opened(client, article)
    theirs(article, body=BODY.replace("Two.", "Two, they said."), standfirst="Theirs.")
    answer = send(client, article, data, body=BODY.replace("Two.", "Two, I said."), title="Mine")
    [error] = errors_of(answer)
    assert error.startswith("Your text and what Tom Beck saved at ")
    page = markup.page(answer)
    assert "Two, <del>they</del> said." in page
    assert "Two, <ins>I</ins> said." in page
    form = answer.context["adminform"].form
    assert (form["title"].value(), form["body"].value()) == ("Mine", BODY.replace("Two.", "Two, I said."))
    assert Article.objects.get().body == BODY.replace("Two.", "Two, they said.")


@pytest.mark.parametrize(
    ("choice", "body"),
    [
        ("mine", BODY.replace("Two.", "Mine.")),
        ("theirs", BODY.replace("Two.", "Theirs.")),
        ("both", BODY.replace("<p>Two.</p>", "<p>Theirs.</p>\n\n<p>Mine.</p>")),
    ],
)
def test_what_was_decided_is_saved_and_both_stay_in_the_history(client, article, user, choice, body):
    data = opened(client, article)
    theirs(article, body=BODY.replace("Two.", "Theirs."), standfirst="Theirs.")
    mine = {"body": BODY.replace("Two.", "Mine."), "title": "Mine"}
    answer = send(client, article, data, **mine)
    [name] = choices_of(answer)
    assert 'name="based_on" value="' + data["based_on"] in answer.content.decode()
    assert send(client, article, data, **mine, **{name: choice}).status_code == 302
    article.refresh_from_db()
    assert (article.body, article.title, article.standfirst) == (body, "Mine", "Theirs.")
    bodies = list(article.revisions.order_by("number").values_list("content__body", "by__first_name"))
    assert (BODY.replace("Two.", "Theirs."), "Tom") in bodies
    assert (BODY.replace("Two.", "Mine."), "Ana") in bodies


def test_a_third_save_between_the_question_and_the_answer_is_merged_too(client, article, user):
    data = opened(client, article)
    theirs(article, title="Theirs")
    [name] = choices_of(send(client, article, data, title="Mine"))
    theirs(article, standfirst="A third.")
    assert send(client, article, data, title="Mine", **{name: "mine"}).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("Mine", "A third.")


def test_two_tabs_of_one_person_are_two_people(client, article, user):
    first, second = opened(client, article), opened(client, article)
    assert send(client, article, first, title="First tab").status_code == 302
    answer = send(client, article, second, title="Second tab")
    assert errors_of(answer)[0].startswith("Your text and what you saved in another tab at ")
    assert "<del>First</del> tab" in markup.page(answer)
    assert send(client, article, second, standfirst="Second tab.").status_code == 302
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("First tab", "Second tab.")


def test_a_save_drops_what_its_own_tab_had_kept_and_nothing_of_another_tab(client, article, user):
    data = opened(client, article)
    url = reverse("admin:articles_article_autosave", args=[article.pk])
    mine = client.post(url, {"title": "First tab", "body": BODY, "based_on": data["based_on"]}).json()["kept"]
    client.post(url, {"title": "Second tab", "body": BODY, "based_on": data["based_on"]})
    assert send(client, article, data, title="First tab", autosaved=f"{mine},x,{'9' * 40}").status_code == 302
    left = article.revisions.filter(is_autosave=True)
    assert [revision.content["title"] for revision in left] == ["Second tab"]
    assert send(client, article, opened(client, article), title="Third").status_code == 302
    assert not article.revisions.filter(is_autosave=True).exists()


def test_rows_of_references_and_byline_that_are_gone_meanwhile_refuse_no_form(client, article, user):
    data = opened(client, article)
    author = factories.ContributorFactory(name="Second author")
    article.references.all().delete()
    article.references.create(position=1, citation="Theirs, in press.", pmid="11")
    article.byline.create(contributor=author, position=2)
    theirs(article)
    answer = send(client, article, data, title="Mine")
    assert answer.status_code == 302, errors_of(answer)
    assert article.byline.filter(contributor=author).exists()
    assert "Theirs, in press." in {each.citation for each in article.references.all()}


def test_a_new_reference_of_each_is_cited_by_its_number(client, article, user):
    data = opened(client, article)
    article.references.create(position=0, citation="Theirs, in press.", pmid="12")
    theirs(article, body=BODY.replace("[1]", "[2]"))
    count = int(data["references-TOTAL_FORMS"])
    added = {
        "references-TOTAL_FORMS": count + 1,
        f"references-{count}-citation": "Mine, in press.",
        f"references-{count}-pmid": "13",
        f"references-{count}-position": 9,
    }
    body = BODY.replace("Three.", f"Three.[{count + 1}]")
    answer = send(client, article, data, body=body, **added)
    assert answer.status_code == 302, errors_of(answer)
    article.refresh_from_db()
    citations = [each.citation for each in article.references.all()]
    assert citations[0] == "Theirs, in press."
    assert citations[-1] == "Mine, in press."
    assert article.body == BODY.replace("[1]", "[2]").replace("Three.", f"Three.[{len(citations)}]")


def test_what_was_merged_is_shown_before_it_is_published(client, article, user):
    data = opened(client, article)
    theirs(article, standfirst="Theirs.")
    answer = send(client, article, data, title="Mine", _then="publish")
    assert answer["Location"] == reverse("admin:articles_article_confirm", args=[article.pk, "publish"])
    page = markup.page(client.get(answer["Location"]))
    assert "Mine" in page
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("Mine", "Theirs.")
    assert not Edition.objects.filter(article=article).exists()


def test_a_form_that_began_from_a_text_nobody_kept_loses_nothing_of_either(client, article, user):
    data = opened(client, article)
    theirs(article, body=BODY.replace("Two.", "Theirs."))
    answer = send(client, article, data, based_on="0" * 64, body=BODY.replace("Two.", "Mine."))
    [name] = choices_of(answer)
    send(client, article, data, based_on="0" * 64, body=BODY.replace("Two.", "Mine."), **{name: "both"})
    article.refresh_from_db()
    assert article.body == BODY.replace("<p>Two.</p>", "<p>Theirs.</p>\n\n<p>Mine.</p>")


def test_a_picture_pasted_into_a_stale_form_is_kept(client, article, user):
    data = opened(client, article)
    theirs(article, title="Theirs")
    source = f"data:image/png;base64,{b64encode(factories.picture_bytes()).decode()}"
    answer = send(client, article, data, body=f'{BODY}<p><img src="{source}"></p>')
    assert answer.status_code == 302, errors_of(answer)
    article.refresh_from_db()
    assert f'data-picture="{Image.objects.latest("pk").pk}"' in article.body


def test_a_refused_stale_form_is_merged_when_it_is_mended(client, article, user):
    data = opened(client, article)
    theirs(article, standfirst="Theirs.")
    answer = send(client, article, data, title="Mine", slug="not an address")
    assert errors_of(answer)
    assert answer.context["adminform"].form["standfirst"].value() == "Theirs."
    assert Revision.objects.filter(article=article, content__title="Mine").count() == 0


@pytest.mark.parametrize("sent", ["x" * 200_000, "\x00", "²"])
def test_odd_choices_and_odd_bases_end_in_a_sentence(client, article, user, sent):
    data = opened(client, article)
    theirs(article, title="Theirs")
    answer = send(client, article, data, title="Mine", based_on=sent, section=sent, **{"keep-x": sent})
    assert answer.status_code == 200
    assert errors_of(answer)


def test_who_may_only_read_merges_nothing(client, article):
    client.force_login(factories.UserFactory(role="Medical reviewer"))
    answer = client.post(reverse("admin:articles_article_change", args=[article.pk]), {"based_on": "0", "title": "x"})
    assert answer.status_code == 403
