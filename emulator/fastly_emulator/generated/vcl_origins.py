"""Backends with their probes, and directors."""

import ipaddress
from collections import defaultdict
from collections.abc import Iterator

from ..state import Record
from .source import Source
from .writing import Lines, block, comment, seconds, string, vcl_name

_TYPES = {1: "random", 3: "hash", 4: "client"}
"""The word for each type of director."""
_AGENT = "User-Agent: Varnish/fastly (healthcheck)"


def backend_name(backend: str) -> str:
    """A backend as VCL names it."""
    return f"F_{vcl_name(backend)}"


def backends(source: Source) -> Lines:
    """The declarations, those without condition first.

    Assumed: that limits of connections in use and their keepalive have no property of VCL; none is documented.
    """
    ordered = sorted(source.of("backend"), key=lambda record: bool(record["request_condition"]))
    lines: Lines = []
    for record in ordered:
        lines += block(f"backend {backend_name(record['name'])}", _properties(source, record))
    return lines


def _properties(source: Source, record: Record) -> Iterator[str]:
    host = record["address"]
    named = not _is_address(host)
    properties = {
        "always_use_host_header": "true" if record["override_host"] else None,
        "between_bytes_timeout": seconds(record["between_bytes_timeout"]),
        "connect_timeout": seconds(record["connect_timeout"]),
        # falco sends the Host header of an override only to a dynamic backend.
        "dynamic": "true" if named or source.is_edge else None,
        "first_byte_timeout": seconds(record["first_byte_timeout"]),
        "host": string(host),
        "host_header": _optional(record["override_host"]),
        "keepalive_time": f"{record['keepalive_time']}s" if record["keepalive_time"] is not None else None,
        "max_connections": record["max_conn"],
        "port": string(record["port"]),
        "prefer_ipv6": "true" if record["prefer_ipv6"] else None,
        "saintmode_threshold": record["error_threshold"] or None,
        "share_key": string(record["share_key"] or source.service.id),
    }
    yield from _given(source, properties)
    if record["use_ssl"]:
        yield from _given(source, _tls(record))
    probe = _probe(source, record, dummy=named)
    if probe:
        yield from block(".probe =", probe)


def _tls(record: Record) -> dict[str, object]:
    return {
        "ssl": "true",
        "max_tls_version": _optional(record["max_tls_version"]),
        "min_tls_version": _optional(record["min_tls_version"]),
        "ssl_ca_cert": _optional(record["ssl_ca_cert"]),
        # `ssl_hostname` is the older field for both names.
        "ssl_cert_hostname": _optional(record["ssl_cert_hostname"] or record["ssl_hostname"]),
        "ssl_check_cert": "always" if record["ssl_check_cert"] else "never",
        "ssl_ciphers": _optional(record["ssl_ciphers"]),
        "ssl_client_cert": _optional(record["ssl_client_cert"]),
        "ssl_client_key": _optional(record["ssl_client_key"]),
        "ssl_sni_hostname": _optional(record["ssl_sni_hostname"] or record["ssl_hostname"]),
    }


UNKNOWN_TO_FALCO = frozenset({"saintmode_threshold", "ssl_ca_cert", "ssl_ciphers", "ssl_client_cert", "ssl_client_key"})
"""Properties that Fastly knows and falco 1.21 refuses."""


def _given(source: Source, properties: dict[str, object]) -> Iterator[str]:
    for name, value in properties.items():
        if value is not None and not (source.is_edge and name in UNKNOWN_TO_FALCO):
            yield f".{name} = {value};"


