"""The nouns: columns, constraints and querysets. No HTTP, no mail, no files written."""

from articles.models.article import Article, Byline
from articles.models.correction import Correction, PossibleRepeat, ReachChoice
from articles.models.credit import CreditEvidence, ImageCredit
from articles.models.edition import Edition, EditionByline, EditionTopic
from articles.models.image import Image
from articles.models.issue import Alarm, Delivery, Issue, IssueItem
from articles.models.knowledge import Drug, Term
from articles.models.link_health import LinkHealth
from articles.models.outgoing_mail import OutgoingMail
from articles.models.override import Override
from articles.models.pace import Pace
from articles.models.people import Contributor
from articles.models.picture_history import EditionPicture, ImageEvent
from articles.models.rate_limits import InboxCount, NetworkCount
from articles.models.reader import AnswerTally, SentenceReport, Trace, TraceKey
from articles.models.reference import Reference
from articles.models.restore import Restore
from articles.models.retraction import Acknowledgement, RetractionNotice
from articles.models.review import Review
from articles.models.revision import Opening, Revision
from articles.models.safeguards import SafeguardChange
from articles.models.search import SearchEntry, SearchWord
from articles.models.subscription import ConsentEvent, Subscription, SubscriptionToken
from articles.models.suppression import BounceEvent, Suppression
from articles.models.taxonomy import Section, Topic
from articles.models.text_change import TextChange

__all__ = [
    "Acknowledgement",
    "Alarm",
    "AnswerTally",
    "Article",
    "BounceEvent",
    "Byline",
    "ConsentEvent",
    "Contributor",
    "Correction",
    "CreditEvidence",
    "Delivery",
    "Drug",
    "Edition",
    "EditionByline",
    "EditionPicture",
    "EditionTopic",
    "Image",
    "ImageCredit",
    "ImageEvent",
    "InboxCount",
    "Issue",
    "IssueItem",
    "LinkHealth",
    "NetworkCount",
    "Opening",
    "OutgoingMail",
    "Override",
    "Pace",
    "PossibleRepeat",
    "ReachChoice",
    "Reference",
    "Restore",
    "RetractionNotice",
    "Review",
    "Revision",
    "SafeguardChange",
    "SearchEntry",
    "SearchWord",
    "Section",
    "SentenceReport",
    "Subscription",
    "SubscriptionToken",
    "Suppression",
    "Term",
    "TextChange",
    "Topic",
    "Trace",
    "TraceKey",
]
