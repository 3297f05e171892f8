"""DigitalOcean Spaces logging."""

from .case import Case
from .log_fields import BOTH_COMPRESSIONS, FILE_ANSWERED, FILE_CHANGED, FILE_DOCUMENTED, FILE_FULL, WIRES

CASE = Case(
    kind="logging_digitalocean",
    collection="logging/digitalocean",
    minimal={"bucket_name": "logs", "access_key": "verysecret", "secret_key": "verysecret"},
    full={
        **FILE_FULL,
        "bucket_name": "logs",
        "access_key": "verysecret",
        "secret_key": "verysecret",
        "domain": "ams3.digitaloceanspaces.com",
    },
    changed={
        **FILE_CHANGED,
        "bucket_name": "more-logs",
        "access_key": "othersecret",
        "secret_key": "othersecret",
        "domain": "fra1.digitaloceanspaces.com",
    },
    refused=[
        ({"domain": ""}, "domain: domain is empty"),
        ({"gzip_level": 1, "compression_codec": "gzip"}, "gzip_level: gzip_level and compression_codec cannot be"),
    ],
    documented=f"{FILE_DOCUMENTED} bucket_name access_key secret_key domain redundancy",
    left_out={"redundancy": "always null"},
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**FILE_ANSWERED, "domain": "nyc3.digitaloceanspaces.com", "redundancy": None},
    refused_by_api=[BOTH_COMPRESSIONS],
)
