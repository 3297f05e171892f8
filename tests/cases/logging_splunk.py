"""Splunk logging."""

from .case import Case
from .log_fields import TLS_ANSWERED, TLS_CHANGED, TLS_DOCUMENTED, TLS_FULL, WIRES
from .pem import KEY

CASE = Case(
    kind="logging_splunk",
    collection="logging/splunk",
    minimal={"url": "https://logs.example.com/services/collector", "token": "verysecret"},
    full={
        **TLS_FULL,
        "url": "https://logs.example.com/services/collector",
        "token": "verysecret",
        "use_tls": True,
        "request_max_entries": 100,
        "request_max_bytes": 1000,
    },
    changed={
        **TLS_CHANGED,
        "url": "https://other.example.com/services/collector",
        "token": "othersecret",
        "request_max_entries": 200,
        "request_max_bytes": 2000,
    },
    refused=[
        ({"url": "logs.example.com"}, "url: must be a URL that begins with https:// or http://"),
        ({"tls_client_key": KEY}, "tls_client_cert: tls_client_cert is missing: tls_client_key needs it"),
        ({"tls_ca_cert": "abc"}, "tls_ca_cert: must be PEM"),
    ],
    documented=f"{TLS_DOCUMENTED} url token use_tls request_max_entries request_max_bytes",
    wires=WIRES,
    typed=frozenset({"request_max_bytes", "request_max_entries"}),
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**TLS_ANSWERED, "request_max_bytes": 0, "request_max_entries": 0, "use_tls": "0"},
)
