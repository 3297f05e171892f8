"""HTTPS logging."""

from typing import Annotated, Literal

from annotated_types import Ge, Le

from ..resource import Prop, prop
from ..schema.limits import Count, HttpsUrl
from .logging import MessageType, TlsLoggingEndpoint, both_or_neither, client_certificate, one_compression


class LoggingHttps(
    TlsLoggingEndpoint,
    kind="logging_https",
    path="logging/https",
    rules=(both_or_neither("header_name", "header_value"), one_compression, client_certificate),
):
    """Sends logs to an HTTPS server.

    See https://www.fastly.com/documentation/reference/api/logging/https/
    """

    url: Prop[HttpsUrl] = prop()
    """The URL, which begins with ``https://``."""
    method: Prop[Literal["POST", "PUT"]] = prop(default="POST")
    """The method of the requests."""
    content_type: Prop[str | None] = prop(default=None)
    """The ``Content-Type`` header of the requests."""
    header_name: Prop[str | None] = prop(default=None)
    """The name of a header to send with each request; needs ``header_value``."""
    header_value: Prop[str | None] = prop(default=None, secret=True)
    """The value of that header. Encrypted in the state."""
    json_format: Prop[Literal["0", "1", "2"]] = prop(default="0")
    """How lines are joined: ``1`` makes a JSON array of each batch, ``2`` newline-delimited JSON, ``0`` neither."""
    message_type: Prop[MessageType] = prop(default="classic")
    """What precedes each line."""
    period: Prop[Count] = prop(default=5)
    """The number of seconds between two requests."""
    request_max_entries: Prop[Count] = prop(default=0)
    """The maximum number of log lines per request; 0 is Fastly's maximum."""
    request_max_bytes: Prop[Count] = prop(default=0)
    """The maximum number of bytes per request; 0 is Fastly's maximum."""
    gzip_level: Prop[Annotated[int, Ge(0), Le(9)]] = prop(default=0, excluded_by="compression_codec")
    """The gzip compression level; 0 is no compression. Cannot be combined with ``compression_codec``."""
    compression_codec: Prop[Literal["zstd", "snappy", "gzip"] | None] = prop(default=None, sent_with=("gzip_level",))
    """The compression. Cannot be combined with ``gzip_level``."""
