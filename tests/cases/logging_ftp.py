"""FTP logging."""

from .case import Case
from .log_fields import BOTH_COMPRESSIONS, FILE_ANSWERED, FILE_CHANGED, FILE_DOCUMENTED, FILE_FULL, WIRES

CASE = Case(
    kind="logging_ftp",
    collection="logging/ftp",
    minimal={"address": "logs.example.com", "user": "logs", "password": "verysecret"},
    full={**FILE_FULL, "address": "logs.example.com", "port": 6514, "user": "logs", "password": "verysecret"},
    changed={**FILE_CHANGED, "address": "192.0.2.7", "port": 2222, "user": "other", "password": "othersecret"},
    refused=[
        ({"port": 0}, "port: port must be at least 1"),
        ({"gzip_level": 1, "compression_codec": "gzip"}, "gzip_level: gzip_level and compression_codec cannot be"),
    ],
    documented=f"{FILE_DOCUMENTED} address port user password hostname ipv4",
    left_out={"hostname": "set by `address`", "ipv4": "set by `address`"},
    wires=WIRES,
    class_name="syslog",
    duplicate="logging_syslog",
    answered={**FILE_ANSWERED, "hostname": "logs.example.com", "ipv4": None, "port": "21"},
    refused_by_api=[BOTH_COMPRESSIONS],
)
