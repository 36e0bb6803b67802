"""The library as a list: found, filtered, counted in few queries; and the chooser of the editor."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.picture_library import LibraryViews
from articles.models import Image
from articles.publishing import pictures
from tests import factories
from tests.admin.accounts import verified
from tests.admin.test_dashboard import ROLES

pytestmark = pytest.mark.django_db
LIST = "admin:articles_image_changelist"


@pytest.fixture
def editor(client):
    client.force_login(factories.editor())
    return client


def found(client, **query):
    return set(client.get(reverse(LIST), query).context["cl"].result_list)


def picture(**kwargs):
    return factories.CreditFactory(**kwargs).image


@pytest.fixture(params=[*ROLES, "Administrator"])
def visitor(request, client):
    """Somebody of each role, past the second step."""
    is_superuser = request.param == "Administrator"
    role = None if is_superuser else request.param
    return verified(client, factories.UserFactory(role=role, is_superuser=is_superuser))


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_takes_eight_queries_for_any_number_of_pictures_and_every_role(visitor, number):
    for _each in range(number):
        image = picture()
        factories.ArticleFactory(lead_image=image, body=f'<figure data-picture="{image.pk}"></figure>')
        factories.ImageFactory()
    asked = ({}, 2 * number), ({"use": "never"}, number), ({"credit": "lacking"}, number), ({"o": "1"}, 2 * number)
    for query, there in asked:
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.get(reverse(LIST), query)
        assert len(answer.context["cl"].result_list) == there
        assert len(queries) <= 8, [each["sql"][:90] for each in queries]


def test_every_page_follows_the_order_that_was_asked_for_and_shows_each_picture_once(editor, monkeypatch):
    monkeypatch.setattr(LibraryViews, "list_per_page", 3)
    for title in "heron", "Bay", "", "adder", "Heron", "Cove", "bay":
        picture(title=title, description="A place", image__alt="" if title else "Ditch")
    for order, wanted in (("1", sorted), ("-1", lambda names: sorted(names, reverse=True))):
        pages = [editor.get(reverse(LIST), {"o": order, "p": page}).context["cl"] for page in (1, 2, 3)]
        assert [len(page.result_list) for page in pages] == [3, 3, 1]
        names = [str(image).lower() for page in pages for image in page.result_list]
        assert names == wanted(["heron", "bay", "ditch", "adder", "heron", "cove", "bay"])
        assert len({image.pk for page in pages for image in page.result_list}) == 7


def test_it_says_where_a_picture_is_and_what_its_credit_is(editor):
    image = picture(title="Harbour")
    factories.print_edition(lead_image=image)
    factories.ArticleFactory(lead_image=image)
    html = editor.get(reverse(LIST)).content.decode()
    for words in ("Published on 1 page", "In 1 draft", "Complete", "CC BY 4.0", "Harbour"):
        assert words in html


def test_filters_find_what_lacks_what_is_licensed_so_and_what_was_never_used(editor):
    complete = picture()
    ported = picture(license="cc-by-sa-3.0-de")
    lacking = picture(license="", source="Flickr")
    bare = factories.ImageFactory()
    factories.ArticleFactory(lead_image=complete)
    assert found(editor, credit="lacking") == {lacking, bare}
    assert found(editor, credit="complete") == {complete, ported}
    assert found(editor, license="cc-by-sa") == {ported}
    assert found(editor, license="none") == {lacking, bare}
    assert found(editor, use="never") == {ported, lacking, bare}


def test_filters_find_what_was_withdrawn_or_replaced(editor):
    withdrawn, old, new = picture(), picture(), picture()
    pictures.withdraw(withdrawn, by=factories.editor(), reason="A claim.")
    pictures.replace(old, new, by=factories.editor())
    assert found(editor, use="withdrawn") == {withdrawn}
    assert found(editor, use="replaced") == {old}
    assert Image.objects.count() == len(found(editor))


@pytest.mark.parametrize("query", [{"license": "x"}, {"use": "x"}, {"credit": "x"}, {"q": "‮猫"}, {"p": "99999"}])
def test_the_list_takes_any_question(editor, query):
    picture()
    assert editor.get(reverse(LIST), query).status_code in (200, 302)


# The chooser ----------------------------------------------------------------------------------------------------------


def test_the_chooser_finds_pictures_and_says_what_their_credit_is(editor):
    image = picture(title="Harbour at dusk")
    factories.ImageFactory()
    url = reverse("admin:articles_image_library")
    assert [each["complete"] for each in editor.get(url).json()["pictures"]] == [False, True]
    [one] = editor.get(url, {"q": "harbour"}).json()["pictures"]
    assert one["id"] == image.pk
    assert editor.get(url, {"id": str(image.pk)}).json()["pictures"] == [one]


def test_the_chooser_offers_nothing_that_was_withdrawn_but_still_names_it_where_it_stands(editor):
    image = picture()
    pictures.withdraw(image, by=factories.editor(), reason="A claim.")
    url = reverse("admin:articles_image_library")
    assert editor.get(url).json()["pictures"] == []
    assert [each["id"] for each in editor.get(url, {"id": image.pk}).json()["pictures"]] == [image.pk]


@pytest.mark.parametrize("id", ["x", "-1", "9" * 40, "٣"])
def test_the_chooser_takes_any_question(editor, id):
    assert editor.get(reverse("admin:articles_image_library"), {"id": id}).json() == {"pictures": []}


def test_the_chooser_is_for_those_who_see_pictures(client):
    assert client.get(reverse("admin:articles_image_library")).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(reverse("admin:articles_image_library")).status_code == 403
