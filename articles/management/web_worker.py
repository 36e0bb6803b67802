"""What granian loads in each of its processes: the site, in a process that does not outlive the server."""

import multiprocessing

from django.conf import settings
from django.utils.module_loading import import_string

from articles.management import lifeline

if server := multiprocessing.parent_process():
    lifeline.end_with(server.pid or 0)
application = import_string(settings.WSGI_APPLICATION)
