"""Syslog logging."""

from .case import Case
from .log_fields import TLS_ANSWERED, TLS_CHANGED, TLS_DOCUMENTED, TLS_FULL, WIRES
from .pem import KEY

CASE = Case(
    kind="logging_syslog",
    collection="logging/syslog",
    minimal={"address": "logs.example.com"},
    full={
        **TLS_FULL,
        "address": "logs.example.com",
        "port": 6514,
        "use_tls": True,
        "token": "verysecret",
        "message_type": "blank",
    },
    changed={**TLS_CHANGED, "address": "192.0.2.7", "port": 2222, "token": "othersecret", "message_type": "logplex"},
    refused=[
        ({"address": "logs.example.com:514"}, "address: must be without a port"),
        ({"port": 0}, "port: port must be at least 1"),
        ({"tls_client_key": KEY}, "tls_client_cert: tls_client_cert is missing: tls_client_key needs it"),
        ({"tls_ca_cert": "abc"}, "tls_ca_cert: must be PEM"),
    ],
    documented=f"{TLS_DOCUMENTED} address port use_tls token message_type hostname ipv4 public_key",
    left_out={"hostname": "set by `address`", "ipv4": "set by `address`", "public_key": "always null"},
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={
        **TLS_ANSWERED,
        "hostname": "logs.example.com",
        "ipv4": None,
        "message_type": "classic",
        "port": "514",
        "public_key": None,
        "token": None,
        "use_tls": "0",
    },
)
