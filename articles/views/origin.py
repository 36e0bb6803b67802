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


FROM_ELSEWHERE = "This form was sent from another site. Please send it from here."


def address_of(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The client's address: behind n trusted proxies, what the outermost of them wrote. None where none is readable."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    hops.append(request.META.get("REMOTE_ADDR", ""))
    position = len(hops) - 1 - settings.TRUSTED_PROXIES
    for given in (hops[max(position, 0)], hops[-1]):
        try:
            return ip_address(given.strip("[]"))
        except ValueError:
            continue
    return None


def client_address(request: HttpRequest) -> str | None:
    """Who is asking, as lock-outs and caps count: IPv6 addresses by the /64 network that one subscriber has."""
    address = address_of(request)
    if address is None:
        return None
    return str(address if address.version == 4 else ip_network((address.packed, 64), strict=False).network_address)
