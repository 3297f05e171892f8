"""A rule of access lists."""

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from .resource import Finding, Resource
from .rule import MANDATORY, Parameter, ResourceRule, Settings

V4_BITS, V6_BITS = 32, 128


def _network(entry: Any) -> str | None:
    """An entry as ``address/bits``; nothing for one that keeps addresses out, or is not known."""
    if isinstance(entry, Mapping):
        subnet, ip = entry.get("subnet"), entry.get("ip")
        return None if entry.get("negated") or not ip else str(ip) if subnet is None else f"{ip}/{subnet}"
    return None if not entry or str(entry).startswith("!") else str(entry)


def _entries(resource: Resource) -> tuple[str, list[Any]]:
    """The property that holds the entries, and those that are known."""
    if resource.kind == "AclEntry":
        return "entry", [resource.get("entry")]
    return "entries", resource.get("entries") or []


def _not_everybody(resource: Resource, settings: Settings) -> Iterator[Finding]:
    name, entries = _entries(resource)
    for text in filter(None, map(_network, entries)):
        network = ipaddress.ip_interface(text).network
        least = settings["minPrefix4"] if network.version == 4 else settings["minPrefix6"]  # noqa: PLR2004 - IP's versions
        if network.prefixlen < least:
            entry = "an entry" if resource.is_secret(name) else f"'{text}'"
            fix = f"{entry} lets in far too many; name networks with a prefix of /{least} or longer"
            yield resource.finding(name, fix)


ACL_OPEN_TO_ALL = ResourceRule(
    name="acl-open-to-all",
    reports="an entry that admits the whole internet, or a network with a prefix that is too short",
    description="An access list with an entry for the whole internet, or a large part of it, admits everybody.",
    level=MANDATORY,
    kinds=("AclEntry", "AclEntries"),
    parameters={
        "minPrefix4": Parameter(
            {"type": "integer", "minimum": 1, "maximum": V4_BITS}, 8, "the shortest prefix of an IPv4 network"
        ),
        "minPrefix6": Parameter(
            {"type": "integer", "minimum": 1, "maximum": V6_BITS}, 16, "the shortest prefix of an IPv6 network"
        ),
    },
    checks=(_not_everybody,),
)
