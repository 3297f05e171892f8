"""What logging endpoints have in common. Each kind of endpoint is a file of its own."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, MinLen

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema import Checked, Problem, matching
from ..schema.limits import PathSegment, Pem
from . import log_formats
from .condition import Condition

MEBIBYTE = 1024 * 1024

Text = Annotated[str, MinLen(1)]
MessageType = Literal["classic", "loggly", "logplex", "blank"]
RoleArn = Annotated[
    str, matching(r"arn:[^:]+:iam::[0-9]{12}:role/.+", "an ARN such as arn:aws:iam::123456789012:role/x")
]


def _no_limit_or_a_mebibyte(value: int) -> int:
    if value and value < MEBIBYTE:
        raise ValueError("must be 0 or at least 1048576")
    return value


FileSize = Annotated[int, Checked(_no_limit_or_a_mebibyte)]


class LoggingEndpoint(Versioned):
    """A destination of log lines."""

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name. A change replaces the endpoint. Default: the name of the resource."""
    format: Prop[Text] = prop(default=log_formats.COMMON)
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
    message_type: Prop[MessageType] = prop(default="classic")
    """What precedes each line."""
    gzip_level: Prop[Annotated[int, Ge(0), Le(9)]] = prop(default=0, excluded_by="compression_codec")
    """The gzip compression level; 0 is no compression. Cannot be combined with ``compression_codec``."""
    compression_codec: Prop[Literal["zstd", "snappy", "gzip"] | None] = prop(default=None, sent_with=("gzip_level",))
    """The compression. Cannot be combined with ``gzip_level``."""
    public_key: Prop[str | None] = prop(default=None)
    """A PGP public key, with which files are encrypted."""


class TlsLoggingEndpoint(LoggingEndpoint):
    """A destination that Fastly may reach with TLS."""

    tls_hostname: Prop[str | None] = prop(default=None)
    """The host name that the server's certificate must have."""
    tls_ca_cert: Prop[Pem | None] = prop(default=None)
    """The certificate of the certificate authority to trust, as PEM."""
    tls_client_cert: Prop[Pem | None] = prop(default=None)
    """The client certificate, as PEM; needs ``tls_client_key``."""
    tls_client_key: Prop[Pem | None] = prop(default=None, secret=True)
    """The private key of the client certificate, as PEM."""


def one_compression(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Fastly refuses two ways of compression at once."""
    if values.get("compression_codec") and values.get("gzip_level"):
        yield Problem("gzip_level", "gzip_level and compression_codec cannot be combined: remove one")


def role_or_keys(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Fastly signs in to AWS with a role, or with both keys."""
    if not {"access_key", "secret_key", "iam_role"} <= values.keys():
        return
    keys = [name for name in ("access_key", "secret_key") if values[name]]
    if values["iam_role"] and keys:
        yield Problem("iam_role", f"iam_role cannot be combined with {' and '.join(keys)}: remove one or the other")
    elif not values["iam_role"] and not keys:
        yield Problem("iam_role", "iam_role is missing: set it, or access_key and secret_key")
    elif len(keys) == 1:
        missing = "secret_key" if keys == ["access_key"] else "access_key"
        yield Problem(missing, f"{missing} is missing: {keys[0]} needs it")


def google_account(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Fastly signs in to Google Cloud as a service account that it may impersonate, or with a user and its key."""
    if not {"account_name", "user", "secret_key"} <= values.keys():
        return
    if values["user"] and not values["secret_key"]:
        yield Problem("secret_key", "secret_key is missing: user needs it")
    elif values["secret_key"] and not values["user"]:
        yield Problem("user", "user is missing: secret_key needs it")
    elif not values["account_name"] and not values["user"]:
        yield Problem("account_name", "account_name is missing: set it, or user and secret_key")


def both_or_neither(first: str, second: str) -> Callable[[Mapping[str, Any]], Iterator[Problem]]:
    """A rule for two properties that need each other."""

    def rule(values: Mapping[str, Any]) -> Iterator[Problem]:
        if {first, second} <= values.keys():
            for name, other in ((first, second), (second, first)):
                if values[other] and not values[name]:
                    yield Problem(name, f"{name} is missing: {other} needs it")

    return rule


client_certificate = both_or_neither("tls_client_cert", "tls_client_key")
