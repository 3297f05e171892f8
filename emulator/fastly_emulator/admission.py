"""Keeps web pages out.

A browser on this machine sends any page's requests to a server on the loopback interface. With a DNS name that leads
there, the page may even read the answers. Programs send no such headers.
"""

import re
from collections.abc import Iterable
from ipaddress import ip_address

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9.-]+))(?::[0-9]{1,5})?", re.IGNORECASE)
_FROM_NO_PAGE = frozenset({"none", "same-origin"})
"""What a browser says where its user typed the address or, since the emulator has no pages, loads it again."""


def refusal(headers: Iterable[tuple[bytes, bytes]], *, any_host: bool = False) -> str | None:
    """Returns why a request with these headers is refused; None if it is not.

    ``any_host`` is for a PURGE, whose Host is that of the URL. Browsers send an Origin with this method in any case.
    """
    hosts = []
    for name, raw in headers:
        value = raw.decode("latin-1")
        match name.lower():
            case b"host":
                hosts.append(value)
            case b"origin":
                return "The emulator does not answer web pages: the request has an Origin header."
            case b"sec-fetch-site" if value not in _FROM_NO_PAGE:
                return f"The emulator does not answer web pages: the request has the header Sec-Fetch-Site: {value}."
    if len(hosts) != 1 or not (any_host or _is_this_machine(hosts[0])):
        named = " and ".join(f"'{host}'" for host in hosts) or "none"
        return f"The emulator answers only http://127.0.0.1, http://localhost and http://[::1]; the Host is {named}."
    return None


def _is_this_machine(host: str) -> bool:
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    if (found["name"] or "").lower() == "localhost":
        return True
    try:
        address = ip_address(found["six"] or found["name"])
    except ValueError:
        return False
    return address.is_loopback
