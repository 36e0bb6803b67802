"""The one way in which a deed on a picture is refused."""


class PicturesRefused(Exception):
    """Nothing was changed; `problems` are sentences for the person who tried."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)
