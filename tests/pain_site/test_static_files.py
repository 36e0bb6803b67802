"""Static files as they are collected."""

from django.core.files.base import ContentFile

from pain_site.static_files import StaticFilesStorage

WRITTEN = b"/* Said to us */\n.mast li a {\n  color: red;\n  margin: 0 1px;\n}\n"
SERVED = ".mast li a{color:red;margin:0 1px}"


def test_our_style_sheets_are_kept_without_layout_under_both_their_names(tmp_path):
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    storage.save("articles/style.css", ContentFile(WRITTEN))
    list(storage.post_process({"articles/style.css": (storage, "articles/style.css")}))
    kept = {path.name: path.read_text() for path in (tmp_path / "articles").glob("*.css")}
    assert len(kept) == 2
    assert set(kept.values()) == {SERVED}


def test_what_others_ship_is_kept_as_it_is(tmp_path):
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    storage.save("ckeditor/editor.css", ContentFile(WRITTEN))
    assert (tmp_path / "ckeditor/editor.css").read_bytes() == WRITTEN
