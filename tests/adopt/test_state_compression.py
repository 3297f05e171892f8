"""How a state says that a logging endpoint compresses."""

from typing import Any

import pytest
from fastly_adopt.planning import plan_of
from fastly_adopt.program_plan import Literal
from fastly_adopt.state_content import content_of

from .small_states import service
from .test_states import silent

ENDPOINTS: dict[str, dict[str, str]] = {
    "blobstorage": {"account_name": "account", "container": "c", "sas_token": "sig=x&se=2099-01-01T00:00:00Z"},
    "cloudfiles": {"user": "u", "access_key": "k", "bucket_name": "b"},
    "digitalocean": {"bucket_name": "b", "access_key": "k", "secret_key": "s"},
    "ftp": {"address": "ftp.example.com", "user": "u", "password": "p", "path": "/"},
    "gcs": {"bucket_name": "b", "account_name": "account"},
    "https": {"url": "https://logs.example.com"},
    "openstack": {"url": "https://logs.example.com", "user": "u", "access_key": "k", "bucket_name": "b"},
    "s3": {"bucket_name": "b", "s3_access_key": "a", "s3_secret_key": "s"},
    "sftp": {"address": "sftp.example.com", "user": "u", "password": "p", "ssh_known_hosts": "h", "path": "/"},
}
"""What is required of each endpoint that compresses."""


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize(
    ("attributes", "declared"),
    [
        ({"gzip_level": -1, "compression_codec": ""}, {}),  # -1 is not set
        ({"gzip_level": -1, "compression_codec": "zstd"}, {"compression_codec": "zstd"}),
        ({"gzip_level": 0, "compression_codec": ""}, {}),
        ({"gzip_level": 3, "compression_codec": ""}, {"gzip_level": 3}),
        ({"compression": ""}, {}),  # newer providers have one attribute for both
        ({"compression": "none"}, {}),
        ({"compression": "gzip-0"}, {"compression_codec": "gzip"}),
        ({"compression": "gzip-1"}, {"gzip_level": 1}),
        ({"compression": "gzip-9"}, {"gzip_level": 9}),
        ({"compression": "zstd"}, {"compression_codec": "zstd"}),
        ({"compression": "snappy"}, {"compression_codec": "snappy"}),
        ({"compression": "gzip-5", "gzip_level": -1, "compression_codec": ""}, {"gzip_level": 5}),
    ],
)
def test_compression(endpoint: str, attributes: dict[str, Any], declared: dict[str, Any]) -> None:
    block = {"name": "logs", "format": "%h", **ENDPOINTS[endpoint], **attributes}
    plan = plan_of(content_of([service(domain=[], **{f"logging_{endpoint}": [block]})], None, progress=silent))
    assert plan.left_alone == ()
    arguments = plan.declarations[0].arguments
    properties = ("gzip_level", "compression_codec")
    assert {name: arguments[name] for name in properties if name in arguments} == {
        name: Literal(value) for name, value in declared.items()
    }


def test_an_unknown_compression_is_listed() -> None:
    block = {"name": "logs", "format": "%h", **ENDPOINTS["https"], "compression": "brotli"}
    plan = plan_of(content_of([service(logging_https=[block])], None, progress=silent))
    assert plan.left_alone == ("compression of LoggingHttps 'logs': this package does not manage it",)
