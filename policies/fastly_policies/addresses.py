"""A rule of where backends are."""

import ipaddress
import re
import socket
from collections.abc import Iterator
from fnmatch import fnmatchcase

from .resource import Finding, Resource
from .rule import MANDATORY, TEXTS, Parameter, ResourceRule, Settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NUMBERS = re.compile(r"(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+)){0,3}")
HOST = re.compile(r"^\[([^\[\]]*)\](?::\d*)?$|^([^:\[\]]*):\d*$")
"""An address in brackets, or a host, with a port or without. An IPv6 address has more than one colon."""
LOOPBACK_NAME = re.compile(r"(.*\.)?localhost")
EMBEDDING = ("ipv4_mapped", "sixtofour")
"""How an IPv6 address may hold an IPv4 address that is where it leads."""


def host_of(text: str) -> str:
    """The host of an address in lower case, without a port, brackets, or the final dot of a name."""
    return HOST.sub(r"\1\2", text.lower()).rstrip(".")


def is_ip(text: str) -> bool:
    """Whether a host is an IP address as Fastly writes it."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _address(text: str) -> Address | None:
    """The address in a text, in any of the forms that resolvers take: 127.1, 0x7f.1, 2130706433."""
    if NUMBERS.fullmatch(text):
        try:
            return ipaddress.IPv4Address(socket.inet_aton(text))
        except OSError:
            return None
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return next((inner for name in EMBEDDING if (inner := getattr(found, name, None))), found)


def _what(text: str) -> str | None:
    """What is wrong with an address, in a word or two."""
    if LOOPBACK_NAME.fullmatch(text):
        return "a loopback name"
    address = _address(text)
    if address is None:
        return None
    if address.is_unspecified or address.is_multicast:
        return "not the address of a host"
    words = {"a loopback": address.is_loopback, "a link-local": address.is_link_local, "a private": address.is_private}
    word = next((word for word, applies in words.items() if applies), None if address.is_global else "a reserved")
    return f"{word} address" if word else None


def _public(backend: Resource, settings: Settings) -> Iterator[Finding]:
    text = backend.text("address").lower()
    host = host_of(text)
    what = _what(host)
    if what and not any(fnmatchcase(form, pattern) for form in (text, host) for pattern in settings["allow"]):
        yield backend.finding("address", f"that is {what}, which Fastly cannot reach; name a public one", value=text)


BACKEND_PUBLIC_ADDRESS = ResourceRule(
    name="backend-public-address",
    reports="loopback, link-local, private and reserved addresses",
    description="Fastly reaches the origin over the internet. Loopback, link-local, private and reserved addresses "
    "cannot be reached, or lead to something that should not be public.",
    level=MANDATORY,
    kinds=("Backend",),
    parameters={"allow": Parameter(TEXTS, [], "addresses that are fine all the same; `*` matches anything")},
    checks=(_public,),
)
