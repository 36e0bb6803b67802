"""The nouns: columns, constraints and querysets. No HTTP, no mail, no files written."""

from articles.models.article import Article, Byline
from articles.models.comment import Comment
from articles.models.correction import Correction, PossibleRepeat, ReachChoice
from articles.models.credit import CreditEvidence, ImageCredit
from articles.models.drawing import Drawing
from articles.models.edition import Edition, EditionByline, EditionTopic
from articles.models.image import Image
from articles.models.invitation import Invitation
from articles.models.issue import Alarm, Delivery, Issue, IssueItem, UnsavedIssue
from articles.models.knowledge import Drug, Term
from articles.models.label import Label
from articles.models.link_health import LinkHealth
from articles.models.notice import MutedNotice, Notice
from articles.models.opens import DayOfOpens, HourOfOpens
from articles.models.outgoing_mail import OutgoingMail
from articles.models.override import Override
from articles.models.pace import Pace
from articles.models.page_text import PageText, ReadNext, ShareCard
from articles.models.people import Contributor
from articles.models.picture_history import EditionPicture, ImageEvent
from articles.models.procedures import Procedure
from articles.models.public_state import PublicState
from articles.models.rate_limits import InboxCount, NetworkCount
from articles.models.reader import AnswerTally, SentenceReport, Trace, TraceKey
from articles.models.reference import Reference
from articles.models.restore import Restore
from articles.models.retraction import Acknowledgement, RetractionNotice
from articles.models.review import Review
from articles.models.review_answer import ReviewAnswer
from articles.models.review_task import ReviewTask
from articles.models.revision import Opening, Revision
from articles.models.safeguards import SafeguardChange, SettledAccount
from articles.models.saved_filter import SavedFilter
from articles.models.search import SearchEntry, SearchMiss, SearchWord
from articles.models.source_note import SourceNote
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
    "Comment",
    "ConsentEvent",
    "Contributor",
    "Correction",
    "CreditEvidence",
    "DayOfOpens",
    "Delivery",
    "Drawing",
    "Drug",
    "Edition",
    "EditionByline",
    "EditionPicture",
    "EditionTopic",
    "HourOfOpens",
    "Image",
    "ImageCredit",
    "ImageEvent",
    "InboxCount",
    "Invitation",
    "Issue",
    "IssueItem",
    "Label",
    "LinkHealth",
    "MutedNotice",
    "NetworkCount",
    "Notice",
    "Opening",
    "OutgoingMail",
    "Override",
    "Pace",
    "PageText",
    "PossibleRepeat",
    "Procedure",
    "PublicState",
    "ReachChoice",
    "ReadNext",
    "Reference",
    "Restore",
    "RetractionNotice",
    "Review",
    "ReviewAnswer",
    "ReviewTask",
    "Revision",
    "SafeguardChange",
    "SavedFilter",
    "SearchEntry",
    "SearchMiss",
    "SearchWord",
    "Section",
    "SentenceReport",
    "SettledAccount",
    "ShareCard",
    "SourceNote",
    "Subscription",
    "SubscriptionToken",
    "Suppression",
    "Term",
    "TextChange",
    "Topic",
    "Trace",
    "TraceKey",
    "UnsavedIssue",
]
