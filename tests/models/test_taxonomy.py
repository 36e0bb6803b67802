"""Topics form a tree: no circle, by no path; and the glossary's first entries are whole."""

import tomllib
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from articles.models import EditionTopic, Term, Topic
from articles.publishing import press
from tests import factories

pytestmark = pytest.mark.django_db
GLOSSARY = Path(__file__).parents[2] / "articles/migrations/glossary.toml"


@pytest.fixture
def line():
    """a > b > c"""
    a = Topic.objects.create(name="A", slug="a")
    b = Topic.objects.create(name="B", slug="b", parent=a)
    return a, b, Topic.objects.create(name="C", slug="c", parent=b)


@pytest.mark.parametrize(("moved", "under"), [(0, 0), (0, 1), (0, 2), (1, 2)])
def test_no_topic_stands_under_itself_whoever_tries(line, moved, under):
    topic = line[moved]
    topic.parent = line[under]
    with pytest.raises(ValidationError) as refusal:
        topic.full_clean()
    assert "already under" in str(refusal.value)
    for write in (topic.save, lambda: Topic.objects.filter(pk=topic.pk).update(parent=line[under])):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_a_topic_may_move_to_another_branch(line):
    a, _b, c = line
    c.parent = a
    c.full_clean()
    c.save()
    tree = Topic.objects.tree()
    assert [topic.name for topic in tree.path(c)] == ["A", "C"]
    assert {topic.name for topic in tree.whole(a)} == {"A", "B", "C"}


def test_the_form_says_why_a_circle_is_refused(client, line):
    client.force_login(factories.editor())
    a, _b, c = line
    address = f"/admin/articles/topic/{a.pk}/change/"
    answer = client.post(address, {"name": "A", "parent": c.pk, "synonyms": "", "mesh_id": "", "definition": ""})
    assert "“C” is already under “A”, so it can’t be its parent." in answer.content.decode()
    answer = client.post(address, {"name": "A1", "synonyms": "one\n\n one \ntwo", "mesh_id": "D009437"})
    assert answer.status_code == 302
    a.refresh_from_db()
    assert (a.name, a.slug, a.synonyms, a.mesh_id) == ("A1", "a", ["one", "two"], "D009437")


@pytest.mark.parametrize("wrong", ["009437", "D12", "D009437x", "d009437", "D009437\n"])
def test_a_mesh_id_looks_like_one(line, wrong):
    line[0].mesh_id = wrong
    with pytest.raises(ValidationError):
        line[0].full_clean()


def test_what_an_edition_is_filed_under_is_history(line):
    article = factories.publishable_article()
    article.topics.set(line[:2])
    edition = press.publish(article, by=factories.editor())
    filed = EditionTopic.objects.filter(edition=edition)
    assert {one.topic for one in filed} == set(line[:2])
    for change in (lambda: filed.update(topic=line[2]), lambda: filed[0].delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(models.ProtectedError):
        line[0].delete()


# The glossary ---------------------------------------------------------------------------------------------------------


def test_the_glossary_begins_with_at_least_sixty_whole_entries():
    entries = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["terms"]
    assert len(entries) >= 60
    assert {term.slug for term in Term.objects.all()} == {slugify(entry["name"]) for entry in entries}
    for term in Term.objects.all():
        term.full_clean()
        assert term.definition.endswith("."), term
        assert bool(term.source) == bool(term.source_url), term


def test_no_two_entries_claim_the_same_name():
    names = [name.casefold() for term in Term.objects.all() for name in term.names]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("Author", {"view"}),
        ("Medical reviewer", {"view"}),
        ("Newsletter editor", {"view"}),
        ("Editor", {"view", "add", "change", "delete"}),
        ("Site administrator", {"view", "add", "change", "delete"}),
    ],
)
def test_roles_may_what_they_should_with_the_glossary(role, may):
    found = Group.objects.get(name=role).permissions.filter(codename__endswith="_term")
    assert {one.codename.partition("_")[0] for one in found} == may
