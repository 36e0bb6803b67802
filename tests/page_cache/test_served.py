"""The real server with its page cache and without, asked as no browser would: the answers are the same."""

import gzip
import http.client
import socket

from tests.management.serving import PATIENCE
from tests.page_cache.client import Answer, differing
from tests.page_cache.server import granian, hits

HOST = "Host: localhost\r\n"
ODD = [
    f"GET / HTTP/1.1\r\n{HOST}",
    f"HEAD / HTTP/1.1\r\n{HOST}",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Accept-Encoding: gzip\r\n",
    f"HEAD /topics/ HTTP/1.1\r\n{HOST}Accept-Encoding: gzip\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Accept-Encoding: gzip;q=0\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Accept-Encoding: identity\r\nAccept-Encoding: gzip\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}If-None-Match: *\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Range: bytes=0-9\r\n",
    f"GET /topics/?page=2&&=&utm_source=%FF%00 HTTP/1.1\r\n{HOST}",
    f"GET /search/?q={'x' * 5000} HTTP/1.1\r\n{HOST}",
    "GET / HTTP/1.1\r\nHost: LOCALHOST\r\n",
    "GET / HTTP/1.1\r\nHost: localhost:9999\r\n",
    "GET / HTTP/1.1\r\nHost: localhost.\r\n",
    "GET / HTTP/1.1\r\nHost: evil.example\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
    "GET / HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n",
    "GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n",
    "GET / HTTP/1.1\r\nHost: \r\n",
    "GET / HTTP/1.1\r\n",
    "GET / HTTP/1.0\r\n",
    f"GET http://evil.example/ HTTP/1.1\r\n{HOST}",
    f"GET http://localhost/topics/ HTTP/1.1\r\n{HOST}",
    f"GET //evil.example/topics/ HTTP/1.1\r\n{HOST}",
    f"GET /topics HTTP/1.1\r\n{HOST}X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}X-Forwarded-Host: evil.example\r\nX_Forwarded_Host: evil.example\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}X-HTTP-Method-Override: DELETE\r\nX-Original-URL: /admin/\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Content-Length: 5\r\n\r\nhello",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
    f"get /topics/ HTTP/1.1\r\n{HOST}",
    f"POST /topics/ HTTP/1.1\r\n{HOST}Content-Length: 0\r\n",
    f"GET /%74opics/ HTTP/1.1\r\n{HOST}",
    f"GET /topics%2F HTTP/1.1\r\n{HOST}",
    f"GET /topics/%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\n{HOST}",
    f"GET /TOPICS/?a=1 HTTP/1.1\r\n{HOST}",
    f"GET /./topics/../topics/ HTTP/1.1\r\n{HOST}",
    f"GET /topics/;x=1 HTTP/1.1\r\n{HOST}",
    f"GET /topics/#x HTTP/1.1\r\n{HOST}",
    f"GET /\xe4/ HTTP/1.1\r\n{HOST}",
]


def answer(port: int, request: str) -> Answer:
    head, separator, body = request.partition("\r\n\r\n")
    end = f"\r\n\r\n{body}\r\n\r\n" if separator else "Connection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(f"{head}{end}".encode("latin-1"))
        if separator:
            connection.shutdown(socket.SHUT_WR)
        response = http.client.HTTPResponse(connection, method=request.partition(" ")[0].upper())
        response.begin()
        return Answer(response.status, dict(response.getheaders()), response.read())


def unpacked(answer: Answer) -> bytes:
    return gzip.decompress(answer.body) if answer.body and "content-encoding" in answer.headers else answer.body


def differences(kept: Answer, plain: Answer) -> set[str]:
    may_differ = {"date", "x-request-id"}
    if "content-encoding" in plain.headers:
        may_differ |= {"etag", "content-length"}
    if plain.status == 304:
        may_differ |= {"vary", "x-frame-options"}  # which Django leaves out
    return differing(kept, plain) - may_differ | ({"body"} if unpacked(kept) != unpacked(plain) else set())


def test_the_server_answers_the_same_with_its_page_cache_and_without(migrated, tmp_path):
    with (
        granian(tmp_path / "on", migrated, "tests.page_cache.served", PAGE_CACHE="on") as kept,
        granian(tmp_path / "off", migrated, "tests.page_cache.served", PAGE_CACHE="off") as plain,
    ):
        for request in ODD:
            expected = answer(plain, request)
            for _time in range(2):
                found = answer(kept, request)
                assert (found.status, differences(found, expected)) == (expected.status, set()), request
        assert hits(kept) > len(ODD) / 2
        assert hits(plain) == 0
