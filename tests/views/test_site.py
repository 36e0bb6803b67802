"""What the site tells about itself to machines: robots, security contact, manifest, icons."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from PIL import Image

pytestmark = pytest.mark.django_db


def fields(client, address):
    answer = client.get(address)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = [line.partition(": ") for line in answer.content.decode().splitlines() if line]
    return [(name, value) for name, _colon, value in lines]


def test_robots_are_kept_from_the_desk_and_shown_the_sitemaps(client):
    told = fields(client, "/robots.txt")
    assert ("Disallow", "/admin/") in told
    maps = ["http://testserver/sitemap.xml", "http://testserver/sitemap-news.xml"]
    assert [value for name, value in told if name == "Sitemap"] == maps


def test_whoever_finds_a_hole_is_told_whom_to_write_to(client, settings):
    """RFC 9116, 2.5: Contact and Expires have to be there, Expires once and less than a year ahead."""
    settings.SECURITY_CONTACT = "mailto:holes@example.org"
    with time_machine.travel(datetime(2026, 11, 24, 15, 4, 5, tzinfo=UTC)):
        assert fields(client, "/.well-known/security.txt") == [
            ("Contact", "mailto:holes@example.org"),
            ("Expires", "2027-05-23T00:00:00Z"),
            ("Preferred-Languages", "en"),
            ("Canonical", "http://testserver/.well-known/security.txt"),
        ]


def test_the_manifest_names_icons_that_are_there_in_the_size_that_it_says(client):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["name"], told["start_url"], told["lang"]) == ("Inside Pain Medicine", "/", "en")
    for icon in told["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        assert path, icon["src"]
        if icon["type"] == "image/png":
            with Image.open(path) as picture:
                assert "{}x{}".format(*picture.size) == icon["sizes"]


def test_the_policy_lets_the_manifest_and_the_fonts_be_read_and_no_script_run_but_our_own_files(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "manifest-src 'self'" in policy
    assert "font-src 'self'" in policy
    assert "script-src 'self'" in policy.split("; ")
    assert "default-src 'none'" in policy


def test_old_browsers_get_an_icon_that_they_can_read(client):
    answer = client.get("/favicon.ico")
    with Image.open(finders.find(answer["Location"].removeprefix("/static/"))) as icon:
        assert icon.format == "ICO"


def test_the_fonts_that_a_page_asks_for_at_once_are_small_and_the_ones_of_the_sheet(client):
    asked = re.findall(
        r'rel="preload" href="/static/([^"]+)" as="font" type="font/woff2" crossorigin',
        client.get("/").content.decode(),
    )
    sheet = Path(finders.find("articles/tokens.css")).read_text()
    assert asked == [f"articles/{name}" for name in re.findall(r'url\("([^"]+)"\)', sheet)]
    assert sum(Path(finders.find(name)).stat().st_size for name in asked) < 70_000
    assert all(Path(finders.find(name.replace(".woff2", ".OFL.txt"))).stat().st_size for name in asked)
