"""Backend."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema import Problem, matching
from ..schema.limits import Host, PathSegment
from .condition import Condition
from .healthcheck import Healthcheck

Milliseconds = Annotated[int, Ge(0)]
Count = Annotated[int, Ge(0)]
TlsVersion = Literal["1.0", "1.1", "1.2", "1.3"]
Pem = Annotated[str, matching(r"\s*-----BEGIN .*", "PEM: a block that begins with -----BEGIN")]
TlsName = Annotated[str, matching(r"[^\s/:]*", "a host name, without scheme, port or path")]


def _tls_versions_in_order(values: Mapping[str, Any]) -> Iterator[Problem]:
    low, high = values.get("min_tls_version"), values.get("max_tls_version")
    if low and high and low > high:
        yield Problem("max_tls_version", "max_tls_version must not be below min_tls_version")


def _client_key_with_certificate(values: Mapping[str, Any]) -> Iterator[Problem]:
    if {"ssl_client_key", "ssl_client_cert"} <= values.keys():
        if values["ssl_client_key"] and not values["ssl_client_cert"]:
            yield Problem("ssl_client_cert", "ssl_client_key needs ssl_client_cert")
        if values["ssl_client_cert"] and not values["ssl_client_key"]:
            yield Problem("ssl_client_key", "ssl_client_cert needs ssl_client_key")


class Backend(Versioned, kind="backend", path="backend", rules=(_tls_versions_in_order, _client_key_with_certificate)):
    """An origin server, from which Fastly fetches content.

    Source: 001-configuration-api.txt and 003-vcl-services-openapi.txt, Backend; fields and defaults of today from
    recordings of the API; the limits of ``share_key`` from Fastly's own client.
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name; VCL knows it as ``F_name``. Default: the name of the resource. A change replaces it."""
    address: Prop[Host] = prop()
    """Host name or IP address of the origin, without port, brackets or a dot at its end."""
    port: Prop[Annotated[int, Ge(1), Le(65535)]] = prop(default=80, sent_with=("use_ssl",))
    """The port."""
    override_host: Prop[str | None] = prop(default=None)
    """The ``Host`` header to send instead of the visitor's."""
    shield: Prop[str | None] = prop(default=None)
    """The POP that fetches for all others, such as ``iad-va-us``."""
    weight: Prop[Count] = prop(default=100)
    """The weight of this backend in load balancing, relative to the others."""
    auto_loadbalance: Prop[bool] = prop(default=False)
    """Whether it takes part in load balancing over all such backends."""
    healthcheck: Ref[Healthcheck] = ref("healthcheck", default=None)
    """The health check that watches it."""
    request_condition: Ref[Condition] = ref("condition", type="REQUEST", default=None)
    """The REQUEST condition that selects it."""
    connect_timeout: Prop[Milliseconds] = prop(default=1000)
    """Milliseconds to wait for a connection."""
    first_byte_timeout: Prop[Milliseconds] = prop(default=15000)
    """Milliseconds to wait for the first byte."""
    between_bytes_timeout: Prop[Milliseconds] = prop(default=10000)
    """Milliseconds to wait between bytes."""
    max_conn: Prop[Count] = prop(default=200)
    """Connections at the most, for each cache server."""
    max_use: Prop[Count | None] = prop(default=None)
    """How often a kept connection is used at the most. Default: no limit."""
    max_lifetime: Prop[Milliseconds | None] = prop(default=None)
    """How many milliseconds a kept connection lives at the most. Default: no limit."""
    error_threshold: Prop[Count] = prop(default=0)
    """Errors after which the backend counts as down; 0 is never."""
    keepalive_time: Prop[Count | None] = prop(default=None)
    """How many seconds a connection that nobody uses is kept. Default: as long as it can be."""
    tcp_keepalive_enable: Prop[bool | None] = prop(default=None)
    """Whether TCP keep-alive probes are sent. Default: Fastly's."""
    tcp_keepalive_interval: Prop[Count | None] = prop(default=None)
    """Seconds between two probes."""
    tcp_keepalive_probes: Prop[Count | None] = prop(default=None)
    """Unanswered probes after which a connection is closed."""
    tcp_keepalive_time: Prop[Count | None] = prop(default=None)
    """Seconds of silence before the first probe."""
    prefer_ipv6: Prop[bool] = prop(default=False)
    """Whether IPv6 is preferred where the address has both."""
    share_key: Prop[Annotated[str, matching(r"[A-Za-z0-9]+", "letters and digits")] | None] = prop(default=None)
    """Backends with the same key share their health and their connection count. Letters and digits."""
    use_ssl: Prop[bool] = prop(default=False)
    """Whether TLS is used."""
    ssl_check_cert: Prop[bool] = prop(default=True)
    """Whether the certificate is verified."""
    ssl_cert_hostname: Prop[TlsName | None] = prop(default=None)
    """The name the origin's certificate must have."""
    ssl_sni_hostname: Prop[TlsName | None] = prop(default=None)
    """The name sent in the TLS handshake (SNI)."""
    ssl_hostname: Prop[TlsName | None] = prop(default=None)
    """Deprecated by Fastly: use ``ssl_cert_hostname`` and ``ssl_sni_hostname``."""
    ssl_ca_cert: Prop[Pem | None] = prop(default=None)
    """The certificate authority to trust, as PEM."""
    ssl_ciphers: Prop[str | None] = prop(default=None)
    """OpenSSL cipher names, joined by colons."""
    ssl_client_cert: Prop[Pem | None] = prop(default=None)
    """The client certificate, as PEM; needs ``ssl_client_key``."""
    ssl_client_key: Prop[Pem | None] = prop(default=None, secret=True)
    """The key of the client certificate, as PEM; secret."""
    min_tls_version: Prop[TlsVersion | None] = prop(default=None)
    """The lowest TLS version. Default: Fastly's."""
    max_tls_version: Prop[TlsVersion | None] = prop(default=None)
    """The highest TLS version. Default: Fastly's."""
    comment: Prop[str] = prop(default="")
    """A note for people."""
