"""Rackspace Cloud Files logging."""

from .case import Case
from .log_fields import BOTH_COMPRESSIONS, FILE_ANSWERED, FILE_CHANGED, FILE_DOCUMENTED, FILE_FULL, WIRES

CASE = Case(
    kind="logging_cloudfiles",
    collection="logging/cloudfiles",
    minimal={"bucket_name": "logs", "user": "logs", "access_key": "verysecret"},
    full={**FILE_FULL, "bucket_name": "logs", "user": "logs", "access_key": "verysecret", "region": "LON"},
    changed={**FILE_CHANGED, "bucket_name": "more-logs", "user": "other", "access_key": "othersecret", "region": "DFW"},
    refused=[
        ({"region": "MARS"}, "region: must be 'DFW'"),
        ({"gzip_level": 1, "compression_codec": "gzip"}, "gzip_level: gzip_level and compression_codec cannot be"),
    ],
    documented=f"{FILE_DOCUMENTED} bucket_name user access_key region",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**FILE_ANSWERED, "region": None},
    refused_by_api=[BOTH_COMPRESSIONS],
)
