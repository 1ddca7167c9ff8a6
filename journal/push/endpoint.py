"""Endpoints: the URLs that browsers give us to send to, and the addresses they may lead to."""

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from journal.errors import Invalid, words

LONGEST = 1000
HOSTS = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com"})
FAMILIES = (".push.apple.com", ".notify.windows.com")
OWN_PORT = {"https": "443", "http": "80"}
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# As browsers write them, and in no other way that somebody else might read differently.
URL = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{LABEL}(?:\.{LABEL})*)(?::(?P<port>[1-9][0-9]{{0,4}}))?"
    r"/[\w.~!$&'()*+,;=:@/?%-]*",
    re.ASCII,
)

# What is not the public internet: IANA's registries of special addresses, and multicast. Python's
# own is_global and is_private each miss some, and say other things in other versions.
PUBLIC_6 = ip_network("2000::/3")
SPECIAL = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # Teredo and other experiments, examples, 6to4, more examples. NAT64, addresses mapped
        # from IPv4, local and multicast ones lie outside 2000::/3.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Address:
    """Where a device takes notifications, and the keys that only it can open."""

    endpoint: str
    p256dh: str
    auth: str


def check(url: str, *, also: frozenset[str] = frozenset()) -> str:
    """The endpoint as it came, if it belongs to a push service that we know. Raises Invalid.

    `also` are origins of push services that tests run on this machine.
    """
    found = URL.fullmatch(url) if len(url) <= LONGEST else None
    if not found or not (_known(found) or _origin(found) in also):
        raise Invalid(
            words("Notifications to this browser go through a service that we do not know."),
            field="endpoint",
        )
    return url


def origin(url: str) -> str:
    """Whom an endpoint belongs to: scheme, host, and the port unless it is the scheme's own."""
    found = URL.fullmatch(url)
    if not found:
        raise ValueError("no endpoint")
    return _origin(found)


def may_connect(address: str) -> bool:
    """Whether an address, written in numbers, is one of the public internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if found.version == 6 and (found.scope_id or found not in PUBLIC_6):
        return False
    return not any(found in net for net in SPECIAL)


def _known(found: re.Match[str]) -> bool:
    host = found["host"]
    listed = host in HOSTS or host.endswith(FAMILIES)
    return listed and found["scheme"] == "https" and found["port"] in (None, "443")


def _origin(found: re.Match[str]) -> str:
    scheme, host, port = found["scheme"], found["host"], found["port"]
    return f"{scheme}://{host}{'' if port in (None, OWN_PORT[scheme]) else ':' + port}"
