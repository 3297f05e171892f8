"""Rules of the way from Fastly to the origin: encrypted, to the right server, with a version of TLS that holds."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from .addresses import host_of, is_ip
from .resource import Finding, Resource
from .rule import ADVISORY, MANDATORY, TEXTS, Parameter, ResourceRule, Settings

HTTP_PORT = 80


def _encrypted(backend: Resource, _settings: Settings) -> Iterator[Finding]:
    if not backend.get("use_ssl"):
        yield backend.finding("use_ssl", "set use_ssl=True, and port to the origin's TLS port, mostly 443", value=False)


def _verified(backend: Resource, _settings: Settings) -> Iterator[Finding]:
    if backend.get("ssl_check_cert") is False:
        yield backend.finding("ssl_check_cert", "set ssl_check_cert=True, or leave it out", value=False)


def _check_certificate(backend: Resource, _settings: Settings) -> Mapping[str, Any]:
    return {} if backend.get("ssl_check_cert") is not False else {"ssl_check_cert": True}


BACKEND_TLS = ResourceRule(
    name="backend-tls",
    reports="a backend without `use_ssl`, or with `ssl_check_cert` off",
    description="Requests reach the origin over networks that are not yours. Without TLS and a check of the "
    "certificate, anyone on the way can read and change them.",
    level=MANDATORY,
    kinds=("Backend",),
    checks=(_encrypted, _verified),
    remedy=_check_certificate,
)


def _fits(backend: Resource, name: str, settings: Settings) -> bool:
    """Whether a name is the one the origin is known by. An IP address alone says nothing of names."""
    address, override = host_of(backend.text("address")), backend.text("override_host").lower()
    known = [each for each in (address, override) if each and not is_ip(each)]
    patterns = [*known, *(pattern.lower() for pattern in settings["names"])]
    return not known or any(fnmatchcase(name.lower(), pattern) for pattern in patterns)


def _judge_name(backend: Resource, name: str, settings: Settings) -> Iterator[Finding]:
    value = backend.text(name) or backend.text("ssl_hostname")
    if not value:
        yield backend.finding(name, f"set {name} to the host name of the origin's certificate", value=None)
    elif not _fits(backend, value, settings):
        known = " or ".join(
            f"{each} {backend.shown(each)}" for each in ("address", "override_host") if backend.text(each)
        )
        yield backend.finding(name, f"it must fit {known}, or one of the parameter names", value=value)


def _certificate_name(backend: Resource, settings: Settings) -> Iterator[Finding]:
    if backend.get("use_ssl") and backend.get("ssl_check_cert") is not False:
        yield from _judge_name(backend, "ssl_cert_hostname", settings)


def _sni_name(backend: Resource, settings: Settings) -> Iterator[Finding]:
    if backend.get("use_ssl"):
        yield from _judge_name(backend, "ssl_sni_hostname", settings)


def _take_certificate_name(backend: Resource, settings: Settings) -> Mapping[str, Any]:
    name = backend.text("ssl_cert_hostname")
    # A copy of a secret would be in plain.
    may_copy = name and not backend.is_secret("ssl_cert_hostname")
    right = may_copy and _fits(backend, name, settings) and any(_sni_name(backend, settings))
    return {"ssl_sni_hostname": name} if right else {}


BACKEND_TLS_NAMES = ResourceRule(
    name="backend-tls-names",
    reports="TLS without a certificate host name and an SNI name that match the address or the override host",
    description="A certificate proves nothing until its name is compared with the one you expect, and without SNI the "
    "origin may answer with another site's certificate.",
    level=MANDATORY,
    kinds=("Backend",),
    parameters={
        "names": Parameter(TEXTS, [], "further host names that fit any backend; `*` matches anything"),
    },
    checks=(_certificate_name, _sni_name),
    remedy=_take_certificate_name,
)


def _minimum(backend: Resource, settings: Settings) -> Iterator[Finding]:
    low, least = backend.text("min_tls_version"), settings["minimum"]
    if (low and low < least) or (not low and settings["required"] and backend.get("use_ssl")):
        yield backend.finding("min_tls_version", f"set min_tls_version='{least}' or higher", value=low)


def _maximum(backend: Resource, settings: Settings) -> Iterator[Finding]:
    high = backend.text("max_tls_version")
    least = max(settings["minimum"], backend.text("min_tls_version"))
    if high and high < least:
        low = "min_tls_version" if least != settings["minimum"] and backend.is_secret("min_tls_version") else least
        yield backend.finding("max_tls_version", f"the minimum is {low}; raise it or leave it out", value=high)


def _raise_minimum(backend: Resource, settings: Settings) -> Mapping[str, Any]:
    return {"min_tls_version": settings["minimum"]} if any(_minimum(backend, settings)) else {}


BACKEND_MIN_TLS = ResourceRule(
    name="backend-min-tls",
    reports="a minimum TLS version that is too low, or a maximum below the minimum",
    description="TLS 1.0 and 1.1 are insecure and deprecated (RFC 8996). If allowed, an attacker can force their use.",
    level=MANDATORY,
    kinds=("Backend",),
    parameters={
        "minimum": Parameter({"enum": ["1.0", "1.1", "1.2", "1.3"]}, "1.2", "the lowest version that may be allowed"),
        "required": Parameter(
            {"type": "boolean"},
            default=False,
            text="whether a backend that sets no minimum, and so has Fastly's, is refused",
        ),
    },
    checks=(_minimum, _maximum),
    remedy=_raise_minimum,
)


def _tls_port(backend: Resource, _settings: Settings) -> Iterator[Finding]:
    if backend.get("use_ssl") and backend.get("port") == HTTP_PORT:
        yield backend.finding("port", "set port to the origin's TLS port, mostly 443", value=HTTP_PORT)


TLS_PORT = ResourceRule(
    name="tls-port",
    reports="TLS to port 80, usually a port that was forgotten",
    description="Origins usually speak plain HTTP on port 80. TLS to that port usually fails, with every request.",
    level=ADVISORY,
    kinds=("Backend",),
    checks=(_tls_port,),
)
