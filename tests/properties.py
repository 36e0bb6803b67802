"""How many examples a property is tried on: some in every run, many more in a campaign."""

from hypothesis import settings

USUAL = 50


def examples(number: int) -> int:
    """That many in a usual run; in a campaign more by as much as its profile says."""
    return number * settings.default.max_examples // USUAL
