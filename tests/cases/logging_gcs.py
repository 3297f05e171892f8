"""Google Cloud Storage logging."""

from .case import Case
from .log_fields import BOTH_COMPRESSIONS, FILE_ANSWERED, FILE_CHANGED, FILE_DOCUMENTED, FILE_FULL, WIRES
from .pem import KEY, OTHER_KEY

CASE = Case(
    kind="logging_gcs",
    collection="logging/gcs",
    minimal={"bucket_name": "logs", "account_name": "logs"},
    full={
        **FILE_FULL,
        "bucket_name": "logs",
        "account_name": "logs",
        "user": "logs@project.iam.gserviceaccount.com",
        "secret_key": KEY,
        "project_id": "project",
    },
    changed={
        **FILE_CHANGED,
        "bucket_name": "more-logs",
        "account_name": "other-logs",
        "user": "other@project.iam.gserviceaccount.com",
        "secret_key": OTHER_KEY,
        "project_id": "other-project",
    },
    refused=[
        ({"account_name": None}, "account_name: account_name is missing: set it, or user and secret_key"),
        ({"user": "logs@project.iam.gserviceaccount.com"}, "secret_key: secret_key is missing: user needs it"),
        ({"secret_key": KEY}, "user: user is missing: secret_key needs it"),
        ({"gzip_level": 1, "compression_codec": "gzip"}, "gzip_level: gzip_level and compression_codec cannot be"),
    ],
    documented=f"{FILE_DOCUMENTED} bucket_name account_name user secret_key project_id",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**FILE_ANSWERED, "path": "/", "project_id": None, "secret_key": None, "user": None},
    refused_by_api=[BOTH_COMPRESSIONS],
)
