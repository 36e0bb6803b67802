"""Two people wrote on one article: what does not overlap is one text, what does is theirs to decide."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.publishing import merging
from articles.richtext.elements import outermost
from tests.properties import examples

SOURCES = [(f"Source {name * 9}.", f"10.1000/{name}", "", "") for name in "abcdef"]
PARTS = {
    "title": "Heat",
    "slug": "heat",
    "standfirst": "Warm.",
    "page_type": "article",
    "hub_of": "",
    "section": "treatments",
    "closing_question": "",
    "disclosure": "None.",
    "search_title": "",
    "search_description": "",
    "first_published_url": "",
    "first_published_in": "",
    "lead": ("", ""),
    "topics": ["back-pain"],
    "byline": [1],
    "references": SOURCES[:2],
    "body": "<p>One.[1]</p>\n\n<p>Two.[2]</p>\n\n<ul>\n<li>First</li>\n<li>Last</li>\n</ul>\n\n<p>Three.</p>",
}


def merged(mine, theirs, choices=None, base=PARTS):
    return merging.merge(base, {**PARTS, **mine}, {**PARTS, **theirs}, choices)


def body(*changes):
    html = PARTS["body"]
    for old, new in changes:
        assert old in html
        html = html.replace(old, new)
    return html


def test_each_field_is_taken_from_whoever_changed_it():
    both = merged(
        {"title": "Mine", "topics": ["sleep"], "lead": ("7", "A drawing")},
        {"standfirst": "Theirs", "topics": ["back-pain", "nerves"], "byline": [1, 2]},
    )
    assert both.conflicts == []
    assert both.parts == {
        **PARTS,
        "title": "Mine",
        "standfirst": "Theirs",
        "topics": ["nerves", "sleep"],
        "byline": [1, 2],
        "lead": ("7", "A drawing"),
    }


def test_paragraphs_of_both_are_one_text():
    both = merged({"body": body(("One.", "One and mine."))}, {"body": body(("Three.", "Three and theirs."))})
    assert both.conflicts == []
    assert both.parts["body"] == body(("One.", "One and mine."), ("Three.", "Three and theirs."))


def test_two_items_of_one_list_are_no_conflict():
    both = merged({"body": body(("First", "Mine"))}, {"body": body(("Last", "Theirs"))})
    assert both.conflicts == []
    assert both.parts["body"] == body(("First", "Mine"), ("Last", "Theirs"))


def test_the_same_sentence_is_left_to_decide_and_each_decision_is_kept():
    mine, theirs = {"body": body(("Two.", "Mine."))}, {"body": body(("Two.", "Theirs."))}
    both = merged(mine, theirs)
    [conflict] = both.conflicts
    assert (conflict.label, conflict.mine, conflict.theirs) == ("Text", "<p>Mine.[2]</p>", "<p>Theirs.[2]</p>")
    assert both.parts["body"] == mine["body"]
    for choice, html in {
        "mine": mine["body"],
        "theirs": theirs["body"],
        "both": body(("<p>Two.[2]</p>", "<p>Theirs.[2]</p>\n\n<p>Mine.[2]</p>")),
    }.items():
        decided = merged(mine, theirs, {conflict.key: choice})
        assert (decided.conflicts, decided.parts["body"]) == ([], html)
    assert merged(mine, theirs, {conflict.key: "neither"}).conflicts == [conflict]


def test_a_paragraph_that_one_removed_and_the_other_changed_is_left_to_decide():
    [conflict] = merged({"body": body(("<p>Two.[2]</p>", ""))}, {"body": body(("Two.", "Theirs."))}).conflicts
    assert (conflict.mine, conflict.theirs, conflict.can_keep_both) == ("", "<p>Theirs.[2]</p>", False)


def test_a_title_is_one_of_both_and_a_standfirst_can_be_both():
    title, standfirst = merged(
        {"title": "Mine", "standfirst": "Mine."}, {"title": "Theirs", "standfirst": "Theirs."}
    ).conflicts
    assert (title.can_keep_both, standfirst.can_keep_both) == (False, True)
    both = merged(
        {"title": "Mine", "standfirst": "Mine."},
        {"title": "Theirs", "standfirst": "Theirs."},
        {title.key: "both", standfirst.key: "both"},
    )
    assert [conflict.field for conflict in both.conflicts] == ["title"]
    assert both.parts["standfirst"] == "Theirs. Mine."


def test_a_number_still_cites_its_source_when_both_added_one():
    mine = {"references": SOURCES[:3], "body": body(("One.[1]", "One.[1, 3]"))}
    theirs = {"references": [SOURCES[4], *SOURCES[:2]], "body": body(("[2]", "[3]"), ("[1]", "[2]"))}
    theirs["body"] = theirs["body"].replace("Three.", "Three.[1]")
    both = merged(mine, theirs)
    assert both.parts["references"] == [SOURCES[4], SOURCES[0], SOURCES[1], SOURCES[2]]
    assert both.conflicts == []
    assert "One.[2,4]" in both.parts["body"]
    assert "Two.[3]" in both.parts["body"]
    assert "Three.[1]" in both.parts["body"]


def test_one_source_that_both_added_is_one_reference():
    mine = {"references": [*SOURCES[:2], SOURCES[3], SOURCES[2]], "body": body(("One.[1]", "One.[4]"))}
    theirs = {"references": [*SOURCES[:2], SOURCES[2]], "body": body(("Three.", "Three.[3]"))}
    both = merged(mine, theirs)
    assert sorted(both.parts["references"]) == SOURCES[:4]
    number = both.parts["references"].index(SOURCES[2]) + 1
    assert f"One.[{number}]" in both.parts["body"]
    assert f"Three.[{number}]" in both.parts["body"]


def test_a_source_that_one_removed_and_the_other_cites_stays():
    mine = {"references": SOURCES[:1], "body": body(("Two.[2]", "Two."))}
    theirs = {"body": body(("Three.", "Three.[2]"))}
    both = merged(mine, theirs)
    assert both.parts["references"] == SOURCES[:2]
    assert "Three.[2]" in both.parts["body"]
    assert merged(mine, {}).parts["references"] == SOURCES[:1]


def test_a_citation_that_one_mended_is_mended_and_one_that_both_changed_is_left_to_decide():
    fixed, other = (("Source a, corrected.", "10.1000/a", "", ""), ("Source a, 2019.", "10.1000/a", "", ""))
    assert merged({"references": [fixed, SOURCES[1]]}, {}).parts["references"] == [fixed, SOURCES[1]]
    both = merged({"references": [fixed, SOURCES[1]]}, {"references": [other, SOURCES[1]]})
    assert [conflict.label for conflict in both.conflicts] == ["References"]
    assert both.parts["references"] == [fixed, SOURCES[1]]


def test_without_the_state_both_began_from_nothing_of_either_is_lost():
    both = merged({"body": body(("Two.", "Mine."))}, {"body": body(("<p>Three.</p>", ""))}, base=None)
    assert [conflict.field for conflict in both.conflicts] == ["body"]
    assert "Three." in both.parts["body"]


PARAGRAPHS = st.lists(st.sampled_from([f"<p>{word}</p>" for word in "abcdef"]), max_size=6)


@settings(max_examples=examples(200))
@given(base=PARAGRAPHS, mine=PARAGRAPHS, theirs=PARAGRAPHS)
def test_no_paragraph_that_one_side_added_is_lost(base, mine, theirs):
    states = [{**PARTS, "body": "".join(state)} for state in (base, mine, theirs)]
    both, swapped = merging.merge(*states), merging.merge(states[0], states[2], states[1])
    shown = both.parts["body"] + "".join(conflict.theirs for conflict in both.conflicts)
    assert {*mine, *theirs} - {*base} <= {part.strip() for part in outermost(shown)}
    if not both.conflicts:
        assert outermost(both.parts["body"].replace("\n", "")) == outermost(swapped.parts["body"].replace("\n", ""))
    chosen = {conflict.key: (conflict.can_keep_both and "both") or "theirs" for conflict in both.conflicts}
    assert merging.merge(*states, chosen).conflicts == []


@settings(max_examples=examples(100))
@given(
    base=st.permutations(SOURCES),
    mine=st.permutations(SOURCES),
    theirs=st.permutations(SOURCES),
    sizes=st.integers(0, 215),
)
def test_every_number_cites_the_source_that_it_cited(base, mine, theirs, sizes):
    lists = [base[: sizes % 6], mine[: sizes // 6 % 6], theirs[: sizes // 36]]
    texts = [
        "".join(f"<p>{side}{source[0]}[{number}]</p>" for number, source in enumerate(sources, 1))
        for side, sources in zip("bmt", lists, strict=True)
    ]
    states = [{**PARTS, "references": sources, "body": text} for sources, text in zip(lists, texts, strict=True)]
    both = merging.merge(*states)
    for html in (both.parts["body"], *(conflict.theirs for conflict in both.conflicts)):
        for paragraph in outermost(html):
            words, _bracket, number = paragraph.strip().removesuffix("]</p>").partition("[")
            assert words[4:] == both.parts["references"][int(number) - 1][0]
