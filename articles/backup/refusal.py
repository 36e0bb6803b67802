"""BackupRefused: no backup was made, or nothing was restored."""

from articles.refusal import Refused


class BackupRefused(Refused):
    """What is wrong, each in a plain sentence."""
