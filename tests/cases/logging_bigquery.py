"""BigQuery logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES
from .pem import KEY, OTHER_KEY

CASE = Case(
    kind="logging_bigquery",
    collection="logging/bigquery",
    minimal={
        "format": '{"status": %>s}',
        "project_id": "project",
        "dataset": "logs",
        "table": "requests",
        "account_name": "logs",
    },
    full={
        **FULL,
        "project_id": "project",
        "dataset": "logs",
        "table": "requests",
        "template_suffix": "%Y%m%d",
        "account_name": "logs",
        "user": "logs@project.iam.gserviceaccount.com",
        "secret_key": KEY,
    },
    changed={
        **CHANGED,
        "project_id": "other-project",
        "dataset": "more_logs",
        "table": "more_requests",
        "template_suffix": "%Y%m",
        "account_name": "other-logs",
        "user": "other@project.iam.gserviceaccount.com",
        "secret_key": OTHER_KEY,
    },
    refused=[
        ({"account_name": None}, "account_name: account_name is missing: set it, or user and secret_key"),
        ({"user": "logs@project.iam.gserviceaccount.com"}, "secret_key: secret_key is missing: user needs it"),
        ({"secret_key": KEY}, "user: user is missing: secret_key needs it"),
        ({"table": ""}, "table: table is empty"),
    ],
    documented=f"{DOCUMENTED} project_id dataset table template_suffix account_name user secret_key",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**ANSWERED, "secret_key": None, "template_suffix": None, "user": None},
)
