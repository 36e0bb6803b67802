"""The one way in which a change of a picture is refused."""

from articles.refusal import Refused


class PicturesRefused(Refused):
    """A picture that cannot be kept, shown, replaced or withdrawn."""
