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
    "table caption thead tbody tr th td figure figcaption details img span aside dl dt dd "
    "s strike del"  # kept so that struck words never become plain ones; the gate refuses them
)
# Where words may be in another language than the page (`languages`); a `span` is kept for nothing else.
_SPEAKING = "span em strong p li dt dd blockquote h2 h3 h4 caption td th figcaption a"
SPEAKING = frozenset(_SPEAKING.split())
_LANGUAGE = frozenset({"lang", "dir"})
COUNTS = {"colspan": 20, "rowspan": 200, "start": 999}  # what may be a number only, and the largest that it may be
# What an `aside` can be, and the words that say so to every reader, in color or not. A question brings its own words.
CALLOUTS = {
    "note": "Note",
    "caution": "Caution",
    "emergency": "Emergency: get help at once",
    "question": "Question and answer",
}

# What a picture of the library can stand for: the caption links to it at its host, and its words are its transcript.
MEDIA = frozenset({"video", "audio"})


def callout_of(kind: str | None) -> str:
    return kind if kind in CALLOUTS else "note"


_MERGED = frozenset(["colspan", "rowspan"])
_STRUCTURE = {"td": _MERGED, "th": _MERGED | {"scope"}, "ol": frozenset({"start"})}


def _speaking(attributes: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return attributes | {tag: attributes.get(tag, frozenset()) | _LANGUAGE for tag in SPEAKING}


STORED = Policy(
    tags=frozenset(_TEXT.split()),
    attributes=_speaking(
        {
            "a": frozenset({"href", "title"}),
            **_STRUCTURE,
            "figure": frozenset({"data-picture", "data-drawing", "data-media"}),
            "img": frozenset({"src", "alt"}),
            "aside": frozenset({"class"}),
        }
    ),
)
PAGE = Policy(
    tags=STORED.tags | {"picture", "source", "section", "div", "small", "cite", "button", "summary"},
    attributes=_speaking(
        {
            "a": frozenset({"href", "title", "id", "rel", "class"}),
            **_STRUCTURE,
            "figure": frozenset({"class"}),
            "section": frozenset({"class"}),
            "aside": frozenset({"class", "role"}),
            "span": frozenset({"class"}),
            "button": frozenset({"class", "id", "type", "popovertarget", "aria-label"}),
            "p": frozenset({"class"}),
            "figcaption": frozenset({"class"}),
            "div": frozenset({"class", "tabindex", "role", "aria-label"}),
            "img": frozenset({"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"}),
            "source": frozenset({"srcset", "sizes", "type"}),
            **{heading: frozenset({"id"}) for heading in ("h2", "h3", "h4")},
        }
    ),
)

_PAINT = (
    "class transform opacity fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap "
    "stroke-linejoin stroke-dasharray clip-path"
)
_SHAPES = "svg g defs clipPath linearGradient radialGradient stop text tspan path rect circle ellipse line"
_CLASSES = (
    "dg b sub n ground skin flesh bone cord cordline fluid fluidline dura cath drop pump pumpline lead dot lens nerve"
)
_PAINTED = frozenset(_PAINT.split())
# What a drawing may be made of: shapes and words. Nothing that runs, loads, links or repeats another part; no style.
DRAWING = Policy(
    tags=frozenset(_SHAPES.split()) | {"polyline", "polygon"},
    attributes={
        "svg": frozenset({"viewBox", "class", "role", "aria-label"}),
        "g": _PAINTED,
        "clipPath": frozenset({"id"}),
        "linearGradient": frozenset({"id", "x1", "y1", "x2", "y2", "gradientUnits"}),
        "radialGradient": frozenset({"id", "cx", "cy", "r", "gradientUnits"}),
        "stop": frozenset({"offset", "stop-color", "stop-opacity"}),
        "path": _PAINTED | {"d"},
        "rect": _PAINTED | {"x", "y", "width", "height", "rx", "ry"},
        "circle": _PAINTED | {"cx", "cy", "r"},
        "ellipse": _PAINTED | {"cx", "cy", "rx", "ry"},
        "line": _PAINTED | {"x1", "y1", "x2", "y2"},
        "polyline": _PAINTED | {"points"},
        "polygon": _PAINTED | {"points"},
        "text": _PAINTED | {"x", "y", "text-anchor"},
        "tspan": _PAINTED | {"x", "y", "dx", "dy", "text-anchor"},
    },
)
# The colors that follow the page, by day and by night: classes of the public style sheet, and no other class.
DRAWING_CLASSES = frozenset(_CLASSES.split())
