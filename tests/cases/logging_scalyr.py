"""Scalyr logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES

CASE = Case(
    kind="logging_scalyr",
    collection="logging/scalyr",
    minimal={"token": "verysecret"},
    full={**FULL, "token": "verysecret", "region": "EU", "project_id": "cdn"},
    changed={**CHANGED, "token": "othersecret", "region": "US", "project_id": "other"},
    refused=[({"region": "AP"}, "region: must be 'US' or 'EU'")],
    documented=f"{DOCUMENTED} token region project_id",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**ANSWERED, "project_id": "logplex", "region": "US"},
)
