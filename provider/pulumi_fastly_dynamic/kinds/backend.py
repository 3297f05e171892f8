"""Backend."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from annotated_types import Ge

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema import Problem, matching
from ..schema.limits import Count, Host, PathSegment, Pem, Port
from .condition import Condition
from .healthcheck import Healthcheck

Milliseconds = Annotated[int, Ge(0)]
TlsVersion = Literal["1.0", "1.1", "1.2", "1.3"]
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

    See https://www.fastly.com/documentation/reference/api/services/backend/
    """

    # Fields and defaults are those of recordings of the API; the limits of share_key those of Fastly's own client.

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name; in VCL it is ``F_name``. A change replaces the backend. Default: the name of the resource."""
    address: Prop[Host] = prop()
    """The host name or IP address of the origin, without port, brackets or a final dot."""
    port: Prop[Port] = prop(default=80, sent_with=("use_ssl",))
    """The port."""
    override_host: Prop[str | None] = prop(default=None)
    """The ``Host`` header to send to the origin. Default: the visitor's."""
    shield: Prop[str | None] = prop(default=None)
    """The POP through which all others fetch from the origin, such as ``iad-va-us``."""
    weight: Prop[Count] = prop(default=100)
    """The weight of this backend in load balancing, relative to the others."""
    auto_loadbalance: Prop[bool] = prop(default=False)
    """Whether Fastly balances the load over this and all other such backends."""
    healthcheck: Ref[Healthcheck] = ref("healthcheck", default=None)
    """The health check of this backend."""
    request_condition: Ref[Condition] = ref("condition", type="REQUEST", default=None)
    """The REQUEST condition that selects it."""
    connect_timeout: Prop[Milliseconds] = prop(default=1000)
    """Milliseconds to wait for a connection."""
    first_byte_timeout: Prop[Milliseconds] = prop(default=15000)
    """Milliseconds to wait for the first byte."""
    between_bytes_timeout: Prop[Milliseconds] = prop(default=10000)
    """Milliseconds to wait between bytes."""
    # Sent only if it is set: the recorded API of May 2026 has no such field.
    fetch_timeout: Prop[Milliseconds] = prop(default=0, omit_default=True)
    """Milliseconds to wait for the whole response; 0 is no limit."""
    max_conn: Prop[Count] = prop(default=200)
    """The maximum number of connections per cache server."""
    max_use: Prop[Count | None] = prop(default=None)
    """The maximum number of requests per connection. Default: no limit."""
    max_lifetime: Prop[Milliseconds | None] = prop(default=None)
    """The maximum lifetime of a connection, in milliseconds. Default: no limit."""
    error_threshold: Prop[Count] = prop(default=0)
    """The number of errors after which the backend counts as down; with 0, never."""
    keepalive_time: Prop[Count | None] = prop(default=None)
    """Seconds for which an idle connection is kept open. Default: no limit."""
    tcp_keepalive_enable: Prop[bool | None] = prop(default=None)
    """Whether TCP keep-alive probes are sent. Default: Fastly's default."""
    tcp_keepalive_interval: Prop[Count | None] = prop(default=None)
    """Seconds between two probes."""
    tcp_keepalive_probes: Prop[Count | None] = prop(default=None)
    """The number of unanswered probes after which a connection is closed."""
    tcp_keepalive_time: Prop[Count | None] = prop(default=None)
    """Seconds without traffic before the first probe."""
    prefer_ipv6: Prop[bool] = prop(default=False)
    """Whether to prefer IPv6 if the host name has both kinds of addresses."""
    share_key: Prop[Annotated[str, matching(r"[A-Za-z0-9]+", "letters and digits")] | None] = prop(default=None)
    """Backends with the same key share their health and their count of connections. Letters and digits."""
    use_ssl: Prop[bool] = prop(default=False)
    """Whether Fastly connects to the origin with TLS."""
    ssl_check_cert: Prop[bool] = prop(default=True)
    """Whether the origin's certificate is verified."""
    ssl_cert_hostname: Prop[TlsName | None] = prop(default=None)
    """The host name that the origin's certificate must have."""
    ssl_sni_hostname: Prop[TlsName | None] = prop(default=None)
    """The host name to send in the TLS handshake (SNI)."""
    ssl_hostname: Prop[TlsName | None] = prop(default=None)
    """Deprecated by Fastly: use ``ssl_cert_hostname`` and ``ssl_sni_hostname``."""
    ssl_ca_cert: Prop[Pem | None] = prop(default=None)
    """The certificate of the certificate authority to trust, as PEM."""
    ssl_ciphers: Prop[str | None] = prop(default=None)
    """OpenSSL cipher names, separated by colons."""
    ssl_client_cert: Prop[Pem | None] = prop(default=None)
    """The client certificate, as PEM; needs ``ssl_client_key``."""
    ssl_client_key: Prop[Pem | None] = prop(default=None, secret=True)
    """The private key of the client certificate, as PEM. Encrypted in the state."""
    min_tls_version: Prop[TlsVersion | None] = prop(default=None)
    """The lowest TLS version. Default: Fastly's default."""
    max_tls_version: Prop[TlsVersion | None] = prop(default=None)
    """The highest TLS version. Default: Fastly's default."""
    comment: Prop[str] = prop(default="")
    """A comment, for your own use."""
