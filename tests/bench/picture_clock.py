"""Prints what the clock's look at pictures costs with 10,000 live ones: `python -m tests.bench.picture_clock`."""

import os
import tempfile
import time

FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"SECRET_KEY": "bench" * 20, "VAR_DIR": FOLDER.name, "DJANGO_SETTINGS_MODULE": "tests.settings"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

LIVE = 10_000


def main() -> None:
    from articles.publishing.pictures import receivers

    call_command("migrate", verbosity=0)
    fill()
    print(f"{LIVE} live pictures, all up to date; the clock goes round every 30 s")
    for which in ("first round", "second round", "third round"):
        started = time.process_time()
        tried = receivers.catch_up()
        print(f"{which:14} {(time.process_time() - started) * 1000:>5.0f} ms of CPU, {tried} tried", flush=True)


def fill() -> None:
    """All of them stand in the text of one edition."""
    from articles.models import EditionPicture, Image, ImageCredit
    from tests import factories

    images = Image.objects.bulk_create(factories.ImageFactory.build_batch(LIVE), batch_size=500)
    ImageCredit.objects.bulk_create(
        [factories.CreditFactory.build(image=image, title=f"Channel {image.pk}") for image in images], batch_size=500
    )
    for image in images:
        image.rendered = image.stamp()
    Image.objects.bulk_update(images, ["rendered"], batch_size=500)
    edition = factories.print_edition()
    places = [EditionPicture(edition=edition, image=image, place=EditionPicture.TEXT) for image in images]
    EditionPicture.objects.bulk_create(places, batch_size=500)


if __name__ == "__main__":
    main()
