"""No word that is not public reaches anybody who may not read it: visitors × unpublished states × every route.

All states are on one desk, each with a canary of its own, so every request is a question about all of them at once.
"""

import logging
import re
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.urls import resolve, reverse

from articles import models as ours
from articles.models import Article, Edition, Image, ImageCredit, Reference, Review, Revision
from tests import factories, needs
from tests.admin.routes import NOBODY, routes, rule, typed
from tests.admin.unpublished import CANARY, OWN, STATES

pytestmark = pytest.mark.django_db
User = get_user_model()

ROLES = ["Author", "Medical reviewer", "Editor", "Newsletter editor", "Site administrator"]
VISITORS = ["anonymous", "no role", *ROLES]
# What a role may is decided before a database is asked: on PostgreSQL, those visit who are shown most.
WITH_ACCOUNT = ["Editor", "Site administrator"] if needs.on_postgresql() else VISITORS[1:]


@pytest.fixture(autouse=True)
def without_logs():
    """A refusal's traceback costs more than the refusal, and there are thousands."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def one_newsroom(django_db_setup, django_db_blocker):
    """All states on one desk, made once: every test looks at it, and takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {state: build(f"xylocanary{state}") for state, build in STATES.items()}
        transaction.set_rollback(True)


@pytest.fixture
def newsroom(one_newsroom, db):
    return one_newsroom


# Asking ---------------------------------------------------------------------------------------------------------------

SENT = {
    "title": "Sent", "slug": "sent", "standfirst": "Sent.", "body": "<p>Sent.</p>", "disclosure": "None.",
    "decision": "approved", "comments": "Sent.", "note": "Sent.", "at": "", "_publish": "",
    "was": "It may help.", "now": "It helps.", "why": "Sent.", "severity": "minor",
    "username": "nobody", "password": "wrong", "email": "reader@example.org", "code": "123456", "post": "yes",
}  # fmt: skip
WRITES = ("add_article", "change_article", "submit_article", "sign_off_article", "publish_article")


MADE_OF = (
    Article,
    ours.Byline,
    Reference,
    Revision,
    Review,
    Edition,
    ours.EditionByline,
    ours.Correction,
    ours.Override,
    Image,
    ImageCredit,
)
WRITE = re.compile(rf'(INSERT INTO|UPDATE|DELETE FROM) "({"|".join(model._meta.db_table for model in MADE_OF)})"')
# Posts that lead to a page, and what it takes to read it; what others answer is in the answer: messages are a cookie.
FOLLOWED = {"admin:articles_article_restore": "articles.view_article"}


@contextmanager
def taken_back():
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def kept():
    """What articles are made of, as it is in the database."""
    return [list(model.objects.order_by("pk").values_list()) for model in MADE_OF]


TAG = re.compile(r"<[^>]*>")
SIGNING = re.compile(r"/review/[\w-]+:[\w-]+:[\w-]+")


def found_in(response):
    """The states whose words are in an answer: in its text, in a word cut by tags, or in a header or cookie.

    A link with which a reviewer signs is in a mail and nowhere else.
    """
    page = text_of(response).decode(errors="replace")
    said = f"{page}\n{TAG.sub('', page)}\n{response.headers}\n{response.cookies}"
    return {state.lower() for state in CANARY.findall(said)} | {"a signing link" for _link in SIGNING.findall(said)}


TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def shown(response):
    """What a browser gets, but for the token that differs each time."""
    return response.status_code, response.headers.get("Location"), TOKEN.sub(b"", text_of(response))


def text_of(response):
    """The body; that of a file is read once and kept."""
    if response.streaming:
        response.content_read = getattr(response, "content_read", None) or b"".join(response)
        return response.content_read
    return response.content


