"""Static files as they are collected: named after their content, compressed, our style sheets without their layout."""

from django.core.files.base import ContentFile, File
from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "articles/"


def without_layout(style: str) -> str:
    """A style sheet that says the same in as few signs: no comments, no line breaks."""
    return str(cssmin(style))


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    def _save(self, name: str, content: File) -> str:
        if name.startswith(OURS) and name.endswith(".css"):
            content.seek(0)  # what named it after its content has read it to the end
            content = ContentFile(without_layout(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved
