"""New Relic logging."""

from .case import Case
from .log_fields import CHANGED, DOCUMENTED, FULL, WIRES, json_answered

CASE = Case(
    kind="logging_newrelic",
    collection="logging/newrelic",
    minimal={"token": "verysecret"},
    full={**FULL, "token": "verysecret", "region": "EU"},
    changed={**CHANGED, "token": "othersecret", "region": "US"},
    refused=[({"region": "AP"}, "region: must be 'US' or 'EU'")],
    documented=f"{DOCUMENTED} token region",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**json_answered("logging_newrelic"), "region": "US"},
    refused_by_api=[({"name": "y", "region": "AP"}, "unrecognized region AP")],
)
