"""What granian loads in each of its processes: the site, in a process that does not outlive the server."""

import multiprocessing
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string

from articles.management import lifeline

Wsgi = Callable[[Any, Any], Any]


def in_one_piece(site: Wsgi) -> Wsgi:
    """Of a list granian sends head and body at once; of anything else the head first, and the body when Python goes on.

    A worker that is killed in between leaves half an answer, which no proxy can ask another worker for. What is a
    stream stays one.
    """

    def answer(environ: Any, start_response: Any) -> Any:
        response = site(environ, start_response)
        if not isinstance(response, HttpResponse):
            return response
        body = [response.content]
        response.close()
        return body

    return answer


if server := multiprocessing.parent_process():
    lifeline.end_with(server.pid or 0)
application = in_one_piece(import_string(settings.WSGI_APPLICATION))
