"""Elasticsearch logging."""

from .case import Case
from .log_fields import TLS_ANSWERED, TLS_CHANGED, TLS_DOCUMENTED, TLS_FULL, WIRES
from .pem import KEY

CASE = Case(
    kind="logging_elasticsearch",
    collection="logging/elasticsearch",
    minimal={"format": '{"status": %>s}', "index": "logs", "url": "https://logs.example.com"},
    full={
        **TLS_FULL,
        "index": "logs",
        "url": "https://logs.example.com",
        "pipeline": "geo",
        "user": "logs",
        "password": "verysecret",
        "request_max_entries": 100,
        "request_max_bytes": 1000,
    },
    changed={
        **TLS_CHANGED,
        "index": "logs-#{%F}",
        "url": "https://other.example.com",
        "pipeline": "dates",
        "user": "other",
        "password": "othersecret",
        "request_max_entries": 200,
        "request_max_bytes": 2000,
    },
    refused=[
        ({"url": "http://logs.example.com"}, "url: must be a URL that begins with https://"),
        ({"user": "logs"}, "password: password is missing: user needs it"),
        ({"tls_client_key": KEY}, "tls_client_cert: tls_client_cert is missing: tls_client_key needs it"),
        ({"tls_ca_cert": "abc"}, "tls_ca_cert: must be PEM"),
    ],
    documented=f"{TLS_DOCUMENTED} index url pipeline user password request_max_entries request_max_bytes",
    wires=WIRES,
    typed=frozenset({"request_max_bytes", "request_max_entries"}),
    class_name="syslog",
    duplicate="logging_syslog",
    answered={
        **TLS_ANSWERED,
        "password": None,
        "pipeline": None,
        "request_max_bytes": 0,
        "request_max_entries": 0,
        "user": None,
    },
)
