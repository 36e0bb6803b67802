"""The demonstration's labeled drawings, each in a module of its own: which article it explains, and who checked it."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from articles.demonstration.drawings import (
    block,
    kit,
    ladder,
    migraine,
    pacing,
    path_of_pain,
    pump,
    receptor,
    stimulator,
)
from articles.models import Contributor, Drawing
from articles.publishing import drawings

CHECKED_ON = date(2026, 8, 3)
FIRST_PARAGRAPH = re.compile(r"</p>\n")


class Drawn(NamedTuple):
    """A drawing, and the slug of the contributor who checked it."""

    figure: Callable[[], kit.Figure]
    checked_by: str


# By the address of the article, after whose first paragraph it stands.
DRAWN = {
    "intrathecal-pumps": Drawn(pump.figure, "tomas-reyk"),
    "spinal-cord-stimulation": Drawn(stimulator.figure, "tomas-reyk"),
    "nerve-blocks": Drawn(block.figure, "tomas-reyk"),
    "neuropathic-pain": Drawn(path_of_pain.figure, "mirel-osterhaus"),
    "migraine": Drawn(migraine.figure, "mirel-osterhaus"),
    "naloxone-over-the-counter": Drawn(receptor.figure, "salome-wendt"),
    "opioid-safety": Drawn(ladder.figure, "salome-wendt"),
    "physical-therapy": Drawn(pacing.figure, "tomas-reyk"),
}


def explained(slug: str, body: str) -> str:
    """The text of an article with its drawing, which is kept first."""
    if slug not in DRAWN:
        return body
    figure = DRAWN[slug].figure()
    kept = Drawing.objects.filter(title=figure.title).first() or drawings.keep(
        Drawing(
            title=figure.title,
            svg=figure.svg,
            words=figure.words,
            creator="Inside Pain Medicine",
            license="cc-by-4.0",
        ),
        checked_by=Contributor.objects.get(slug=DRAWN[slug].checked_by),
        checked_on=CHECKED_ON,
    )
    placed = f'<figure data-drawing="{kept.pk}"><figcaption>{kept.title}</figcaption></figure>'
    return FIRST_PARAGRAPH.sub(f"</p>\n{placed}\n", body, count=1)
