"""Apache Kafka logging."""

from .case import Case
from .log_fields import TLS_ANSWERED, TLS_CHANGED, TLS_DOCUMENTED, TLS_FULL, WIRES
from .pem import KEY

CASE = Case(
    kind="logging_kafka",
    collection="logging/kafka",
    minimal={"topic": "logs", "brokers": "192.0.2.1:9092"},
    full={
        **TLS_FULL,
        "topic": "logs",
        "brokers": "192.0.2.1:9092",
        "required_acks": -1,
        "compression_codec": "lz4",
        "request_max_bytes": 1000,
        "parse_log_keyvals": True,
        "use_tls": True,
        "auth_method": "plain",
        "user": "logs",
        "password": "verysecret",
    },
    changed={
        **TLS_CHANGED,
        "topic": "more-logs",
        "brokers": "192.0.2.1:9092,192.0.2.2:9092",
        "compression_codec": "gzip",
        "request_max_bytes": 2000,
        "auth_method": "scram-sha-512",
        "user": "other",
        "password": "othersecret",
    },
    refused=[
        ({"auth_method": "plain", "user": "logs"}, "password: password is missing: auth_method needs it"),
        ({"auth_method": "plain", "password": "a"}, "user: user is missing: auth_method needs it"),
        ({"required_acks": 2}, "required_acks: required_acks must be 1, 0 or -1"),
        ({"compression_codec": "zstd"}, "compression_codec: must be 'gzip'"),
        ({"tls_client_key": KEY}, "tls_client_cert: tls_client_cert is missing: tls_client_key needs it"),
        ({"tls_ca_cert": "abc"}, "tls_ca_cert: must be PEM"),
    ],
    documented=(
        f"{TLS_DOCUMENTED} topic brokers required_acks compression_codec request_max_bytes "
        "parse_log_keyvals use_tls auth_method user password"
    ),
    wires=WIRES,
    typed=frozenset({"request_max_bytes"}),
    class_name="syslog",
    duplicate="logging_syslog",
    answered={
        **TLS_ANSWERED,
        "auth_method": None,
        "compression_codec": None,
        "parse_log_keyvals": "0",
        "password": None,
        "request_max_bytes": 0,
        "required_acks": "1",
        "use_tls": "0",
        "user": None,
    },
)
