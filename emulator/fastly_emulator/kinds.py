"""The kinds of objects that live in a version, one declaration a kind.

A new kind is one more `Kind(...)` in this file: paths, answers, checks, clones, `details` and the state file follow.
Source: 001-configuration-api.txt, the section that each kind names; types, defaults and nulls are those of recordings
of the real API (2020-2026).
"""

from __future__ import annotations

import ipaddress
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from fastly_emulator import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastly_emulator.state import Record

__all__ = ["DETAILS", "KINDS", "Field", "Kind", "coerce"]

FieldType = Literal["str", "int", "bool", "list"]
ConditionType = Literal["REQUEST", "CACHE", "RESPONSE"]

_TRUE = frozenset({"1", "true", "True"})
_FALSE = frozenset({"0", "false", "False"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind."""

    name: str
    type: FieldType = "str"
    default: Any = ""
    """What it is when a create leaves it out."""
    empty: Any = ""
    """What an explicit `field=` makes of it."""
    choices: frozenset[str] = frozenset()
    """The only values taken; none listed: all."""
    required: bool = False
    """A create without it is refused."""
    refuses_empty: bool = False
    """A create with `field=` is refused; an update is not."""
    refers_to: str = ""
    """The kind of the object that it names."""
    condition_type: ConditionType | None = None
    """The only type of condition that it may name."""
    unchangeable: str = ""
    """The refusal of an update that changes it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object."""

    path: str
    """The word in the URL."""
    class_name: str
    """The word in `Couldn't find ...`."""
    details: str
    """The name of its list in `/details`."""
    fields: tuple[Field, ...]
    stringly: bool = False
    """Every number and flag, `version` too, is answered as a string."""
    has_id: bool = False
    live: Literal["", "items", "entries", "contents"] = ""
    """Where on the service its live content is, by id."""
    can_rename: bool = True
    name_pattern: re.Pattern[str] | None = None
    name_rule: str = ""
    """The sentence that refuses a name."""
    stripped: frozenset[str] = frozenset()
    """Fields that its records in `/details` lack, beside service, version, id and times."""
    not_in_diff: frozenset[str] = frozenset()
    """Fields that the diff of two versions lacks, beside service, version, id and times."""
    claims_name: bool = False
    """No other active service may have an object of that name."""
    limit: str = ""
    """The field of `Limits` with its ceiling."""
    compute_defaults: dict[str, Any] = field(default_factory=dict)
    """Defaults that differ in a service of type wasm."""
    on_write: Callable[[Record, Record], None] | None = None
    """Completes a record from what was sent, before it is kept: (record, what was sent)."""
    on_create: Callable[[Record, Record], None] | None = None
    """The same, on creation only."""
    by_name: dict[str, Field] = field(init=False, repr=False, compare=False)
    defaults: dict[str, Any] = field(init=False, repr=False, compare=False)
    """A record of which nothing was sent."""

    def __post_init__(self) -> None:
        """Derive the look-up tables."""
        object.__setattr__(self, "by_name", {each.name: each for each in self.fields})
        defaults = {each.name: each.default for each in self.fields} | {"deleted_at": None}
        object.__setattr__(self, "defaults", defaults)


def coerce(each: Field, value: Any, *, stringly: bool) -> Any:
    """Return what was sent as the type in which it is answered, or refuse it."""
    if value is None or value == "":
        return each.empty
    if each.type == "bool":
        flag = _flag(each, value)
        return str(int(flag)) if stringly else flag
    if each.type == "int":
        number = _number(each, value)
        return str(value) if stringly else number
    if each.type == "list":
        return _list(value)
    text = str(value)
    if each.choices and text not in each.choices:
        raise errors.bad_request(f"{each.name.capitalize()} must be one of: {', '.join(sorted(each.choices))}")
    return text


def _flag(each: Field, value: object) -> bool:
    text = str(value)
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise errors.bad_request(f"'{text}' is not a boolean: {each.name}")


def _number(each: Field, value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise errors.bad_request(f"'{value}' is not a number: {each.name}") from None


def _list(value: object) -> list[str]:
    # One form field holds a JSON array; a JSON body holds the array itself.
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            # Assumed: taken too, because Fastly's Python client sends lists that way.
            value = str(value).split(",")
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _request_condition(default: str | None) -> Field:
    return Field("request_condition", default=default, refers_to="condition", condition_type="REQUEST")


# -- Domain: 001-configuration-api.txt, Domain ------------------------------------------------------------------------

DOMAIN = Kind(
    "domain",
    "Domain",
    "domains",
    (Field("name", required=True), Field("comment")),
    claims_name=True,
    limit="max_domains",
    # Assumed: what a host name may hold; the API refuses a blank one.
    name_pattern=re.compile(r"[^\s/]+"),
    name_rule="Name is not a valid domain name",
)

# -- Backend: 001-configuration-api.txt, Backend ----------------------------------------------------------------------


def _tls(name: str) -> Field:
    return Field(name, default=None, refuses_empty=True)


def _nullable_int(name: str) -> Field:
    return Field(name, "int", default=None, empty=None)


_NOT_IN_A_HOSTNAME = re.compile(r"[\s:/\[\]]")
"""Ports, schemes and paths; assumed: everything else is taken."""

_USES_TLS = {80: False, 443: True}
"""Ports that say whether the backend speaks TLS. Source: Fastly's client documentation."""


def _on_backend_written(record: Record, sent: Record) -> None:
    _address_of_backend(record, sent)
    if sent.get("port") and "use_ssl" not in sent:
        record["use_ssl"] = _USES_TLS.get(record["port"], record["use_ssl"])


def _address_of_backend(record: Record, sent: Record) -> None:
    """Take the address apart: the answer repeats it as host name or as IP address."""
    given = next((record[name] for name in ("address", "hostname", "ipv4", "ipv6") if sent.get(name)), None)
    if given is None:
        return
    if given.endswith("."):
        raise errors.bad_request(f"Address '{given}' must not end with a dot")
    if _form_of_address(given) == "hostname" and _NOT_IN_A_HOSTNAME.search(given):
        raise errors.bad_request(f"Address '{given}' is not a valid IPv4, IPv6 or hostname")
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
        raise errors.bad_request("Address can't be blank")


_UNLISTED = frozenset(
    {
        "share_key",
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
        Field("first_byte_timeout", "int", default=15000, empty=15000),
        Field("healthcheck", default=None, refers_to="healthcheck"),
        Field("hostname", default=None),
        Field("ipv4", default=None),
        Field("ipv6", default=None),
        _nullable_int("keepalive_time"),
        Field("max_conn", "int", default=200, empty=200),
        _nullable_int("max_lifetime"),
        _tls("max_tls_version"),
        _nullable_int("max_use"),
        _tls("min_tls_version"),
        Field("override_host", default=None, empty=None, refuses_empty=True),
        Field("port", "int", default=80, empty=80),
        Field("prefer_ipv6", "bool", default=False, empty=False),
        _request_condition(""),
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
        _nullable_int("tcp_keepalive_interval"),
        _nullable_int("tcp_keepalive_probes"),
        _nullable_int("tcp_keepalive_time"),
        Field("use_ssl", "bool", default=False, empty=False),
        Field("weight", "int", default=100, empty=100),
    ),
    limit="max_backends",
    compute_defaults={"prefer_ipv6": True},
    stripped=_UNLISTED,
    # Assumed: the recorded diff is older than these fields.
    not_in_diff=_UNLISTED,
    on_write=_on_backend_written,
    on_create=_new_backend,
)

# -- Healthcheck: 001-configuration-api.txt, Healthcheck --------------------------------------------------------------


def _new_healthcheck(record: Record, _sent: Record) -> None:
    """Tidy the headers, as POST does and PUT does not: sorted, a space after the colon."""
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

# -- Condition: 001-configuration-api.txt, Condition ------------------------------------------------------------------

CONDITION = Kind(
    "condition",
    "Condition",
    "conditions",
    (
        Field("name", required=True),
        Field("comment"),
        Field("priority", "int", default="10", empty="10"),
        Field("statement"),
        Field(
            "type",
            # Assumed: what it is when left out; it is what the documents' example shows.
            default="CACHE",
            choices=frozenset({"REQUEST", "RESPONSE", "CACHE", "PREFETCH"}),
            unchangeable="Cannot change type",
        ),
    ),
    stringly=True,
    can_rename=False,
)

# -- Header: 001-configuration-api.txt, Header ------------------------------------------------------------------------

HEADER = Kind(
    "header",
    "Header",
    "headers",
    (
        Field("name", required=True),
        Field(
            "action",
            default="set",
            empty="set",
            choices=frozenset({"set", "append", "delete", "regex", "regex_repeat"}),
        ),
        Field("cache_condition", default=None, refers_to="condition", condition_type="CACHE"),
        Field("dst"),
        Field("ignore_if_set", "bool", default="0", empty="0"),
        Field("priority", "int", default="100", empty="100"),
        Field("regex"),
        _request_condition(None),
        Field("response_condition", default=None, refers_to="condition", condition_type="RESPONSE"),
        Field("src"),
        Field("substitution"),
        Field(
            "type",
            default="request",
            empty="request",
            choices=frozenset({"request", "fetch", "cache", "response"}),
        ),
    ),
    stringly=True,
)

# -- Snippet: 001-configuration-api.txt, VCL Snippets -----------------------------------------------------------------

SNIPPET_TYPES = frozenset({"init", "recv", "hash", "hit", "miss", "pass", "fetch", "error", "deliver", "log", "none"})

SNIPPET = Kind(
    "snippet",
    "Snippet",
    "snippets",
    (
        Field("name", required=True),
        Field("content", default=""),
        Field("dynamic", "bool", default="0", empty="0", unchangeable="Not allowed to modify field 'dynamic'"),
        Field("priority", "int", default="100", empty="100"),
        Field("type", required=True, choices=SNIPPET_TYPES),
    ),
    stringly=True,
    has_id=True,
    live="contents",
    name_pattern=re.compile(r"[A-Za-z][A-Za-z0-9_.\- ]*"),
    name_rule=(
        "Name must start with a letter and contain only alphanumeric characters, "
        "underscores, hyphens, periods and spaces"
    ),
    stripped=frozenset({"content"}),
)

# -- Dictionary: 001-configuration-api.txt, Dictionary ----------------------------------------------------------------

DICTIONARY = Kind(
    "dictionary",
    "Dictionary",
    "dictionaries",
    (
        Field("name", required=True),
        Field(
            "write_only",
            "bool",
            default=False,
            empty=False,
            unchangeable="Not allowed to modify field 'write_only'",
        ),
    ),
    has_id=True,
    live="items",
    stripped=frozenset({"write_only"}),
)

# -- ACL: 001-configuration-api.txt, ACL ------------------------------------------------------------------------------

ACL = Kind(
    "acl",
    "ACL",
    "acls",
    (Field("name", required=True),),
    stringly=True,
    has_id=True,
    live="entries",
    name_pattern=re.compile(r"[A-Za-z][A-Za-z0-9_\s]*"),
    name_rule="Name must start with a letter and contain only alphanumeric characters, underscores and whitespace",
)

KINDS: dict[str, Kind] = {
    kind.path: kind for kind in (DOMAIN, BACKEND, HEALTHCHECK, CONDITION, HEADER, SNIPPET, DICTIONARY, ACL)
}
"""Every kind, by the word in its path."""

DETAILS: dict[str, str] = dict.fromkeys(
    (
        "acls",
        "backends",
        "cache_settings",
        "conditions",
        "dictionaries",
        "directors",
        "domains",
        "gzips",
        "headers",
        "healthchecks",
        "request_settings",
        "response_objects",
        "snippets",
        "vcls",
        "wordpress",
    ),
    "",
) | {kind.details: kind.path for kind in KINDS.values()}
"""The lists of `/details`, also those of kinds that the emulator does not have, with the kind's path or nothing."""
