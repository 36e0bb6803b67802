"""Words that belong to an old page and not to its text, by pattern; and the question that a text closes with.

A pattern must fit all the words of a line, so that a sentence of the text that merely contains them is never taken.
"""

import re
from collections.abc import Sequence

LONGEST = 300  # characters; a longer paragraph is text, whatever it says
LONGEST_QUESTION = 200  # what the article's field holds

_LETTER = (
    r"(free )?((weekly|monthly|daily|e-?mail) )?(e-?)?(newsletter|mailing list|updates?|e-?mails?|alerts?|blog|feed)"
)
_NETWORK = r"(facebook|twitter|x|linkedin|pinterest|whatsapp|reddit|tumblr|google ?\+?|instagram|e-?mail|telegram)"
_THIS = r"(this|the) ?(post|article|page|story|entry|blog)?"
_BUTTON = rf"(share|tweet|pin|pin it|print|like|save|e-?mail|{_NETWORK})"

# Why a line is no part of the text -> what such lines say, without case, end punctuation or arrows.
STRONG: dict[str, Sequence[str]] = {
    "subscribe box": (
        r"weekly updates on conditions, treatments,? and news( about everything happening inside pain medicine)?",
        r"(you have|you've) successfully subscribed( to .{1,60})?",
        rf"(thank you|thanks) for (subscribing|signing up)( (to|for) our {_LETTER})?",
        rf"(sign|signup|sign-up)( up)? (to|for|here for) (our|the) {_LETTER}( (today|now|here|below))?",
        rf"subscribe( (now|today|here))?( (to|for) (our|the|this) {_LETTER}( (today|now|here|below))?)?",
        rf"join our {_LETTER}( to receive the latest news and updates from our team)?",
        r"(please )?enter your e-?mail( address)?( (here|below))?( to (subscribe|sign up|receive|get) .{1,80})?",
        r"get (the latest|our|weekly|new) .{0,40}(to|in) your inbox",
        r"we respect your privacy|no spam|unsubscribe (at )?any ?time|you can unsubscribe at any time",
        r"(check|please check) your inbox( to confirm your subscription)?",
    ),
    "share and print buttons": (
        rf"(share|print|tweet|like|e-?mail) {_THIS}",
        rf"share ({_THIS} )?(on|via|with|by) {_NETWORK}|share with (your )?friends|follow us( on {_NETWORK})?",
        rf"{_BUTTON}(([ ,/|•·]+|, and | and ){_BUTTON})+|share|print|tweet|pin it|like this",
        r"click to (share|print|e-?mail)\b.{0,60}\(opens in new window\)",
    ),
    "comment box": (
        r"leave a (comment|reply)( below)?|post a comment|add a comment|(no|\d+) comments?( yet)?|comments are closed",
        r"(please )?(tell us|let us know|share your (story|stories|thoughts|experiences?)|comment)( about it)? "
        r"(in the comments?( section)?|below)( below)?",
        r"your e-?mail address will not be published|required fields are marked \*?",
    ),
    "navigation": (
        r"read more|continue reading|back to top|skip to (main )?content",
        r"(previous|next|older|newer) (posts?|articles?|page)",
        r"related (posts?|articles?|stories)|you (may|might) also like",
    ),
    "cookie notice": (r"(we use|this (web)?site uses) cookies.{0,200}|accept( all)? cookies|cookie (settings|policy)",),
    "copyright footer": (
        r"(copyright )?(©|\(c\)) ?(19|20)\d\d( ?[-–] ?((19|20)\d\d|present))?\b.{1,80}\ball rights reserved",
    ),
}
# Only beside one of the above: alone, each could be a word of the text.
WEAK = re.compile(
    r"(your )?(first |last |full )?name|(your )?e-?mail( address)?|submit|send|sign up|go|ok|close|×|home|menu|search"
    rf"|{_NETWORK}|privacy policy|terms of (use|service)|contact( us)?|about( us)?",
)
_PATTERNS = {why: re.compile("|".join(f"(?:{words})" for words in phrases)) for why, phrases in STRONG.items()}
_EDGES = " \t\u00a0.!:;…*»«›‹→←>|·•-–"
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’»)]*\s+")
_READER = re.compile(
    r"\b(you|your|yours|yourself|Sie|Ihnen|Ihre?[mnrs]?|dir|deine?[mnrs]?|vous|votre|vos|ustedes|usted)\b"
)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; good enough to look at them, not to rewrite them."""
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence]


def reason(text: str) -> str:
    """Which piece of page boilerplate a whole line or paragraph is ("subscribe box", …); "" if it is none."""
    if not text or len(text) > LONGEST:
        return ""
    whole = _reason(text)
    if whole:
        return whole
    each = [_reason(sentence) for sentence in sentences(text)]
    return each[0] if all(each) else ""


def _reason(text: str) -> str:
    folded = text.casefold().replace("’", "'").strip(_EDGES)
    return next((why for why, pattern in _PATTERNS.items() if pattern.fullmatch(folded)), "")


def is_weak(text: str) -> bool:
    """Whether a line is boilerplate if the line before or after it is."""
    return len(text) <= 40 and WEAK.fullmatch(text.casefold().strip(_EDGES)) is not None


def asks_reader(text: str) -> bool:
    """Whether a text's last paragraph is a question to its reader, short enough for the field that it goes into."""
    if len(text) > LONGEST_QUESTION or text[:1] in '“"«„':
        return False
    last_sentences = sentences(text)
    while len(last_sentences) > 1 and reason(last_sentences[-1]):
        last_sentences.pop()
    asks = last_sentences[-1:] and re.search(r"[?？][)*_]*$", last_sentences[-1])
    return bool(asks) and (len(last_sentences) == 1 or _READER.search(last_sentences[-1]) is not None)
