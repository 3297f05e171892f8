"""Datadog logging."""

from .case import Case
from .log_fields import CHANGED, DOCUMENTED, FULL, WIRES, json_answered

CASE = Case(
    kind="logging_datadog",
    collection="logging/datadog",
    minimal={"token": "verysecret"},
    full={**FULL, "token": "verysecret", "region": "EU"},
    changed={**CHANGED, "token": "othersecret", "region": "US3"},
    refused=[({"region": "MARS"}, "region: must be 'US'"), ({"token": ""}, "token: token is empty")],
    documented=f"{DOCUMENTED} token region",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**json_answered("logging_datadog"), "region": "US"},
)
