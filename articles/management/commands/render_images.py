"""`render_images`: the files of every picture, made where they are missing; restartable, and safe to stop."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from articles.management.base import PlainCommand
from articles.models import Image
from articles.publishing import pictures


class Command(PlainCommand):
    help = (
        "Makes picture files that are missing or carry an old credit, and removes unused ones. If interrupted, it "
        "continues where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--missing", action="store_true", help="only what is missing (the default)")
        which.add_argument(
            "--all", action="store_true", help="everything, for example after a change of quality or widths"
        )

    def handle(self, *, all: bool, **options: Any) -> None:
        made = files = 0
        problems: list[str] = []
        keys = list(Image.objects.order_by("pk").values_list("pk", flat=True))
        for pk in tqdm(keys, desc="Pictures", unit=" pictures", leave=False, disable=None):
            image = Image.objects.with_credit().filter(pk=pk).first()
            if image is None or (not all and pictures.is_rendered(image)):
                continue
            try:
                files += pictures.render(image, anew=all)
                made += 1
            except (pictures.PicturesRefused, OSError) as problem:
                problems.append(f"Picture {pk}: {problem}")
        removed = pictures.sweep()
        self.stdout.write(
            f"{len(keys)} pictures: {made} rendered ({files} files), {len(keys) - made - len(problems)} as they were, "
            f"{len(problems)} failed. {removed} old files removed."
        )
        if problems:
            raise CommandError("\n".join(problems))
