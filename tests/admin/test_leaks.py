"""No word that is not public reaches anybody who may not read it: visitors × unpublished states × every route.

All states are on one desk, each with a canary of its own, so every request is a question about all of them at once.
"""

import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import chain, product

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.urls import URLResolver, get_resolver, resolve, reverse

from articles import models as ours
from articles.models import Article, Contributor, Edition, Image, ImageCredit, Reference, Review, Revision
from articles.publishing import links
from tests import factories
from tests.admin.unpublished import BIRD, CANARY, OWN, STATES

pytestmark = pytest.mark.django_db
User = get_user_model()

ROLES = ["Author", "Medical reviewer", "Editor", "Newsletter editor", "Site administrator"]
VISITORS = ["anonymous", "no role", *ROLES]


@pytest.fixture(autouse=True)
def without_logs():
    """A refusal's traceback costs more than the refusal, and there are thousands."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def newsroom():
    return {state: build(f"xylocanary{state}") for state, build in STATES.items()}


# Arguments: what stands in a route's places, and what is asked with it ------------------------------------------------
# Each returns pairs: values for the places in the route, and a query (which a post sends as its data).


def once():
    return [((), {})]


def each(model):
    return lambda: [((pk,), {}) for pk in model.objects.order_by("pk").values_list("pk", flat=True)]


def one(model):
    """Where no article's words are, the first row stands for all."""
    return lambda: each(model)()[:1]


def slugs():
    """Every address that an article has on the desk, or had in an edition."""
    both = {*Article.objects.values_list("slug"), *Edition.objects.values_list("slug")}
    return [(slug, {}) for slug in sorted(both)]


def slugs_of(model):
    return lambda: [((slug,), {}) for slug in model.objects.values_list("slug", flat=True)]


def broken_links():
    """Links that open nothing: altered, expired, and made for another purpose."""
    revision = Revision.objects.get(content__title=f"{BIRD} xylocanarydraft")
    reviewer = factories.ReviewerFactory()
    preview, review = links.for_preview(revision), links.for_review(revision, reviewer)
    with time_machine.travel(datetime(2020, 1, 1, tzinfo=UTC)):
        old = [links.for_preview(revision), links.for_review(revision, reviewer)]
    return [((token,), {}) for token in ("x", preview[:-1], review[:-1], *old)]


def other_links(own):
    def ask():
        revision = Revision.objects.get(content__title=f"{BIRD} xylocanarydraft")
        made = {
            "preview": links.for_preview(revision),
            "review": links.for_review(revision, factories.ReviewerFactory()),
        }
        return [*broken_links(), *(((token,), {}) for name, token in made.items() if name != own)]

    return ask


def files():
    names = [(image.file.name, image.url.removeprefix(settings.MEDIA_URL)) for image in Image.objects.all()]
    return [((name,), {}) for name in chain(*names)]


def lists(**filters):
    """A list as it opens, searched, and filtered."""
    return lambda: [((), query) for query in ({}, {"q": BIRD}, {"q": "xylo"}, *({k: v} for k, v in filters.items()))]


def compared():
    """Every pair of states of every article, autosaves too, and each with the working copy."""
    numbers = {pk: [] for pk in Article.objects.values_list("pk", flat=True)}
    for revision in Revision.objects.all():
        numbers[revision.article_id].append(revision.number)
    return [
        ((pk,), {"old": old, **({"new": new} if new else {})})
        for pk, own in numbers.items()
        for old, new in product(own, [None, *own])
    ]


def states_by(name):
    """What is to be restored or signed: the newest saved state of every article, and all that somebody typed."""
    saved = Revision.objects.filter(is_autosave=False).order_by("number")
    newest = {one.article_id: one for one in saved}.values()
    return [((one.article_id,), {"revision": getattr(one, name)}) for one in (*newest, *typed())]


def typed():
    return Revision.objects.filter(is_autosave=True)


def asked_by_mail():
    reviewer = factories.ReviewerFactory(email="reviewer@example.org")
    return [(values, {"reviewer": reviewer.pk}) for values, _query in each(Article)()]


def chosen():
    """Whatever a form's chooser could be asked to list: every relation between models of ours."""
    asked = []
    for model in apps.get_app_config("articles").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                names = {"app_label": "articles", "model_name": model._meta.model_name, "field_name": field.name}
                asked.append(((), {**names, "term": BIRD}))
    return asked


def objects():
    """Whatever has an address of its own."""
    return [
        ((ContentType.objects.get_for_model(model).pk, pk), {})
        for model in (Article, Edition)
        for pk in model.objects.values_list("pk", flat=True)
    ]


