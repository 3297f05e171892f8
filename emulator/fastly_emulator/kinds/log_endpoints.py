"""Logging endpoints, one row for each.

See https://www.fastly.com/documentation/reference/api/logging/. Fields are those of Fastly's Go client (2026); types,
defaults and nulls those of recordings of the real API (2026).
Answers are stringly but for a few newer fields, and refusals call every kind of endpoint a syslog.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from .. import api_error
from ..state import Record
from .declaration import Field, Kind, condition
from .json_formats import DATADOG, JSON

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
    # Assumed: setting the one unsets the other. Level 3 for gzip is documented.
    if sent.get("compression_codec"):
        record["gzip_level"] = type(record["gzip_level"])(3 if sent["compression_codec"] == "gzip" else 0)
    elif str(record["gzip_level"]) != "0" and "gzip_level" in sent:
        record["compression_codec"] = None


def _role_or_keys(record: Record, _sent: Record) -> None:
    role = record["iam_role"]
    if role and any(record[key] for key in _KEYS):
        raise api_error.bad_request("'iam_role' can't be used when 'access_key' or 'secret_key' are provided")
    if role and not _ROLE.fullmatch(role):
        # Assumed: what follows the colon.
        raise api_error.bad_request(f"invalid IAM Role ARN {role}: arn: invalid prefix")


def _host_of_address(record: Record, _sent: Record) -> None:
    # Assumed: which of the two an address sets; a host name that was sent is recorded.
    is_ipv4 = re.fullmatch(r"[0-9.]+", record["address"] or "") is not None
    record["hostname"] = None if is_ipv4 else record["address"]
    record["ipv4"] = record["address"] if is_ipv4 else None


def _known_region(record: Record, _sent: Record) -> None:
    if record["region"] and record["region"].upper() not in {"US", "EU"}:
        raise api_error.bad_request(f"unrecognized region {record['region']}")


def _key_without_space_at_its_end(record: Record, _sent: Record) -> None:
    # Recorded of bigquery and pubsub; gcs keeps the newline.
    record["secret_key"] = record["secret_key"] and record["secret_key"].rstrip()


def _logging(
    name: str,
    *fields: Field,
    rules: tuple[Callable[[Record, Record], None], ...] = (),
    json_format: str = "",
    extra: Record | None = None,
) -> Kind:
    common = (replace(each, default=json_format) if json_format and each.name == "format" else each for each in _FIELDS)

    def on_write(record: Record, sent: Record) -> None:
        for rule in rules:
            rule(record, sent)

    return Kind(
        f"logging/{name}",
        "syslog",
        "",
        (*common, *fields),
        duplicate="logging_syslog",
        stringly=True,
        on_write=on_write,
        extra=extra or {},
    )


def _typed(each: Field) -> Field:
    """A number that is answered as one, as few of a logging endpoint are."""
    return replace(each, default=int(each.default), empty=int(each.empty), typed=True)


def _number(name: str, default: int = 0) -> Field:
    # Assumed: that the default of Fastly's reference is answered.
    return Field(name, "int", default=str(default), empty=str(default))


def _flag(name: str) -> Field:
    # Assumed: off when left out, as in Fastly's reference.
    return Field(name, "bool", default="0", empty="0")


def _choice(name: str, default: str | None, *choices: str) -> Field:
    # Assumed: that the default of Fastly's reference is answered.
    return Field(name, default=default, empty=default, choices=frozenset(choices))


_TLS_FIELDS = _texts("tls_ca_cert", "tls_client_cert", "tls_client_key", "tls_hostname")
_BATCH_FIELDS = (_typed(_number("request_max_bytes")), _typed(_number("request_max_entries")))
_FILE_MAX_BYTES = _typed(_number("file_max_bytes"))
_GOOGLE_FIELDS = _texts("account_name", "project_id", "secret_key", "user")
_BY_NAME = {each.name: each for each in _FILE_FIELDS}
_MESSAGE_TYPE, _CODEC, _GZIP = _BY_NAME["message_type"], _BY_NAME["compression_codec"], _BY_NAME["gzip_level"]
_LOGENTRIES_REGIONS = ("US", "US-2", "US-3", "EU", "CA", "AU", "AP")
_NO_KEY: Record = {"public_key": None}

LOGGING: tuple[Kind, ...] = (
    _logging(
        "azureblob",
        *_FILE_FIELDS,
        *_texts("account_name", "container", "sas_token"),
        # Assumed: answered as s3 does.
        _FILE_MAX_BYTES,
        rules=(_one_compression,),
    ),
    _logging(
        "bigquery",
        *_texts("dataset", "table", "template_suffix"),
        *_GOOGLE_FIELDS,
        rules=(_key_without_space_at_its_end,),
    ),
    _logging(
        "cloudfiles",
        *_FILE_FIELDS,
        *_texts("access_key", "bucket_name", "user"),
        _choice("region", None, "DFW", "ORD", "IAD", "LON", "SYD", "HKG"),
        rules=(_one_compression,),
    ),
    _logging(
        "datadog",
        *_texts("token"),
        _choice("region", "US", "US", "US3", "US5", "EU", "EU1", "AP1"),
        json_format=DATADOG,
    ),
    _logging(
        "digitalocean",
        *_FILE_FIELDS,
        *_texts("access_key", "bucket_name", "secret_key"),
        _choice("domain", "nyc3.digitaloceanspaces.com"),
        rules=(_one_compression,),
        extra={"redundancy": None},
    ),
    _logging("elasticsearch", *_texts("index", "password", "pipeline", "url", "user"), *_BATCH_FIELDS, *_TLS_FIELDS),
    _logging(
        "ftp",
        *_FILE_FIELDS,
        *_texts("address", "password", "user"),
        _number("port", 21),
        rules=(_one_compression, _host_of_address),
    ),
    _logging(
        "gcs",
        *(replace(each, default="/") if each.name == "path" else each for each in _FILE_FIELDS),
        *_texts("bucket_name"),
        *_GOOGLE_FIELDS,
        rules=(_one_compression,),
    ),
    _logging("grafanacloudlogs", *_texts("index", "token", "url", "user"), _MESSAGE_TYPE),
    _logging("heroku", *_texts("token", "url")),
    _logging("honeycomb", *_texts("dataset", "token")),
    _logging(
        "https",
        *_texts("content_type", "header_name", "header_value", "url"),
        *(_CODEC, _typed(_GZIP), _MESSAGE_TYPE, _typed(_number("period", 5))),
        *(_choice("json_format", "0", "0", "1", "2"), _choice("method", "POST", "POST", "PUT")),
        *_BATCH_FIELDS,
        *_TLS_FIELDS,
        rules=(_one_compression,),
        extra={"add_batch_size_header": False},
    ),
    _logging(
        "kafka",
        *_texts("brokers", "password", "topic", "user"),
        _choice("auth_method", None, "plain", "scram-sha-256", "scram-sha-512"),
        _choice("compression_codec", None, "gzip", "snappy", "lz4"),
        _number("required_acks", 1),
        # Assumed: a number, as in the answers of https, splunk and elasticsearch.
        *(_typed(_number("request_max_bytes")), _flag("parse_log_keyvals"), _flag("use_tls")),
        *_TLS_FIELDS,
    ),
    _logging(
        "kinesis",
        *_texts("access_key", "iam_role", "region", "secret_key", "topic"),
        rules=(_role_or_keys,),
        json_format=JSON,
    ),
    _logging(
        "logentries",
        *_texts("token"),
        # Assumed: on when left out, since port 20000 is that of TLS.
        *(_number("port", 20000), Field("use_tls", "bool", default="1", empty="1")),
        # Assumed: which, but for US, which is taken in lower case too.
        _choice("region", None, *_LOGENTRIES_REGIONS, *map(str.lower, _LOGENTRIES_REGIONS)),
        extra={"hostname": None, **_NO_KEY},
    ),
    _logging("loggly", *_texts("token"), extra=_NO_KEY),
    _logging("logshuttle", *_texts("token", "url")),
    _logging("newrelic", *_texts("token"), _choice("region", "US"), rules=(_known_region,), json_format=JSON),
    _logging("newrelicotlp", *_texts("token", "region", "url"), rules=(_known_region,), json_format=JSON),
    _logging(
        "openstack", *_FILE_FIELDS, *_texts("access_key", "bucket_name", "url", "user"), rules=(_one_compression,)
    ),
    _logging("papertrail", *_texts("address"), _number("port", 514), extra=_NO_KEY),
    _logging("pubsub", *_texts("topic"), *_GOOGLE_FIELDS, rules=(_key_without_space_at_its_end,)),
    _logging(
        "s3",
        *_FILE_FIELDS,
        *_texts("acl", "access_key", "bucket_name", "domain", "iam_role", "redundancy", "secret_key"),
        *_texts("server_side_encryption", "server_side_encryption_kms_key_id"),
        _FILE_MAX_BYTES,
        rules=(_one_compression, _role_or_keys),
    ),
    _logging("scalyr", *_texts("token"), _choice("project_id", "logplex"), _choice("region", "US", "US", "EU")),
    _logging(
        "sftp",
        *_FILE_FIELDS,
        *_texts("address", "password", "secret_key", "ssh_known_hosts", "user"),
        _number("port", 22),
        rules=(_one_compression,),
    ),
    _logging("splunk", *_texts("token", "url"), _flag("use_tls"), *_BATCH_FIELDS, *_TLS_FIELDS),
    _logging("sumologic", *_texts("url"), _MESSAGE_TYPE),
    _logging(
        "syslog",
        *_texts("address", "token"),
        *(_MESSAGE_TYPE, _number("port", 514), _flag("use_tls")),
        *_TLS_FIELDS,
        rules=(_host_of_address,),
        extra=_NO_KEY,
    ),
)
