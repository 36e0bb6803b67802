"""CKEditor 4 stays contained: what its known holes need is not in the configuration, the page or the static files."""

import json

import pytest
from django.contrib.staticfiles import finders

from articles.models import Article
from articles.richtext import languages, widgets
from articles.richtext.policy import CALLOUTS, STORED
from pain_site.apps import StaticFiles


def test_what_its_holes_need_is_left_out():
    config = widgets.config()
    assert (config["versionCheck"], config["fullPage"]) == (False, False)
    removed = set(config["removePlugins"].split(","))
    assert {"preview", "exportpdf", "wsc", "scayt", "uploadimage", "image", "flash", "iframe", "templates"} <= removed
    assert not {"filebrowserUploadUrl", "filebrowserBrowseUrl", "filebrowserImageUploadUrl"} & set(config)


def test_the_toolbar_offers_no_button_of_a_removed_plugin():
    buttons = {button for group in widgets.TOOLBAR for button in group}
    assert not {"Source", "Preview", "Image", "Flash", "Iframe", "Templates", "Print", "Save"} & buttons


def test_the_editor_lets_in_what_the_sanitizer_keeps():
    callouts = f"({','.join(CALLOUTS)})"
    allowed = widgets.allowed_content().replace("!", "").replace(callouts, "[class]")
    rules = dict(rule.strip().rstrip("]").partition("[")[::2] for rule in allowed.split(";"))
    assert set(rules) == set(STORED.tags)
    assert {tag: set(names.split(",")) for tag, names in rules.items() if names} == {
        tag: set(names) for tag, names in STORED.attributes.items()
    }


def test_the_button_offers_languages_that_the_sanitizer_keeps():
    offered = [entry.split(":") for entry in widgets.config()["language_list"]]
    assert [languages.normal(tag) for tag, *_rest in offered] == [tag for tag, *_rest in offered]
    assert ["la", "Latin"] in offered
    assert ["ar", "Arabic", "rtl"] in offered


@pytest.mark.django_db
def test_the_page_of_the_editor_has_no_inline_script(admin_client):
    article = Article.objects.create(title="x", body="<p>x</p>")
    html = admin_client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    inline = [part for part in html.split("<script")[1:] if " src=" not in part.partition(">")[0]]
    assert [part for part in inline if 'type="application/json"' not in part.partition(">")[0]] == []
    data = html.partition("data-config=")[2]
    assert json.loads(html_unescape(data[1:].partition(data[0])[0]))["versionCheck"] is False


def html_unescape(text):
    from html import unescape

    return unescape(text)


@pytest.fixture(scope="module")
def collected():
    return {path for finder in finders.get_finders() for path, _storage in finder.list(StaticFiles.ignore_patterns)}


@pytest.mark.parametrize("name", ["samples/index.html", "plugins/preview/preview.html", "plugins/exportpdf/tests"])
def test_samples_and_previews_are_not_collected(collected, name):
    assert not [path for path in collected if path.startswith("ckeditor/") and path.endswith(name)]


def test_of_the_languages_of_editor_and_admin_english_alone_is_collected(collected):
    translations = {path for path in collected if "/lang/" in path or "/i18n/" in path}
    plugins = {f"ckeditor/ckeditor/plugins/{name}/lang/en.js" for name in ("filetools", "notification", "widget")}
    assert translations == plugins | {"ckeditor/ckeditor/lang/en.js", "admin/js/vendor/select2/i18n/en.js"}
