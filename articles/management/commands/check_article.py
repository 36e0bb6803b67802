"""`check_article`: what the publish gate would say about an article now."""

import json
from typing import Any

from django.core.management.base import CommandParser

from articles.management.base import PlainCommand, article_called
from articles.publishing import checks


class Command(PlainCommand):
    help = "Runs the checks on an article. Exit 0: it can be published; 1: it can’t; 2: no such article."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the article’s address")
        parser.add_argument("--json", action="store_true", help="print one JSON list and nothing else")

    def handle(self, *, slug: str, json: bool, **options: Any) -> None:
        findings = checks.run(article_called(slug, returncode=2))
        self.stdout.write(as_json(findings) if json else as_lines(findings))
        if any(finding.is_error for finding in findings):
            raise SystemExit(1)


def as_json(findings: list[checks.Finding]) -> str:
    return json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=1)


def as_lines(findings: list[checks.Finding]) -> str:
    lines = [f"{finding.level:7} {finding.id:22} {finding.message}" for finding in findings]
    return "\n".join(lines) or "Ready to publish."
