"""Whose address counts: the one that the outermost trusted proxy wrote, in whatever notation, and no forged one."""

import pytest
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from articles.newsletter.subscriptions import rate_limits
from articles.views import origin

PROXY = "10.0.0.1"


def request(forwarded, remote=PROXY):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "192.0.2.1", "198.51.100.1", "198.51.100.1"),
        (0, None, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (0, None, "::ffff:192.0.2.1", "192.0.2.1"),
        (0, None, "", None),
        (1, "192.0.2.1", PROXY, "192.0.2.1"),
        (1, "192.0.2.1:4711", PROXY, "192.0.2.1"),
        (1, "[2001:db8:1:2::3]:443", PROXY, "2001:db8:1:2::"),
        (1, "[2001:db8:1:2::3]", PROXY, "2001:db8:1:2::"),
        (1, '"[2001:db8:1:2::3]:443"', PROXY, "2001:db8:1:2::"),
        (1, '"192.0.2.1"', PROXY, "192.0.2.1"),
        (1, "::ffff:192.0.2.1", PROXY, "192.0.2.1"),
        (1, "[::ffff:192.0.2.1]:4711", PROXY, "192.0.2.1"),
        (1, "fe80::1%eth0", PROXY, "fe80::"),
        (1, "\t192.0.2.1 ", PROXY, "192.0.2.1"),
        (1, "203.0.113.9, 192.0.2.1", PROXY, "192.0.2.1"),
        (1, "203.0.113.9,, 192.0.2.1,", PROXY, "192.0.2.1"),
        (1, '"203.0.113.9, 192.0.2.1', PROXY, "192.0.2.1"),
        (1, "unknown, 192.0.2.1", PROXY, "192.0.2.1"),
        (1, "203.0.113.9, 192.0.2.1", "", "192.0.2.1"),
        (2, "203.0.113.9, 192.0.2.1:80, 10.0.0.2", PROXY, "192.0.2.1"),
        (2, "192.0.2.1, unknown", PROXY, "192.0.2.1"),
        # Fewer entries than proxies: the request came in behind the outermost one.
        (2, "192.0.2.1", PROXY, "192.0.2.1"),
        (2, None, "192.0.2.1", "192.0.2.1"),
        # The outermost proxy did not know: the nearest address that ours wrote, never one from before it.
        (1, "203.0.113.9, unknown", PROXY, PROXY),
        (2, "203.0.113.9, unknown, 10.0.0.2", PROXY, "10.0.0.2"),
        (1, "_hidden", PROXY, PROXY),
        (1, "192.0.2.256", PROXY, PROXY),
        (1, "", PROXY, PROXY),
    ],
)
def test_the_address_is_what_the_outermost_trusted_proxy_wrote(settings, proxies, forwarded, remote, address):
    settings.TRUSTED_PROXIES = proxies
    assert origin.client_address(request(forwarded, remote)) == address


four = st.ip_addresses(v=4)
six = st.ip_addresses(v=6).filter(lambda address: address.ipv4_mapped is None)
spaces = st.text(" \t", max_size=2)


@st.composite
def entries(draw):
    """An address, and one of the ways in which proxies write it."""
    address, port = draw(four | six), draw(st.integers(1, 65535))
    ways = ["{0}", '"{0}"', "{0}:{1}", "::ffff:{0}", "[::ffff:{0}]:{1}"]
    if address.version == 6:
        ways = ["{0}", "[{0}]", "[{0}]:{1}", '"[{0}]:{1}"', "{0}%eth0"]
    return address, draw(spaces) + draw(st.sampled_from(ways)).format(address, port) + draw(spaces)


@given(
    forged=st.none() | st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60),
    chain=st.lists(entries(), min_size=1, max_size=4),
    remote=four | six,
)
def test_nothing_that_a_client_writes_changes_its_address(forged, chain, remote):
    client, _written = chain[0]
    forwarded = ",".join([*([] if forged is None else [forged]), *(written for _address, written in chain)])
    with override_settings(TRUSTED_PROXIES=len(chain)):
        assert origin.address_of(request(forwarded, str(remote))) == client


@pytest.mark.parametrize("written", ["{}", "{}:4711", "::ffff:{}", '"{}:80"'])
def test_networks_are_told_apart_in_every_notation(settings, written):
    settings.TRUSTED_PROXIES = 1
    found = {rate_limits.network(origin.address_of(request(written.format(f"198.51.{one}.7")))) for one in range(62)}
    assert found == {f"198.51.{one}.0/24" for one in range(62)}
