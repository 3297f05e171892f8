"""Log Shuttle logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES

CASE = Case(
    kind="logging_logshuttle",
    collection="logging/logshuttle",
    minimal={"url": "https://logs.example.com"},
    full={**FULL, "url": "https://logs.example.com", "token": "verysecret"},
    changed={**CHANGED, "url": "https://other.example.com", "token": "othersecret"},
    refused=[({"url": "logs.example.com"}, "url: must be a URL that begins with https:// or http://")],
    documented=f"{DOCUMENTED} url token",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**ANSWERED, "token": None},
)
