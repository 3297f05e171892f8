"""Logentries logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES

CASE = Case(
    kind="logging_logentries",
    collection="logging/logentries",
    minimal={"token": "verysecret"},
    full={**FULL, "token": "verysecret", "port": 6514, "use_tls": False, "region": "EU"},
    changed={**CHANGED, "token": "othersecret", "port": 2222, "region": "CA"},
    refused=[({"region": "MARS"}, "region: must be 'US'")],
    documented=f"{DOCUMENTED} token port use_tls region hostname public_key",
    left_out={"hostname": "always null", "public_key": "always null"},
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**ANSWERED, "hostname": None, "port": "20000", "public_key": None, "region": None, "use_tls": "1"},
)
