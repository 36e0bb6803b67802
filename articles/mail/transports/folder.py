"""Mail as files."""

from articles.mail.eml_folder import EmlFolder
from articles.mail.mime import Envelope
from articles.mail.smtp_replies import Answer, Outcome, readable


class FolderTransport:
    """The return path comes first, as in a mail that arrived."""

    def __init__(self, folder: EmlFolder) -> None:
        self.folder = folder

    def is_open(self) -> bool:
        return True

    def open(self) -> None:
        """A folder is always open."""

    def hand_over(self, envelope: Envelope) -> Answer:
        path = self.folder.place(envelope.message_id)
        try:
            self.folder.keep(path.name, b"Return-Path: <%b>\r\n%b" % (envelope.sender.encode(), envelope.content))
        except OSError as problem:
            return Answer(Outcome.LATER, readable(f"The folder couldn’t be written: {problem.strerror}."))
        return Answer(Outcome.TAKEN, f"Written to {path.name}.")

    def close(self) -> None:
        """Nothing is kept open."""
