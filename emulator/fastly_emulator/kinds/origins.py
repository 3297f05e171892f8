"""Backends, their healthchecks, and directors.

See services/backend/, services/healthcheck/, load-balancing/directors/director/ and load-balancing/directors/backend/
in https://www.fastly.com/documentation/reference/api/
Types, defaults and nulls are those of recordings (2020-2026).
"""

import ipaddress
import re

from .. import api_error
from ..state import Record, Version
from .declaration import Defines, Field, Kind, condition, nullable_int

# -- Backend ----------------------------------------------------------------------------------------------------------


def _tls(name: str) -> Field:
    return Field(name, default=None, refuses_empty=True)


_NOT_IN_A_HOSTNAME = re.compile(r"[\s:/\[\]]")
"""Ports, schemes and paths; assumed: everything else is taken."""

_USES_TLS = {80: False, 443: True}
"""Ports that say whether the backend speaks TLS. As in the documentation of Fastly's client."""


def _on_backend_written(record: Record, sent: Record) -> None:
    _address_of_backend(record, sent)
    if sent.get("port") and "use_ssl" not in sent:
        record["use_ssl"] = _USES_TLS.get(record["port"], record["use_ssl"])


def _address_of_backend(record: Record, sent: Record) -> None:
    """Takes the address apart: the answer repeats it as host name or as IP address."""
    given = next((record[name] for name in ("address", "hostname", "ipv4", "ipv6") if sent.get(name)), None)
    if given is None:
        return
    if given.endswith("."):
        raise api_error.bad_request(f"Address '{given}' must not end with a dot")
    if _form_of_address(given) == "hostname" and _NOT_IN_A_HOSTNAME.search(given):
        raise api_error.bad_request(f"Address '{given}' is not a valid IPv4, IPv6 or hostname")
    record["address"] = given
    record["hostname"] = record["ipv4"] = record["ipv6"] = None
    record[_form_of_address(given)] = given


def _form_of_address(address: str) -> str:
    try:
        return f"ipv{ipaddress.ip_address(address).version}"
    except ValueError:
        return "hostname"


def _new_backend(record: Record, _sent: Record) -> None:
    if not record["address"]:
        # Assumed: nothing was recorded of a backend without an address, and it could not be compiled.
        raise api_error.bad_request("Address can't be blank")


def _relink_directors(version: Version, old: str, new: str | None) -> None:
    """Takes a deleted backend out of the directors; assumed: a renamed one stays in them."""
    directors = version.objects.get("director", {})
    for name, director in directors.items():
        if old in director["links"]:
            links = {new if key == old else key: made for key, made in director["links"].items()}
            directors[name] = with_links(director, {key: made for key, made in links.items() if key is not None})


_UNLISTED = frozenset(
    {
        "share_key",
        "fetch_timeout",
        "keepalive_time",
        "tcp_keepalive_enable",
        "tcp_keepalive_interval",
        "tcp_keepalive_probes",
        "tcp_keepalive_time",
    }
)

BACKEND = Kind(
    "backend",
    "Backend",
    "backends",
    (
        Field("name", required=True),
        Field("address", default=None),
        Field("auto_loadbalance", "bool", default=False, empty=False),
        Field("between_bytes_timeout", "int", default=10000, empty=10000),
        Field("client_cert", default=None),
        Field("comment"),
        Field("connect_timeout", "int", default=1000, empty=1000),
        Field("error_threshold", "int", default=0, empty=0),
        # Assumed: null when left out. It is documented since January 2026, but a recording of May 2026 lacks it.
        nullable_int("fetch_timeout"),
        Field("first_byte_timeout", "int", default=15000, empty=15000),
        Field("healthcheck", default=None, refers_to="healthcheck"),
        Field("hostname", default=None),
        Field("ipv4", default=None),
        Field("ipv6", default=None),
        nullable_int("keepalive_time"),
        Field("max_conn", "int", default=200, empty=200),
        nullable_int("max_lifetime"),
        _tls("max_tls_version"),
        nullable_int("max_use"),
        _tls("min_tls_version"),
        Field("override_host", default=None, empty=None, refuses_empty=True),
        Field("port", "int", default=80, empty=80),
        Field("prefer_ipv6", "bool", default=False, empty=False),
        condition("REQUEST", ""),
        Field("share_key", default=None),
        Field("shield", default=None),
        _tls("ssl_ca_cert"),
        _tls("ssl_cert_hostname"),
        Field("ssl_check_cert", "bool", default=True, empty=True),
        _tls("ssl_ciphers"),
        _tls("ssl_client_cert"),
        _tls("ssl_client_key"),
        _tls("ssl_hostname"),
        _tls("ssl_sni_hostname"),
        Field("tcp_keepalive_enable", "bool", default=None, empty=None),
        nullable_int("tcp_keepalive_interval"),
        nullable_int("tcp_keepalive_probes"),
        nullable_int("tcp_keepalive_time"),
        Field("use_ssl", "bool", default=False, empty=False),
        Field("weight", "int", default=100, empty=100),
    ),
    vcl=Defines("backend", prefix="F_"),
    limit="max_backends",
    compute_defaults={"prefer_ipv6": True},
    stripped=_UNLISTED,
    # Assumed: the recorded diff is older than these fields.
    not_in_diff=_UNLISTED,
    on_write=_on_backend_written,
    on_create=_new_backend,
    on_moved=_relink_directors,
)

# -- Healthcheck ------------------------------------------------------------------------------------------------------


def _new_healthcheck(record: Record, _sent: Record) -> None:
    """Tidies the headers, as POST does and PUT does not: sorted, a space after the colon."""
    record["headers"] = sorted(": ".join(part.strip() for part in header.split(":", 1)) for header in record["headers"])


HEALTHCHECK = Kind(
    "healthcheck",
    "Healthcheck",
    "healthchecks",
    (
        Field("name", required=True),
        Field("check_interval", "int", default=5000, empty=5000),
        Field("comment"),
        Field("expected_response", "int", default=200, empty=200),
        Field("headers", "list", default=[], empty=[]),
        Field("host", default=None),
        Field("http_version", default="1.1", empty="1.1"),
        # Assumed: initial, threshold and window when left out; Fastly's own clients always send these.
        Field("initial", "int", default=3, empty=3),
        Field("method", default="HEAD", empty="HEAD"),
        Field("path", default=None),
        Field("threshold", "int", default=3, empty=3),
        Field("timeout", "int", default=5000, empty=5000),
        Field("window", "int", default=5, empty=5),
    ),
    on_create=_new_healthcheck,
)

# -- Director ---------------------------------------------------------------------------------------------------------


def with_links(director: Record, links: dict[str, str]) -> Record:
    """A director with these backends: the time at which each was linked, by name."""
    return {**director, "links": links, "backends": list(links)}


DIRECTOR = Kind(
    "director",
    "Director",
    "directors",
    (
        Field("name", required=True),
        Field("capacity", "int", default=100, empty=100),
        Field("comment"),
        Field("quorum", "int", default=75, empty=75),
        Field("retries", "int", default=5, empty=5),
        Field("shield", default=None),
        # 1 is random, 3 hash, 4 client; 2 was round-robin, and is gone.
        Field("type", "int", default=1, empty=1, choices=frozenset({"1", "3", "4"})),
    ),
    vcl=Defines("backend"),
    rename="ignored",
    extra={"backends": [], "links": {}},
    hidden=frozenset({"links"}),
)
