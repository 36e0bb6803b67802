"""The entry of the production server (granian). It refuses to load while a setting is missing or malformed."""

import os

from django.core.wsgi import get_wsgi_application

from pain_site.checks import refuse_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pain_site.settings")
refuse_to_start()
application = get_wsgi_application()
