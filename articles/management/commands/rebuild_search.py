"""`rebuild_search`: the search index made anew from what is printed."""

from typing import Any

from tqdm import tqdm

from articles.management.base import PlainCommand
from articles.search import index


class Command(PlainCommand):
    help = "Rebuilds the search index from published and scheduled articles. Safe to repeat."

    def handle(self, **options: Any) -> None:
        wanted, filling = index.rebuild()
        with tqdm(total=wanted, desc="Editions", unit=" editions", leave=False, disable=None) as bar:
            for learned in filling:
                bar.update(learned)
        self.stdout.write(f"{wanted} published or scheduled version{'' if wanted == 1 else 's'} indexed.")