class Visit:
    """One visitor at every address: what they saw where, and what of that they should not have seen."""

    def __init__(self, client, visitor, every_row=True):
        self.client, self.visitor, self.every_row = client, visitor, every_row
        self.user = None
        if visitor != "anonymous":
            self.user = factories.UserFactory(role=None if visitor == "no role" else visitor)
            client.force_login(self.user)
        self.cookies = client.cookies.copy()
        self.reads_only = not any(self.may(f"articles.{action}") for action in WRITES)
        self.asked, self.wrote = 0, False
        self.closed: set[str] = set()  # routes that take no post, or answer it just as they answer a get
        self.posted_to: set[str] = set()  # routes that take nothing else
        self.seen: set[str] = set()
        self.recognized: set[str] = set()  # routes for readers that looked at who asks
        self.leaks: set[tuple[str, ...]] = set()
        self.changes: set[tuple[str, ...]] = set()

    def may(self, permission):
        return self.user is not None and self.user.has_perm(permission)

    def ask(self, method, path, data, name):
        self.asked += 1
        response = getattr(self.client, method)(path, data)
        permission = rule(name)[1]
        session = getattr(response.wsgi_request, "session", None)
        if is_for_readers(path) and session is not None and session.accessed:
            self.recognized.add(name)
        for state in found_in(response):
            self.seen.add(name)
            if state in OWN or permission is NOBODY or not self.may(permission):
                self.leaks.add((self.visitor, state, f"{method.upper()} {name}"))
        return response

    def note_writing(self, execute, sql, params, many, context):
        self.wrote = self.wrote or bool(WRITE.match(sql))
        return execute(sql, params, many, context)

    def post(self, path, data, name, got, *, follows):
        """Posts and takes everything back; notes what somebody changed who may only read."""
        data = {**SENT, **data}
        self.wrote = False
        with taken_back(), connection.execute_wrapper(self.note_writing):
            response = self.ask("post", path, data, name)
            if response.status_code == 405 or shown(response) == got:
                self.closed.add(name)
            if follows and (target := response.headers.get("Location")):
                self.ask("get", target, {}, name_of(target))
        self.client.cookies = self.cookies.copy()
        if self.reads_only and self.wrote:  # what a refused action wrote may be taken back already
            with taken_back():
                before = kept()
                self.client.post(path, data)
                if kept() != before:
                    self.changes.add((self.visitor, name))

    def everything(self):
        for route in routes():
            rows = self.rows(route)
            leads_to = FOLLOWED.get(route.name)
            for number, (values, query) in enumerate(rows, start=1):
                path = route.path(values)
                got = None
                if route.name not in self.posted_to:
                    response = self.ask("get", path, query, route.name)
                    got = shown(response)
                    if response.status_code == 405:
                        self.posted_to.add(route.name)
                stands_for_all = number in (1, len(rows))
                if route.name not in self.closed:
                    follows = leads_to is not None and (stands_for_all or not self.may(leads_to))
                    self.post(path, query, route.name, got, follows=follows)
        return self

    def rows(self, route):
        """Every row, where its words are kept from this visitor. Where they may be read, only what is somebody's OWN
        can leak, and the first row and the last (the one that was autosaved) stand for all. What is for readers looks
        at nobody's session, so one row shows that of all who have one, to an editor; who has none sees every row.

        Unless this visit asks for every row, one with an account asks for a third of those that it may not read, each
        role for another: every row is asked for by two or three of them.
        """
        name = route.name
        arguments, permission = rule(name)
        rows = arguments()
        if self.user is not None and is_for_readers("/" + route.pattern):
            return rows[:1] if self.every_row or self.visitor == "Editor" else []
        are_states = len({values for values, _query in rows}) > 1 and name != "admin:view_on_site"
        if permission is NOBODY or not self.may(permission) or not are_states:
            return rows if self.every_row else self.third_of(rows)
        return [rows[0], rows[-1]]

    def third_of(self, rows):
        turn = VISITORS.index(self.visitor) % 3
        return rows[turn::3] or rows[:1]


def is_for_readers(path):
    return not path.startswith(settings.SESSION_COOKIE_PATH)


def name_of(path):
    found = resolve(path)
    return ":".join([*found.namespaces, found.url_name]) if found.url_name else found.route.replace("^", "")


def test_every_route_is_in_the_table():
    unlisted = []
    for route in routes():
        try:
            rule(route.name)
        except AssertionError as problem:
            unlisted.append(str(problem))
    assert unlisted == []


def test_a_route_that_is_not_in_the_table_is_told_in_one_sentence():
    with pytest.raises(AssertionError, match=r"^The route “shop:basket” is not in the TABLE of .*: add it there, with"):
        rule("shop:basket")


def test_every_role_is_a_visitor():
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(ROLES)


def test_every_address_leads_to_the_route_that_it_was_made_for(newsroom):
    for route in routes():
        for values, _query in rule(route.name)[0]():
            assert name_of(route.path(values)) == route.name


def test_what_somebody_typed_is_shown_to_them(newsroom, client):
    """The canary of the matrix sings where it may."""
    [revision] = typed()
    client.force_login(revision.by)
    compare = reverse("admin:articles_article_compare", args=[revision.article_id])
    assert found_in(client.get(compare, {"old": revision.number})) == {"autosaved"}


def test_a_head_says_no_more_than_its_get(newsroom, client):
    """Of each route one: what differs between rows is in the matrix."""
    for route in routes():
        for values, query in rule(route.name)[0]()[:1]:
            path = route.path(values)
            head, get = client.head(path, query), client.get(path, query)
            assert (head.status_code, found_in(head), head.content) == (get.status_code, set(), b""), route.name


@pytest.mark.parametrize(
    ("visitor", "every_row"),
    [
        ("anonymous", True),
        *((visitor, False) for visitor in WITH_ACCOUNT),
        *(pytest.param(visitor, True, marks=pytest.mark.campaign) for visitor in VISITORS[1:]),
    ],
)
def test_no_unpublished_word_leaks(visitor, every_row, newsroom, client):
    visit = Visit(client, visitor, every_row).everything()
    tried = len(STATES) * len(list(routes()))
    how_much = f"of {tried} combinations of state and route for “{visitor}”, in {visit.asked} requests"
    leaks, changes = sorted(visit.leaks), sorted(visit.changes)
    assert leaks == [], f"{len(leaks)} leaks {how_much}: {leaks}"
    assert changes == [], f"{len(changes)} changes by somebody who may only read, {how_much}: {changes}"
    assert visit.recognized == set(), "what is for readers knows nobody"
    open_to = {route.name for route in routes() if (permission := rule(route.name)[1]) and visit.may(permission)}
    assert sorted(visit.seen) == sorted(open_to), f"shown where the permissions say so, {how_much}"
