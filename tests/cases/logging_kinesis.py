"""Amazon Kinesis logging."""

from .case import Case
from .log_fields import CHANGED, DOCUMENTED, FULL, WIRES, json_answered

CASE = Case(
    kind="logging_kinesis",
    collection="logging/kinesis",
    minimal={"topic": "logs", "iam_role": "arn:aws:iam::123456789012:role/logs"},
    full={**FULL, "topic": "logs", "region": "eu-west-1", "access_key": "AKIAEXAMPLE", "secret_key": "verysecret"},
    changed={
        **CHANGED,
        "topic": "more-logs",
        "region": "us-west-2",
        "access_key": "AKIAOTHER",
        "secret_key": "othersecret",
    },
    refused=[
        ({"iam_role": None}, "iam_role: iam_role is missing: set it, or access_key and secret_key"),
        ({"iam_role": "logs"}, "iam_role: must be an ARN such as"),
        (
            {"access_key": "A", "secret_key": "S"},
            "iam_role: iam_role cannot be combined with access_key and secret_key",
        ),
    ],
    documented=f"{DOCUMENTED} topic region iam_role access_key secret_key",
    wires=WIRES,
    defaults={"region": "us-east-1"},
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**json_answered("logging_kinesis"), "access_key": None, "region": None, "secret_key": None},
    refused_by_api=[
        (
            {"name": "y", "iam_role": "arn:aws:iam::123456789012:role/logs", "access_key": "A"},
            "'iam_role' can't be used when 'access_key' or 'secret_key' are provided",
        ),
        ({"name": "y", "iam_role": "logs"}, "invalid IAM Role ARN logs: "),
    ],
)
