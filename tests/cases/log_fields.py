"""The fields that logging endpoints have in common."""

import json
from pathlib import Path

from .condition import CASE as CONDITION
from .pem import CA, CERTIFICATE, KEY, OTHER_KEY

FULL = {
    "format": "%h",
    "format_version": 1,
    "placement": "none",
    "response_condition": CONDITION.ref("response"),
    "processing_region": "eu",
}
CHANGED = {"format": "%h %s", "format_version": 2, "processing_region": "us"}
ANSWERED = {
    "format": '%h %l %u %t "%r" %>s %b',
    "format_version": "2",
    "placement": None,
    "response_condition": "",
    "log_processing_region": "none",
    "version": "1",
}
_CLIENT = json.loads((Path(__file__).parents[1] / "data" / "fastly_client_fields.json").read_text())


def json_answered(kind: str) -> dict[str, object]:
    """What a kind answers whose format is JSON by default, as Fastly's client has it."""
    return {**ANSWERED, "format": _CLIENT["kinds"][kind]["format"]["default"]}


DOCUMENTED = (
    "name format format_version placement response_condition log_processing_region service_id version "
    "created_at updated_at deleted_at"
)
WIRES = {"processing_region": "log_processing_region"}

FILE_FULL = {
    **FULL,
    "path": "/cdn",
    "period": 60,
    "timestamp_format": "%Y",
    "message_type": "blank",
    "gzip_level": 8,
    "public_key": "-----BEGIN PGP PUBLIC KEY BLOCK-----\nabc\n-----END PGP PUBLIC KEY BLOCK-----",
}
FILE_CHANGED = {
    **CHANGED,
    "path": "/all",
    "period": 120,
    "timestamp_format": "%m",
    "message_type": "logplex",
    "compression_codec": "zstd",
}
FILE_ANSWERED = {
    **ANSWERED,
    "path": None,
    "period": "3600",
    "timestamp_format": "%Y-%m-%dT%H:%M:%S.000",
    "message_type": "classic",
    "gzip_level": "0",
    "compression_codec": None,
    "public_key": None,
}
FILE_DOCUMENTED = f"{DOCUMENTED} path period timestamp_format message_type gzip_level compression_codec public_key"

TLS_FULL = {
    **FULL,
    "tls_hostname": "logs.example.com",
    "tls_ca_cert": CA,
    "tls_client_cert": CERTIFICATE,
    "tls_client_key": KEY,
}
TLS_CHANGED = {
    **CHANGED,
    "tls_hostname": "other.example.com",
    "tls_client_cert": CERTIFICATE,
    "tls_client_key": OTHER_KEY,
}
TLS_ANSWERED = {
    **ANSWERED,
    "tls_hostname": None,
    "tls_ca_cert": None,
    "tls_client_cert": None,
    "tls_client_key": None,
}
TLS_DOCUMENTED = f"{DOCUMENTED} tls_hostname tls_ca_cert tls_client_cert tls_client_key"

BOTH_COMPRESSIONS = (
    {"name": "y", "gzip_level": "8", "compression_codec": "zstd"},
    "'compression_codec' and 'gzip_level' cannot be set simultaneously",
)
"""A form that Fastly refuses."""
