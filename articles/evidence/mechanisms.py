"""What texts say a drug acts on, which classes of `drug_classes` act there and which way. No drug is named here.

After the pharmacologic actions of MeSH. A mechanism that no class of a card bears is a question, never an error: many
drugs act at more than one place.
"""

import re
from typing import NamedTuple


class Mechanism(NamedTuple):
    """How texts name a target, as a pattern, and the classes that act on it.

    Where all of them act one way, `way` is it, but for the classes of `other_way` and `both_ways`.
    """

    words: str
    classes: frozenset[str]
    way: str = ""
    other_way: frozenset[str] = frozenset()
    both_ways: frozenset[str] = frozenset()

    def bears(self, kinds: frozenset[str], way: str) -> bool:
        """Whether a drug of these classes acts on it; the way it does so is asked only where one is known."""
        acting = kinds & self.classes
        if not (acting and way and self.way) or acting & self.both_ways:
            return bool(acting)
        return bool(acting & self.other_way) != (way == self.way)


ACTIVATES, BLOCKS = "activates", "blocks"

MECHANISMS: dict[str, Mechanism] = {
    "opioid receptors": Mechanism(
        r"(?:opioid|opiate|mu|μ)[ -](?:opioid[ -])?receptors?",
        frozenset({"opioid", "partial opioid agonist", "opioid antagonist"}),
        ACTIVATES,
        other_way=frozenset({"opioid antagonist"}),
        both_ways=frozenset({"partial opioid agonist"}),
    ),
    "prostaglandins": Mechanism(
        r"prostaglandins?|(?:the )?(?:enzymes? )?cyclo-?oxygenase|cox(?:-?[12])? enzymes?",
        frozenset({"NSAID", "corticosteroid"}),
        BLOCKS,
    ),
    "sodium channels": Mechanism(
        r"sodium[ -]channels?",
        frozenset({"sodium channel blocker", "local anesthetic", "tricyclic antidepressant"}),
        BLOCKS,
    ),
    "calcium channels": Mechanism(
        r"calcium[ -]channels?", frozenset({"calcium channel blocker", "gabapentinoid"}), BLOCKS
    ),
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
        BLOCKS,
    ),
    "NMDA receptors": Mechanism(r"nmda[ -]receptors?", frozenset({"NMDA antagonist"}), BLOCKS),
    "GABA receptors": Mechanism(
        r"gaba(?:-?[ab])?[ -]receptors?", frozenset({"benzodiazepine", "barbiturate", "muscle relaxant"}), ACTIVATES
    ),
    "TRPV1": Mechanism(r"trpv1(?:[ -](?:receptors?|channels?))?", frozenset({"TRPV1 agonist"}), ACTIVATES),
    "acetylcholine": Mechanism(
        r"acetylcholine(?: receptors?)?",
        frozenset({"botulinum toxin", "tricyclic antidepressant", "muscle relaxant"}),
        BLOCKS,
    ),
    "alpha-2 receptors": Mechanism(
        r"(?:alpha|α)-?2[ -](?:adrenergic )?receptors?", frozenset({"alpha-2 agonist"}), ACTIVATES
    ),
    "dopamine receptors": Mechanism(r"dopamine[ -]receptors?", frozenset({"antipsychotic"}), BLOCKS),
}

NAMES = tuple(MECHANISMS)
TARGET = re.compile(
    rf"(?<![\w‐‑-])(?:{'|'.join(f'({mechanism.words})' for mechanism in MECHANISMS.values())})(?![\w‐‑-])",
    re.IGNORECASE,
)

_VERBS = {
    ACTIVATES: r"activat\w*|stimulat\w*|open(?:s|ed|ing)?|excit\w+|(?:turn|switch)(?:s|es|ed|ing)? on",
    BLOCKS: r"block\w*|inhibit\w*|clos(?:es?|ed|ing)|antagoni[sz]\w*|shut\w*|silenc\w+"
    r"|(?:turn|switch)(?:s|es|ed|ing)? off",
}
_BEFORE = {way: re.compile(rf"\b(?:{verbs})(?: [\w.-]{{1,20}}){{0,3}} $") for way, verbs in _VERBS.items()}
_AFTER = {
    way: re.compile(rf" (?:is|are|was|were|gets?) (?:{verbs}) (?:by|with|through)\b") for way, verbs in _VERBS.items()
}


def way_in(text: str, drug: int, target: int, signs: str) -> str:
    """ACTIVATES or BLOCKS, where a sentence's outline says plainly which a drug does to a target; else nothing.

    Another drug between the two (one of `signs`) may be the one that does so.
    """
    first, last = sorted((drug, target))
    if any(sign in text[first + 1 : last] for sign in signs):
        return ""
    said = _BEFORE if drug < target else _AFTER
    place = text[drug + 1 : target] if drug < target else text[target + 1 : drug]
    found = [way for way, pattern in said.items() if pattern.search(place)]
    return found[0] if len(found) == 1 else ""
