"""HTTPS logging."""

from .case import Case
from .log_fields import BOTH_COMPRESSIONS, TLS_ANSWERED, TLS_CHANGED, TLS_DOCUMENTED, TLS_FULL, WIRES
from .pem import KEY

CASE = Case(
    kind="logging_https",
    collection="logging/https",
    minimal={"url": "https://logs.example.com/in"},
    full={
        **TLS_FULL,
        "url": "https://logs.example.com/in",
        "method": "PUT",
        "content_type": "text/plain",
        "header_name": "Authorization",
        "header_value": "verysecret",
        "json_format": "1",
        "message_type": "blank",
        "period": 10,
        "request_max_entries": 100,
        "request_max_bytes": 1000,
        "gzip_level": 8,
    },
    changed={
        **TLS_CHANGED,
        "url": "https://other.example.com/in",
        "method": "POST",
        "content_type": "application/json",
        "header_name": "X-Token",
        "header_value": "othersecret",
        "json_format": "2",
        "message_type": "logplex",
        "period": 20,
        "request_max_entries": 200,
        "request_max_bytes": 2000,
        "compression_codec": "zstd",
    },
    refused=[
        ({"url": "http://logs.example.com"}, "url: must be a URL that begins with https://"),
        ({"header_name": "X-Token"}, "header_value: header_value is missing: header_name needs it"),
        ({"header_value": "a"}, "header_name: header_name is missing: header_value needs it"),
        ({"gzip_level": 1, "compression_codec": "gzip"}, "gzip_level: gzip_level and compression_codec cannot be"),
        ({"tls_client_key": KEY}, "tls_client_cert: tls_client_cert is missing: tls_client_key needs it"),
        ({"tls_ca_cert": "abc"}, "tls_ca_cert: must be PEM"),
    ],
    documented=(
        f"{TLS_DOCUMENTED} url method content_type header_name header_value json_format message_type "
        "period request_max_entries request_max_bytes gzip_level compression_codec "
        "add_batch_size_header"
    ),
    left_out={"add_batch_size_header": "not in Fastly's reference"},
    wires=WIRES,
    typed=frozenset({"gzip_level", "period", "request_max_bytes", "request_max_entries"}),
    class_name="syslog",
    duplicate="logging_syslog",
    answered={
        **TLS_ANSWERED,
        "add_batch_size_header": False,
        "compression_codec": None,
        "content_type": None,
        "gzip_level": 0,
        "header_name": None,
        "header_value": None,
        "json_format": "0",
        "message_type": "classic",
        "method": "POST",
        "period": 5,
        "request_max_bytes": 0,
        "request_max_entries": 0,
    },
    refused_by_api=[BOTH_COMPRESSIONS],
)
