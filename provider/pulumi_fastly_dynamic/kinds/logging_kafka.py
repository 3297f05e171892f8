"""Apache Kafka logging."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from ..resource import Prop, prop
from ..schema import Problem
from ..schema.limits import Count
from .logging import Text, TlsLoggingEndpoint, client_certificate


def _login_for_sasl(values: Mapping[str, Any]) -> Iterator[Problem]:
    names = ("user", "password")
    if {"auth_method", *names} <= values.keys() and values["auth_method"]:
        yield from (Problem(name, f"{name} is missing: auth_method needs it") for name in names if not values[name])


class LoggingKafka(
    TlsLoggingEndpoint, kind="logging_kafka", path="logging/kafka", rules=(_login_for_sasl, client_certificate)
):
    """Sends logs to Apache Kafka.

    See https://www.fastly.com/documentation/reference/api/logging/kafka/
    """

    topic: Prop[Text] = prop()
    """The topic."""
    brokers: Prop[Text] = prop()
    """Host names or IP addresses of brokers, with their ports, separated by commas."""
    required_acks: Prop[Literal[1, 0, -1]] = prop(default=1)
    """How many brokers must confirm a write: 1 is the leader, 0 none, -1 all replicas in sync."""
    compression_codec: Prop[Literal["gzip", "snappy", "lz4"] | None] = prop(default=None)
    """The compression."""
    request_max_bytes: Prop[Count] = prop(default=0)
    """The maximum number of bytes per request; 0 is Fastly's maximum."""
    parse_log_keyvals: Prop[bool] = prop(default=False)
    """Whether ``key=value`` pairs at the start of a line become headers of the record."""
    use_tls: Prop[bool] = prop(default=False)
    """Whether to use TLS."""
    auth_method: Prop[Literal["plain", "scram-sha-256", "scram-sha-512"] | None] = prop(default=None)
    """The SASL mechanism; needs ``user`` and ``password``."""
    user: Prop[str | None] = prop(default=None)
    """The SASL user."""
    password: Prop[str | None] = prop(default=None, secret=True)
    """The SASL password."""
