"""A medicine's official label out of its SPL file: HL7 v3 XML as the FDA's implementation guide describes it.

The file is read as it streams by: nothing of it is kept but the label's names and dates, a digest of each section, and
the beginning of the sections whose words are compared with cards.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from articles.numbers import positive
from articles.refusal import Refused

NAMESPACE = "{urn:hl7-org:v3}"
BOX, INDICATIONS = "34066-1", "34067-9"  # LOINC
SECTIONS = {
    BOX: "boxed warning",
    INDICATIONS: "indications",
    "34070-3": "contraindications",
    "43685-7": "warnings and precautions",
    "34071-1": "warnings",
    "34090-1": "clinical pharmacology",
}
# What a document is, by LOINC. Others are labels for animals, of devices or of bulk ingredients.
PRESCRIPTION, OVER_THE_COUNTER = "prescription", "over the counter"
KINDS = {"34391-3": PRESCRIPTION, "45129-4": PRESCRIPTION, "34390-5": OVER_THE_COUNTER}
LARGEST = 100_000_000  # bytes of one file; real labels have at most a few million
DEEPEST = 100  # elements within each other
LONGEST = 20_000  # characters of a section that are kept
MOST = 50  # names of one kind
_CHUNK = 1 << 20  # what lies within one tag is read again with each chunk of it
_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Elements that end a line of text: nothing else separates the words before and after them.
_BREAKS = {"paragraph", "item", "td", "th", "tr", "caption", "title", "br", "text", "list", "table"}
# Elements of the document itself, and in which attribute each has its value.
_ATTRIBUTES = {"id": "root", "code": "code", "setId": "root", "versionNumber": "value", "effectiveTime": "value"}


class NotALabel(Refused):
    """The file cannot be read as a label; its one sentence says why."""


@dataclass(frozen=True)
class SplLabel:
    """One version of one label. `sections` has the digest of each section's words, by its name; `kind` is one of
    KINDS, or empty.
    """

    document_id: str
    set_id: str
    version: int
    kind: str
    effective_on: date
    title: str
    products: tuple[str, ...]
    generics: tuple[str, ...]
    moieties: tuple[str, ...]
    routes: tuple[str, ...]
    boxed_warning: str
    indications: str
    sections: dict[str, str]

    @property
    def has_box(self) -> bool:
        """Whether it has a boxed warning, be it a picture alone."""
        return SECTIONS[BOX] in self.sections


def read(file: IO[bytes]) -> SplLabel:
    """Raises NotALabel with one sentence."""
    collector = _Collector()
    parser = XMLParser(target=collector, forbid_dtd=True)
    size = 0
    try:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise NotALabel(f"It is larger than {LARGEST // 10**6} MB.")
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as problem:
        raise NotALabel("It declares a document type or entities, which labels have no need of.") from problem
    except ParseError as problem:
        raise NotALabel(_broken(problem, collector)) from problem
    except (LookupError, ValueError) as problem:
        raise NotALabel("Its encoding isn’t known.") from problem
    return collector.label()


def _broken(problem: ParseError, collector: "_Collector") -> str:
    if not collector.has_begun:
        return "It isn’t XML."
    line = problem.position[0]
    return f"It breaks off or isn’t well-formed XML at line {line}."


class _Words:
    """Text in pieces, blanks folded; the beginning is kept and a digest made of the whole."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.length = 0
        self.ends_blank = True
        self.digest = hashlib.sha256()

    def add(self, piece: str) -> None:
        folded = re.sub(r"\s+", " ", piece)
        if self.ends_blank:
            folded = folded.removeprefix(" ")
        if folded:
            self.ends_blank = folded.endswith(" ")
            self.digest.update(folded.encode("utf-8", "surrogatepass"))
            if self.length < LONGEST:
                self.kept.append(folded[: LONGEST - self.length])
                self.length += len(folded)

    def __str__(self) -> str:
        return "".join(self.kept).strip()


@dataclass
class _Section:
    """An open section: its code, if it is one of SECTIONS, which its subsections are part of."""

    depth: int
    code: str = ""


