"""Tiles that lead to topics, on the home page and on a section's, each with its drawing and a few small words."""

from typing import NamedTuple

from django.utils import timezone

from articles import cache
from articles.models import Edition, Section, Topic
from articles.models.taxonomy import TopicTree

MOST_OF_A_SECTION = 7  # beside the tile of its A to Z
MOST_SMALL = 3  # names under a tile


class Tile(NamedTuple):
    """What a tile shows; compared as it is, so that a page is made anew when one changes."""

    name: str
    address: str
    icon: str
    small: str


def of_home(place: str) -> list[Tile]:
    """The topics that the desk has put in this place, while something is public under them."""
    tree = _tree()
    return [_tile(tree, topic) for topic in tree if topic.place == place and tree.is_shown(topic)]


def of_section(section: Section) -> list[Tile]:
    """Topics that belong to this section and to no other, those of the first rank first if there are many."""
    until = cache.next_change(timezone.now())
    live = Edition.objects.live().articles().in_section(section)
    filed = cache.by_state(
        f"topics of {section.pk} until {until}", lambda: set(Topic.objects.of(live).values_list("pk", flat=True))
    )
    tree = _tree()
    own = (topic for topic in tree if tree.is_shown(topic) and tree.belongs_to(topic, section, filed))
    first = sorted(own, key=lambda topic: len(tree.path(topic)))[:MOST_OF_A_SECTION]
    return sorted(_tile(tree, topic) for topic in first)


def _tree() -> TopicTree:
    """Every topic, kept until something goes live or ends."""
    until = cache.next_change(timezone.now())
    return cache.by_state(f"topics until {until}", lambda: Topic.objects.tree())


def _tile(tree: TopicTree, topic: Topic) -> Tile:
    path = tree.path(topic)
    icon = next((above.icon for above in reversed(path) if above.icon), "book")
    small = ", ".join([child.name for child in tree.under(topic)][:MOST_SMALL] or topic.also_called()[:MOST_SMALL])
    return Tile(topic.name, topic.get_absolute_url(), icon, small[:1].upper() + small[1:])
