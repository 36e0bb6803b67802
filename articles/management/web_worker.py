"""The site as granian's processes serve it: loaded once in the process that they are forked from."""

import gc
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.module_loading import import_string

from articles.management import lifeline

Wsgi = Callable[[Any, Any], Any]


def prepare() -> None:
    """Loads what every process would load for itself: the site, its addresses, its templates.

    What is there now is left alone by the garbage collector, which would otherwise write to each page of memory.
    """
    import_string(settings.WSGI_APPLICATION)
    get_resolver().reverse_dict  # noqa: B018  read so that it is worked out
    templates = Path(apps.get_app_config("articles").path) / "templates"
    for file in templates.rglob("*.*"):
        get_template(str(file.relative_to(templates)))
    gc.collect()
    gc.freeze()


def load() -> Wsgi:
    """What granian calls in each of its processes."""
    if server := multiprocessing.parent_process():
        lifeline.become("site-worker", server.pid or 0)
    return in_one_piece(import_string(settings.WSGI_APPLICATION))


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
