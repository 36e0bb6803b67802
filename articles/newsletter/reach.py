"""Who was sent the wrong text: corrections → wrong editions → issues → deliveries → subscriptions still active."""

from django.db.models import Q, QuerySet

from articles.models import Correction, Delivery, Edition, Subscription


def wrong_editions(correction: Correction) -> QuerySet[Edition]:
    """The edition that was corrected, and earlier ones of the article in which the same wrong words stood.

    So a slip of the pen mended meanwhile, which is an edition of its own, hides no reader from the correction.
    """
    is_wrong = Q(pk=correction.corrected_id)
    if words := correction.was.strip():
        is_wrong |= Q(number__lt=correction.corrected.number, search_text__contains=words)
    return Edition.objects.filter(is_wrong, article=correction.corrected.article_id).select_related("section")


def handed_over(correction: Correction) -> QuerySet[Delivery]:
    """Deliveries that handed a wrong edition over, or may have: a sender died with them in hand, or holds them now."""
    found = Delivery.objects.none()
    for edition in wrong_editions(correction):
        found = found | Delivery.objects.possibly_handed_over().showing(edition)
    return found.distinct()


def reached(correction: Correction) -> QuerySet[Subscription]:
    """Readers to whom the correction goes: those who may have the error and still subscribe, whatever they pause."""
    ids = handed_over(correction).order_by().values("subscription")
    return Subscription.objects.active().filter(pk__in=ids)
