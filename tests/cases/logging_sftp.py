"""SFTP logging."""

from .case import Case
from .log_fields import BOTH_COMPRESSIONS, FILE_ANSWERED, FILE_CHANGED, FILE_DOCUMENTED, FILE_FULL, WIRES
from .pem import KEY, OTHER_KEY

CASE = Case(
    kind="logging_sftp",
    collection="logging/sftp",
    minimal={
        "address": "logs.example.com",
        "user": "logs",
        "password": "verysecret",
        "ssh_known_hosts": "logs.example.com ssh-ed25519 AAAA",
    },
    full={
        **FILE_FULL,
        "address": "logs.example.com",
        "port": 6514,
        "user": "logs",
        "password": "verysecret",
        "secret_key": KEY,
        "ssh_known_hosts": "logs.example.com ssh-ed25519 AAAA",
    },
    changed={
        **FILE_CHANGED,
        "address": "192.0.2.7",
        "port": 2222,
        "user": "other",
        "password": "othersecret",
        "secret_key": OTHER_KEY,
        "ssh_known_hosts": "192.0.2.7 ssh-ed25519 BBBB",
    },
    refused=[
        ({"password": None}, "password: password is missing: set it, or secret_key"),
        ({"address": "sftp://logs.example.com"}, "address: must be a host name or IP address"),
        ({"gzip_level": 1, "compression_codec": "gzip"}, "gzip_level: gzip_level and compression_codec cannot be"),
    ],
    documented=f"{FILE_DOCUMENTED} address port user password secret_key ssh_known_hosts",
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**FILE_ANSWERED, "port": "22", "secret_key": None},
    refused_by_api=[BOTH_COMPRESSIONS],
)
