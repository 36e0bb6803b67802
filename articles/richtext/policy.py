"""The one table of tags, attributes and schemes: the editor's toolbar, the sanitizer and the renderer all read it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """What may stand in HTML: tags, attributes by tag, and schemes of links."""

    tags: frozenset[str]
    attributes: dict[str, frozenset[str]]
    schemes: frozenset[str] = frozenset({"http", "https", "mailto", "tel"})


_TEXT = (
    "p h2 h3 h4 ul ol li blockquote strong em sup sub br hr a code "
    "table caption thead tbody tr th td figure figcaption img span "
    "s strike del"  # kept so that struck words never become plain ones; the gate refuses them
)
# Where words may be in another language than the page (`languages`); a `span` is kept for nothing else.
SPEAKING = frozenset(
    ["span", "em", "strong", "p", "li", "blockquote", "h2", "h3", "h4", "caption", "td", "th", "figcaption", "a"]
)
_LANGUAGE = frozenset({"lang", "dir"})


def _speaking(attributes: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return attributes | {tag: attributes.get(tag, frozenset()) | _LANGUAGE for tag in SPEAKING}


STORED = Policy(
    tags=frozenset(_TEXT.split()),
    attributes=_speaking(
        {
            "a": frozenset({"href", "title"}),
            "th": frozenset({"scope"}),
            "figure": frozenset({"data-picture"}),
            "img": frozenset({"src", "alt"}),
        }
    ),
)
PAGE = Policy(
    tags=STORED.tags | {"picture", "source", "section", "div", "small", "cite", "button"},
    attributes=_speaking(
        {
            "a": frozenset({"href", "title", "id", "rel", "class"}),
            "th": frozenset({"scope"}),
            "figure": frozenset({"class"}),
            "section": frozenset({"class"}),
            "span": frozenset({"class"}),
            "button": frozenset({"class", "id", "type", "popovertarget", "aria-label"}),
            "p": frozenset({"class", "id"}),
            "li": frozenset({"id"}),
            "figcaption": frozenset({"class"}),
            "div": frozenset({"class", "tabindex", "role", "aria-label"}),
            "img": frozenset({"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"}),
            "source": frozenset({"srcset", "sizes", "type"}),
            **{heading: frozenset({"id"}) for heading in ("h2", "h3", "h4")},
        }
    ),
)
