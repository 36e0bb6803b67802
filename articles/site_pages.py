"""The pages about itself that a site needs before readers can trust it: one table, with a skeleton for each.

What a skeleton leaves to be written stands in brackets, which the gate refuses, so that none is published as it is.
"""

import re
from dataclasses import dataclass

OPEN = re.compile(r"\[Write: [^\]]*\]?")


@dataclass(frozen=True)
class SitePage:
    """A required page: its address, its title, what it has to say in one line, and its headings with what to write."""

    slug: str
    title: str
    says: str
    parts: tuple[tuple[str, str], ...]

    @property
    def skeleton(self) -> str:
        """The page to begin with, as HTML."""
        return "".join(f"<h2>{heading}</h2><p>[Write: {what}]</p>" for heading, what in self.parts)


REQUIRED = (
    SitePage(
        "about",
        "About us",
        "Who writes and reviews this site, who pays for it, and why.",
        (
            ("Who we are", "who owns this site, who runs the newsroom, and where"),
            ("Why we publish", "whom the site is for, and what it is for"),
            ("Who pays", "every source of money, and what those who pay have no say in"),
        ),
    ),
    SitePage(
        "contact",
        "Contact",
        "How to reach the newsroom, and what for.",
        (
            ("Write to us", "an email address and a postal address, and when to expect an answer"),
            ("Report an error", "that every article has a link for it, and what happens to a report"),
            ("In an emergency", "that the newsroom can’t give medical advice, and whom to call instead"),
        ),
    ),
    SitePage(
        "privacy",
        "Privacy",
        "What is kept of a reader, for how long, and who processes it.",
        (
            (
                "What we keep",
                "what visiting, subscribing, answering a question and reporting an error leave behind; that opens of "
                "each article are counted by the hour, without anything about who opened it",
            ),
            ("How long we keep it", "for each of these, after what time it is deleted"),
            ("Who processes it", "every company that handles it: hosting, mail, error reports, and in which country"),
            ("Your rights", "how a reader sees, corrects and deletes what is kept, and who is responsible"),
        ),
    ),
    SitePage(
        "terms",
        "Terms of use",
        "On what terms the site can be used and its texts and pictures passed on.",
        (
            ("Information, not advice", "that nothing here replaces a reader’s own clinician"),
            ("Using what you find here", "what may be quoted or copied, and that pictures have their own licenses"),
            ("Liability and law", "what the publisher answers for, and which law applies"),
        ),
    ),
    SitePage(
        "accessibility",
        "Accessibility",
        "Which standard the site meets, what it doesn’t meet yet, and where to report a barrier.",
        (
            ("How far we are", "the standard, such as WCAG 2.2 AA, how it was tested, and when"),
            ("What doesn’t work yet", "each known barrier, and what to do instead"),
            ("Tell us about a barrier", "an address for it, and how soon it is answered"),
        ),
    ),
    SitePage(
        "editorial-policy",
        "Editorial policy",
        "How topics are chosen, texts written and reviewed, and conflicts of interest handled.",
        (
            ("How we choose topics", "who decides, and by what"),
            ("How we write", "which sources count, and whether software writes or translates anything"),
            ("Who reviews", "who can be a medical reviewer, and what a review covers"),
            ("Conflicts of interest", "what authors and reviewers disclose, and who may not write about what"),
        ),
    ),
    SitePage(
        "corrections-policy",
        "Corrections policy",
        "How errors are reported, corrected and shown.",
        (
            ("How to report an error", "where the link is, and when a reader gets an answer"),
            ("What we do about it", "who decides, how fast for an error that could harm someone, and who is told"),
            ("What stays visible", "that corrections stay on the page, and where all of them are listed"),
        ),
    ),
    SitePage(
        "advertising-policy",
        "Advertising policy",
        "Whether there is advertising or sponsorship, and what it can never buy.",
        (
            ("Advertising", "whether there is any, and how a reader recognizes it"),
            ("Sponsorship and links", "whether anyone pays for an article, a link or a mention"),
        ),
    ),
)
BY_SLUG = {page.slug: page for page in REQUIRED}
