"""Message: one mail, complete but for its recipient; and what no header may hold."""

from dataclasses import dataclass, field

from articles.refusal import Refused
from articles.richtext.text import CONTROL


class HeaderRefused(Refused):
    """A value that would end its header and begin another; the message is one sentence."""


@dataclass(frozen=True)
class Message:
    """One mail, complete but for its recipient. Raises HeaderRefused where a header is more than one line.

    Python's own check came late (CVE-2024-6923, CVE-2026-1299), so the house has one of its own.
    """

    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in {"Subject": self.subject, **self.headers}.items():
            if CONTROL.search(name + value):
                raise HeaderRefused(f"“{name}” contains a line break or another control character.")
