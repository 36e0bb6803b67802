"""Every route of the project: what stands in its places, and who may read unpublished words there."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import chain, pairwise

import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import URLResolver, get_resolver

from articles import models as ours
from articles.models import Article, Contributor, Edition, Image, ImageCredit, Review, Revision
from articles.newsletter.issues import building
from articles.publishing import links
from tests import factories
from tests.admin.unpublished import BIRD

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


def months():
    """Every month in which an edition goes live, public or not."""
    started = {(at.year, f"{at.month:02}") for at in Edition.objects.values_list("first_live_from", flat=True)}
    return [(values, {}) for values in sorted(started)]


def last_week():
    """The week in which the last edition goes live."""
    return [((), {"week": str(Edition.objects.latest("live_from").live_from.date())})]


def files():
    names = [(image.file.name, image.url.removeprefix(settings.MEDIA_URL)) for image in Image.objects.all()]
    return [((name,), {}) for name in chain(*names)]


def lists(**filters):
    """A list as it opens, searched, and filtered."""
    return lambda: [((), query) for query in ({}, {"q": BIRD}, {"q": "xylo"}, *({k: v} for k, v in filters.items()))]


def compared():
    """Every state of every article, autosaves too, with the working copy, with the one after it, and the last with the
    first."""
    numbers = {pk: [] for pk in Article.objects.values_list("pk", flat=True)}
    for revision in Revision.objects.all():
        numbers[revision.article_id].append(revision.number)
    pairs = [
        (pk, old, new)
        for pk, own in numbers.items()
        for old, new in [*zip(own, [None] * len(own), strict=True), *pairwise(own), (own[-1], own[0])]
    ]
    return [((pk,), {"old": old, **({"new": new} if new else {})}) for pk, old, new in pairs]


def states_by(name):
    """What is to be restored or signed: the newest saved state of every article, and all that somebody typed."""
    saved = Revision.objects.filter(is_autosave=False).order_by("number")
    newest = {one.article_id: one for one in saved}.values()
    return [((one.article_id,), {"revision": getattr(one, name)}) for one in (*newest, *typed())]


def typed():
    return Revision.objects.filter(is_autosave=True)


def pasted():
    """Every article, asked about a picture that was pasted into it, and about one that was not."""
    asked = [(values, {"source": source}) for values, _query in each(Article)() for source in ("", "https://x.test/")]
    return [*asked, *each(Article)()]


def asked_by_mail():
    reviewer = factories.ReviewerFactory(email="reviewer@example.org")
    return [(values, {"reviewer": reviewer.pk}) for values, _query in each(Article)()]


def begun():
    """A new article's first words, under a key that nobody has and under those that somebody has."""
    keys = Article.objects.exclude(draft_key="").values_list("draft_key", flat=True)
    return [((), {"draft_key": key}) for key in ("a-key-of-nobody", *keys)]


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


def numbers():
    """A letter that was sent, one that is held, and one that is none."""
    return [((number,), {}) for number in [*each_issue().values_list("number", flat=True), 99]]


def issues():
    return [((pk,), {"reason": "Sent."}) for pk in each_issue().values_list("pk", flat=True)]


def each_issue():
    """Made of whatever would be in it: all that is public now."""
    if not ours.Issue.objects.exists():
        building.build()
    return ours.Issue.objects.order_by("pk")


# The table ------------------------------------------------------------------------------------------------------------

NOBODY = None
A_POST = (
    "(submit|publish|request_override|confirm_override|unschedule|keep_sign_off|keep_reference|fix_typo|correct|"
    "unpublish|discard|autosave|comment|answer_comment|resolve_comment|assign|take_back|"
    "delete_draft|duplicate)"
)
ANY_PAGE = "(changelist|add|change|history|delete)"

