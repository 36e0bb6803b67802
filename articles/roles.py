"""Who may do what: the five roles, their permissions and what each may do in words. Each role is a group of its name.

The table is the whole truth about these groups: every `migrate` removes a permission that somebody added to one of
them and restores one that was taken away, so that what is in force is what was reviewed. A newsroom that needs other
rights makes a group of another name in `manage.py shell`, which is never touched; the desk offers it as a role.
"""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import transaction

# What everybody who makes articles reads: working copies, what was published, and what is known about it.
NEWSROOM = """acknowledgement article byline contributor correction creditevidence drawing drug edition image
    imagecredit label possiblerepeat procedure reference retractionnotice review revision section sentencereport
    sourcenote term textchange topic"""


def may(verbs: str, models: str, app: str = "articles") -> list[str]:
    """Permissions as `has_perm` takes them: each verb with each model."""
    return [f"{app}.{verb}_{model}" for verb in verbs.split() for model in models.split()]


ROLES: dict[str, list[str]] = {
    "Author": [
        *may("view", NEWSROOM),
        *may("add change", "article byline drawing image imagecredit reference"),
        *may("add", "creditevidence"),
        *may("delete", "byline reference"),
        "articles.submit_article",
    ],
    "Medical reviewer": [
        *may("view", NEWSROOM),
        *may("add change delete", "sourcenote"),
        "articles.sign_off_article",
    ],
    "Editor": [
        *may("view", NEWSROOM),
        *may("add change", "article byline contributor drawing drug image imagecredit procedure reference term topic"),
        *may("add", "creditevidence"),
        *may("change", "section"),
        *may("delete", "byline imagecredit reference term"),
        *may("add change delete", "sourcenote"),
        "articles.submit_article",
        "articles.publish_article",
        "articles.answer_sentencereport",
        *may("view", "alarm issue issueitem"),
    ],
    "Newsletter editor": [
        *may("view", "article correction drug edition image imagecredit section term topic"),
        *may("view", "alarm issue issueitem"),
        *may("change", "issue"),
        *may("add change delete", "issueitem"),
        "articles.approve_issue",
        "articles.count_subscription",  # how many they are; no permission of this role shows an address
    ],
    "Site administrator": [
        *may("view", NEWSROOM),
        *may("add change", "contributor drug procedure section term topic"),
        *may("delete", "sentencereport term topic"),
        *may("view", "alarm issue issueitem"),
        *may("view", "bounceevent consentevent safeguardchange subscription suppression"),
        "articles.ask_safeguardchange",
        "articles.count_subscription",
        "articles.export_subscription",
        *may("delete", "subscription"),  # erasing it
        "articles.answer_restore",
        *may("add view", "invitation"),
        *may("change view", "user", app="auth"),
        *may("delete", "user", app="auth"),
    ],
}

# What a role may do, beside its name where one is chosen.
IN_WORDS = {
    "Author": "Writes articles with their pictures and references, and asks for reviews. Publishes nothing.",
    "Medical reviewer": "Reads drafts, notes what sources say, and signs off on articles. Changes no text.",
    "Editor": "Writes, publishes and corrects articles, looks after pictures, medicines, topics and contributors, and "
    "answers reader reports.",
    "Newsletter editor": "Puts the newsletter together and approves it. Sees how many subscribe, but no address.",
    "Site administrator": "Manages users and their roles, says who reviews and what sections require, and sees "
    "subscribers. Publishes nothing.",
}


def give(user: Any, role: str) -> None:
    """Makes a role the only one that a user has: other groups and permissions of the user's own end."""
    with transaction.atomic():
        user.groups.set(installed.get_model("auth", "Group").objects.filter(name=role))
        user.user_permissions.clear()


def sync(using: str = "default", apps: Apps = installed) -> None:
    """Makes the groups and gives each exactly its permissions. `apps` are the models as far as they are migrated."""
    try:
        groups, permissions = apps.get_model("auth", "Group").objects, apps.get_model("auth", "Permission").objects
    except LookupError:
        return  # `migrate APP` on an empty database
    rows = permissions.using(using).values_list("content_type__app_label", "codename", "pk")
    keys = {f"{app}.{codename}": pk for app, codename, pk in rows}
    with transaction.atomic(using):
        for role, granted in ROLES.items():
            group, _created = groups.using(using).get_or_create(name=role)
            group.permissions.set(keys[permission] for permission in granted if permission in keys)
