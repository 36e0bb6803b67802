"""A credit line as it was copied, with tags, Markdown and the signs of other scripts -> its words and its links."""

import re
from html import unescape

_TAG = re.compile(r"<[^<>]{1,1000}>")
_MARKDOWN = re.compile(r"\[([^\[\]]{1,200})\]\((https?://[^)\s]{1,500})\)")
_HREF = re.compile(r"href=[\"'](https?://[^\"']{1,500})[\"']", re.IGNORECASE)
_MARK = re.compile(r"^(?:[•·‣▪-]\s{1,3}|\d{1,2}[.)]\s{1,3})")  # of a list
# Signs that East Asian and Arabic text writes in its own way, and signs that nobody sees; as escapes, since they look
# like the plain ones.
_SAME = str.maketrans(
    {
        "\uff1a": ": ",
        "\uff0f": "/",
        "\uff5c": "|",
        "\uff08": " (",
        "\uff09": ") ",
        "\u3000": " ",
        "\xa0": " ",
        "\u060c": ",",
        "\ufeff": "",
        "\u200b": "",
        "\u200e": "",
        "\u200f": "",
    }
)


_ANGLED = re.compile(r"<(https?://[^<>\s]{1,500})>")
_WIKI = re.compile(r"\[\[(?:[^\[\]|]{0,100}\|)?([^\[\]|]{1,100})\]\]")
_DASHES = re.compile(r"\s{0,3}(?<!-)-{2,3}(?!-)\s{0,3}")
_LINK = re.compile(r",\s{0,3}Link$")  # as Commons ends a line


def without_markup(text: str) -> tuple[str, list[str]]:
    """The line without tags, Markdown links and wrapping punctuation; and the addresses that its markup held."""
    linked = [unescape(address) for address in _HREF.findall(text)]
    linked += [unescape(address) for _words, address in _MARKDOWN.findall(text)]
    line = _TAG.sub("", _WIKI.sub(r"\1", _ANGLED.sub(r" \1 ", _MARKDOWN.sub(r"\1", text))))
    line = unescape(line).translate(_SAME)
    line = " ".join(line.split()) if "\n" not in line.strip() else line.strip()
    line = _DASHES.sub(" – ", _MARK.sub("", line.strip("*~` ")))
    if line[:1] == line[-1:] == "_":
        line = line.strip("_ ")
    if line[:1] in "([{" and line[-1:] in ")]}" and line.count(line[:1]) == 1:
        line = line[1:-1].strip()
    return _LINK.sub("", line) if linked else line, linked
