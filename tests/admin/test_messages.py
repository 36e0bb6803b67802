"""The desk says Dashboard and Saved where Django's admin has words of its own."""

import gettext
import re
from pathlib import Path

import django
import pytest
from django.urls import reverse

from articles.models import Topic
from tests.admin.accounts import account

CATALOG = Path(__file__).parents[2] / "articles/locale/en/LC_MESSAGES/django"
DJANGO = Path(django.__file__).parent / "contrib/admin/locale/en/LC_MESSAGES/django.po"


def entries(file: Path) -> dict[str, str]:
    """The messages of a catalog's source, each with its text; of a plural, the first."""
    joined = re.sub(r'"\n"', "", file.read_text())
    pairs = re.findall(r'^msgid "(.+)"\n(?:msgid_plural ".+"\n)?msgstr(?:\[0\])? "(.*)"$', joined, re.MULTILINE)
    return dict(pairs)


def test_each_message_is_one_that_django_asks_for():
    ours = entries(CATALOG.with_suffix(".po"))
    assert ours
    assert ours.keys() <= entries(DJANGO).keys()


def test_the_compiled_catalog_has_every_message_of_its_source():
    with CATALOG.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    ours = entries(CATALOG.with_suffix(".po"))
    for message, text in ours.items():
        assert text == (compiled.ngettext(message, message, 1) if "%(count)s" in message else compiled.gettext(message))


@pytest.mark.django_db
def test_breadcrumbs_lead_to_the_dashboard_and_a_saved_row_is_named_in_a_few_words(client):
    client.force_login(account(is_superuser=True))
    page = client.get(reverse("admin:articles_topic_changelist")).content.decode()
    assert f'<a href="{reverse("admin:index")}">Dashboard</a>' in page
    assert ">Home<" not in page
    form = {"name": "Sciatica", "slug": "sciatica", "_save": "Save"}
    saved = client.post(reverse("admin:articles_topic_add"), form, follow=True).content.decode()
    assert Topic.objects.filter(slug="sciatica").exists()
    assert re.search(r"“<a [^>]+>Sciatica</a>” was added\.", saved)
