"""States in which an article holds words that are not public, each with a canary of its own in every field."""

import re
from datetime import UTC, datetime

from articles.models import Article, Edition, ImageCredit, Reference
from articles.publishing import desk, press, revisions
from tests import factories

SOME_DAY = datetime(2099, 1, 1, tzinfo=UTC)
BIRD = "Zebrafinch"  # stands before every canary: what a visitor searches for is no leak when the page repeats it


# States: what is written and not public -------------------------------------------------------------------------------


def written(article, word):
    """The article with a word in every part of its working copy, and with a credit line that waits for a picture."""
    credit = factories.CreditFactory(title=f"{BIRD} {word}", creator=word, image__alt=f"{BIRD} {word} on a branch.")
    figure = f'<figure data-picture="{credit.image_id}"><figcaption>{word}</figcaption></figure>'
    Article.objects.filter(pk=article.pk).update(
        title=f"{BIRD} {word}",
        slug=word,
        standfirst=f"{BIRD} {word}.",
        body=f"{factories.BODY}<p>{BIRD} {word}.</p>{figure}",
        closing_question=f"{word}?",
        disclosure=f"{word} paid for it.",
        lead_image=credit.image,
        lead_caption=f"{word}.",
    )
    Reference.objects.filter(article=article).update(citation=f"{word} J. Pumps. J Pain. In press.")
    article.refresh_from_db()
    desk.save(article, by=None)
    ImageCredit.objects.create(found_in=article, raw=f"Image by {BIRD} {word}")
    return article


def draft(word):
    return written(factories.publishable_article(signed=False), word)


def submitted(word):
    article = draft(word)
    desk.submit(article, by=factories.editor())
    return article


def signed(word):
    article = draft(word)
    factories.sign(article, comments=f"{word}.", due_on=SOME_DAY.date())
    return article


def scheduled(word):
    article = signed(word)
    press.publish(article, by=factories.editor(), at=SOME_DAY)
    return article


def unscheduled(word):
    edition = Edition.objects.get(article=scheduled(word))
    press.unschedule(edition, by=edition.by)
    return edition.article


def rewritten(word):
    return written(factories.print_edition().article, word)


def rewrite_scheduled(word):
    article = rewritten(word)
    factories.sign(article, due_on=SOME_DAY.date())
    press.publish(article, by=factories.editor(), at=SOME_DAY)
    return article


def withdrawn(word):
    edition = factories.print_edition()
    press.withdraw(edition.article, by=edition.by, note="It was wrong.")
    return written(edition.article, word)


def autosaved(word):
    article = factories.print_edition().article
    typed = dict.fromkeys(revisions.TYPED, f"{BIRD} {word}")
    revisions.autosave(article, {**typed, "body": f"<p>{BIRD} {word}.</p>"}, by=factories.editor())
    return article


BUILDERS = [draft, submitted, signed, scheduled, unscheduled, rewritten, rewrite_scheduled, withdrawn, autosaved]
STATES = {build.__name__.replace("_", ""): build for build in BUILDERS}
OWN = {"autosaved", "a signing link"}  # nobody's but their owner's, whatever else somebody may see
CANARY = re.compile(rf"xylocanary({'|'.join(sorted(STATES, key=len, reverse=True))})", re.IGNORECASE)
