"""Grafana Cloud Logs logging."""

from .case import Case
from .log_fields import ANSWERED, CHANGED, DOCUMENTED, FULL, WIRES

CASE = Case(
    kind="logging_grafanacloudlogs",
    collection="logging/grafanacloudlogs",
    minimal={
        "format": '{"status": %>s}',
        "url": "https://logs.example.com",
        "user": "123456",
        "token": "verysecret",
        "index": '{"env": "prod"}',
    },
    full={
        **FULL,
        "url": "https://logs.example.com",
        "user": "123456",
        "token": "verysecret",
        "index": '{"env": "prod"}',
        "message_type": "blank",
    },
    changed={
        **CHANGED,
        "url": "https://other.example.com",
        "user": "654321",
        "token": "othersecret",
        "index": '{"env": "test"}',
        "message_type": "logplex",
    },
    refused=[
        ({"url": "logs.example.com"}, "url: must be a URL that begins with https:// or http://"),
        ({"index": ""}, "index: index is empty"),
    ],
    documented=f"{DOCUMENTED} url user token index message_type",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**ANSWERED, "message_type": "classic"},
)
