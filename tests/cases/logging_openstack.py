"""OpenStack logging."""

from .case import Case
from .log_fields import BOTH_COMPRESSIONS, FILE_ANSWERED, FILE_CHANGED, FILE_DOCUMENTED, FILE_FULL, WIRES

CASE = Case(
    kind="logging_openstack",
    collection="logging/openstack",
    minimal={"url": "https://logs.example.com/v3", "bucket_name": "logs", "user": "logs", "access_key": "verysecret"},
    full={
        **FILE_FULL,
        "url": "https://logs.example.com/v3",
        "bucket_name": "logs",
        "user": "logs",
        "access_key": "verysecret",
    },
    changed={
        **FILE_CHANGED,
        "url": "https://other.example.com/v3",
        "bucket_name": "more-logs",
        "user": "other",
        "access_key": "othersecret",
    },
    refused=[
        ({"url": "logs.example.com"}, "url: must be a URL that begins with https:// or http://"),
        ({"gzip_level": 1, "compression_codec": "gzip"}, "gzip_level: gzip_level and compression_codec cannot be"),
    ],
    documented=f"{FILE_DOCUMENTED} url bucket_name user access_key",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered=FILE_ANSWERED,
    refused_by_api=[BOTH_COMPRESSIONS],
)
