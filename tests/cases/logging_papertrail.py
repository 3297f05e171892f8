"""Papertrail logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES

CASE = Case(
    kind="logging_papertrail",
    collection="logging/papertrail",
    minimal={"address": "logs.example.com"},
    full={**FULL, "address": "logs.example.com", "port": 6514},
    changed={**CHANGED, "address": "192.0.2.7", "port": 2222},
    refused=[
        ({"address": "logs.example.com:514"}, "address: must be without a port"),
        ({"port": 65536}, "port: port must be at most 65535"),
    ],
    documented=f"{DOCUMENTED} address port public_key",
    left_out={"public_key": "always null"},
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**ANSWERED, "port": "514", "public_key": None},
)
