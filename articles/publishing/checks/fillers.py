"""What only fills a place: words that say nothing where something has to be said, and what a machine left behind."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from articles.models.found import FOR_SEARCH
from articles.publishing.checks import mends
from articles.publishing.checks.gate import ERROR, Draft, Finding, check
from articles.publishing.checks.pictures import FILE_NAME
from articles.richtext import sentences, text

FEWEST_WORDS = 3  # of a disclosure: "None declared" does not say what there could have been
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_UNWRITTEN = re.compile(
    r"\W*((?P<same>\w+)(\W+(?P=same))+|(blah?|asdf|qwerty|tbd|todo)\b.*|none|nil|nothing|no|n\W?a|not applicable"
    r"|unknown|various|tb[acds]|to ?do|x+|test|lorem ipsum\b.*|coming soon"
    r"|(still )?to (be|come|follow)( \w+){0,3}|see (above|below)|more (to come|soon)|text( here)?|placeholder)\W*",
    re.IGNORECASE | re.DOTALL,
)


@check("disclosure.filler")
def disclosure(draft: Draft) -> Iterator[Finding]:
    words = draft.content["disclosure"]
    if words and (len(_WORD.findall(words)) < FEWEST_WORDS or _UNWRITTEN.fullmatch(words)):
        message = (
            f"The disclosure “{words}” doesn’t say what there could have been. Write a sentence, such as “The authors "
            "report no conflicts of interest.”"
        )
        yield Finding("disclosure.filler", ERROR, message, "disclosure")


_KIND = (
    r"(image|img|picture|pic|photo|photograph|graphic|figure|illustration|drawing|diagram|chart|graph|icon|logo"
    r"|screenshot)"
)
_IS_A_PICTURE = re.compile(
    r"^(this is )?(an? |the )?((stock|sample|lead|main|cover|header|hero|featured) )?"
    rf"{_KIND}s?\b( (of|showing|shows|with))?"
    r"|^\w+ (image|img|picture|pic|photo)\W*$",
    re.IGNORECASE,
)
_ARTICLES = frozenset(["a", "an", "the", "some"])
# Words that an editor finds in the field, or on the way to it.
_OF_THE_FORM = re.compile(
    r"\W*(alt( text)?( here)?|alternative text|description|caption|untitled(\W*\d+)?|decorative"
    r"|banner|thumbnail|cover)\W*",
    re.IGNORECASE,
)


@check("alt.filler", "alt.caption")
def alternative_text(draft: Draft) -> Iterator[Finding]:
    """Alt texts that describe nothing, or only say what the caption says: it would be read out twice."""
    captions = text.captions(draft.body)
    for picture in draft.content["pictures"]:
        alt, where = picture["alt"], "lead_image" if picture["place"] == "lead" else "body"
        if not alt or FILE_NAME.match(alt):  # `pictures` has a finding for that
            continue
        if _describes_nothing(alt):
            message = f"The alt text “{alt}” doesn’t say what the picture shows. Describe it, or mark it as decorative."
            yield Finding("alt.filler", ERROR, message, where, mends=mends.picture_form(picture["id"], where))
        elif _same(alt) in {_same(picture["caption"]), _same(captions.get(picture["id"], ""))}:
            message = f"The alt text “{alt}” repeats the caption. Describe what the picture shows."
            yield Finding("alt.caption", ERROR, message, where, mends=mends.picture_form(picture["id"], where))


def _describes_nothing(alt: str) -> bool:
    """Whether no word is left but that it is a picture: "image", ".", "Picture of pump", "Pump photo", "Photo 3"."""
    words = _words_in(_IS_A_PICTURE.sub("", alt.strip()))
    is_called_a_picture = _IS_A_PICTURE.match(alt.strip()) is not None
    is_unwritten = any(pattern.fullmatch(alt) for pattern in (_UNWRITTEN, _OF_THE_FORM))
    return is_unwritten or len(words) < (2 if is_called_a_picture else 1)


def _words_in(words: str) -> list[str]:
    return [word for word in _WORD.findall(words) if word.lower() not in _ARTICLES and not word.isdigit()]


def _same(words: str) -> str:
    return " ".join(_WORD.findall(words.lower()))


_HARM = (
    r"(risks?|side[- ]effects?|adverse[- ](effects?|events?|reactions?)|harms?|dangers?|complications?|warnings?"
    r"|down[- ]?sides?|drawbacks?)"
)
_DENIED = re.compile(
    r"\b(no|zero|without|free (of|from)|devoid of|lack of|lacks)"
    r"( (any|known|real|serious|major|added|reported|significant)){0,2} "
    rf"{_HARM}\b"
    rf"|\b{_HARM}(?:[- ]free\b|\s*[:?–—-]\s*(none|no|nil)\W*$)"
    r"|^\W*((it is|it’s|this is) )?((completely|absolutely|totally|perfectly|entirely|100 ?%) )?"
    r"(safe|harmless)\W*$",
    re.IGNORECASE,
)
_NOT_DENIED = re.compile(r"\?\W*$|\b(not|never|isn['’]t|aren['’]t|nothing|no \w+ (is|are|comes?))\b", re.IGNORECASE)


@check("risks.denied")
def denied_risks(draft: Draft) -> Iterator[Finding]:
    for heading in draft.headings:
        if _DENIED.search(heading) and not _NOT_DENIED.search(heading):
            message = f"The heading “{heading}” says there are no risks. Every treatment has some: name them."
            yield Finding("risks.denied", ERROR, message, "body", places=(heading,))


_NO_HARM = re.compile(
    rf"\W*((there (are|is)|it has|has|this has) )?(no|none|few|some|many|minimal|various)( \w+){{0,2}} {_HARM}"
    r"( (are|were|have been|is) (known|reported|expected|found))?\W*"
    r"|\W*(it|this|the treatment) (is|are) ((completely|absolutely|totally|perfectly|very|generally|entirely) )?"
    rf"(safe|harmless|risk[- ]free)\W*|\W*(there (are|may be)|it has|it may have) (risks|side effects|benefits)\W*",
    re.IGNORECASE,
)


@check("structure.empty")
def empty_parts(draft: Draft) -> Iterator[Finding]:
    """A heading on risks or benefits with nothing below it, or only a sentence that stands in for what is missing."""
    for heading, words in text.parts(draft.body):
        if not (text.is_about_risks(heading) or text.is_about_benefits(heading)):
            continue
        written = [one for line in words.split("\n") for one in sentences.split(sentences.without_marks(line))]
        if all(_UNWRITTEN.fullmatch(one) or _NO_HARM.fullmatch(one) for one in written):
            problem = f"only says “{' '.join(written)}”" if written else "has no text below it"
            message = f"The heading “{heading}” {problem}. Write what readers should know."
            yield Finding("structure.empty", ERROR, message, "body", places=(heading,))


# What a machine left behind ------------------------------------------------------------------------------------------

_SHORTCODE = re.compile(
    r"\[/?(?:gallery|caption|embed|youtube|vimeo|video|audio|playlist|wp_caption|button|contact-form(?:-7)?|toc"
    r"|(?:vc|et_pb|su|fusion|av|tve?)_\w+)(?:\s[^\[\]]*)?/?\]"
    r"|\[[a-z][\w-]*(?:\s[^\[\]=]*)?\s[\w-]+=[^\[\]]*\]|\[/[a-z][\w-]*\]|\[[a-z][\w-]*\s+https?://[^\[\]]*\]"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\*\|\w+\|\*|<!--\s*/?wp:[^<>]*-->",
    re.IGNORECASE,
)
_STRUCK_TAG = re.compile(r"<(s|strike|del)\b[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_STRUCK_MARK = re.compile(r"~~(?=\S)[^~\n]+~~|(?:\w[\u0335-\u0338])+")
_INLINE_TAG = re.compile(r"</?(?:strong|em|span|a|sup|sub|code|s|strike|del)\b[^>]*>")
_BLOCK_TAG = re.compile(r"<[^>]*>")
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")
_PLANES_END = "".join(chr(last) + chr(last + 1) for last in range(0x1FFFE, 0xF0000, 0x10000))
# Surrogates, private use, what is no character, and what stands for one that was lost.
_UNPRINTABLE = re.compile(f"[\ud800-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff{_PLANES_END}]")
_BYTES = {chr(code): code for code in range(0x80, 0x100)} | {
    letter: code
    for code in range(0x80, 0xA0)
    if (letter := bytes([code]).decode("cp1252", "ignore"))  # as a browser reads "Windows-1252"
}


@check("text.struck", "text.shortcode", "text.encoding", "text.characters")
def left_behind(draft: Draft) -> Iterator[Finding]:
    for where, words in _places(draft):
        for id, find, wording in _LEFT_BEHIND:
            for found in dict.fromkeys(find(words)):
                places = (found[found.index("“") + 1 : -1],) if where == "body" else ()
                yield Finding(id, ERROR, wording.format(found), where, places=places)
    for struck in dict.fromkeys(text.plain_text(match[2]) for match in _STRUCK_TAG.finditer(draft.body)):
        yield Finding("text.struck", ERROR, _STRUCK.format(f"“{struck}”"), "body", places=(struck,))


def _places(draft: Draft) -> Iterator[tuple[str, str]]:
    """Everything that readers are shown of the article, and the field that it is in."""
    content = draft.content
    names = ("title", "standfirst", "closing_question", "disclosure", *FOR_SEARCH, "first_published_in")
    yield from ((name, content[name]) for name in names)
    yield "body", unescape(_BLOCK_TAG.sub("\n", _INLINE_TAG.sub("", draft.body)))  # with its hard blanks
    for picture in content["pictures"]:
        yield "lead_image" if picture["place"] == "lead" else "body", f"{picture['alt']}\n{picture['caption']}"
    for reference in content["references"]:
        yield "references", reference["citation"]


def _shortcodes(words: str) -> Iterator[str]:
    return (f"“{match[0]}”" for match in _SHORTCODE.finditer(words))


def _struck(words: str) -> Iterator[str]:
    return (f"“{match[0]}”" for match in _STRUCK_MARK.finditer(words))


def _misread(words: str) -> Iterator[str]:
    """Words with letters that are UTF-8 read as Windows-1252: "isnâ€™t", "Âµg"."""
    for run in _FOREIGN.finditer(words):
        if any(_is_misread(run[0][at : at + length]) for length in (2, 3, 4) for at in range(len(run[0]) - length + 1)):
            yield f"“{_word_at(words, run.start(), run.end())}”"


def _is_misread(letters: str) -> bool:
    try:
        meant = bytes(_BYTES[letter] for letter in letters).decode()
    except (KeyError, UnicodeDecodeError):
        return False
    if len(meant) != 1:
        return False
    has_punctuation = letters[1] in "‘’‚“”„–—…•"  # a word in capitals and what follows it: “CAFÉ”, “Spaß…”
    likely = [(0x80, 0xFF), (0x2010, 0x22FF), (0xFB00, 0xFB04), (0xFEFF, 0xFEFF), (0x1F000, 0x1FAFF)]
    likely += [] if has_punctuation else [(0x100, 0x17F), (0x370, 0x3FF)]
    return any(first <= ord(meant) <= last for first, last in likely)


def _unprintable(words: str) -> Iterator[str]:
    for letter in _UNPRINTABLE.finditer(words):
        yield f"U+{ord(letter[0]):04X} in “{_word_at(words, letter.start(), letter.end())}”"


def _word_at(words: str, start: int, end: int) -> str:
    """The words around a place, for people who look for it."""
    before = re.search(r"(?:\S+\s)?\S*$", words[max(0, start - 40) : start])
    after = re.match(r"\S*(?:\s\S+)?", words[end : end + 40])
    return f"{before[0] if before else ''}{words[start:end]}{after[0] if after else ''}".strip()


_STRUCK = "Struck words would be read as if they counted: {}. Delete the words, or take the line off them."
_LEFT_BEHIND: tuple[tuple[str, Callable[[str], Iterator[str]], str], ...] = (
    ("text.struck", _struck, _STRUCK),
    ("text.shortcode", _shortcodes, "{} is an instruction to another system, and readers would see it. Delete it."),
    ("text.encoding", _misread, "{} was read in the wrong encoding. Type the letters that belong there."),
    (
        "text.characters",
        _unprintable,
        "A character that readers can’t see or see as a box: {}. Type what belongs there.",
    ),
)
