"""Where a request comes from: another site's page, and which network. Nothing of it is kept here."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def from_another_site(request: HttpRequest) -> bool:
    """Whether a browser says that a page of another origin sent this; older browsers say nothing and are let in."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


FROM_ELSEWHERE = "This form was sent from another site. Please use the form here."


def address_of(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The client's address: behind n trusted proxies, what the outermost of them wrote.

    Where that cannot be read ("unknown"), the first readable one that a proxy nearer to us wrote; None without any.
    What stands before it in X-Forwarded-For came from the client and is never used.
    """
    forwarded = filter(str.strip, request.META.get("HTTP_X_FORWARDED_FOR", "").split(","))
    hops = [*forwarded, request.META.get("REMOTE_ADDR", "")]
    written_by_proxies = hops[-settings.TRUSTED_PROXIES - 1 :]
    return next((address for hop in written_by_proxies if (address := _read(hop)) is not None), None)


def _read(hop: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: quoted, in brackets, with a port, with a zone, IPv4 inside IPv6."""
    hop = hop.strip(' \t"')
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    try:
        address = ip_address(hop.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_address(request: HttpRequest) -> str | None:
    """Who is asking, as lock-outs and caps count: IPv6 addresses by the /64 network that one subscriber has."""
    address = address_of(request)
    if address is None:
        return None
    return str(address if address.version == 4 else ip_network((address.packed, 64), strict=False).network_address)
