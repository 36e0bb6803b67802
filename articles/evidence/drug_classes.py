"""What classes of drugs are called, and which class is a kind of which. Plain words; no drug is named here.

After the FDA's established pharmacologic classes and the pharmacologic actions of MeSH, with lay words beside them.
Purposes ("painkiller", "analgesic") are no classes: nearly every drug here is one.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple


class Kind(NamedTuple):
    """What a class is called, and the broader classes (keys of `CLASSES`) that it belongs to."""

    words: tuple[str, ...]
    of: tuple[str, ...] = ()


# In a wording "-" stands for a hyphen, a space or nothing; plurals and British "anaesthetic" come by themselves.
# After the FDA's established pharmacologic classes and the pharmacologic actions of MeSH, with lay words beside them.
CLASSES: dict[str, Kind] = {
    "anti-inflammatory": Kind(("anti-inflammatory",)),
    "NSAID": Kind(
        (
            "NSAID",
            "NSAI drug",
            "non-steroidal anti-inflammatory",
            "non-steroid anti-inflammatory",
            "cyclo-oxygenase inhibitor",
            "COX inhibitor",
        ),
        ("anti-inflammatory",),
    ),
    "COX-2 inhibitor": Kind(
        ("COX-2 inhibitor", "selective COX-2 inhibitor", "cyclo-oxygenase-2 inhibitor", "coxib"), ("NSAID",)
    ),
    "salicylate": Kind(("salicylate",), ("NSAID",)),
    "corticosteroid": Kind(
        (
            "corticosteroid",
            "cortico-steroid",
            "gluco-corticoid",
            "glucocorticosteroid",
            "steroid",
            "cortisone-like drug",
        ),
        ("anti-inflammatory",),
    ),
    "anabolic steroid": Kind(("anabolic steroid",)),
    "opioid": Kind(
        (
            "opioid",
            "opiate",
            "narcotic",
            "opioid agonist",
            "opioid receptor agonist",
            "full opioid agonist",
            "mu-opioid agonist",
            "mu opioid receptor agonist",
        )
    ),
    "partial opioid agonist": Kind(("partial opioid agonist", "partial mu-opioid agonist"), ("opioid",)),
    "opioid antagonist": Kind(
        (
            "opioid antagonist",
            "opioid receptor antagonist",
            "opiate antagonist",
            "narcotic antagonist",
            "opioid blocker",
            "opioid reversal agent",
        )
    ),
    "anticonvulsant": Kind(
        (
            "anti-convulsant",
            "anti-epileptic",
            "anti-seizure drug",
            "anti-seizure medicine",
            "anti-seizure medication",
            "seizure medicine",
            "seizure medication",
            "seizure drug",
            "epilepsy drug",
            "epilepsy medicine",
            "epilepsy medication",
            "AED",
        )
    ),
    "gabapentinoid": Kind(("gabapentinoid", "alpha-2-delta ligand"), ("anticonvulsant",)),
    "antidepressant": Kind(("anti-depressant",)),
    "tricyclic antidepressant": Kind(("tricyclic antidepressant", "tricyclic", "TCA"), ("antidepressant",)),
    # A mechanism that antidepressants share with tramadol and tapentadol, which are none.
    "reuptake inhibitor": Kind(
        (
            "serotonin-norepinephrine reuptake inhibitor",
            "serotonin-noradrenaline reuptake inhibitor",
            "serotonin and norepinephrine reuptake inhibitor",
            "serotonin and noradrenaline reuptake inhibitor",
            "norepinephrine reuptake inhibitor",
        )
    ),
    "SNRI": Kind(("SNRI",), ("reuptake inhibitor",)),
    "SSRI": Kind(
        ("SSRI", "selective serotonin reuptake inhibitor", "serotonin reuptake inhibitor"), ("antidepressant",)
    ),
    "MAO inhibitor": Kind(("MAO inhibitor", "MAOI", "monoamine oxidase inhibitor"), ("antidepressant",)),
    "muscle relaxant": Kind(("muscle relaxant", "muscle relaxer", "anti-spasmodic", "anti-spastic", "spasmolytic")),
    "anesthetic": Kind(("anesthetic",)),
    "local anesthetic": Kind(("local anesthetic", "amide anesthetic"), ("anesthetic", "sodium channel blocker")),
    "general anesthetic": Kind(("general anesthetic", "dissociative anesthetic"), ("anesthetic",)),
    "sodium channel blocker": Kind(("sodium channel blocker", "sodium channel inhibitor", "sodium channel antagonist")),
    "calcium channel blocker": Kind(
        ("calcium channel blocker", "calcium channel inhibitor", "calcium channel antagonist", "calcium antagonist")
    ),
    "N-type calcium channel blocker": Kind(
        ("N-type calcium channel blocker", "N-type calcium channel antagonist", "N-type calcium channel inhibitor"),
        ("calcium channel blocker",),
    ),
    "NMDA antagonist": Kind(("NMDA antagonist", "NMDA receptor antagonist", "NMDA blocker", "NMDA receptor blocker")),
    "TRPV1 agonist": Kind(("TRPV1 agonist", "TRPV1 receptor agonist", "TRPV1 channel agonist", "capsaicinoid")),
    "cannabinoid": Kind(("cannabinoid",)),
    "serotonin receptor agonist": Kind(("serotonin receptor agonist", "serotonin agonist", "5-HT agonist")),
    "triptan": Kind(("triptan", "5-HT1B/1D agonist"), ("serotonin receptor agonist",)),
    "ditan": Kind(("ditan", "5-HT1F agonist"), ("serotonin receptor agonist",)),
    "ergot alkaloid": Kind(("ergot alkaloid", "ergot derivative", "ergot", "ergotamine derivative")),
    "CGRP inhibitor": Kind(
        (
            "CGRP inhibitor",
            "CGRP blocker",
            "CGRP antagonist",
            "CGRP receptor antagonist",
            "CGRP receptor blocker",
            "anti-CGRP drug",
            "calcitonin gene-related peptide antagonist",
            "calcitonin gene-related peptide receptor antagonist",
        )
    ),
    "CGRP antibody": Kind(
        ("CGRP antibody", "CGRP monoclonal antibody", "CGRP receptor antibody", "anti-CGRP antibody"),
        ("CGRP inhibitor", "monoclonal antibody"),
    ),
    "gepant": Kind(("gepant",), ("CGRP inhibitor",)),
    "monoclonal antibody": Kind(("monoclonal antibody", "antibody")),
    "botulinum toxin": Kind(("botulinum toxin", "botulinum neurotoxin", "neurotoxin")),
    "alpha-2 agonist": Kind(
        (
            "alpha-2 agonist",
            "alpha-2 adrenergic agonist",
            "alpha-2 adrenoceptor agonist",
            "α2-agonist",
            "α2-adrenergic agonist",
        )
    ),
    "L-type calcium channel blocker": Kind(
        ("L-type calcium channel blocker", "L-type calcium channel antagonist"), ("calcium channel blocker",)
    ),
    "beta blocker": Kind(("beta-blocker", "beta-adrenergic blocker")),
    "ACE inhibitor": Kind(("ACE inhibitor", "angiotensin-converting enzyme inhibitor")),
    "sedative": Kind(("sedative", "tranquilizer", "tranquilliser", "hypnotic")),
    "benzodiazepine": Kind(("benzodiazepine", "benzo"), ("sedative", "anticonvulsant", "muscle relaxant")),
    "barbiturate": Kind(("barbiturate",), ("sedative", "anticonvulsant")),
    "antipsychotic": Kind(("anti-psychotic", "neuroleptic")),
    "antihistamine": Kind(("anti-histamine",)),
    "antibiotic": Kind(("anti-biotic",)),
    "blood thinner": Kind(("blood thinner",)),
    "anticoagulant": Kind(("anti-coagulant",), ("blood thinner",)),
    "antiplatelet": Kind(("anti-platelet", "anti-platelet drug"), ("blood thinner",)),
    "statin": Kind(("statin",)),
    "stimulant": Kind(("stimulant",)),
    "bisphosphonate": Kind(("bisphosphonate",)),
}

_NOUNS = r"drugs?|medicines?|medications?|agents?|pain-?killers?|pain[ -]relievers?|analgesics?|class|family|group"


def _wording(words: str) -> str:
    """A pattern for one wording of a class, singular or plural."""
    pattern = re.escape(words).replace(r"\-", r"[-‐‑ ]?").replace(r"\ ", r"[\s-]{1,2}")
    pattern = pattern.replace("anesthetic", "ana?esthetic")
    return pattern[:-1] + "(?:y|ies)" if words.endswith("y") else pattern + "s?"


# By first letter, then the longest first: "opioid antagonist" before "opioid". They number `class_pattern`'s groups.
WORDINGS = sorted(
    ((words, name) for name, kind in CLASSES.items() for words in kind.words),
    key=lambda wording: (wording[0][0].lower(), -len(wording[0])),
)


def _by_first_letter() -> str:
    """The wordings as one pattern that compares a word only with those that begin as it does."""
    branches: dict[str, list[str]] = {}
    for words, _name in WORDINGS:
        branches.setdefault(words[0].lower(), []).append(f"({_wording(words)})")
    return "|".join(f"(?={first})(?:{'|'.join(wordings)})" for first, wordings in branches.items())


@cache
def class_pattern() -> re.Pattern[str]:
    """Compiled when a text is first looked at: that takes a sixth of what starting a process does."""
    return re.compile(
        rf"(?=[{''.join({words[0].lower() for words, _name in WORDINGS})}])(?<![\w‐‑-])(?<!non )"
        rf"(?:{_by_first_letter()})(?:[\s-](?:{_NOUNS}))?(?![\w‐‑-])",
        re.IGNORECASE,
    )


# "Non-opioid", "opioid-free": a drug of the class must not be called so. "Non-steroidal anti-inflammatory" is a class.
FREE_OF_KINDS = {
    **dict.fromkeys(("opioid", "opiate", "narcotic"), "opioid"),
    **dict.fromkeys(("steroid", "steroidal"), "corticosteroid"),
    **{name.lower(): name for name in ("NSAID", "benzodiazepine", "anti-inflammatory", "antidepressant", "sedative")},
}
_KINDS = "|".join(sorted(FREE_OF_KINDS, key=len, reverse=True))
FREE_OF = re.compile(
    rf"(?<![\w‐‑-])(?:non[-‐‑ ]?(?P<non>{_KINDS})|(?P<free>{_KINDS})[-‐‑ ]free)"
    rf"(?! anti)(?:[\s-](?:{_NOUNS}|options?|treatments?|choices?|creams?|remed(?:y|ies)))?(?![\w‐‑-])",
    re.IGNORECASE,
)


def broader(names: Iterable[str]) -> set[str]:
    """The classes and every class that they are kinds of."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(CLASSES[name].of)
    return found


def key(words: str) -> str:
    """Words as they are compared: folded, one space for any blank or hyphen."""
    return " ".join(re.sub(r"[-‐‑\s]+", " ", words).casefold().split())
