"""A drug beside a class that is not its own, and a drug without a card."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.evidence import drug_classes, drugs


@dataclass(frozen=True)
class Medicine:
    name: str
    drug_class: str
    brands: list[str] = field(default_factory=list)
    class_synonyms: list[str] = field(default_factory=list)
    boxed_warning: str = ""
    route: str = ""
    source: str = ""


ZICONOTIDE = Medicine(
    "ziconotide",
    "N-type calcium channel blocker",
    ["Prialt", ""],
    ["conotoxin", " "],
    "Severe psychiatric symptoms and neurological impairment.",
)
GABAPENTIN = Medicine("gabapentin", "anticonvulsant", ["Neurontin"], ["gabapentinoid", "nerve pain medicine"])
MORPHINE = Medicine("morphine", "opioid", ["MS Contin"], ["opioid agonist"], "Addiction.")
TRAMADOL = Medicine("tramadol", "opioid agonist", ["Ultram"], ["SNRI"])
IBUPROFEN = Medicine("ibuprofen", "NSAID", ["Advil"], [], "Heart attack, bleeding.")
NAPROXEN = Medicine("naproxen", "NSAID", ["Aleve"])
ACETAMINOPHEN = Medicine("acetaminophen", "non-opioid analgesic", ["Tylenol", "paracetamol"])
DULOXETINE = Medicine("duloxetine", "SNRI", ["Cymbalta"], ["antidepressant"])
AMITRIPTYLINE = Medicine("amitriptyline", "tricyclic antidepressant")
LIDOCAINE = Medicine("lidocaine", "amide local anesthetic", ["Xylocaine"])
NALOXONE = Medicine("naloxone", "opioid antagonist", ["Narcan"])
PREDNISONE = Medicine("prednisone", "corticosteroid")
ERENUMAB = Medicine("erenumab", "calcitonin gene-related peptide receptor antagonist", ["Aimovig"], ["CGRP antibody"])
CARDS = [
    ZICONOTIDE, GABAPENTIN, MORPHINE, TRAMADOL, IBUPROFEN, NAPROXEN, ACETAMINOPHEN,
    DULOXETINE, AMITRIPTYLINE, LIDOCAINE, NALOXONE, PREDNISONE, ERENUMAB,
]  # fmt: skip


def claims(text):
    conflicts = drugs.find_conflicts(text, CARDS)
    return [(conflict.drug, conflict.claimed) for conflict in conflicts if conflict.certainty == drugs.CLAIM]


@pytest.mark.parametrize(
    ("text", "drug", "words"),
    [
        ("Ziconotide, a non-steroidal anti-inflammatory drug, is given into the spine.", "ziconotide", None),
        ("The pump holds ziconotide, a non-steroidal anti-inflammatory drug.", "ziconotide", None),
        (
            "ziconotide, a nonsteroidal anti-inflammatory drug (NSAID)",
            "ziconotide",
            "nonsteroidal anti-inflammatory drug",
        ),
        ("Prialt is an NSAID.", "ziconotide", "NSAID"),
        ("PRIALT IS AN NSAID", "ziconotide", "NSAID"),
        ("Doctors chose the NSAID ziconotide.", "ziconotide", "NSAID"),
        ("NSAIDs such as ziconotide relieve pain.", "ziconotide", "NSAIDs"),
        ("She was treated with NSAIDs such as ziconotide.", "ziconotide", "NSAIDs"),
        ("Many take opioids like gabapentin for nerve pain.", "gabapentin", "opioids"),
        ("Ziconotide (an NSAID) is given by pump.", "ziconotide", "NSAID"),
        ("Ziconotide belongs to the NSAIDs.", "ziconotide", "NSAIDs"),
        ("Ziconotide belongs to the class of opioids.", "ziconotide", "opioids"),
        ("Ziconotide belongs to the opioid family.", "ziconotide", "opioid family"),
        ("Morphine and ziconotide are opioids.", "ziconotide", "opioids"),
        ("Aspirin and ziconotide are NSAIDs.", "ziconotide", "NSAIDs"),
        ("Ibuprofen, naproxen and gabapentin are NSAIDs.", "gabapentin", "NSAIDs"),
        ("Gabapentin and other opioids can be habit-forming.", "gabapentin", "opioids"),
        ("Gabapentin, or another opioid, was tried.", "gabapentin", None),
        ("Ask about ziconotide (NSAID).", "ziconotide", "NSAID"),
        ("Ziconotide works as an anti-inflammatory.", "ziconotide", "anti-inflammatory"),
        ("Ziconotide acts as anti-inflammatory.", "ziconotide", "anti-inflammatory"),
        ("Ziconotide is classed as an opioid.", "ziconotide", "opioid"),
        ("Ziconotide is a powerful, addictive opioid that is given by pump.", "ziconotide", "opioid"),
        ("Ziconotide is one of the strongest opioids.", "ziconotide", "opioids"),
        ("Ziconotide is a type of steroid.", "ziconotide", "steroid"),
        ("Ziconotide is a member of the NSAID class.", "ziconotide", None),
        ("Ziconotide (Prialt) is an opioid.", "ziconotide", "opioid"),
        ("Ziconotide, sold as Prialt, is an opioid.", "ziconotide", "opioid"),
        ("Ziconotide, which is an opioid, is given by pump.", "ziconotide", "opioid"),
        ("An NSAID called ziconotide was approved in 2004.", "ziconotide", "NSAID"),
        ("The opioid antagonist morphine was given.", "morphine", "opioid antagonist"),
        ("Naloxone is an opioid.", "naloxone", "opioid"),
        ("Lidocaine is a general anaesthetic.", "lidocaine", "general anaesthetic"),
        ("Paracetamol is an NSAID.", "acetaminophen", "NSAID"),
        ("Tylenol and other NSAIDs are sold without prescription.", "acetaminophen", "NSAIDs"),
        ("NSAIDs (ibuprofen, acetaminophen, naproxen) help.", "acetaminophen", "NSAIDs"),
        ("NSAIDs, including acetaminophen, are sold everywhere.", "acetaminophen", "NSAIDs"),
        ("NSAIDs such as ibuprofen and acetaminophen are sold everywhere.", "acetaminophen", "NSAIDs"),
        ("Amitriptyline is an SSRI.", "amitriptyline", "SSRI"),
        ("Duloxetine, a tricyclic antidepressant, can help.", "duloxetine", "tricyclic antidepressant"),
        ("The antidepressant gabapentin can help.", "gabapentin", "antidepressant"),
        ("Prednisone is an NSAID used for flares.", "prednisone", "NSAID"),
        ("Steroids such as ibuprofen reduce swelling.", "ibuprofen", "Steroids"),
        ("Erenumab – a triptan – prevents migraine.", "erenumab", "triptan"),
        ("Do not drive: gabapentin is an opioid.", "gabapentin", "opioid"),
        ("Your doctor may say that gabapentin is a muscle relaxer.", "gabapentin", "muscle relaxer"),
        ("The drug ziconotide is an opioid.", "ziconotide", "opioid"),
        ("Medicines like ziconotide are opioids.", "ziconotide", "opioids"),
        ("Do not take NSAIDs such as acetaminophen.", "acetaminophen", "NSAIDs"),
        ("Ziconotide is an opioid and not cheap.", "ziconotide", "opioid"),
        ("Ziconotide remains an NSAID.", "ziconotide", "NSAID"),
        ("MS\u00a0Contin is a benzodiazepine.", "morphine", "benzodiazepine"),
        ("Ziconotide is a non\u2011steroidal anti\u2011inflammatory.", "ziconotide", None),
        ("Ziconotide is a Non Steroidal Anti Inflammatory Drug.", "ziconotide", "Non Steroidal Anti Inflammatory Drug"),
    ],
)
def test_an_asserted_class_that_is_not_its_own_is_found(text, drug, words):
    [(found, class_words)] = claims(text)
    assert found == drug
    assert words in (None, class_words)


NOTHING_WRONG = [
    # denied
    "Ziconotide is not an NSAID.",
    "Ziconotide isn’t an NSAID.",
    "Ziconotide is neither an opioid nor an NSAID.",
    "Neither ziconotide nor gabapentin is an opioid.",
    "Ziconotide was never an opioid.",
    "Unlike NSAIDs, ziconotide is given by pump.",
    "Unlike ziconotide, an opioid, which is swallowed, can be addictive.",
    "Ziconotide is used rather than an NSAID.",
    "Doctors use ziconotide instead of NSAIDs.",
    "Ziconotide is no opioid.",
    "Ziconotide (not an NSAID) is given by pump.",
    "Ziconotide, not an NSAID, is given by pump.",
    "Ziconotide is a non-opioid painkiller.",
    "That does not mean that ziconotide is an NSAID.",
    "It is not true that ziconotide is an NSAID.",
    "Medicines that are not opioids, such as gabapentin, can help.",
    "Ziconotide is an N-type calcium channel blocker, not an NSAID.",
    # lists and choices
    "Morphine or ziconotide, and NSAIDs for flare-ups.",
    "Tramadol with an NSAID.",
    "Gabapentin plus an opioid.",
    "Opioids, gabapentin and NSAIDs are options.",
    "You may be offered gabapentin, an NSAID or an opioid.",
    "You may be offered gabapentin, an opioid, and physical therapy.",
    "You may be offered gabapentin, an opioid, heat or rest.",
    "You may be offered gabapentin, an opioid, a muscle relaxant and rest.",
    "Try heat, gabapentin, or an opioid.",
    "Opioids such as morphine, and gabapentin for nerve pain.",
    "NSAIDs such as ibuprofen and gabapentin for nerve pain.",
    "Opioids such as morphine, gabapentin and NSAIDs are options.",
    "Anticonvulsants and antidepressants such as gabapentin and duloxetine can help.",
    "Hydrocodone and acetaminophen is an opioid combination.",
    "Morphine and acetaminophen is an opioid in one tablet.",
    "Morphine with acetaminophen and other opioids can make you drowsy.",
    "After gabapentin, an opioid that acts for a short time may be tried.",
    "If you cannot take ibuprofen, an opioid, such as morphine, is tried.",
    "Morphine is an opioid and gabapentin is an anticonvulsant.",
    "Morphine and gabapentin are an opioid and an anticonvulsant, respectively.",
    # questions
    "Is ziconotide an NSAID?",
    "Ziconotide is an NSAID?",
    "So the doctor asked: “Ziconotide is an opioid?”",
    "Ask your doctor whether gabapentin is an opioid.",
    # comparisons
    "Compared with opioids, ziconotide is less sedating.",
    "Ziconotide is stronger than NSAIDs.",
    "Ziconotide is a stronger painkiller than an NSAID.",
    "Opioids, like gabapentin, can make you drowsy.",
    "Opioids, unlike gabapentin, can be addictive.",
    "Gabapentin acts like an opioid.",
    # interactions and alternatives
    "Do not take ibuprofen with opioids.",
    "Gabapentin and opioids together can stop breathing.",
    "Gabapentin is an alternative to opioids.",
    "Gabapentin is an opioid alternative.",
    "Alternatives to opioids, such as gabapentin, are many.",
    "Alternatives to opioids such as gabapentin are many.",
    "The alternative to gabapentin is an opioid.",
    "Drugs that interact with opioids, including gabapentin, are many.",
    "Gabapentin is often given with an opioid.",
    "Gabapentin is a drug that many opioid users take.",
    "People who take gabapentin are opioid users.",
    "Gabapentin can be combined with opioids (morphine).",
    "Naloxone reverses opioids.",
    "Naloxone is an opioid antagonist.",
    "Naloxone is the antidote to opioids.",
    "Naloxone is an opioid overdose treatment.",
    "Gabapentin has an opioid-sparing effect.",
    "Acetaminophen has no anti-inflammatory effect.",
    "The side effects of gabapentin are opioid withdrawal in disguise.",
    # old errors, reported
    "Ziconotide is sometimes wrongly called an NSAID.",
    "It is a myth that ziconotide is an NSAID.",
    "Many people think ziconotide is an opioid.",
    "Gabapentin was once thought to be an opioid.",
    # its own class, broader, narrower
    "Ziconotide is an N-type calcium channel blocker.",
    "Ziconotide, a calcium channel blocker, is given by pump.",
    "Ziconotide is a conotoxin.",
    "Gabapentin is an antiepileptic.",
    "Gabapentin, an anti-seizure medicine, is a gabapentinoid.",
    "Ibuprofen is a nonsteroidal anti-inflammatory drug (NSAID).",
    "Ibuprofen is an anti-inflammatory.",
    "Duloxetine and amitriptyline are antidepressants.",
    "Tramadol is an opioid; it is an SNRI too.",
    "Lidocaine is a local anaesthetic.",
    "The sodium channel blocker lidocaine numbs.",
    "Prednisone, a steroid, is an anti-inflammatory.",
    "Erenumab is a monoclonal antibody.",
    "Ibuprofen is an analgesic, gabapentin is a painkiller.",
    # other words, other sentences
    "Ziconotidex is an NSAID.",
    "A gabapentin-like opioid is an opioid.",
    "We speak of ziconotide.\nAn NSAID is something else.",
    "First came ziconotide. NSAIDs such as ibuprofen followed.",
    "",
    " \n\t",
]


@pytest.mark.parametrize("text", NOTHING_WRONG)
def test_what_asserts_nothing_wrong_is_left_alone(text):
    assert claims(text) == []


def test_few_of_them_are_asked_about():
    asked = [text for text in NOTHING_WRONG if drugs.find_conflicts(text, CARDS)]
    assert len(asked) <= len(NOTHING_WRONG) / 5, asked


def test_a_conflict_says_where_its_sentence_stands():
    text = "  Pumps are small.\n\nDr. Lee gave it, e.g. in 2004.  “Prialt is an NSAID.” She left."
    [conflict] = drugs.find_conflicts(text, CARDS)
    assert conflict.sentence == text[conflict.start : conflict.end] == "“Prialt is an NSAID.”"
    assert conflict.card is ZICONOTIDE
    assert conflict.drug == "ziconotide"


def test_an_abbreviation_does_not_end_a_sentence():
    assert claims("Opioids, e.g. gabapentin, are given vs. pain.") == [("gabapentin", "Opioids")]


def test_each_drug_once_a_sentence_and_every_sentence():
    text = "Ziconotide, an NSAID, is an opioid. Ziconotide is an opioid. Gabapentin and ziconotide are opioids."
    assert [drug for drug, _words in claims(text)] == ["ziconotide", "ziconotide", "gabapentin", "ziconotide"]


def test_blank_brands_and_synonyms_match_nowhere():
    blank = Medicine("", "opioid", ["", " "], ["", " "], "Warning.")
    assert drugs.named("Some text, with spaces.", [blank]) == []
    assert drugs.find_conflicts("Some NSAID. It is an NSAID.", [blank]) == []
    nameless = Medicine("morphine", "opioid", [""], [""], "Warning.")
    assert drugs.find_conflicts("Morphine is an NSAID.", [nameless]) != []


def test_a_brand_of_two_drugs_is_of_either_class():
    cards = [Medicine("oxycodone", "opioid", ["Percocet"]), Medicine("acetaminophen", "analgesic", ["Percocet"])]
    assert drugs.find_conflicts("Percocet is an opioid.", cards) == []
    assert drugs.named("Percocet", cards) == cards


def test_a_synonym_in_the_editors_own_words_protects():
    text = "Ziconotide is an opioid made by snails."
    own = Medicine("ziconotide", "toxin", [], ["opioid made by snails"])
    assert drugs.find_conflicts(text, [own]) == []
    assert len(drugs.find_conflicts(text, CARDS)) == 1


def test_every_broader_class_is_in_the_table():
    assert {name for kind in drug_classes.CLASSES.values() for name in kind.of} <= set(drug_classes.CLASSES)
    assert all(words.strip() for kind in drug_classes.CLASSES.values() for words in kind.words)


@pytest.mark.parametrize("name", drug_classes.CLASSES)
def test_every_wording_means_its_class(name):
    for words in drug_classes.CLASSES[name].words:
        card = Medicine("examplum", words)
        assert drugs.find_conflicts(f"Examplum is a {name}.", [card]) == [], words


def test_drugs_are_named_in_order_of_appearance_each_once():
    text = "Prialt, gabapentins, ziconotide, Neurontin’s maker, (MORPHINE) and hydrocodone-acetaminophen; ibuprofens'."
    assert drugs.named(text, CARDS) == [ZICONOTIDE, GABAPENTIN, MORPHINE, ACETAMINOPHEN, IBUPROFEN]
    assert drugs.named("morphines-like gabapentinoid ibuprofenum", CARDS) == [MORPHINE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rofecoxib, Oxymorphone and rofecoxib's twin", ["rofecoxib", "oxymorphone"]),
        ("fremanezumab lisinopril losartan atorvastatin metoprolol", None),
        ("bupivacaine naratriptan zavegepant fluoxetine nortriptyline", None),
        ("pregabalin flurbiprofen diazepam hydrocodone sufentanil", None),
        ("An engine, a medicine, a machine, April, the reservoir, a statin, caine, triptans, Triptan", []),
        ("Overtones, electrons, a concept, a motorcycle, benzodiazepine, opioid, imagine, alone, someone", []),
        ("Ibuprofen, LIDOCAINE, Xylocaine, amitriptyline", []),
        ("cocaine", ["cocaine"]),
    ],
)
def test_words_that_end_as_drugs_do_and_have_no_card(text, expected):
    assert drugs.unknown_drugs(text, CARDS) == (text.split() if expected is None else expected)


PIECES = st.sampled_from(
    [
        "ziconotide", "Prialt", "morphine", "gabapentin", "NSAID", "opioids", "is", "are", "an", "the", "such as",
        "like", "and other", "and", "not", "which", "e.g.", "'s", ",", ".", "?", "(", ")", "-", "–", "\n", "\1", "\2",
        "\3", "ſ", "İ",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(), st.lists(PIECES).map(" ".join), st.lists(st.one_of(PIECES, st.text(max_size=3))).map("".join)
)


@given(TEXTS)
def test_any_text_is_read(text):
    for conflict in drugs.find_conflicts(text, CARDS):
        assert conflict.sentence == text[conflict.start : conflict.end]
        assert conflict.claimed in conflict.sentence
        assert conflict.card in drugs.named(conflict.sentence, CARDS)
    drugs.unknown_drugs(text, CARDS)
