"""What is done on the real site with the site loaded: `python -m tests.realsite.acts seed` and the like.

Each prints one JSON document.
"""

import hashlib
import json
import os
import sys
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

PICTURES = count()  # how many came in from this process


def seed():
    """Articles of a week, readers, and an editor at work on a draft: what the load asks for."""
    from django.conf import settings
    from django.test import Client
    from django.test.utils import setup_test_environment

    from tests import factories
    from tests.admin.accounts import account, verified
    from tests.admin.conftest import change_url, form_of
    from tests.newsletter.mailing import subscribe

    for number in range(8):
        stored = _stored()
        credited = factories.CreditFactory(image=stored).image
        names = ("conditions", "treatments", "news")
        factories.print_edition(title=f"Living with pain, {number}", in_section=names[number % 3], lead_image=credited)
    subscribe(30)
    user = account(username="editor")
    account(role="Site administrator", username="administrator")
    draft = factories.publishable_article(title="In hand", slug="in-hand")
    setup_test_environment()  # so that a page says which form it shows
    client = verified(Client(headers={"x-forwarded-proto": "https", "host": settings.HOST_NAME}), user)
    form = form_of(client, change_url(draft))
    return {
        "pages": _pages(),
        "session": client.cookies["desk"].value,
        "draft": change_url(draft),
        "form": {name: value if isinstance(value, list) else str(value) for name, value in form.items()},
    }


def _stored():
    """A picture that comes in as it does at the desk, no two alike."""
    from articles.publishing import pictures
    from tests import factories

    size = (1600 + next(PICTURES) % 97, 900 + time.time_ns() // 1000 % 997)
    picture = factories.picture_bytes("JPEG", size, quality=95)
    return pictures.store(picture, name="pump.jpg", alt="A pump.")


def _pages():
    from articles.models import Edition

    found = [edition.get_absolute_url() for edition in Edition.objects.live()]
    return ["/", "/conditions/", "/treatments/", "/news/", "/topics/", "/feed/", "/sitemap.xml", *found]


def forget():
    """Those who subscribed: after some hours of load there would be more of them than the site lets wait."""
    from articles.models import InboxCount, OutgoingMail, Subscription

    InboxCount.objects.all().delete()
    OutgoingMail.objects.all().delete()
    return Subscription.objects.filter(state="pending").delete()[0]


def article():
    """One that can be published: its slug."""
    from tests import factories

    return factories.publishable_article().slug


def editions(slug):
    from articles.models import Edition

    return Edition.objects.filter(slug=slug).count()


def issue(readers):
    """An approved issue of one new article, for so many readers and nobody else: its number."""
    from django.utils import timezone

    from articles.models import Issue, IssueItem, Subscription
    from articles.newsletter.issues import building, weeks
    from tests import factories
    from tests.newsletter.mailing import subscribe

    edition = factories.print_edition()
    now, number = timezone.now(), Issue.objects.next_number()
    Subscription.objects.active().update(state="ended", ended_at=now)
    subscribe(int(readers), start=1000 * number)
    made = Issue.objects.create(
        number=number,
        week=weeks.week_of(now + timedelta(weeks=number)),
        subject=edition.title,
        since=now - timedelta(weeks=1),
        until=now,
    )
    IssueItem.objects.create(issue=made, edition=edition)
    Issue.objects.filter(pk=made.pk).update(state="approved", approved_at=now)
    made.refresh_from_db()
    building.queue(made)
    return number


def hold(number):
    """It goes no further."""
    from articles.models import Issue
    from articles.newsletter.issues import building

    return str(building.hold(Issue.objects.get(number=number), reason="The mail server was slow."))


def deliveries(number):
    from articles.models import Issue
    from articles.newsletter.delivery import settling

    made = Issue.objects.get(number=number)
    return {"state": made.state, "reason": made.reason, **settling.counts(made)}


def upload():
    """What becomes of a picture: stored, or refused with a sentence."""
    from articles.refusal import Refused

    try:
        return {"stored": _stored().pk}
    except (Refused, OSError) as problem:
        return {"refused": str(problem)}


def library():
    """What is known of pictures, and which files there are: the same before and after what was refused."""
    from django.conf import settings

    from articles.models import Image

    files = sorted(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return {
        "rows": Image.objects.count(),
        "files": hashlib.sha256("\n".join(files).encode()).hexdigest(),
        "unfinished": [name for name in files if ".part" in name],
        "without": [image.pk for image in Image.objects.all() if not image.file.storage.exists(image.file.name)],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pain_site.settings")
    import django

    django.setup()
    from tests import factories

    for factory in factories.DjangoModelFactory.__subclasses__():  # names are unique, and each process counts anew
        factory.reset_sequence(int(time.time()) * 100, force=True)
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
