"""A sign-off outlives misspelled words and punctuation, and nothing that could change what a reader does."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import english_words
import pytest
import spellchecker
from hypothesis import given
from hypothesis import strategies as st

from articles.evidence import dictionary, look_alikes
from articles.models import Article, Edition, Review
from articles.publishing import desk, pictures, press, snapshot, typos
from articles.publishing.desk import DeskRefused
from articles.publishing.press import PublishingRefused
from tests import factories

LISTS = tomllib.loads(Path(__file__).with_name("typos.toml").read_text())


@pytest.fixture(autouse=True)
def _dictionaries_are_read_once(monkeypatch):
    """The product reads them at every typo fix, which is seldom; here there are a thousand."""
    monkeypatch.setattr(dictionary, "get_english_words_set", _webster)
    monkeypatch.setattr(dictionary, "SpellChecker", _written)


@lru_cache(maxsize=1)
def _read():
    return english_words.get_english_words_set(["web2"], lower=True), spellchecker.SpellChecker(distance=1)


def _webster(_sources, *, lower):
    return _read()[0]


def _written(*, distance):
    return _read()[1]


def content(body, **changes):
    return {**dict.fromkeys(snapshot.SIGNED, ""), "references": [], "pictures": [], "body": body, **changes}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The recieved dose", "The received dose"),
        ("The pump helps", "The pump helps."),
        ("It helps the the pump", "It helps the pump"),
        ("Pumps help , sometimes", "Pumps help, sometimes"),
        ("A treatmnt for pain", "A treatment for pain"),
        ("A treatmment for pain", "A treatment for pain"),
        ("its an implanted pump; ask", "its an implanted pump. ask"),
        ("pain medicine", "Pain medicine"),
        ("It’s good", "It’s good"),
        ("well known", "well-known"),
    ],
)
def test_a_slip_is_a_slip(old, new):
    assert typos.problems(content(f"<p>{old}</p>"), content(f"<p>{new}</p>")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Take 5 mg", "Take 50 mg"),
        ("Take 5 mg", "Take 5 mcg"),
        ("Take 1.5 mg", "Take 15 mg"),
        ("It is now safe", "It is not safe"),
        ("It is safe", "It is unsafe"),
        ("It is unlikely", "It is likely"),
        ("It is effective", "It is ineffective"),
        ("The pain is typical", "The pain is atypical"),
        ("The pain is atypical", "The pain is typical"),
        ("You can drive", "You cannot drive"),
        ("You can drive", "You can not drive"),
        ("hypotension", "hypertension"),
        ("increase the dose", "decrease the dose"),
        ("with food", "without food"),
        ("once daily", "twice daily"),
        ("It may help", "It will help"),
        ("every 12 hours", "every 2 hours"),
        ("It helps many", "It helps"),
        ("below 10%", "below 10"),
        ("pain < 4", "pain > 4"),
        ("before surgery", "after surgery"),
        ("oral use", "aural use"),
        ("It helps. It harms.", "It helps."),
        ("la douleur", '<span lang="fr">la douleur</span>'),
        ('<span lang="zh-Hans">x</span>', '<span lang="zh-Hant">x</span>'),
        ('<a href="https://a.example">x</a>', '<a href="https://b.example">x</a>'),
        ('<a href="https://painn.example">x</a>', '<a href="https://pain.example">x</a>'),
        ('<a href="https://a.example/recieve">x</a>', '<a href="https://a.example/receive">x</a>'),
        ('<a title="recieve" href="https://a.example">x</a>', '<a title="receive" href="https://a.example">x</a>'),
        ("See https://painn.example", "See https://pain.example"),
        ("Write to helpp@a.example", "Write to help@a.example"),
        ("on recieve.org", "on receive.org"),
        ("not <strong>for</strong> all", "<strong>not</strong> for all"),
        ('<figure data-picture="1"></figure>', '<figure data-picture="2"></figure>'),
        ('<th scope="row">x</th>', '<th scope="col">x</th>'),
        ("1-2 mg", "1.2 mg"),
        ("take .5 mg", "take 5 mg"),
        ("take 5, 10 or 15", "take 5 10 or 15"),
        ("the dose −5", "the dose 5"),
        ("1,5 mg", "1.5 mg"),
        ("No, it is safe", "No it is safe"),
        ("Stop it. If it hurts, call", "Stop it if it hurts, call"),
        ("Is it safe?", "Is it safe."),
        ("the safe dose", "the “safe” dose"),
        ("do not not stop", "do not stop"),
        ("take five five times", "take five times"),
        ("10 m²", "10 m³"),
        ("dysphaia", "dysphagia"),
        ("hyptension", "hypotension"),
        ("do nott stop", "do note stop"),
        ("the hypalgesa", "the hyperalgesa"),
        ("gabapentn", "gabapentin"),
        ("un safe", "unsafe"),
        ("aviable tissue", "viable tissue"),
    ],
)
def test_what_could_change_what_a_reader_does_is_none(old, new):
    assert typos.problems(content(f"<p>{old}</p>"), content(f"<p>{new}</p>"))


def test_a_medicines_name_is_never_a_slip():
    old, new = content("<p>zicanotide</p>"), content("<p>ziconotide</p>")
    assert typos.problems(old, new) == ["“zicanotide” became “ziconotide”: the dictionary has neither."]
    assert typos.problems(old, new, terms=["Ziconotide"]) == []
    known = {"names": ["ziconotide", "Prialt"], "terms": ["Ziconotide"]}
    assert typos.problems(old, new, **known) == ["“zicanotide” became “ziconotide”: a medicine’s name."]
    near = typos.problems(content("<p>prialy</p>"), content("<p>prial</p>"), **known)
    assert near == ["“prialy” became “prial”: a medicine’s name."]


def pairs(kind, *which):
    lines = "\n".join(LISTS[kind][part] for part in which).replace(" | ", "\n").strip().split("\n")
    return [tuple(line.split(" > ")) for line in lines]


def problems_of(old, new):
    return typos.problems(content(f"<p>So it is {old} here.</p>"), content(f"<p>So it is {new} here.</p>"))


@pytest.mark.parametrize("which", ["first", "later"])
def test_none_of_200_look_alike_words_passes_for_a_slip_of_the_other(which):
    assert len(pairs("look_alikes", "first", "later")) >= 200
    both_ways = [pair for one in pairs("look_alikes", which) for pair in (one, one[::-1])]
    assert [pair for pair in both_ways if not problems_of(*pair)] == []


@pytest.mark.parametrize("which", ["first", "later"])
def test_at_most_one_in_ten_of_200_true_slips_is_refused(which):
    assert len(pairs("typos", "first", "later")) >= 200
    assert len(pairs("typos", "later")) * 5 >= len(pairs("typos", "first", "later")) - 4
    refused = {pair: why for pair in pairs("typos", which) if (why := problems_of(*pair))}
    assert len(refused) * 10 <= len(pairs("typos", which)), refused


def test_no_word_of_the_list_of_look_alikes_is_a_slip_of_another():
    known = look_alikes.listed()
    both = [(word, twin) for word, twins in known.twins.items() for twin in twins]
    assert len(both) / 2 >= 200
    assert [pair for pair in both if not problems_of(*pair)] == []
    assert all(source.strip() for source in tomllib.loads(look_alikes.LIST.read_text())["sources"])


def test_a_heading_that_becomes_a_paragraph_a_reference_and_a_picture_are_none():
    assert typos.problems(content("<h2>Risks</h2>"), content("<p>Risks</p>"))
    assert typos.problems(content("<p>x</p>"), content("<p>x</p>", references=[{"citation": "Doe"}]))
    assert typos.problems(content("<p>x</p>"), content("<p>x</p>", pictures=[{"id": 1}]))


@given(st.text(alphabet="abcde fgh12.,%not", max_size=40), st.text(alphabet="abcde fgh12.,%not", max_size=40))
def test_numbers_and_negations_never_slip(old, new):
    if typos.problems(content(old), content(new)) == []:
        for kept in (r"\d+", r"(?<![a-z])(?:not?|none)(?![a-z])"):
            assert re.findall(kept, old) == re.findall(kept, new)


# On the desk and in print ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_sign_off_is_carried_over_and_says_so():
    article = factories.publishable_article(body=factories.BODY.replace("Some words", "Some wrods"))
    signed = Review.objects.get()
    Article.objects.filter(pk=article.pk).update(body=factories.BODY)
    article.refresh_from_db()
    desk.save(article, by=None)
    by = factories.editor()
    carried = desk.carry_over(article, by=by)
    assert (carried.carried_from, carried.carried_by, carried.reviewer) == (signed, by, signed.reviewer)
    assert (carried.decided_at, carried.due_on) == (signed.decided_at, signed.due_on)
    assert press.publish(article, by=by).review == carried


@pytest.mark.django_db
def test_typos_do_not_add_up_to_a_rewrite():
    """What is compared is the text that was signed, not the one after the last typo."""
    article = factories.publishable_article(body=factories.BODY + "<p>A hospitl helps.</p>")
    by = factories.editor()
    for words in ("A hospital helps.", "A hospitals helps."):
        article.body = factories.BODY + f"<p>{words}</p>"
        desk.save(article, by=None)
        if words == "A hospital helps.":
            desk.carry_over(article, by=by)
    with pytest.raises(DeskRefused, match="more than one letter"):
        desk.carry_over(article, by=by)


@pytest.mark.django_db
def test_a_slip_is_declared_by_an_editor_and_needs_a_sign_off():
    article = factories.publishable_article(signed=False)
    with pytest.raises(DeskRefused, match="have permission to keep a sign-off"):
        desk.carry_over(article, by=factories.UserFactory(role="Author"))
    with pytest.raises(DeskRefused, match="No one has signed off"):
        desk.carry_over(article, by=factories.editor())


@pytest.mark.django_db
def test_a_sign_off_is_not_carried_over_once_its_reviewer_is_among_the_authors_under_another_name():
    article = factories.publishable_article(body=factories.BODY.replace("Some words", "Some wrods"))
    reviewer = Review.objects.get().reviewer
    account = reviewer.user
    account.email = "ada@example.org"
    account.save()
    also = factories.ContributorFactory(name="A. Rey", email="ada+writes@example.org")
    article.byline.create(contributor=also, position=1)
    article.body = factories.BODY
    article.save()
    desk.save(article, by=None)
    with pytest.raises(DeskRefused, match="is an author of this article, and no one can sign off on their own work"):
        desk.carry_over(article, by=factories.editor())


@pytest.mark.django_db
def test_a_slip_is_fixed_in_print_while_a_rewrite_waits():
    body = factories.BODY.replace("Some words", "Some wrods")
    first = factories.print_edition(body=body)
    article = first.article
    article.refresh_from_db()
    article.body = body + "<p>A large rewrite, unsigned.</p>"
    desk.save(article, by=None)
    edition = factories.fix_typo(article, was="wrods", now="words", by=first.by)
    assert (edition.body, edition.review.carried_from) == (factories.BODY, first.review)
    assert list(Edition.objects.live()) == [edition]
    article.refresh_from_db()
    assert article.body == factories.BODY + "<p>A large rewrite, unsigned.</p>"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("was", "now"), [("may", "will"), ("not there", "x"), ("", "x"), ("It may help.", "It may not help.")]
)
def test_what_is_no_slip_is_not_printed_and_nothing_is_changed(was, now):
    first = factories.print_edition()
    article = first.article
    before = snapshot.content_of(article)
    with pytest.raises(PublishingRefused):
        factories.fix_typo(article, was=was, now=now, by=first.by)
    article.refresh_from_db()
    assert snapshot.content_of(article) == before
    assert list(Edition.objects.live()) == [first]


@pytest.mark.django_db
@pytest.mark.parametrize(("was", "now"), [("5 mg", "50 mg"), ("may help", "will help")])
def test_the_rule_holds_in_sections_that_ask_for_no_review_too(was, now):
    first = factories.print_edition(in_section="news", signed=False, body="<p>It may help at 5 mg.</p>")
    with pytest.raises(PublishingRefused):
        factories.fix_typo(first.article, was=was, now=now, by=first.by)
    assert list(Edition.objects.live()) == [first]


@pytest.mark.django_db
def test_a_slip_in_an_unsigned_news_item_is_mended():
    first = factories.print_edition(in_section="news", signed=False, body="<p>It may hellp people.</p>")
    edition = factories.fix_typo(first.article, was="hellp", now="help", by=first.by)
    assert (edition.body, edition.review) == ("<p>It may help people.</p>", None)


@pytest.mark.django_db
def test_a_sign_off_that_a_news_item_has_is_carried_over_and_never_dropped_in_silence():
    first = factories.print_edition(in_section="news", body="<p>It may hellp people.</p>")
    edition = factories.fix_typo(first.article, was="hellp", now="help", by=first.by)
    assert edition.review.carried_from == first.review


@pytest.mark.django_db
def test_the_address_of_a_rewrite_does_not_get_out_with_a_slip():
    first = factories.print_edition(slug="pumps", body=factories.BODY.replace("Some words", "Some wrods"))
    article = first.article
    Article.objects.filter(pk=article.pk).update(
        slug="xylocanary", body=factories.BODY.replace("Some", "Unsigned wrods")
    )
    article.refresh_from_db()
    desk.save(article, by=None)
    edition = factories.fix_typo(article, was="wrods", now="words", by=first.by)
    assert edition.slug == "pumps"
    article.refresh_from_db()
    assert (article.slug, "Unsigned words" in article.body) == ("xylocanary", True)


@pytest.mark.django_db
def test_a_live_text_is_mended_though_another_draft_has_taken_its_address():
    first = factories.print_edition(slug="pumps", body=factories.BODY.replace("Some words", "Some wrods"))
    Article.objects.filter(pk=first.article_id).update(slug="moved")
    factories.publishable_article(slug="pumps")
    edition = factories.fix_typo(first.article, was="wrods", now="words", by=first.by)
    assert (edition.slug, edition.body) == ("pumps", factories.BODY)
    assert list(Edition.objects.live()) == [edition]


@pytest.mark.django_db
def test_the_sign_off_of_the_live_text_is_carried_over_though_a_rewrite_was_signed_since():
    first = factories.print_edition(body=factories.BODY.replace("Some words", "Some wrods"))
    article = first.article
    article.body = "<p>A rewrite.[1]</p><h2>Benefits</h2><p>None.</p><h2>Risks</h2><p>Many.</p>"
    desk.save(article, by=None)
    factories.sign(article)
    edition = factories.fix_typo(article, was="wrods", now="words", by=first.by)
    assert (edition.body, edition.review.carried_from) == (factories.BODY, first.review)


@pytest.mark.django_db
@pytest.mark.parametrize("waiting", ["<p>All of it is new.</p>", "<p>Two wrods and their wrods.</p>"])
def test_a_rewrite_that_has_the_slip_nowhere_or_twice_is_left_alone_and_is_not_taken_for_the_printed_text(waiting):
    first = factories.print_edition(body=factories.BODY.replace("Some words", "Some wrods"))
    article = first.article
    article.refresh_from_db()
    article.body = waiting
    desk.save(article, by=None)
    before = Article.objects.values().get()
    factories.fix_typo(article, was="wrods", now="words", by=first.by)
    assert Article.objects.values().get() == before
    assert not Article.objects.with_state().get().is_printed


@pytest.mark.django_db
def test_a_draft_like_the_live_text_is_the_printed_one_again():
    first = factories.print_edition(body=factories.BODY.replace("Some words", "Some wrods"))
    factories.fix_typo(first.article, was="wrods", now="words", by=first.by)
    assert Article.objects.with_state().get().is_printed


@pytest.mark.django_db
def test_a_picture_that_was_replaced_after_the_sign_off_is_seen_by_a_reviewer_first():
    old, new = (factories.CreditFactory().image for _each in range(2))
    first = factories.print_edition(lead_image=old)
    pictures.replace(old, new, by=first.by)
    with pytest.raises(PublishingRefused, match="pictures"):
        factories.fix_typo(first.article, was="Some words", now="Some word", by=first.by)
    assert list(Edition.objects.live()) == [first]


@pytest.mark.django_db
@pytest.mark.parametrize("crafted", ["", "0" * 64])
def test_a_typo_fix_that_names_no_published_text_is_refused(crafted):
    first = factories.print_edition(body=factories.BODY.replace("Some words", "Some wrods"))
    with pytest.raises(PublishingRefused) as refused:
        press.fix_typo(first.article, was="wrods", now="words", by=first.by, seen=crafted)
    assert [finding.id for finding in refused.value.findings] == ["text.unseen"]
    assert list(Edition.objects.live()) == [first]


@pytest.mark.django_db
def test_a_typo_fix_of_a_version_that_was_replaced_since_it_was_read_is_refused_with_both_texts():
    first = factories.print_edition(body=factories.BODY.replace("Some words", "Some wrods"))
    article = Article.objects.get()
    article.body = article.body.replace("It may harm", "It can harm")
    desk.save(article, by=None)
    factories.sign(article)
    second = press.publish(article, by=first.by)
    with pytest.raises(PublishingRefused, match=r"you read “.*may harm.*”, and now it says “.*can harm.*”"):
        press.fix_typo(article, was="wrods", now="words", by=first.by, seen=first.revision.digest)
    assert list(Edition.objects.live()) == [second]


LONG = "A treatmnt " + "x" * 189  # as long as a title may be


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["live", "waiting"])
def test_a_typo_whose_fix_makes_a_title_too_long_is_refused_in_a_sentence(where):
    first = factories.print_edition(title=LONG if where == "live" else "A treatmnt")
    article = first.article
    article.refresh_from_db()
    article.title = LONG
    desk.save(article, by=None)
    with pytest.raises(PublishingRefused) as refused:
        factories.fix_typo(article, was="treatmnt", now="treatment", by=first.by)
    assert refused.value.problems == ("The title has 201 characters, and 200 fit.",)
    article.refresh_from_db()
    assert (article.title, list(Edition.objects.live())) == (LONG, [first])
