"""Logging endpoints, one row for each.

See https://www.fastly.com/documentation/reference/api/logging/. Fields are those of Fastly's Go client (2026); types,
defaults and nulls those of recordings of the real API (2026).
Answers are stringly but for a few newer fields, and refusals call every kind of endpoint a syslog.
"""

import re
from collections.abc import Callable

from .. import api_error
from ..state import Record
from .declaration import Field, Kind, condition

_FIELDS = (
    Field("name", required=True),
    # Assumed: the format when left out. Recordings always send one; it is the default of Fastly's documentation.
    Field("format", default='%h %l %u %t "%r" %>s %b'),
    Field("format_version", "int", default="2", empty="2", choices=frozenset({"1", "2"})),
    Field("placement", default=None, empty=None, choices=frozenset({"none", "waf_debug"})),
    condition("RESPONSE", ""),
    Field("log_processing_region", default="none", empty="none", choices=frozenset({"none", "eu", "us"})),
)
"""Fields of all."""

_FILE_FIELDS = (
    Field("period", "int", default="3600", empty="3600"),
    Field("timestamp_format", default="%Y-%m-%dT%H:%M:%S.000"),
    Field("gzip_level", "int", default="0", empty="0"),
    Field("compression_codec", default=None, empty=None, choices=frozenset({"zstd", "snappy", "gzip"})),
    Field(
        "message_type",
        default="classic",
        empty="classic",
        choices=frozenset({"classic", "loggly", "logplex", "blank"}),
    ),
    Field("path", default=None),
    Field("public_key", default=None),
)
"""Fields of those that write files."""

_KEYS = ("access_key", "secret_key")
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")


def _texts(*names: str) -> tuple[Field, ...]:
    # Assumed: that each is null when left out, but for the access control list and the keys, which were recorded.
    return tuple(Field(name, default=None) for name in names)


def _one_compression(record: Record, sent: Record) -> None:
    if sent.get("compression_codec") and "gzip_level" in sent:
        raise api_error.bad_request("'compression_codec' and 'gzip_level' cannot be set simultaneously")
    # Assumed: setting the one unsets the other.
    if sent.get("compression_codec"):
        record["gzip_level"] = "0"
    elif record["gzip_level"] != "0" and "gzip_level" in sent:
        record["compression_codec"] = None


def _role_or_keys(record: Record, _sent: Record) -> None:
    role = record["iam_role"]
    if role and any(record[key] for key in _KEYS):
        raise api_error.bad_request("'iam_role' can't be used when 'access_key' or 'secret_key' are provided")
    if role and not _ROLE.fullmatch(role):
        # Assumed: what follows the colon.
        raise api_error.bad_request(f"invalid IAM Role ARN {role}: arn: invalid prefix")


def _logging(name: str, *fields: Field, rules: tuple[Callable[[Record, Record], None], ...] = ()) -> Kind:
    def on_write(record: Record, sent: Record) -> None:
        for rule in rules:
            rule(record, sent)

    return Kind(
        f"logging/{name}",
        "syslog",
        "",
        (*_FIELDS, *fields),
        duplicate="logging_syslog",
        stringly=True,
        on_write=on_write,
    )


LOGGING: tuple[Kind, ...] = (
    _logging(
        "s3",
        *_FILE_FIELDS,
        *_texts("acl", "access_key", "bucket_name", "domain", "iam_role", "redundancy", "secret_key"),
        *_texts("server_side_encryption", "server_side_encryption_kms_key_id"),
        Field("file_max_bytes", "int", default=0, empty=0, typed=True),
        rules=(_one_compression, _role_or_keys),
    ),
)
