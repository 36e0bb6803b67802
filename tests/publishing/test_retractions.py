"""A paper that was retracted is marked on the live page, waits on the desk, and is signed again by nobody unasked."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from articles.models import Acknowledgement, Article, Reference, RetractionNotice, Review
from articles.publishing import checks, desk, overrides, press, retractions
from articles.publishing.desk import DeskRefused
from tests import factories, markup
from tests.admin.test_dashboard import panel, signed_in
from tests.evidence.test_retractions import COLUMNS, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return citing(factories.publishable_article(slug="pumps", signed=False))


def citing(article, **ids):
    Reference.objects.filter(article=article).update(**(ids or {"doi": "10.1000/pumps"}))
    desk.save(article, by=None)
    return article


def notice(nature="retracted", number=1, **ids):
    given = {"doi": "10.1000/pumps", "notice_doi": "10.1000/notice", "noticed_on": "2026-03-04", **ids}
    return RetractionNotice.objects.create(record_id=number, nature=nature, title="Pumps", **given)


def natures(article):
    return {finding.id: finding.level for finding in checks.run(article) if finding.id.startswith("reference.")}


@pytest.mark.parametrize(
    ("ids", "known"),
    [
        ({"doi": "10.1000/pumps"}, {"doi": "10.1000/pumps"}),
        ({"pmid": "123"}, {"doi": "", "pmid": "123"}),
        ({"doi": "10.1000/PUMPS"}, {"doi": "10.1000/pumps"}),
        ({"doi": "10.1000/pumps"}, {"doi": "https://doi.org/10.1000/Pumps."}),
        ({"doi": "https://dx.doi.org/10.1000%2FPUMPS"}, {"doi": "10.1000/pumps"}),
        ({"pmid": "PMID: 0123"}, {"doi": "", "pmid": "123"}),
        ({"url": "https://doi.org/10.1000/PUMPS"}, {"doi": "10.1000/pumps"}),
        ({"citation": "Doe J. Pumps. https://doi.org/10.1000%2fPUMPS."}, {"doi": "10.1000/pumps"}),
        ({"citation": "Doe J. Pumps. PMID: 123"}, {"doi": "", "pmid": "123"}),
    ],
)
def test_a_notice_finds_old_references_and_a_reference_old_notices(article, ids, known):
    Reference.objects.filter(article=article).update(doi="")
    citing(article, **ids)
    assert natures(article) == {}
    notice(**known)
    assert natures(article) == {"reference.retracted": "error"}
    assert natures(citing(factories.publishable_article(signed=False), **ids)) == {"reference.retracted": "error"}


@pytest.mark.parametrize(
    ("nature", "words", "level"),
    [
        ("retracted", "Retracted March 4, 2026", "error"),
        ("doubted", "Under an expression of concern March 4, 2026", "warning"),
        ("corrected", "Corrected by its journal March 4, 2026", "warning"),
    ],
)
def test_it_is_marked_beside_itself_on_the_live_page_at_once(client, article, nature, words, level):
    factories.sign(article)
    edition = press.publish(article, by=factories.editor())
    Reference.objects.create(article=article, position=2, citation="Roe R. Rest. J Pain. 2021;1(1):1-2.")
    notice(nature)
    page = markup.page(client.get("/articles/pumps/"))
    assert page.count(words) == 2  # in the list, and where it opens beside its sentence
    assert 'href="https://doi.org/10.1000/notice">See the notice</a>' in page
    assert retractions.states(edition.references)[0].as_dict() == {
        "state": nature,
        "on": "2026-03-04",
        "notice": "https://doi.org/10.1000/notice",
        "reasons": [],
    }
    assert natures(article)[f"reference.{nature}"] == level


@pytest.mark.parametrize("kept", [{"doi": "10.1000/PUMPS"}, {"doi": "doi:10.1000/pumps"}, {"doi": "", "pmid": "0123"}])
def test_the_desk_names_an_article_however_its_reference_is_kept(article, kept):
    notice(pmid="123")
    columns = ", ".join(f"{name} = %s" for name in kept)
    with connection.cursor() as cursor:  # past every model
        cursor.execute(f"UPDATE articles_reference SET {columns} WHERE article_id = %s", [*kept.values(), article.pk])
    assert [found for found, _doubt in retractions.to_look_at(Article.objects.all())] == [article]


@pytest.mark.parametrize(
    "save",
    [
        lambda row: Reference.objects.create(**row),
        lambda row: Reference.objects.bulk_create([Reference(**row)]),
        lambda row: Reference.objects.filter(pk=Reference.objects.create(article=row["article"]).pk).update(**row),
    ],
    ids=["create", "bulk_create", "update"],
)
def test_an_identifier_is_kept_bare_by_every_door(article, save):
    save({"article": article, "position": 2, "doi": "https://doi.org/10.1000/REST.", "pmid": "PMID: 77"})
    kept = Reference.objects.get(doi="HTTPS://DOI.ORG/10.1000/rest")
    assert (kept.doi, kept.pmid) == ("10.1000/rest", "77")


@pytest.mark.parametrize("ids", [{"doi": "10.1000/NOTICE"}, {"doi": "", "pmid": "9"}])
def test_who_cites_the_notice_itself_is_told_so(article, ids):
    notice(notice_pmid="9")
    citing(article, **ids)
    assert natures(article) == {"reference.retracted": "error"}
    [(found, doubt)] = retractions.to_look_at(Article.objects.all())
    assert (found, doubt.state.words) == (article, "Notice of a retraction")
    assert retractions.describe(doubt).startswith(
        "Reference 1 is itself the notice that “Pumps” was retracted on March 4, 2026"
    )


def test_a_page_asks_once_for_all_its_references(client, article, django_assert_max_num_queries):
    for number in range(2, 9):
        Reference.objects.create(article=article, position=number, citation=f"Roe {number}.", doi=f"10.1000/{number}")
    factories.sign(article)
    press.publish(article, by=factories.editor())
    notice(number=1)
    notice(number=2, doi="10.1000/5")
    client.get("/articles/pumps/")
    with django_assert_max_num_queries(5):
        page = client.get("/articles/pumps/").content.decode()
    assert page.count("See the notice") == 4
    with django_assert_max_num_queries(1):
        assert len(retractions.states([{"citation": "", "doi": f"10.1000/{n}"} for n in range(50)])) == 50
    with django_assert_max_num_queries(0):
        assert retractions.states([{"citation": "Doe J.", "doi": "", "pmid": ""}]) == [None]


@pytest.mark.parametrize("nature", ["retracted", "doubted", "corrected"])
def test_nobody_signs_until_an_editor_has_said_why_it_stays(article, nature):
    said = notice(nature)
    revision, reviewer, by = desk.keep_revision(article, by=None), factories.ReviewerFactory(), factories.editor()
    with pytest.raises(DeskRefused, match="An editor must explain why it stays"):
        desk.sign_off(revision, by=reviewer.user)
    with pytest.raises(DeskRefused, match="An editor must explain why it stays"):
        desk.sign_off_by_link(revision, reviewer=reviewer, decision=Review.APPROVED)
    assert desk.sign_off(revision, by=reviewer.user, decision=Review.CHANGES).pk
    overrides.acknowledge(article, said, reason="It is cited as what was believed.", by=by)
    assert desk.sign_off(revision, by=reviewer.user).decision == Review.APPROVED
    assert natures(article) == {f"reference.{nature}": "warning"}
    [finding] = [one for one in checks.run(article) if one.id == f"reference.{nature}"]
    assert "It is cited as what was believed." in finding.message
    assert press.publish(article, by=by).number == 1


def test_a_graver_notice_about_the_same_paper_asks_again(article):
    overrides.acknowledge(article, notice("doubted"), reason="We know.", by=factories.editor())
    notice("retracted", number=2, noticed_on="2026-05-01")
    assert natures(article) == {"reference.retracted": "error"}


def test_a_reinstated_paper_is_in_no_doubt(article):
    notice("retracted")
    notice("reinstated", number=2, noticed_on="2026-05-01")
    assert natures(article) == {}


def test_acknowledging_takes_an_editor_a_reason_and_a_paper_that_is_cited(article):
    cited, other, by = notice(), notice(number=2, doi="10.1000/other"), factories.editor()
    for given in ({"by": factories.UserFactory(role="Author")}, {"reason": " "}, {"notice": other}):
        with pytest.raises(DeskRefused):
            overrides.acknowledge(article, **{"notice": cited, "reason": "Because.", "by": by, **given})
    assert not Acknowledgement.objects.exists()


def test_it_waits_on_the_desk_until_it_is_decided(client, article):
    user = signed_in(client, "Editor")
    before = panel(client, "waiting")
    said = notice()
    assert sorted(panel(client, "waiting")) == sorted([article.title, *before])
    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert 'id="doubts"' in page
    client.post(
        reverse("admin:articles_article_keep_reference", args=[article.pk]), {"notice": said.pk, "reason": "Because."}
    )
    assert Acknowledgement.objects.get().by == user
    assert panel(client, "waiting") == before


def test_what_the_working_copy_has_dropped_waits_on_the_desk_while_the_live_page_cites_it(client, article):
    factories.sign(article)
    press.publish(article, by=factories.editor())
    user = signed_in(client, "Editor")
    notice()
    waits = "The live page still cites reference 1: retracted"
    assert waits not in client.get("/admin/").content.decode()
    citing(article, doi="10.1000/another")
    assert "Retracted" in client.get("/articles/pumps/").content.decode()
    assert waits in client.get("/admin/").content.decode()
    factories.sign(article)
    press.publish(article, by=user)
    assert waits not in client.get("/admin/").content.decode()


BARE = {"citation": "Doe J. Pumps.", "doi": "", "pmid": "", "url": ""}
IN_WORDS = [
    {"url": "https://doi.org/10.1000/PUMPS"},
    {"url": "https://journal.example/doi/full/10.1000/pumps?needAccess=true#s2"},
    {"url": "https://journal.example/article?id=10.1000%2Fpumps&type=printable"},
    {"citation": "Doe J. Pumps. J Pain. In press. doi:10.1000/Pumps."},
    {"citation": "Doe J. Pumps. PMID: 123"},
    {"url": "https://pubmed.ncbi.nlm.nih.gov/123/"},
    {"url": "https://www.ncbi.nlm.nih.gov/pubmed/123"},
    {"pmid": "0123"},
    {"doi": "10.1000/pumped", "url": "https://doi.org/10.1000/pumps"},
]


@pytest.mark.parametrize("ids", IN_WORDS)
def test_a_paper_that_only_the_words_or_the_page_of_a_reference_name_waits_on_the_desk(article, ids):
    citing(article, **{**BARE, **ids})
    notice(number=1, doi="10.1000/other", pmid="")
    assert list(retractions.to_look_at(Article.objects.all())) == []
    said = notice(number=2, pmid="123")
    [(found, doubt)] = retractions.to_look_at(Article.objects.all())
    assert (found, doubt.number, doubt.state.notice) == (article, 1, said)
    assert list(retractions.to_look_at(Article.objects.exclude(pk=article.pk))) == []


@pytest.mark.parametrize("ids", IN_WORDS)
def test_such_a_paper_waits_too_while_only_the_live_page_cites_it(article, ids):
    citing(article, **{**BARE, **ids})
    factories.sign(article)
    edition = press.publish(article, by=factories.editor())
    said = notice(pmid="123")
    citing(article, **BARE)
    assert [(one.pk, number, state.notice) for one, number, state in retractions.still_printed()] == [
        (edition.pk, 1, said)
    ]
    assert list(retractions.to_look_at(Article.objects.all())) == []


def test_the_desk_asks_no_more_of_many_references_than_of_one(article, django_assert_num_queries):
    for number in range(2, 60):
        words = f"Roe {number}. doi:10.1000/{number}"
        Reference.objects.create(article=article, position=number, citation=words)
    notice(doi="10.1000/another")
    with django_assert_num_queries(3):
        assert list(retractions.to_look_at(Article.objects.all())) == []


def test_a_paper_that_an_editor_lets_stand_does_not_wait_again(article):
    factories.sign(article)
    press.publish(article, by=factories.editor())
    said = notice()
    Acknowledgement.objects.create(article=article, notice=said, reason="Because.", by=factories.editor())
    citing(article, doi="10.1000/another")
    assert list(retractions.still_printed()) == []


@pytest.mark.parametrize("sent", ["", "0", "x", "99999999999999999999", "1\x00"])
def test_a_notice_that_is_none_is_not_acknowledged(client, article, sent):
    signed_in(client, "Editor")
    address = reverse("admin:articles_article_keep_reference", args=[article.pk])
    assert client.post(address, {"notice": sent, "reason": "Because."}).status_code == 404


# The command ----------------------------------------------------------------------------------------------------------


def run(tmp_path, capsys, *rows):
    file = tmp_path / "retractions.csv"
    file.write_bytes("\n".join([COLUMNS, *rows]).encode("latin-1", "replace"))
    call_command("import_retractions", str(file))
    return capsys.readouterr().out


def test_a_file_comes_in_and_coming_again_changes_nothing(article, tmp_path, capsys):
    factories.sign(article)
    press.publish(article, by=factories.editor())
    rows = [
        row(),
        row(Record_ID="2", OriginalPaperDOI="unavailable", OriginalPaperPubMedID="0"),
        row(Record_ID="x"),
        row(Record_ID="3", Title="Schmerz über alles", OriginalPaperDOI="10.1000/zwei"),
    ]
    said = run(tmp_path, capsys, *rows)
    assert said.splitlines() == [
        "4 rows: 2 new, 0 changed, 0 unchanged, 1 without an identifier, 1 unreadable.",
        "  line 4 was left out: its Record ID is “x”, and not a number",
        "1 of them are cited on published pages and are now marked there.",
        "  /articles/pumps/ reference 1: retracted",
    ]
    before = list(RetractionNotice.objects.values_list())
    assert "0 new, 0 changed, 2 unchanged" in run(tmp_path, capsys, *rows)
    assert list(RetractionNotice.objects.values_list()) == before
    rows[0] = row(RetractionNature="Expression of concern")
    assert "0 new, 1 changed, 1 unchanged" in run(tmp_path, capsys, *rows)
    assert RetractionNotice.objects.get(record_id=56001).nature == "doubted"


def test_cut_off_in_the_middle_it_goes_on(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("articles.management.commands.import_retractions.BATCH", 2)
    rows = [row(Record_ID=str(number), OriginalPaperDOI=f"10.1000/{number}") for number in range(1, 8)]
    with pytest.raises(CommandError, match="cannot be read any further"):
        run(tmp_path, capsys, *rows[:5], row(Title="x" * 200_000))
    assert RetractionNotice.objects.count() == 4
    assert "3 new, 0 changed, 4 unchanged" in run(tmp_path, capsys, *rows)


def test_twice_in_one_file_the_later_row_counts(tmp_path, capsys):
    said = run(tmp_path, capsys, row(), row(RetractionNature="Correction"))
    assert "2 rows: 1 new" in said
    assert RetractionNotice.objects.get().nature == "corrected"


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_file_that_is_not_there_ends_in_one_sentence(tmp_path, name):
    with pytest.raises(CommandError, match=r"can’t be read: .* Nothing was changed"):
        call_command("import_retractions", str(tmp_path / name))


def test_many_bad_rows_are_counted_and_the_first_named(tmp_path, capsys):
    said = run(tmp_path, capsys, *[row(Record_ID="x")] * 25)
    assert said.count("was left out") == 20
    assert "and 5 more." in said


def test_drafts_are_not_counted_as_live(article, tmp_path, capsys):
    assert "0 of them are cited on published pages" in run(tmp_path, capsys, row())
    assert Article.objects.count() == 1
