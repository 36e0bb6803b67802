"""This configuration's checks, and which of the editor's files are worth collecting."""

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


class SiteConfig(AppConfig):
    name = "pain_site"
    verbose_name = "Site configuration"

    def ready(self) -> None:
        from pain_site import checks  # noqa: F401  registering is the effect wanted


class StaticFiles(StaticFilesConfig):
    """Collects what the editor uses instead of all that its package ships."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *(f"ckeditor/ckeditor/plugins/{name}/*" for name in DROPPED_PLUGINS),
    ]
