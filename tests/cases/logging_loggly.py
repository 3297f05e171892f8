"""Loggly logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES

CASE = Case(
    kind="logging_loggly",
    collection="logging/loggly",
    minimal={"token": "verysecret"},
    full={**FULL, "token": "verysecret"},
    changed={**CHANGED, "token": "othersecret"},
    refused=[({"token": ""}, "token: token is empty")],
    documented=f"{DOCUMENTED} token public_key",
    left_out={"public_key": "always null"},
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**ANSWERED, "public_key": None},
)