# Routes (their names; their patterns where they have none), what stands in their places, and which permission it takes
# to read there what is not public. The first line that fits counts.
TABLE = [
    # Readers
    (
        "home|feed|corrections|people|credits|how-we-review|subscribe|robots|favicon|health-live|health-ready|metrics",
        once,
        NOBODY,
    ),
    ("topics|glossary|medicines|archive|json-feed|sitemap|sitemap-news|record-schema|security|manifest", once, NOBODY),
    ("indexnow-key", lambda: [(("unknown-key",), {})], NOBODY),
    ("suggest", lambda: [((), {"q": BIRD}), ((), {"q": "xylo"})], NOBODY),
    ("share-card", lambda: [((article.pk, "0"), {}) for article in ours.Article.objects.all()], NOBODY),
    ("search", lists(section="treatments"), NOBODY),
    ("article|history|record|answer|report", slugs, NOBODY),
    ("section|section-feed|section-json-feed|a-to-z", slugs_of(ours.Section), NOBODY),
    ("topic|topic-feed|topic-json-feed", slugs_of(ours.Topic), NOBODY),
    ("medicine", slugs_of(ours.Drug), NOBODY),
    ("archive-year", lambda: [((2026,), {}), ((2099,), {})], NOBODY),
    ("archive-month", months, NOBODY),
    ("sitemap-part", lambda: [((1,), {}), ((2,), {})], NOBODY),
    ("person", slugs_of(Contributor), NOBODY),
    ("(confirm|not-me|unsubscribe|preferences)(-mangled)?", broken_links, NOBODY),
    ("preview", other_links("preview"), NOBODY),
    ("stop-change", broken_links, NOBODY),
    ("review", other_links("review"), NOBODY),
    ("media", files, NOBODY),
    ("newsletter", once, NOBODY),
    ("issue", numbers, NOBODY),
    # The desk
    (
        "admin:(login|logout|password_change|password_change_done|jsi18n|two_step|two_step_setup|two_step_code|system|"
        "notifications)",
        once,
        NOBODY,
    ),
    ("admin:index", once, "articles.view_article"),
    ("admin:app_list", lambda: [(("articles",), {}), (("auth",), {})], NOBODY),
    ("admin:autocomplete", chosen, "articles.view_article"),
    ("admin:view_on_site", objects, "articles.view_edition"),
    ("admin:search", lambda: [((), {"q": BIRD})], "articles.view_article"),
    ("admin:calendar", last_week, "articles.view_edition"),
    ("admin:calendar_move", each(Edition), "articles.publish_article"),
    # Articles
    ("admin:articles_article_changelist", lists(state="rewrite"), "articles.view_article"),
    ("admin:articles_article_(change|history|preview)", each(Article), "articles.view_article"),
    ("admin:articles_article_compare", compared, "articles.view_article"),
    ("admin:articles_article_import_picture", pasted, "articles.change_article"),
    ("admin:articles_article_restore", lambda: states_by("number"), NOBODY),
    ("admin:articles_article_sign_off", lambda: states_by("pk"), NOBODY),
    ("admin:articles_article_findings", each(Article), "articles.change_article"),
    ("admin:articles_article_card", each(Article), NOBODY),
    (f"admin:articles_article_{A_POST}", each(Article), NOBODY),
    ("admin:articles_article_put_back", lambda: [((), {"article": pk}) for (pk,), _query in each(Article)()], NOBODY),
    (
        "admin:articles_article_bulk",
        lambda: [(("topic",), {"article": pk}) for (pk,), _query in each(Article)()],
        "articles.change_article",
    ),
    ("admin:articles_article_(save|delete)_filter", once, NOBODY),
    ("admin:articles_article_begin", begun, NOBODY),
    ("admin:articles_article_references", once, NOBODY),
    ("admin:articles_read_paste", lambda: [((), {"html": f"<p>{BIRD}</p>"})], NOBODY),
    ("admin:articles_link_targets", lambda: [((), {"q": BIRD}), ((), {"q": "xylo"})], NOBODY),
    (
        "admin:articles_article_confirm",
        lambda: [((pk, "publish"), {}) for (pk,), _query in each(Article)()],
        "articles.publish_article",
    ),
    ("admin:articles_article_ask_reviewer", asked_by_mail, NOBODY),
    ("admin:articles_article_delete", each(Article), NOBODY),
    # What was printed and signed
    ("admin:articles_edition_changelist", lists(kind="first"), "articles.view_edition"),
    ("admin:articles_edition_(change|history)", each(Edition), "articles.view_edition"),
    ("admin:articles_edition_delete", each(Edition), NOBODY),
    ("admin:articles_review_changelist", lists(decision="approved"), "articles.view_review"),
    ("admin:articles_review_change", each(Review), "articles.view_review"),
    ("admin:articles_review_(history|delete)", each(Review), NOBODY),
    # Texts beside the articles, and what they said before
    ("admin:articles_textchange_changelist", lists(kind="term"), NOBODY),
    (f"admin:articles_textchange_{ANY_PAGE}", one(ours.TextChange), NOBODY),
    # The newsletter
    ("admin:articles_issue_changelist", lists(state="draft"), NOBODY),
    ("admin:after_restore", once, NOBODY),
    ("admin:articles_issue_correct", lambda: [((), {"correction": "1"})], NOBODY),
    ("admin:articles_issue_(change|history|preview|html|progress_json)", issues, NOBODY),
    (
        "admin:articles_issue_(refresh|approve|undo|autosave|discard|hold|resume|send_to_the_rest|close|skip|test_send|leave_out|take_in|delete|refused_are_dead|"
        "refused_are_fine|restore_ended)",
        issues,
        NOBODY,
    ),
    # Pictures
    ("admin:articles_image_changelist", lists(credit="complete"), "articles.view_image"),
    ("admin:articles_image_library", lists(id="1"), "articles.view_image"),
    ("admin:articles_image_(change|history)", each(Image), "articles.view_image"),
    ("admin:articles_image_preview", each(Image), NOBODY),
    ("admin:articles_image_describe", each(Image), "articles.change_image"),
    ("admin:articles_image_(replace|take_down)", each(Image), "articles.publish_article"),
    ("admin:articles_image_restore", each(Image), NOBODY),
    ("admin:articles_image_delete_unused", each(Image), "articles.change_image"),
    ("admin:articles_image_upload", once, NOBODY),
    ("admin:articles_image_read_credit", lambda: [((), {"text": f"Image by {BIRD} via Flickr"})], NOBODY),
    ("admin:articles_image_delete", each(Image), NOBODY),
    ("admin:articles_imagecredit_changelist", lists(state="all"), "articles.view_imagecredit"),
    ("admin:articles_imagecredit_(change|history)", each(ImageCredit), "articles.view_imagecredit"),
    ("admin:articles_imagecredit_(delete|dismiss)", each(ImageCredit), NOBODY),
    ("admin:articles_imagecredit_document", each(ours.CreditEvidence), NOBODY),  # letters, and no article's words
    # What readers reported about what was public, and what is known about papers
    ("admin:articles_(sentencereport|retractionnotice|sourcenote)_changelist", lists(), NOBODY),
    ("admin:articles_possiblerepeat_changelist", lists(decided="no"), NOBODY),
    (f"admin:articles_possiblerepeat_{ANY_PAGE}", one(ours.PossibleRepeat), NOBODY),
    (f"admin:articles_sentencereport_({ANY_PAGE}|assess|answer)", each(ours.SentenceReport), NOBODY),
    (f"admin:articles_retractionnotice_{ANY_PAGE}", one(ours.RetractionNotice), NOBODY),
    (f"admin:articles_sourcenote_{ANY_PAGE}", one(ours.SourceNote), NOBODY),
    # Where no article's words are
    (
        "admin:articles_(contributor|drawing|drug|label|procedure|safeguardchange|section|term|topic|subscription|suppression"
        "|bounceevent)_changelist",
        lists(),
        NOBODY,
    ),
    ("admin:auth_user_changelist", lists(), NOBODY),
    (f"admin:articles_invitation_({ANY_PAGE}|changelist)", one(ours.Invitation), NOBODY),
    ("admin:join", broken_links, NOBODY),
    (r"admin:(articles|auth)_\w+_add", once, NOBODY),
    (f"admin:articles_contributor_{ANY_PAGE}", one(Contributor), NOBODY),
    (f"admin:articles_safeguardchange_{ANY_PAGE}", one(ours.SafeguardChange), NOBODY),
    (f"admin:articles_section_{ANY_PAGE}", one(ours.Section), NOBODY),
    (f"admin:articles_drawing_{ANY_PAGE}", one(ours.Drawing), NOBODY),
    ("admin:articles_drawing_library", once, NOBODY),
    (f"admin:articles_drug_{ANY_PAGE}", one(ours.Drug), NOBODY),
    (f"admin:articles_label_({ANY_PAGE}|check)", one(ours.Label), NOBODY),
    (f"admin:articles_procedure_{ANY_PAGE}", one(ours.Procedure), NOBODY),
    (f"admin:articles_topic_{ANY_PAGE}", one(ours.Topic), NOBODY),
    (f"admin:articles_term_{ANY_PAGE}", one(ours.Term), NOBODY),
    (f"admin:articles_subscription_({ANY_PAGE}|export_one|erase)", one(ours.Subscription), NOBODY),
    ("admin:articles_subscription_export", once, NOBODY),
    (f"admin:articles_suppression_{ANY_PAGE}", one(ours.Suppression), NOBODY),
    (f"admin:articles_bounceevent_{ANY_PAGE}", one(ours.BounceEvent), NOBODY),
    (f"admin:auth_user_({ANY_PAGE}|password_change|closing)", one(get_user_model()), NOBODY),
    # Addresses without a name: redirects to a form, and whatever else somebody may type
    (r"admin/\w+/\w+/<path:object_id>/", one(Article), NOBODY),  # whatever the row, and whether there is one
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
        f"The route “{name}” is not in the TABLE of tests/admin/routes.py: add it there, with what stands in its "
        "places and the permission that it takes to read unpublished words on it (NOBODY if none may)."
    )