def _optional(text: str | None) -> str | None:
    return string(text) if text else None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _probe(source: Source, record: Record, *, dummy: bool) -> Lines:
    check = source.version.of("healthcheck").get(record["healthcheck"] or "")
    if check is None:
        # Assumed: that the host of an override is the one it names; public examples have the same name in both.
        return _dummy_probe(record["override_host"] or record["address"]) if dummy else []
    request = [f"{check['method']} {check['path'] or '/'} HTTP/{check['http_version']}"]
    request += [f"Host: {check['host'] or record['address']}", "Connection: close"]
    request += [*check["headers"], _AGENT]
    return [
        f".expected_response = {check['expected_response']};",
        f".initial = {check['initial']};",
        f".interval = {seconds(check['check_interval'])};",
        f".request = {' '.join(string(line) for line in request)};",
        f".threshold = {check['threshold']};",
        f".timeout = {seconds(check['timeout'])};",
        f".window = {check['window']};",
    ]


def _dummy_probe(host: str) -> Lines:
    """A probe that asks nothing and finds every host healthy."""
    return [
        ".dummy = true;",
        ".initial = 5;",
        f'.request = "HEAD / HTTP/1.1" {string(f"Host: {host}")} "Connection: close";',
        ".threshold = 1;",
        ".timeout = 2s;",
        ".window = 5;",
    ]


# -- Directors --------------------------------------------------------------------------------------------------------


def shield_name(shield: str, *, tls: bool) -> str:
    """The director of a shield."""
    return f"{'ssl_' if tls else ''}shield_{vcl_name(shield)}"


def director_name(director: str) -> str:
    """A director as VCL names it."""
    return vcl_name(director)


def automatic_director(condition: str) -> str:
    """The director of the backends with automatic load balancing that share a condition."""
    return f"autodirector_{vcl_name(condition)}"


def directors(source: Source) -> Lines:
    """Shields, directors, and those that automatic load balancing makes."""
    if source.is_edge:
        return _directors_for_falco(source)
    lines: Lines = []
    for name, shield, tls in sorted(set(_shields(source))):
        properties = [f".shield = {string(shield)};", *([".is_ssl = true;"] if tls else [])]
        lines += block(f"director {name} shield", properties)
    for record in source.of("director"):
        properties = [f".quorum = {record['quorum']}%;"]
        if record["type"] == 1:
            properties.append(f".retries = {record['retries']};")
        members = (source.version.of("backend")[name] for name in _members(source, record))
        properties += [_member(member) for member in members]
        if record["backends"]:
            lines += block(f"director {director_name(record['name'])} {_TYPES[record['type']]}", properties)
    for condition, balanced in automatic(source).items():
        lines += block(f"director {automatic_director(condition)} random", [_member(member) for member in balanced])
    return lines


def _member(backend: Record) -> str:
    return f"{{ .backend = {backend_name(backend['name'])}; .weight = {backend['weight']}; }}"


def _members(source: Source, director: Record) -> list[str]:
    return [name for name in director["backends"] if name in source.version.of("backend")]


def automatic(source: Source) -> dict[str, list[Record]]:
    """The backends with automatic load balancing, by condition."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in source.of("backend"):
        if record["auto_loadbalance"]:
            groups[record["request_condition"] or ""].append(record)
    return groups


def _shields(source: Source) -> Iterator[tuple[str, str, bool]]:
    for record in source.of("backend"):
        if record["shield"]:
            yield shield_name(record["shield"], tls=record["use_ssl"]), record["shield"], record["use_ssl"]
    for record in source.of("director"):
        if record["shield"]:
            yield shield_name(record["shield"], tls=True), record["shield"], True


def _directors_for_falco(source: Source) -> Lines:
    """Each director as a backend that is a copy of its first member, because falco loses directors."""
    backends_by_name = source.version.of("backend")
    lines: Lines = []
    for record in source.of("director"):
        for first in _members(source, record)[:1]:
            lines += [comment(f"Only the first backend of the director: {first}")]
            lines += block(
                f"backend {director_name(record['name'])}", list(_properties(source, backends_by_name[first]))
            )
    for condition, members in automatic(source).items():
        lines += block(f"backend {automatic_director(condition)}", list(_properties(source, members[0])))
    return lines
