"""How an answer is handed to granian.

One that is not a list leaves head first, and its body when Python goes on: a worker that is killed in between has sent
a head without a body, and no proxy can ask another worker then.
"""

import pytest
from django.core.signals import request_finished
from django.http import HttpResponse, StreamingHttpResponse

from articles.management.web_worker import in_one_piece


@pytest.fixture
def finished():
    """How many requests came to their end."""
    ends = []

    def count(**kwargs):
        ends.append(1)

    request_finished.connect(count)
    yield ends
    request_finished.disconnect(count)


@pytest.mark.django_db
def test_a_page_leaves_in_one_piece_and_its_request_ends_once(finished):
    seen = []

    def site(environ, start_response):
        seen.append((environ, start_response))
        return HttpResponse(["a ", "page"])

    assert in_one_piece(site)("environ", "start") == [b"a page"]
    assert (seen, finished) == ([("environ", "start")], [1])


@pytest.mark.django_db
def test_a_stream_stays_one_and_ends_when_the_server_has_sent_it(finished):
    stream = StreamingHttpResponse(iter([b"a ", b"file"]))
    assert in_one_piece(lambda environ, start_response: stream)({}, None) is stream
    assert finished == []
