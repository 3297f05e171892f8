"""Honeycomb logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES

CASE = Case(
    kind="logging_honeycomb",
    collection="logging/honeycomb",
    minimal={"format": '{"status": %>s}', "dataset": "logs", "token": "verysecret"},
    full={**FULL, "dataset": "logs", "token": "verysecret"},
    changed={**CHANGED, "dataset": "more-logs", "token": "othersecret"},
    refused=[({"dataset": ""}, "dataset: dataset is empty")],
    documented=f"{DOCUMENTED} dataset token",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered=ANSWERED,
)
