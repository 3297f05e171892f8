"""What logging endpoints have in common. Each kind of endpoint is a file of its own."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, MinLen

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema import Problem
from ..schema.limits import PathSegment
from .condition import Condition

DEFAULT_FORMAT = '%h %l %u %t "%r" %>s %b'


class LoggingEndpoint(Versioned):
    """A destination of log lines."""

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name. A change replaces the endpoint. Default: the name of the resource."""
    format: Prop[Annotated[str, MinLen(1)]] = prop(default=DEFAULT_FORMAT)
    """The log line, in Apache's format with Fastly's extensions."""
    format_version: Prop[Literal[1, 2]] = prop(default=2)
    """The version of the format: 2 logs in ``vcl_log``, 1 in ``vcl_deliver``."""
    placement: Prop[Literal["none", "waf_debug"] | None] = prop(default=None)
    """Where generated VCL has the log statement. ``none``: nowhere; custom VCL can use the endpoint. Default: as
    ``format_version`` says."""
    response_condition: Ref[Condition] = ref("condition", type="RESPONSE", default=None)
    """The RESPONSE condition under which a request is logged."""
    processing_region: Prop[Literal["none", "eu", "us"]] = prop(default="none", wire="log_processing_region")
    """The region where logs are processed before they are sent. ``none``: anywhere."""


class FileLoggingEndpoint(LoggingEndpoint):
    """A destination that stores log lines in files."""

    path: Prop[str | None] = prop(default=None)
    """The folder of the files. Default: the root."""
    period: Prop[Annotated[int, Ge(1)]] = prop(default=3600)
    """The number of seconds after which a file is finished."""
    timestamp_format: Prop[str] = prop(default="%Y-%m-%dT%H:%M:%S.000")
    """The ``strftime`` format of the timestamp in file names."""
    message_type: Prop[Literal["classic", "loggly", "logplex", "blank"]] = prop(default="classic")
    """What precedes each line."""
    gzip_level: Prop[Annotated[int, Ge(0), Le(9)]] = prop(default=0, excluded_by="compression_codec")
    """The gzip compression level; 0 is no compression. Cannot be combined with ``compression_codec``."""
    compression_codec: Prop[Literal["zstd", "snappy", "gzip"] | None] = prop(default=None)
    """The compression. Cannot be combined with ``gzip_level``."""
    public_key: Prop[str | None] = prop(default=None)
    """A PGP public key, with which files are encrypted."""


def one_compression(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Fastly refuses two ways of compression at once."""
    if values.get("compression_codec") and values.get("gzip_level"):
        yield Problem("gzip_level", "gzip_level and compression_codec cannot be combined: remove one")
