"""A folder of .eml files: what stands in for a mail server on a small machine, and what tests read."""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone


class EmlFolder(BaseEmailBackend):
    """Writes every mail as one .eml file into EMAIL_FILE_PATH, which a mail program opens."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Each file is named so that a listing is in order of time."""
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S.%f}-{uuid4().hex[:8]}.eml"
            self.keep(name, message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        return len(email_messages)

    def keep(self, name: str, whole: bytes) -> None:
        """The file appears whole or not at all, also where the machine dies; one of the same name is replaced."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{name}.{uuid4().hex[:8]}.part"
        with open(unfinished, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / name)

    def place(self, message_id: str) -> Path:
        """Where the mail of a Message-ID lies: always the same, so that writing it again changes nothing."""
        return self.folder / f"mail-{sha256(message_id.encode()).hexdigest()[:32]}.eml"
