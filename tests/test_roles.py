"""The table of roles and the groups of the database say the same after every `migrate`."""

import pytest
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission

from articles import roles
from tests import factories

pytestmark = pytest.mark.django_db


def granted():
    """Each group's permissions, as `has_perm` takes them."""
    rows = Group.permissions.through.objects.values_list(
        "group__name", "permission__content_type__app_label", "permission__codename"
    )
    found = {name: set() for name in Group.objects.values_list("name", flat=True)}
    for name, app, codename in rows:
        found[name].add(f"{app}.{codename}")
    return found


TABLE = {role: set(permissions) for role, permissions in roles.ROLES.items()}


def test_after_migrating_each_role_has_exactly_the_permissions_of_its_row():
    assert granted() == TABLE
    assert (
        list(TABLE)
        == list(roles.IN_WORDS)
        == ["Author", "Medical reviewer", "Editor", "Newsletter editor", "Site administrator"]
    )


@pytest.mark.parametrize("role", roles.ROLES)
def test_no_role_is_given_a_permission_twice(role):
    assert sorted(roles.ROLES[role]) == sorted(TABLE[role])


def test_syncing_again_changes_no_row():
    before = list(Group.permissions.through.objects.order_by("pk").values())
    roles.sync()
    assert list(Group.permissions.through.objects.order_by("pk").values()) == before


def test_a_role_that_was_changed_by_hand_comes_back_and_keeps_its_people():
    user = factories.UserFactory(role="Author")
    author = Group.objects.get(name="Author")
    author.permissions.remove(Permission.objects.get(codename="submit_article"))
    author.permissions.add(Permission.objects.get(codename="publish_article"))
    Group.objects.get(name="Editor").delete()
    roles.sync()
    assert granted() == TABLE
    assert [group.name for group in user.groups.all()] == ["Author"]
    assert user.has_perm("articles.submit_article")
    assert not user.has_perm("articles.publish_article")


def test_a_group_of_another_name_is_left_alone():
    own = Group.objects.create(name="Proofreaders")
    own.permissions.add(Permission.objects.get(codename="view_edition"))
    roles.sync()
    assert granted() == {**TABLE, "Proofreaders": {"articles.view_edition"}}


def test_where_the_tables_of_groups_are_not_made_yet_nothing_is_done(django_assert_num_queries):
    with django_assert_num_queries(0):
        roles.sync(apps=Apps())
