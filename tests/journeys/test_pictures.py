"""Everything that a crawler gets of the demonstration carries its credit, read by two readers, and no place."""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from articles.images import licences, metadata
from tests.journeys.conftest import Site

FIRST = ("/", "/credits/", "/feed/", "/people/", "/corrections/", "/conditions/feed/")
TAGS = {
    "XMP-dc:Creator": "creator",
    "XMP-dc:Title": "title",
    "XMP-dc:Rights": "rights",
    "XMP-xmpRights:UsageTerms": "usage_terms",
    "XMP-xmpRights:WebStatement": "web_statement",
    "XMP-photoshop:Credit": "credit_line",
}


def crawl(start: str) -> set[str]:
    """Every address of a picture on every page that can be reached, in feeds and on social cards too."""
    waiting, seen, pictures = [start + path for path in FIRST], set(), set()
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        with urlopen(url) as answer:
            if "html" not in answer.headers["Content-Type"] and "xml" not in answer.headers["Content-Type"]:
                continue
            page = unescape(unescape(answer.read().decode()))
        pictures |= {urljoin(url, found) for found in re.findall(r"[^\s\"'<>,=]*/media/[^\s\"'<>,]+", page)}
        links = {urljoin(url, found).partition("#")[0] for found in re.findall(r'<a[^>]*\shref="([^"]+)"', page)}
        waiting += [link for link in links if urlsplit(link).netloc == urlsplit(start).netloc and "/admin/" not in link]
    return pictures


def credits_in_the_database(site: Site) -> dict[str, Any]:
    done = site.manage("dumpdata", "articles.image", "articles.imagecredit")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    folders = {row["pk"]: row["fields"]["digest"][:24] for row in rows if row["model"] == "articles.image"}
    credits = [SimpleNamespace(**row["fields"]) for row in rows if row["model"] == "articles.imagecredit"]
    for credit in credits:
        credit.rights_end_on = None
    return {folders[credit.image]: credit for credit in credits if credit.image}


def test_every_picture_carries_the_credit_of_the_database(site: Site, tmp_path: Path, needs_exiftool: None) -> None:
    urls = sorted(crawl(site.url))
    assert len(urls) > 200
    assert {url.rpartition(".")[2] for url in urls} == {"avif", "webp", "jpg"}
    known, wanted = credits_in_the_database(site), {}
    for number, url in enumerate(urls):
        _media, _renditions, folder, _stamp, name = urlsplit(url).path.strip("/").split("/")
        path = tmp_path / f"{number:04}-{name}"
        with urlopen(url) as answer:
            path.write_bytes(answer.read())
        said = licences.metadata(known[folder], cropped="-" in name)
        wanted[str(path)] = {field: getattr(said, field) for field in TAGS.values()}
        found = metadata.read(path.read_bytes())
        by_pillow = {**vars(found), "web_statement": found.licence_url}
        assert {field: by_pillow[field] for field in TAGS.values()} == wanted[str(path)], url
    command = [shutil.which("exiftool") or "", "-json", "-G1", "-charset", "utf8", str(tmp_path)]
    for read in json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout):
        assert {field: read.get(tag, "") for tag, field in TAGS.items()} == wanted[read["SourceFile"]]
        assert not [tag for tag in read if "GPS" in tag or tag.startswith(("IFD", "ExifIFD", "IPTC", "Photoshop"))]


def test_a_withdrawn_picture_is_gone_for_the_crawler_within_the_request(site: Site) -> None:
    """With two server processes, neither may remember it."""
    url = sorted(crawl(site.url))[0]
    folder = urlsplit(url).path.split("/")[3]
    deed = (
        "from articles.models import Image; from articles.publishing import pictures; "
        "from django.contrib.auth import get_user_model; "
        "editor = get_user_model().objects.get(username='editor'); "
        f"image = Image.objects.of_file('{folder}').get(); "
    )
    assert site.manage("shell", "-c", deed + "pictures.withdraw(image, by=editor, because='A claim.')").returncode == 0
    try:
        assert not any(folder in found for found in crawl(site.url))
        assert [status(url) for _each in range(6)] == [410] * 6
        assert not list((site.var / "media").rglob(f"renditions/{folder}/*"))
    finally:
        assert site.manage("shell", "-c", deed + "pictures.restore(image, by=editor)").returncode == 0
    assert status(url) == 200


def status(url: str) -> int:
    try:
        with urlopen(url) as answer:
            return int(answer.status)
    except HTTPError as problem:
        return problem.code
