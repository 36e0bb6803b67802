"""A corrected error as words: what must not be read again, and where a text says it. For the gate and for the sweep."""

from collections.abc import Iterator
from functools import cached_property

from articles.models import Correction
from articles.models.found import FOR_SEARCH
from articles.publishing.snapshot import Content
from articles.publishing.wording import Passage, Wording, Words

TELLING = 3  # words that say what a text is about: so many say the same wherever they are read
SAME_SIZE = 2  # words more or less: a sentence in another order says the same, not only nearly so

Fields = dict[str, Passage]  # what a text says, by the field of its form


def read(content: Content, wording: Wording) -> Fields:
    """What a content says, in the order in which it is read; captions in the text are part of the body already."""
    pictures = content["pictures"]
    lead = [picture for picture in pictures if picture["place"] == "lead"]
    shown = [picture for picture in pictures if picture["place"] != "lead"]
    fields = {
        "title": wording.of(content["title"]),
        "standfirst": wording.of(content["standfirst"]),
        "lead_image": _lines([words for one in lead for words in (one["caption"], one["alt"])], wording),
        "body": wording.of_html(content["body"]) + _lines([one["alt"] for one in shown], wording),
        "closing_question": wording.of(content["closing_question"]),
        "disclosure": wording.of(content["disclosure"]),
        **{name: wording.of(content[name]) for name in FOR_SEARCH},
    }
    return {name: passage for name, passage in fields.items() if passage}


def _lines(texts: list[str], wording: Wording) -> Passage:
    return sum(map(wording.of, texts), Passage())


class CorrectedError:
    """What a correction put right. It reads the two versions only where its own words do not say enough."""

    def __init__(self, correction: Correction, wording: Wording) -> None:
        self.correction, self._wording = correction, wording
        self.was, self.right = wording.of(correction.was), wording.of(correction.now)

    @cached_property
    def wrong(self) -> list[Passage]:
        """What it said; also what the correction took out, where that is not what stood there word by word."""
        if self.was and any(passage.count(self.was) for passage in self._before.values()):
            return [self.was]
        taken_out = self._sentences(self._before, but_not=self._after)
        return [*filter(None, [self.was]), *(Passage((sentence,)) for sentence in taken_out)]

    @cached_property
    def added(self) -> list[Passage]:
        """What it put in, where it says that something was missing."""
        if self.was:
            return []
        return [Passage((sentence,)) for sentence in self._sentences(self._after, but_not=self._before)]

    @cached_property
    def wrong_elsewhere(self) -> list[Passage]:
        """What is the same error in another text: few words only with the sentence that they stood in."""
        if len(self.was.telling) >= TELLING:
            return [self.was]
        around = [
            Passage((sentence,))
            for passage in self._before.values()
            for sentence in passage.sentences
            if Passage((sentence,)).count(self.was)
        ]
        return [passage for passage in around if len(passage.telling) >= TELLING]

    def says(self, fields: Fields, wrong: Passage, *, room: int | None = 0) -> Iterator[tuple[str, int]]:
        """The fields that say something wrong, and how often; `room` as in `Passage.count_near`, 0 for word by word."""
        for name, passage in fields.items():
            near = passage.count_near(wrong, self.right, room=room) if room != 0 else 0
            if count := passage.count(wrong, self.right) + near:
                yield name, count

    def states_what_was_added(self, fields: Fields) -> bool:
        return any(passage.states(added) for added in self.added for passage in fields.values())

    def is_whole_sentence(self, fields: Fields) -> bool:
        """Whether a text has what was wrong as sentences of its own, however few words they are."""
        return len(self.was.telling) > 1 and any(
            set(self.was.sentences) <= set(passage.sentences) for passage in fields.values()
        )

    @cached_property
    def _before(self) -> Fields:
        return read(self.correction.corrected.revision.content, self._wording)

    @cached_property
    def _after(self) -> Fields:
        return read(self.correction.edition.revision.content, self._wording)

    @staticmethod
    def _sentences(fields: Fields, *, but_not: Fields) -> list[Words]:
        kept = {sentence for passage in but_not.values() for sentence in passage.sentences}
        own = dict.fromkeys(sentence for passage in fields.values() for sentence in passage.sentences)
        return [one for one in own if one not in kept and len(Passage((one,)).telling) >= TELLING]
