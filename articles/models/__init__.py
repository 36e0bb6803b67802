"""The nouns: columns, constraints and querysets. No HTTP, no mail, no files written."""

from articles.models.article import Article, Byline
from articles.models.correction import Correction
from articles.models.edition import Edition, EditionByline
from articles.models.image import Image, ImageCredit
from articles.models.issue import Alarm, Delivery, Issue, IssueItem
from articles.models.knowledge import Drug
from articles.models.link_health import LinkHealth
from articles.models.override import Override
from articles.models.pace import Pace
from articles.models.people import Contributor
from articles.models.reference import Reference
from articles.models.review import Review
from articles.models.revision import Opening, Revision
from articles.models.subscription import ConsentEvent, Subscription, SubscriptionToken
from articles.models.suppression import BounceEvent, Suppression
from articles.models.taxonomy import Section, Topic
from articles.models.wish import InboxCount, NetworkCount, Wish

__all__ = [
    "Alarm",
    "Article",
    "BounceEvent",
    "Byline",
    "ConsentEvent",
    "Contributor",
    "Correction",
    "Delivery",
    "Drug",
    "Edition",
    "EditionByline",
    "Image",
    "ImageCredit",
    "InboxCount",
    "Issue",
    "IssueItem",
    "LinkHealth",
    "NetworkCount",
    "Opening",
    "Override",
    "Pace",
    "Reference",
    "Review",
    "Revision",
    "Section",
    "Subscription",
    "SubscriptionToken",
    "Suppression",
    "Topic",
    "Wish",
]
