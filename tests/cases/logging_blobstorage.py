"""Azure Blob Storage logging."""

from .case import Case
from .log_fields import BOTH_COMPRESSIONS, FILE_ANSWERED, FILE_CHANGED, FILE_DOCUMENTED, FILE_FULL, WIRES

CASE = Case(
    kind="logging_blobstorage",
    collection="logging/azureblob",
    minimal={"container": "logs", "account_name": "account", "sas_token": "sv=2026&sig=a"},
    full={
        **FILE_FULL,
        "container": "logs",
        "account_name": "account",
        "sas_token": "sv=2026&sig=a",
        "file_max_bytes": 1048576,
    },
    changed={
        **FILE_CHANGED,
        "container": "more-logs",
        "account_name": "other",
        "sas_token": "sv=2026&sig=b",
        "file_max_bytes": 2097152,
    },
    refused=[
        ({"file_max_bytes": 1}, "file_max_bytes: must be 0 or at least 1048576"),
        ({"gzip_level": 1, "compression_codec": "gzip"}, "gzip_level: gzip_level and compression_codec cannot be"),
    ],
    documented=f"{FILE_DOCUMENTED} container account_name sas_token file_max_bytes",
    wires=WIRES,
    typed=frozenset({"file_max_bytes"}),
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**FILE_ANSWERED, "file_max_bytes": 0},
    refused_by_api=[BOTH_COMPRESSIONS],
)
