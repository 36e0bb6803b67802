"""`export_subscriber`: all that is kept of one reader, as JSON."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.mail import addresses
from articles.management.base import PlainCommand
from articles.models import Subscription
from articles.newsletter.subscriptions import erasure


class Command(PlainCommand):
    help = "Prints everything kept about a subscriber as one JSON document."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *, email: str, **options: Any) -> None:
        subscription = Subscription.objects.at_address(addresses.normalize(email)).first()
        if subscription is None:
            raise CommandError("No subscription for this address.")
        self.stdout.write(erasure.as_json(subscription))