# The table ------------------------------------------------------------------------------------------------------------

NOBODY = None
A_POST = "(submit|publish|set_aside|agree|unschedule|carry_over|mend_slip|correct|withdraw|forget|autosave)"
ANY_PAGE = "(changelist|add|change|history|delete)"

# Routes (their names; their patterns where they have none), what stands in their places, and which permission it takes
# to read there what is not public. The first line that fits counts.
TABLE = [
    # Readers
    (
        "home|feed|corrections|people|credits|how-we-review|subscribe|robots|favicon|health-live|health-ready",
        once,
        NOBODY,
    ),
    ("article|history", slugs, NOBODY),
    ("section|section-feed", slugs_of(ours.Section), NOBODY),
    ("person", slugs_of(Contributor), NOBODY),
    ("confirm|unsubscribe", broken_links, NOBODY),
    ("preview", other_links("preview"), NOBODY),
    ("review", other_links("review"), NOBODY),
    ("media", files, NOBODY),
    # The desk
    (
        "admin:(login|logout|password_change|password_change_done|jsi18n|two_step|two_step_setup|two_step_code)",
        once,
        NOBODY,
    ),
    ("admin:index", once, "articles.view_article"),
    ("admin:app_list", lambda: [(("articles",), {}), (("auth",), {})], NOBODY),
    ("admin:autocomplete", chosen, "articles.view_article"),
    ("admin:view_on_site", objects, "articles.view_edition"),
    # Articles
    ("admin:articles_article_changelist", lists(state="rewrite"), "articles.view_article"),
    ("admin:articles_article_(change|history|preview)", each(Article), "articles.view_article"),
    ("admin:articles_article_compare", compared, "articles.view_article"),
    ("admin:articles_article_restore", lambda: states_by("number"), NOBODY),
    ("admin:articles_article_sign_off", lambda: states_by("pk"), NOBODY),
    (f"admin:articles_article_{A_POST}", each(Article), NOBODY),
    ("admin:articles_article_ask_reviewer", asked_by_mail, NOBODY),
    ("admin:articles_article_delete", each(Article), NOBODY),
    # What was printed and signed
    ("admin:articles_edition_changelist", lists(kind="first"), "articles.view_edition"),
    ("admin:articles_edition_(change|history)", each(Edition), "articles.view_edition"),
    ("admin:articles_edition_delete", each(Edition), NOBODY),
    ("admin:articles_review_changelist", lists(decision="approved"), "articles.view_review"),
    ("admin:articles_review_change", each(Review), "articles.view_review"),
    ("admin:articles_review_(history|delete)", each(Review), NOBODY),
    # Pictures
    ("admin:articles_image_changelist", lists(credit="complete"), "articles.view_image"),
    ("admin:articles_image_library", lists(id="1"), "articles.view_image"),
    ("admin:articles_image_(change|history)", each(Image), "articles.view_image"),
    ("admin:articles_image_delete", each(Image), NOBODY),
    ("admin:articles_imagecredit_changelist", lists(), "articles.view_imagecredit"),
    ("admin:articles_imagecredit_(change|history)", each(ImageCredit), "articles.view_imagecredit"),
    ("admin:articles_imagecredit_delete", each(ImageCredit), "articles.delete_imagecredit"),
    # Where no article's words are
    ("admin:articles_(contributor|drug|section|topic|subscription)_changelist", lists(), NOBODY),
    ("admin:auth_(group|user)_changelist", lists(), NOBODY),
    (r"admin:(articles|auth)_\w+_add", once, NOBODY),
    (f"admin:articles_contributor_{ANY_PAGE}", one(Contributor), NOBODY),
    (f"admin:articles_section_{ANY_PAGE}", one(ours.Section), NOBODY),
    (f"admin:articles_drug_{ANY_PAGE}", one(ours.Drug), NOBODY),
    (f"admin:articles_topic_{ANY_PAGE}", one(ours.Topic), NOBODY),
    (f"admin:articles_subscription_{ANY_PAGE}", one(ours.Subscription), NOBODY),
    (f"admin:auth_group_{ANY_PAGE}", one(Group), NOBODY),
    (f"admin:auth_user_({ANY_PAGE}|password_change)", one(User), NOBODY),
    # Addresses without a name: redirects to a form, and whatever else somebody may type
    (r"admin/\w+/\w+/<path:object_id>/", each(Article), NOBODY),
    (r"admin/\(\?P<url>\.\*\)\$", lambda: [(("articles/article/1",), {}), (("xylo",), {})], NOBODY),
]
PLACE = re.compile(r"<[^<>]+>|\(\?P<\w+>[^()]*\)")


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str

    def path(self, values):
        given = iter(values)
        return "/" + PLACE.sub(lambda _place: str(next(given)), self.pattern).rstrip("$")


