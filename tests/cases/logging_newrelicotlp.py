"""New Relic OTLP logging."""

from .case import Case
from .log_fields import CHANGED, DOCUMENTED, FULL, WIRES, json_answered

CASE = Case(
    kind="logging_newrelicotlp",
    collection="logging/newrelicotlp",
    minimal={"token": "verysecret"},
    full={**FULL, "token": "verysecret", "region": "EU", "url": "https://logs.example.com"},
    changed={**CHANGED, "token": "othersecret", "region": "US", "url": "https://other.example.com"},
    refused=[({"region": "AP"}, "region: must be 'US' or 'EU'")],
    documented=f"{DOCUMENTED} token region url",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**json_answered("logging_newrelicotlp"), "region": None, "url": None},
    refused_by_api=[({"name": "y", "region": "AP"}, "unrecognized region AP")],
)
