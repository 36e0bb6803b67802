"""The same site for an ASGI server; it refuses to load as `wsgi` does."""

import os

from django.core.asgi import get_asgi_application

from pain_site.checks import refuse_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pain_site.settings")
refuse_to_start()
application = get_asgi_application()
