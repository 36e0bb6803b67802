"""What texts say a drug acts on, and which classes of `drug_classes` act there. Plain words; no drug is named here.

After the pharmacologic actions of MeSH. A mechanism that no class of a card bears is a question, never an error: many
drugs act at more than one place.
"""

import re
from typing import NamedTuple


class Mechanism(NamedTuple):
    """How texts name a target, as a pattern, and the classes that act on it."""

    words: str
    classes: frozenset[str]


MECHANISMS: dict[str, Mechanism] = {
    "opioid receptors": Mechanism(
        r"(?:opioid|opiate|mu|μ)[ -](?:opioid[ -])?receptors?",
        frozenset({"opioid", "partial opioid agonist", "opioid antagonist"}),
    ),
    "prostaglandins": Mechanism(
        r"prostaglandins?|(?:the )?(?:enzymes? )?cyclo-?oxygenase|cox(?:-?[12])? enzymes?",
        frozenset({"NSAID", "corticosteroid"}),
    ),
    "sodium channels": Mechanism(
        r"sodium[ -]channels?", frozenset({"sodium channel blocker", "local anesthetic", "tricyclic antidepressant"})
    ),
    "calcium channels": Mechanism(r"calcium[ -]channels?", frozenset({"calcium channel blocker", "gabapentinoid"})),
    "serotonin": Mechanism(
        r"serotonin(?: and (?:norepinephrine|noradrenaline))?(?: receptors?)?"
        r"|(?:norepinephrine|noradrenaline)(?: receptors?)?",
        frozenset(
            {
                *("antidepressant", "SNRI", "SSRI", "tricyclic antidepressant", "MAO inhibitor", "reuptake inhibitor"),
                *("triptan", "serotonin receptor agonist", "ergot alkaloid"),
            }
        ),
    ),
    "CGRP": Mechanism(
        r"(?:a messenger (?:named|called) )?(?:cgrp|calcitonin gene-related peptide)(?: receptors?)?",
        frozenset({"CGRP inhibitor", "triptan"}),
    ),
    "NMDA receptors": Mechanism(r"nmda[ -]receptors?", frozenset({"NMDA antagonist"})),
    "GABA receptors": Mechanism(
        r"gaba(?:-?[ab])?[ -]receptors?", frozenset({"benzodiazepine", "barbiturate", "muscle relaxant"})
    ),
    "TRPV1": Mechanism(r"trpv1(?:[ -](?:receptors?|channels?))?", frozenset({"TRPV1 agonist"})),
    "acetylcholine": Mechanism(
        r"acetylcholine(?: receptors?)?", frozenset({"botulinum toxin", "tricyclic antidepressant", "muscle relaxant"})
    ),
    "alpha-2 receptors": Mechanism(r"(?:alpha|α)-?2[ -](?:adrenergic )?receptors?", frozenset({"alpha-2 agonist"})),
    "dopamine receptors": Mechanism(r"dopamine[ -]receptors?", frozenset({"antipsychotic"})),
}

NAMES = tuple(MECHANISMS)
TARGET = re.compile(
    rf"(?<![\w‐‑-])(?:{'|'.join(f'({mechanism.words})' for mechanism in MECHANISMS.values())})(?![\w‐‑-])",
    re.IGNORECASE,
)
