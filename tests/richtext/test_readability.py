"""How hard a text is to read: two formulas worked by hand, sentences, syllables, and what must never go wrong."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.richtext.readability import ReadingLevel, measure, syllables
from articles.richtext.sentences import split as sentences

# Counts from the CMU Pronouncing Dictionary where it has the word (a random sample of the demonstration's words and of
# the 6000 commonest ones), and from Merriam-Webster's medical dictionary for the rest.
SPOKEN = {
    1: "been black blood bones brain bright bring caused cheap chest claim damn eight fades fell flow glow he'd heart "
    "hide high large length line lines loud males mode must near nerve night pins planned prove seen sign skips slow "
    "speak spot stools stroke strokes talked than their they'd think those trap treat tube turned ward while word "
    "worse the ache aches eye pain dose weight tongue whole",
    2: "address become between bleeding borders branching briefly button changes deserved diet discuss distance "
    "distant divine friendship frightens hormones inform into itching landing layer leaflet likely losing lowered "
    "movement nonsense number older outwards pattern perform places podcast pupils questions rescue returns roughly "
    "shouldn't sleeping tablet treatments uncle unborn very weakness wonder being every people muscle science patient "
    "needle settled headaches touches safely lifestyle someone rhythm wasn't numbing grapefruit fibre MS CTs",
    3: "attention bearable clinicians consciousness continue dangerous dizziness everywhere exactly examined expanding "
    "faculty medical multiple prevention providers reaction removing substances therapy tiredness together whoever "
    "medicine area idea cardiac opioids management neuralgia physician MRI mg nausea radius evidence quieter infusion "
    "naloxone apnea atheist desired U.S.A",
    4: "anesthetic diabetes equivalent operations superficial television intrathecal neuropathic acupuncture society "
    "mechanism osteopath relaxation diagnosis ibuprofen sciatica european",
    5: "associated biological corticosteroid fibromyalgia allodynia physiology radiology amitriptyline inflammatory "
    "paracetamol gabapentinoid morphological",
    6: "availability acetaminophen benzodiazepine neuromodulation radiofrequency",
}
COUNTED = [(word, count) for count, listed in SPOKEN.items() for word in listed.split()]

PUMP = "<p>Doctors place the intrathecal pump under the skin.[1] It delivers medicine slowly [2, 3].</p>"


def test_syllables_are_counted_as_dictionaries_count_them():
    wrong = [(word, count, syllables(word)) for word, count in COUNTED if syllables(word) != count]
    assert len(COUNTED) >= 150
    assert 1 - len(wrong) / len(COUNTED) >= 0.95, wrong


@pytest.mark.parametrize(
    ("word", "count"),
    [("5", 1), ("1,000", 1), ("rhythms", 2), ("café", 2), ("CAFÉ", 2), ("שלום", 1), ("痛み", 1), ("", 1)],
)
def test_every_word_has_a_syllable_at_least(word, count):
    assert syllables(word) == count


def test_a_text_of_short_words_worked_by_hand():
    level = measure("<p>The cat sat on the mat.</p>")  # 6 words, 6 syllables, 1 sentence
    assert level.grade == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59) == pytest.approx(-1.45)
    assert level.lix == 6
    assert (level.words, level.sentences, level.costliest) == (6, 1, ())


def test_a_medical_text_worked_by_hand():
    """2-1-1-4-1-2-1-1 and 1-3-3-2: 22 syllables in 12 words in 2 sentences; 4 words have more than six letters."""
    level = measure(PUMP)
    assert (level.words, level.sentences) == (12, 2)
    assert level.grade == level.grade_without_terms == pytest.approx(8.3833, abs=1e-4)
    assert level.lix == level.lix_without_terms == pytest.approx(39.3333, abs=1e-4)


def test_without_terms_a_phrase_is_one_easy_word():
    """2-1-1-[1]-2-1-1 and 1-3-[1]-2: 16 syllables in 11 words; "Doctors" and "delivers" are long."""
    level = measure(PUMP, ["Intrathecal pump", "medicine", "pump", "", "–"])
    assert level.words == 12
    assert level.grade == pytest.approx(8.3833, abs=1e-4)
    assert level.grade_without_terms == pytest.approx(3.7186, abs=1e-4)
    assert level.lix_without_terms == pytest.approx(23.6818, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Some opioids help here.", "opioid"),
        ("Some OPIOID’S help here.", "opioids"),
        ("Some neuropathies help here.", "Neuropathy"),
        ("Some spinal-cord stimulation help here.", "spinal cord stimulation"),
        ("Some spinal cord stimulation help here.", "spinal-cord stimulation"),
        ("Some ne\u0301vralgie help here.", "n\u00e9vralgie"),
        ("Some intra\u00adthecal help here.", "intrathecal"),
    ],
)
def test_terms_are_found_in_any_form(text, term):
    assert measure(f"<p>{text}</p>", [term]).grade_without_terms == pytest.approx(0.39 * 4 + 11.8 - 15.59)


def test_a_term_within_a_compound_is_easy_and_a_part_of_a_word_is_no_term():
    assert measure("<p>Some opioid-like drugs help.</p>", ["opioid"]).grade_without_terms == pytest.approx(
        0.39 * 4 + 11.8 * 5 / 4 - 15.59
    )
    level = measure("<p>Some painkillers help here.</p>", ["pain"])
    assert level.grade_without_terms == level.grade


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("It hurts. It stops.", ["It hurts.", "It stops."]),
        ("Does it hurt? Yes! It does… Now rest", ["Does it hurt?", "Yes!", "It does…", "Now rest"]),
        ("“Does it hurt?” she asked. “Yes.” He nodded.", ["“Does it hurt?” she asked.", "“Yes.”", "He nodded."]),
        ("Use heat (e.g. Epsom baths), i.e. Warmth. Rest.", ["Use heat (e.g. Epsom baths), i.e. Warmth.", "Rest."]),
        ("Dr. Smith saw Prof. J. R. Doe. They spoke.", ["Dr. Smith saw Prof. J. R. Doe.", "They spoke."]),
        ("Drug vs. Placebo took approx. 12 weeks.", ["Drug vs. Placebo took approx. 12 weeks."]),
        ("Take 1.5 mg. Morphine is strong.", ["Take 1.5 mg. Morphine is strong."]),
        ("Take 5 mg. daily. Stop then.", ["Take 5 mg. daily.", "Stop then."]),
        ("Take 5 mg. Then rest.", ["Take 5 mg.", "Then rest."]),
        ("The U.S. Food and Drug Administration agreed.", ["The U.S. Food and Drug Administration agreed."]),
        ("It is sold in the U.S. It is dear.", ["It is sold in the U.S.", "It is dear."]),
        ("See Fig. 2 and No. 3. Does it help? No. Rest.", ["See Fig. 2 and No. 3.", "Does it help?", "No.", "Rest."]),
        (
            "Smith et al. Found it. Heat, ice, etc. Patients rest.",
            ["Smith et al. Found it.", "Heat, ice, etc.", "Patients rest."],
        ),
        ("1. Take the pill. 2. Drink water.", ["1. Take the pill.", "2. Drink water."]),
        ("We asked 50. 40 agreed.", ["We asked 50.", "40 agreed."]),
        ("It costs 2.50 a day at example.org today.", ["It costs 2.50 a day at example.org today."]),
        ("Wait ... then go. !!! ...", ["Wait ... then go."]),
        ("...", []),
        ("", []),
    ],
)
def test_sentences(block, expected):
    assert sentences(block) == expected


def test_blocks_are_sentences_and_labels_are_not_counted():
    html = (
        "<h2>Side effects of opioids</h2><h2>Common risks</h2><ul><li>feeling sick or sleepy</li><li>an itch</li></ul>"
        "<table><tr><th>Dose</th><td>one tablet every day</td></tr></table><p>Ask us. We will help.</p>"
    )
    level = measure(html)
    assert (level.words, level.sentences) == (4 + 4 + 4 + 5, 5)


def test_citations_are_no_words():
    cited = measure("<p>It[1] helps people[2,3].[4-6] But[7][8] not always [9].[10]It is safe.</p>")
    assert cited == measure("<p>It helps people. But not always. It is safe.</p>")


def test_the_costliest_sentences_come_in_order_without_their_terms():
    long = "Individual rehabilitation necessitates considerable interdisciplinary communication between professionals."
    middle = "Your doctor will usually recommend another medicine after several weeks."
    easy = "You can call us on any day that you like."
    term = "We use an intrathecal pump for you and for her."
    html = f"<p>{easy} {term} {middle}</p><p>{long} Interdisciplinary rehabilitation necessitates communication.</p>"
    costly = measure(html, ["intrathecal"]).costliest
    assert [cost.text for cost in costly] == [long, middle, easy]
    assert costly[0].grade > costly[1].grade > costly[2].grade
    assert measure(html).costliest[2].text == term
    assert costly[2].grade == pytest.approx(0.39 * 10 + 11.8 * 11 / 10 - 15.59)


@pytest.mark.parametrize(
    "html", ["", " ", "<p></p>", "<p>…</p>", "<h2>Risks</h2>", "<p>[1] [2]</p>", "<p>— – !!! ()</p>"]
)
def test_nothing_to_read_is_zero(html):
    assert measure(html, ["pain"]) == ReadingLevel(0.0, 0.0, 0.0, 0.0, 0, 0, ())


def test_right_to_left_text_is_no_error():
    level = measure("<p>הכאב חולף לאחר הטיפול. \u202bהמטופל נח.\u202c</p><p>يخف الألم بعد العلاج؟</p>", ["הכאב"])
    assert (level.words, level.sentences) == (10, 3)
    assert math.isfinite(level.grade)


@given(st.text(), st.lists(st.text(max_size=8), max_size=4))
def test_any_text_has_a_finite_level(text, terms):
    for level in (measure(text, terms), measure(f"<p>One two three four {text}</p><li>{text}", terms)):
        assert all(map(math.isfinite, (level.grade, level.lix, level.grade_without_terms, level.lix_without_terms)))
        assert len(level.costliest) <= 3


@given(
    st.text(alphabet="abeiouy AEMR.,!?-'’[]<>&;1/\n", max_size=300), st.lists(st.text("abe -", max_size=5), max_size=4)
)
def test_any_text_of_letters_and_marks_has_a_finite_level(text, terms):
    level = measure(text, terms)
    assert math.isfinite(level.grade)
    assert math.isfinite(level.grade_without_terms)
    assert level.words >= level.sentences


def test_a_marked_section_is_text():
    assert measure("<p>One two three <![four[ five</p>").words == 5
