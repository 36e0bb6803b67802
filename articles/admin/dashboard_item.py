"""DashboardItem: one entry on the dashboard."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DashboardItem:
    """A title, a sentence about it and its link."""

    title: str
    about: str
    url: str
