"""The only import of CKEditor 4, contained: no upload, no inline script, no plugin that talks to another company.

The bundled 4.22.1 is unmaintained. Its open holes (CVE-2024-24815 full page, -24816 preview, -43407 GeSHi, -43411
version check) are closed by what this configuration leaves out; `tests/richtext/test_widgets.py` asserts it.
"""

from typing import Any

from ckeditor.widgets import CKEditorWidget
from django.forms import Media
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse

from articles.richtext import languages
from articles.richtext.policy import CALLOUTS, STORED

REMOVED_PLUGINS = [
    "a11yhelp",
    "about",
    "bidi",
    "colorbutton",
    "colordialog",
    "copyformatting",
    "div",
    "elementspath",
    "exportpdf",
    "find",
    "flash",
    "font",
    "forms",
    "iframe",
    "image",
    "liststyle",
    "magicline",
    "newpage",
    "pagebreak",
    "preview",
    "print",
    "save",
    "scayt",
    "showblocks",
    "smiley",
    "specialchar",
    "stylescombo",
    "templates",
    "uploadimage",
    "wsc",
]
TOOLBAR = [
    ["Format", "Bold", "Italic", "Subscript", "Superscript", "Language"],
    ["BulletedList", "NumberedList", "Blockquote", "Blocks"],
    ["FindLink", "Unlink", "Picture", "Drawing", "Table"],
    ["Undo", "Redo", "RemoveFormat"],
]


def allowed_content() -> str:
    """CKEditor's own filter, written from the table that the sanitizer reads."""
    rules = [f"{tag}[{','.join(sorted(STORED.attributes.get(tag, ())))}]" for tag in sorted(STORED.tags)]
    allowed = "; ".join(rule.removesuffix("[]").replace("span[dir,lang", "span[dir,!lang") for rule in rules)
    return allowed.replace("aside[class]", f"aside({','.join(CALLOUTS)})")


def _offered() -> list[str]:
    """The languages of the button, as CKEditor wants them: "ar:Arabic:rtl"."""
    return [f"{tag}:{name}" + (":rtl" if tag in languages.LEFTWARDS else "") for tag, name in languages.OFFERED.items()]


def config() -> dict[str, Any]:
    """The editor's configuration: small, explicit, and with nothing that calls home."""
    return {
        "versionCheck": False,
        "fullPage": False,
        "allowedContent": allowed_content(),
        "toolbar_Desk": TOOLBAR,
        "toolbar": "Desk",
        "language_list": _offered(),
        "format_tags": "p;h2;h3;h4",
        "callouts": list(CALLOUTS.items()),
        "disableNativeSpellChecker": False,
        "entities": False,
        "removePlugins": ",".join(REMOVED_PLUGINS),
        "removeDialogTabs": "link:upload;link:advanced;link:target;image:Upload;image:advanced",
        "extraPlugins": "picture,drawing,links,blocks",
        "clipboard_handleImages": False,  # `picture` brings them into the library; nothing is kept as a data: address
        "width": "100%",
        "height": 560,
    }


def _plugin(name: str) -> list[str]:
    folder, _slash, file = static(f"articles/editor/{name}.js").rpartition("/")
    return [name, folder + "/", file]


def _address(page: str) -> str:
    try:
        return reverse(f"admin:articles_{page}")
    except NoReverseMatch:
        return ""


class RichTextWidget(CKEditorWidget):
    """The editor for a RichTextField: a plain text area where scripts are off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.config = config()

    @property
    def media(self) -> Media:
        """`contain.js` must come after the editor and before the page is ready, when editors are made."""
        return super().media + Media(
            js=["ckeditor/ckeditor/ckeditor.js", "articles/editor/contain.js", "articles/pictures.js"]
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Addresses are known only once there are requests, and hashed names only once files are collected."""
        self.config["contentsCss"] = static("articles/editor/contents.css")
        self.external_plugin_resources = [*map(_plugin, ("picture", "drawing", "links", "blocks"))]
        self.config["drawingLibraryUrl"] = _address("drawing_library")
        self.config["linkTargetsUrl"] = _address("link_targets")
        for page in ("library", "upload"):
            self.config[f"picture{page.title()}Url"] = _address(f"image_{page}")
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context
