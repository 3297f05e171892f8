"""Sumo Logic logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES

CASE = Case(
    kind="logging_sumologic",
    collection="logging/sumologic",
    minimal={"url": "https://logs.example.com/in"},
    full={**FULL, "url": "https://logs.example.com/in", "message_type": "blank"},
    changed={**CHANGED, "url": "https://other.example.com/in", "message_type": "logplex"},
    refused=[
        ({"url": "logs.example.com"}, "url: must be a URL that begins with https:// or http://"),
        ({"message_type": "json"}, "message_type: must be 'classic'"),
    ],
    documented=f"{DOCUMENTED} url message_type",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**ANSWERED, "message_type": "classic"},
)
