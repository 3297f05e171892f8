"""S3 logging."""

from .case import Case
from .condition import CASE as CONDITION

_ROLE = "arn:aws:iam::123456789012:role/logs"
_KEYS = {"access_key": "AKIAEXAMPLE", "secret_key": "verysecret"}
_PUBLIC_KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----\nabc\n-----END PGP PUBLIC KEY BLOCK-----"

CASE = Case(
    kind="logging_s3",
    collection="logging/s3",
    minimal={"bucket": "logs", "iam_role": _ROLE},
    full={
        "bucket": "logs",
        "format": "%h",
        "format_version": 1,
        "placement": "none",
        "response_condition": CONDITION.ref("response"),
        "processing_region": "eu",
        "path": "/cdn",
        "period": 60,
        "timestamp_format": "%Y",
        "message_type": "blank",
        "gzip_level": 8,
        "public_key": _PUBLIC_KEY,
        **_KEYS,
        "domain": "s3.eu-west-1.amazonaws.com",
        "redundancy": "onezone_ia",
        "acl": "private",
        "server_side_encryption": "aws:kms",
        "server_side_encryption_kms_key_id": "1234",
        "file_max_bytes": 1048576,
    },
    changed={
        "bucket": "more-logs",
        "format": "%h %s",
        "format_version": 2,
        "processing_region": "us",
        "path": "/all",
        "period": 120,
        "timestamp_format": "%m",
        "message_type": "logplex",
        "compression_codec": "zstd",
        "access_key": "AKIAOTHER",
        "secret_key": "othersecret",
        "domain": "s3.us-east-1.amazonaws.com",
        "redundancy": "standard_ia",
        "acl": "public-read",
        "server_side_encryption": "AES256",
        "file_max_bytes": 2097152,
    },
    refused=[
        ({"period": 0}, "period: period must be at least 1"),
        ({"placement": "waf"}, "placement: placement must be 'none' or 'waf_debug'"),
        ({"gzip_level": 10}, "gzip_level: gzip_level must be at most 9"),
        ({"message_type": "json"}, "message_type: message_type must be 'classic', 'loggly', 'logplex' or 'blank'"),
        ({"access_key": "A"}, "iam_role: iam_role cannot be combined with access_key: remove one or the other"),
        ({"iam_role": None}, "iam_role: iam_role is missing: set it, or access_key and secret_key"),
        ({"iam_role": "logs"}, "iam_role: must be an ARN such as"),
        (_KEYS, "iam_role: iam_role cannot be combined with access_key and secret_key"),
        ({"iam_role": None, "access_key": "AKIAEXAMPLE"}, "secret_key: secret_key is missing: access_key needs it"),
        ({"gzip_level": 1, "compression_codec": "gzip"}, "gzip_level: gzip_level and compression_codec cannot be"),
        ({"server_side_encryption": "aws:kms"}, "server_side_encryption_kms_key_id: is missing"),
        ({"file_max_bytes": 1}, "file_max_bytes: must be 0 or at least 1048576"),
    ],
    documented=(
        "name format format_version placement response_condition log_processing_region message_type path period "
        "timestamp_format gzip_level compression_codec public_key acl access_key bucket_name domain file_max_bytes "
        "iam_role redundancy secret_key server_side_encryption server_side_encryption_kms_key_id service_id version "
        "created_at updated_at deleted_at"
    ),
    wires={"bucket": "bucket_name", "processing_region": "log_processing_region"},
    defaults={"domain": "s3.amazonaws.com", "redundancy": "standard"},
    typed=frozenset({"file_max_bytes"}),
    class_name="syslog",
    duplicate="logging_syslog",
    answered={
        "access_key": None,
        "acl": None,
        "compression_codec": None,
        "domain": None,
        "file_max_bytes": 0,
        "format": '%h %l %u %t "%r" %>s %b',
        "format_version": "2",
        "gzip_level": "0",
        "log_processing_region": "none",
        "message_type": "classic",
        "path": None,
        "period": "3600",
        "placement": None,
        "public_key": None,
        "redundancy": None,
        "response_condition": "",
        "secret_key": None,
        "server_side_encryption": None,
        "server_side_encryption_kms_key_id": None,
        "timestamp_format": "%Y-%m-%dT%H:%M:%S.000",
        "version": "1",
    },
)
