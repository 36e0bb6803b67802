"""The real server with its page cache and without, asked as no browser would: the answers are the same."""

import gzip
import http.client
import os
import shutil
import socket
import sqlite3
from contextlib import closing

from tests.management.serving import PATIENCE, soon
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
    "GET / HTTP/1.1\r\nHost: localhost:\r\n",
    "GET / HTTP/1.1\r\nHost: localhost:80:80\r\n",
    "GET / HTTP/1.1\r\nHost: localhost, evil.example\r\n",
    "GET / HTTP/1.1\r\nHost: localhost/evil\r\n",
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
    f"GET /topics/ HTTP/1.1\r\n{HOST}X-Forwarded-Port: 9999\r\nX-Forwarded-Prefix: /evil\r\nX-Script-Name: /evil\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}X-Forwarded-Scheme: https\r\nX-Forwarded-Ssl: on\r\nFront-End-Https: on\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}X-Forwarded-Proto: http\r\nX-Forwarded-Proto: https\r\nForwarded: proto=https\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}X-HTTP-Method: PURGE\r\nX-Method-Override: POST\r\n",
    f"GET /topics/?_method=DELETE HTTP/1.1\r\n{HOST}",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Range: bytes=0-0,5-9\r\nIf-Range: *\r\n",
    f"HEAD /topics/ HTTP/1.1\r\n{HOST}Range: bytes=9-0\r\nIf-None-Match: *\r\n",
    f'GET /topics/ HTTP/1.1\r\n{HOST}If-None-Match: W/"x"\r\nIf-None-Match: *\r\n',
    f"GET /topics/ HTTP/1.1\r\n{HOST}If-Match: *\r\nIf-None-Match: *\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Cache-Control: no-cache, only-if-cached\r\nPragma: no-cache\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Connection: close, X-Forwarded-Proto, Host\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Accept-Encoding: *;q=1, gzip;q=0.0\r\n",
    f"GET /topics/ HTTP/1.1\r\n{HOST}Accept-Encoding: br;q=1.0, gzip;q=0.001\r\n",
    f"GET /topics/?{'&'.join(f'a{number}=1' for number in range(1500))} HTTP/1.1\r\n{HOST}",
    f"GET /search/?q=a&q=b&page=2&page=1 HTTP/1.1\r\n{HOST}",
    f"GET /search/?page=1&page=2&q=b&q=a HTTP/1.1\r\n{HOST}",
    f"GET /search/?q=a;page=2 HTTP/1.1\r\n{HOST}",
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


def test_a_database_file_that_is_replaced_under_the_server_is_what_it_shows(migrated, tmp_path):
    """Until it looks at the file, once a second, it goes on with the old one; after that it keeps nothing."""
    file, other = tmp_path / "site.sqlite3", tmp_path / "other.sqlite3"
    shutil.copy(migrated, other)
    with closing(sqlite3.connect(other)) as database:
        database.execute("UPDATE articles_section SET position = position + 50 WHERE slug = 'conditions'")
        database.commit()
    with granian(tmp_path, migrated, "pain_site.wsgi", PAGE_CACHE="on") as port:
        ask = f"GET /topics/ HTTP/1.1\r\n{HOST}"
        before = answer(port, ask).body
        assert answer(port, ask).body == before
        assert hits(port) == 1
        for left in tmp_path.glob("site.sqlite3-*"):
            left.unlink()
        os.replace(other, file)
        assert soon(lambda: answer(port, ask).body != before)
        assert soon(lambda: is_asked_anew(port, ask))
        after = answer(port, ask).body.decode()
        assert after.index('href="/conditions/"') > after.index('href="/news/"')


def is_asked_anew(port: int, ask: str) -> bool:
    before = hits(port)
    answer(port, ask)
    return hits(port) == before
