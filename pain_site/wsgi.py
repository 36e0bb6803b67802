"""The entry of the production server (granian). It refuses to load while a setting is missing or malformed."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from pain_site.checks import refuse_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pain_site.settings")
refuse_to_start()
site = get_wsgi_application()

from articles.page_cache import PageCache  # noqa: E402  they need the models, which are loaded now
from articles.readers import opens  # noqa: E402

application = opens.counted(PageCache(site) if settings.PAGE_CACHE else site)
