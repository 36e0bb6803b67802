"""The number of the public site's state: raised by every change that readers may see. None: it is not known."""

_number: int | None = None


def current() -> int | None:
    return _number