@dataclass
class _Collector:
    """The parser's target: what a label says, element by element."""

    path: list[str] = field(default_factory=list)
    has_begun: bool = False
    open: list[_Section] = field(default_factory=list)
    words: dict[str, _Words] = field(default_factory=dict)
    highlights: dict[str, _Words] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    names: dict[str, dict[str, None]] = field(default_factory=dict)
    text: _Words | None = None  # of a title or name
    in_highlight: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.has_begun and tag != f"{NAMESPACE}document":
            raise NotALabel("It isn’t a label in SPL: its first element isn’t “document” of HL7 v3.")
        self.has_begun = True
        name = tag.removeprefix(NAMESPACE)
        self.path.append(name)
        depth = len(self.path)
        if depth > DEEPEST:
            raise NotALabel(f"Its elements lie more than {DEEPEST} deep within each other.")
        if depth == 2:
            self._of_the_document(name, attributes)
        elif name == "section":
            self.open.append(_Section(depth))
        elif name == "code" and self.open and depth == self.open[-1].depth + 1:
            self._coded(attributes.get("code", ""))
        elif name == "routeCode":
            self._name("routes", attributes.get("displayName", "").lower())
        elif name == "name" and self._kind_of_name():
            self.text = _Words()
        self.in_highlight += name == "highlight"

    def _of_the_document(self, name: str, attributes: dict[str, str]) -> None:
        attribute = _ATTRIBUTES.get(name)
        if name == "languageCode":
            language = attributes.get("code", "")
            if language and not language.lower().startswith("en"):
                raise NotALabel(f"It is written in another language ({language[:20]}).")
        elif name == "title":
            self.text = _Words()
        elif attribute:
            self.values.setdefault(name, attributes.get(attribute, "").strip())

    def _coded(self, code: str) -> None:
        if code in SECTIONS and code not in (section.code for section in self.open):
            self.open[-1].code = code
            self.words.setdefault(code, _Words())
            self.highlights.setdefault(code, _Words())

    def _kind_of_name(self) -> str:
        """What is called by the `name` that was just opened."""
        above = self.path[-2]
        if above in ("manufacturedProduct", "manufacturedMedicine"):
            return "products"
        return {"genericMedicine": "generics", "activeMoiety": "moieties"}.get(above, "")

    def _name(self, kind: str, words: str) -> None:
        kept = self.names.setdefault(kind, {})
        if words and len(kept) < MOST:
            kept[words[:200]] = None

    def data(self, piece: str) -> None:
        if self.text is not None:
            self.text.add(piece)
        elif self.open and ("text" in self.path or "title" in self.path):
            into = self.highlights if self.in_highlight else self.words
            for section in self.open:
                if section.code:
                    into[section.code].add(piece)

    def end(self, tag: str) -> None:
        name = self.path[-1]
        if self.text is not None and name in ("title", "name"):
            if len(self.path) == 2:
                self.values.setdefault("title", str(self.text))
            elif name == "name" and (kind := self._kind_of_name()):
                self._name(kind, str(self.text))
            self.text = None
        elif name in _BREAKS:
            self.data(" ")
        self.in_highlight -= name == "highlight"
        if self.open and self.open[-1].depth == len(self.path):
            self.open.pop()
        self.path.pop()

    def close(self) -> None:
        """What the parser returns at the end, which nobody asks for."""

    def label(self) -> SplLabel:
        set_id = self.values.get("setId", "").lower()
        version = positive(self.values.get("versionNumber", ""))
        effective_on = _day(self.values.get("effectiveTime", ""))
        if not _SET_ID.fullmatch(set_id):
            raise NotALabel("It has no set id, by which a label is known.")
        if not 0 < version < 10**6:
            raise NotALabel("It has no version number.")
        if effective_on is None:
            raise NotALabel("It doesn’t say from which day on it holds.")
        names = {kind: tuple(self.names.get(kind, ())) for kind in ("products", "generics", "moieties", "routes")}
        if not names["products"] and not names["generics"]:
            raise NotALabel("It names no product.")
        texts = {code: str(words) or str(self.highlights[code]) for code, words in self.words.items()}
        about = f"{self.highlights[INDICATIONS]} {self.words[INDICATIONS]}" if INDICATIONS in texts else ""
        return SplLabel(
            document_id=self.values.get("id", "")[:100].lower(),
            set_id=set_id,
            version=version,
            kind=KINDS.get(self.values.get("code", ""), ""),
            effective_on=effective_on,
            title=self.values.get("title", "")[:500],
            boxed_warning=texts.get(BOX, ""),
            indications=about.strip()[:LONGEST],
            sections={SECTIONS[code]: words.digest.hexdigest() for code, words in self.words.items()},
            **names,
        )


def _day(value: str) -> date | None:
    """HL7 writes a day as 20231115, maybe with a time behind it."""
    try:
        return datetime.strptime(value[:8], "%Y%m%d").date()
    except ValueError:
        return None
