"""What a page weighs on its way to a reader: its HTML and its style sheets, compressed as a server does it."""

import gzip
import re
from urllib.parse import urljoin
from urllib.request import urlopen

LIMIT = 16_000  # bytes: an article's HTML and CSS, without its labeled drawings
OF_DRAWINGS = 3_000  # bytes of these and their sheet, on top of it
DRAWING = re.compile(rb'<svg[^>]+class="dg.*?</svg>|<link[^>]+href="[^"]*/drawing[^"]*\.css"[^>]*>', re.DOTALL)
SHEET = re.compile(rb'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"')


def compressed(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def of_sheets(html: bytes, address: str) -> int:
    """Bytes of the style sheets that a page at this address asks for."""
    sheets = (urljoin(address, found.decode()) for found in SHEET.findall(html))
    return sum(compressed(urlopen(sheet).read()) for sheet in sheets)


def of(html: bytes, address: str) -> int:
    return compressed(html) + of_sheets(html, address)
