"""The house's list of red flags: each sign is found by its own words, and its urgency is one that the house knows."""

import pytest

from articles.evidence import red_flags

SIGNS = red_flags.signs()


def test_the_list_names_about_forty_signs_each_once_with_a_source():
    assert len({sign.name for sign in SIGNS}) == len(SIGNS) >= 40
    assert all(sign.source and sign.told_by for sign in SIGNS)
    assert {sign.urgency for sign in SIGNS} == {red_flags.NOW, red_flags.DAY, red_flags.DAYS}


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
def test_each_sign_is_found_by_each_of_its_phrases(sign):
    about = " ".join(word.replace("*", "") for word in sign.near)
    for phrase in sign.told_by:
        words = phrase.replace(" … ", " ").replace("*", "")
        found = red_flags.find_urgency_conflicts([("", f"Nothing to worry about: {words}.")], about=about)
        assert sign.name in [conflict.sign.name for conflict in found], phrase


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if sign.near], ids=lambda sign: sign.name)
def test_a_sign_of_one_condition_counts_only_beside_it(sign):
    text = f"Nothing to worry about: {sign.told_by[0].replace(' … ', ' ').replace('*', '')}."
    alone = any(word.rstrip("*") in text for word in sign.near)
    found = red_flags.find_urgency_conflicts([("", text)])
    assert alone or sign.name not in [conflict.sign.name for conflict in found]


@pytest.mark.parametrize(
    ("sections", "told"),
    [
        ([("", "See a doctor within a few days for:\nchest pain\nslurred speech")], ["days", "days"]),
        ([("Call your doctor in the morning", "Chest pain.")], ["days"]),
        ([("", "You may have chest pain. Call your doctor in the morning.")], ["days"]),
        ([("", "You may have chest pain. Rest helps. Call your doctor in the morning.")], []),
        ([("", "See a doctor within a few days for:\nchest pain, which needs an ambulance")], []),
        ([("", "See a doctor within a few days for:\na rash.\nChest pain is a risk.")], []),
    ],
)
def test_urgency_is_that_of_the_sentence_its_list_its_heading_or_a_sentence_that_goes_on(sections, told):
    assert [conflict.told for conflict in red_flags.find_urgency_conflicts(sections)] == told
