"""This configuration's checks, and which of the editor's and the admin's files are worth collecting."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig

# CKEditor plugins that `articles.richtext.widgets` removes; its own files name each with a folder.
DROPPED_PLUGINS = [
    "a11yhelp",
    "about",
    "adobeair",
    "ajax",
    "autoembed",
    "autogrow",
    "autolink",
    "bbcode",
    "codesnippet",
    "codesnippetgeshi",
    "colordialog",
    "copyformatting",
    "devtools",
    "div",
    "divarea",
    "docprops",
    "embed",
    "embedbase",
    "embedsemantic",
    "exportpdf",
    "find",
    "flash",
    "forms",
    "iframe",
    "iframedialog",
    "image",
    "image2",
    "language",
    "liststyle",
    "magicline",
    "mathjax",
    "pagebreak",
    "placeholder",
    "preview",
    "scayt",
    "sharedspace",
    "showblocks",
    "smiley",
    "sourcedialog",
    "specialchar",
    "stylesheetparser",
    "tableresize",
    "templates",
    "uicolor",
    "uploadimage",
    "uploadwidget",
    "wsc",
    "xml",
]

# Every process that serves looks at each collected file when it starts. The desk speaks English alone.
TRANSLATIONS = [
    f"{folder}/{name}"
    for folder in ("ckeditor/ckeditor/*lang", "admin/js/vendor/select2/i18n")
    for name in ("[!e]*", "e[!n]*", "en-*")
]
UNUSED = ["ckeditor/ckeditor/skins/moono/*", "ckeditor/galleriffic/*", "ckeditor/file-icons/*"]


class SiteConfig(AppConfig):
    name = "pain_site"
    verbose_name = "Site configuration"

    def ready(self) -> None:
        from pain_site import checks  # noqa: F401  registering is the effect wanted


class StaticFiles(StaticFilesConfig):
    """Collects what the desk uses instead of all that the packages ship."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *(f"ckeditor/ckeditor/plugins/{name}/*" for name in DROPPED_PLUGINS),
        *TRANSLATIONS,
        *UNUSED,
    ]
