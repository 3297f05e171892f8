"""Datadog logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES

CASE = Case(
    kind="logging_datadog",
    collection="logging/datadog",
    minimal={"token": "verysecret"},
    full={**FULL, "token": "verysecret", "region": "EU"},
    changed={**CHANGED, "token": "othersecret", "region": "US3"},
    refused=[({"region": "MARS"}, "region: should be 'US'"), ({"token": ""}, "token: token")],
    documented=f"{DOCUMENTED} token region",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**ANSWERED, "region": "US"},
)
