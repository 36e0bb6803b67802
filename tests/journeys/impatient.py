"""The site's settings, but that nobody waits long for a database which another program holds."""

from pain_site.settings import *  # noqa: F403
from pain_site.settings import DATABASES

DATABASES["default"]["OPTIONS"]["timeout"] = 2