def routes(resolver=None, names=(), before=""):
    """Every address that the site answers, however deep it is included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, (*names, *filter(None, [pattern.namespace])), here)
        else:
            yield Route(":".join([*names, pattern.name]) if pattern.name else here, here)


@cache
def rule(name):
    for known, arguments, permission in TABLE:
        if re.fullmatch(known, name):
            return arguments, permission
    raise AssertionError(
        f"The route “{name}” is not in the TABLE of tests/admin/test_leaks.py: add it there, with what stands in its "
        "places and the permission that it takes to read unpublished words on it (NOBODY if none may)."
    )


# Asking ---------------------------------------------------------------------------------------------------------------

SENT = {
    "title": "Sent", "slug": "sent", "standfirst": "Sent.", "body": "<p>Sent.</p>", "disclosure": "None.",
    "decision": "approved", "comments": "Sent.", "note": "Sent.", "at": "", "deed": "",
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
FOLLOWED = ["admin:articles_article_restore"]  # what others answer to a post is in the answer: messages are a cookie


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
    text = b"".join(response) if response.streaming else response.content
    page = text.decode(errors="replace")
    said = f"{page}\n{TAG.sub('', page)}\n{response.headers}\n{response.cookies}"
    return {state.lower() for state in CANARY.findall(said)} | {"a signing link" for _link in SIGNING.findall(said)}


class Visit:
    """One visitor at every address: what they saw where, and what of that they should not have seen."""

    def __init__(self, client, visitor):
        self.client, self.visitor = client, visitor
        self.user = None
        if visitor != "anonymous":
            self.user = factories.UserFactory(role=None if visitor == "no role" else visitor)
            client.force_login(self.user)
        self.cookies = client.cookies.copy()
        self.reads_only = not any(self.may(f"articles.{deed}") for deed in WRITES)
        self.asked, self.wrote = 0, False
        self.closed: set[str] = set()  # routes that take no post
        self.seen: set[str] = set()
        self.leaks: set[tuple[str, ...]] = set()
        self.changes: set[tuple[str, ...]] = set()

    def may(self, permission):
        return self.user is not None and self.user.has_perm(permission)

    def ask(self, method, path, data, name):
        self.asked += 1
        response = getattr(self.client, method)(path, data)
        permission = rule(name)[1]
        for state in found_in(response):
            self.seen.add(name)
            if state in OWN or permission is NOBODY or not self.may(permission):
                self.leaks.add((self.visitor, state, f"{method.upper()} {name}"))
        return response

    def note_writing(self, execute, sql, params, many, context):
        self.wrote = self.wrote or bool(WRITE.match(sql))
        return execute(sql, params, many, context)

    def post(self, path, data, name):
        """Posts and takes everything back; notes what somebody changed who may only read."""
        data = {**SENT, **data}
        self.wrote = False
        with taken_back(), connection.execute_wrapper(self.note_writing):
            response = self.ask("post", path, data, name)
            if response.status_code == 405:
                self.closed.add(name)
            if name in FOLLOWED and (target := response.headers.get("Location")):
                self.ask("get", target, {}, name_of(target))
        self.client.cookies = self.cookies.copy()
        if self.reads_only and self.wrote:  # what a refused deed wrote may be taken back already
            with taken_back():
                before = kept()
                self.client.post(path, data)
                if kept() != before:
                    self.changes.add((self.visitor, name))

    def everything(self):
        for route in routes():
            for values, query in rule(route.name)[0]():
                path = route.path(values)
                self.ask("get", path, query, route.name)
                if self.user is None or self.visitor == "no role":
                    self.ask("head", path, query, route.name)
                if route.name not in self.closed:
                    self.post(path, query, route.name)
        return self


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


@pytest.mark.parametrize("visitor", VISITORS)
def test_no_unpublished_word_leaks(visitor, newsroom, client):
    visit = Visit(client, visitor).everything()
    tried = len(STATES) * len(list(routes()))
    how_much = f"of {tried} combinations of state and route for “{visitor}”, in {visit.asked} requests"
    leaks, changes = sorted(visit.leaks), sorted(visit.changes)
    assert leaks == [], f"{len(leaks)} leaks {how_much}: {leaks}"
    assert changes == [], f"{len(changes)} changes by somebody who may only read, {how_much}: {changes}"
    open_to = {route.name for route in routes() if (permission := rule(route.name)[1]) and visit.may(permission)}
    assert sorted(visit.seen) == sorted(open_to), f"shown where the permissions say so, {how_much}"
