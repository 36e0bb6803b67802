"""Who is asking, as far as the proxies in front can be believed."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


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
