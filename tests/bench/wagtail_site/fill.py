"""Writes articles into the site, with Wagtail's own ways. The file holds `articles`: title, slug, standfirst, body."""

import io
import json
from datetime import timedelta
from pathlib import Path

from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from PIL import Image as Drawing
from wagtail.images.models import Image
from wagtail.models import Page, Site

from tests.bench.wagtail_site.models import ArticleList, ArticlePage


def fill(file: str) -> None:
    call_command("makemigrations", "wagtail_site", verbosity=0)
    call_command("migrate", verbosity=0)
    Page.objects.filter(depth=2).delete()
    home = Page.objects.get(depth=1).add_child(instance=ArticleList(title="Articles", slug="articles"))
    Site.objects.update_or_create(defaults={"hostname": "127.0.0.1", "root_page": home}, is_default_site=True)
    drawn = io.BytesIO()
    Drawing.radial_gradient("L").resize((1200, 800)).convert("RGB").save(drawn, "JPEG")
    picture = Image.objects.create(title="A picture", file=ImageFile(drawn, name="picture.jpg"))
    now = timezone.now()
    with transaction.atomic():
        for number, article in enumerate(json.loads(Path(file).read_text())["articles"]):
            page = ArticlePage(**article, picture=picture, first_published_at=now - timedelta(minutes=number))
            home.add_child(instance=page)
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)
