"""Line: one thing to see on the desk's front page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DashboardItem:
    """Where it leads, and a sentence about it."""

    title: str
    about: str
    url: str
