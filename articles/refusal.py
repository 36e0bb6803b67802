"""Refused: what was asked for is not done. Each capability has a kind of its own; the person who asked reads why."""


class Refused(Exception):
    """Nothing was changed; `problems` are all the reasons, each a plain sentence."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return " ".join(self.problems)
