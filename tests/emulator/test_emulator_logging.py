"""Logging endpoints: what they refuse, how their fields depend on each other, and where they are not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Api

ROLE = "arn:aws:iam::123456789012:role/logs"
KEYS = {"access_key": "A", "secret_key": "S"}

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"gzip_level": "8", "compression_codec": "zstd"}, "'compression_codec' and 'gzip_level' cannot be set"),
    ({"iam_role": ROLE, "access_key": "A"}, "'iam_role' can't be used when 'access_key' or 'secret_key' are provided"),
    ({"iam_role": ROLE, "secret_key": "S"}, "'iam_role' can't be used when 'access_key' or 'secret_key' are provided"),
    ({"iam_role": "logs"}, "invalid IAM Role ARN logs: "),
    ({"response_condition": "none"}, "Condition 'none' does not exist"),
    ({"response_condition": "request"}, "Condition 'request' is not a response condition"),
    ({"compression_codec": "brotli"}, "Compression_codec must be one of: gzip, snappy, zstd"),
    ({"log_processing_region": "mars"}, "Log_processing_region must be one of: eu, none, us"),
    ({"period": "often"}, "'often' is not a number: period"),
]


@pytest.mark.parametrize(("form", "detail"), REFUSED)
def test_refused(api: Api, form: dict[str, Any], detail: str) -> None:
    api.post("v/condition", name="request", type="REQUEST", statement="true")
    status, body = api.refused("POST", "v/logging/s3", name="x", **form)
    assert (status, body["msg"]) == (400, "Bad request")
    assert body["detail"].startswith(detail)
    made = api.post("v/logging/s3", name="x")
    assert api.refused("PUT", "v/logging/s3/x", **form) == (status, body)
    assert api.refused("PUT", "v/logging/s3/x", json=form) == (status, body)
    assert api.get("v/logging/s3") == [made]


def test_a_form_and_json_are_the_same(api: Api) -> None:
    api.post("v/logging/s3", name="form", period="1")
    api.post("v/logging/s3", name="json", period="1")
    changes = {"period": 60, "file_max_bytes": 1048576, "format_version": 1, "bucket_name": "logs"}
    by_form = api.put("v/logging/s3/form", **{name: str(value) for name, value in changes.items()})
    by_json = api.ok("PUT", "v/logging/s3/json", json=changes)
    assert by_form | {"name": "json"} == by_json
    shown = {name: by_json[name] for name in changes}
    assert shown == {"period": "60", "file_max_bytes": 1048576, "format_version": "1", "bucket_name": "logs"}


def test_one_compression_replaces_the_other(api: Api) -> None:
    api.post("v/logging/s3", name="x", gzip_level="8")
    changed = api.put("v/logging/s3/x", compression_codec="zstd")
    assert (changed["gzip_level"], changed["compression_codec"]) == ("0", "zstd")
    changed = api.put("v/logging/s3/x", gzip_level="3")
    assert (changed["gzip_level"], changed["compression_codec"]) == ("3", None)


def test_a_role_replaces_keys_that_are_cleared(api: Api) -> None:
    api.post("v/logging/s3", name="x", **KEYS)
    assert api.refused("PUT", "v/logging/s3/x", iam_role=ROLE)[0] == 400
    assert api.put("v/logging/s3/x", iam_role=ROLE, access_key="", secret_key="")["iam_role"] == ROLE


def test_neither_details_nor_diff_shows_them(api: Api) -> None:
    before = api.get("s/details")["version"]
    api.put("v/clone")
    api.post(f"/service/{api.service}/version/2/logging/s3", name="loud", **KEYS)
    assert api.get("s/details")["version"].keys() == before.keys()
    assert "loud" not in str(api.get("s/details"))
    assert "loud" not in api.get("s/diff/from/1/to/2")["diff"]


def test_few_numbers_are_numbers(api: Api) -> None:
    made = api.post("v/logging/https", name="x", gzip_level="8", json_format="2")
    shown = [made[name] for name in ("gzip_level", "period", "json_format", "format_version", "version")]
    assert shown == [8, 5, "2", "2", "1"]
    changed = api.put("v/logging/https/x", compression_codec="zstd")
    assert (changed["gzip_level"], changed["compression_codec"]) == (0, "zstd")
    for kind in ("https", "splunk", "elasticsearch"):
        made = api.post(f"v/logging/{kind}", name="y", request_max_bytes="1000", request_max_entries="1")
        assert (made["request_max_bytes"], made["request_max_entries"]) == (1000, 1)


@pytest.mark.parametrize(("kind", "kept"), [("bigquery", "key"), ("pubsub", "key"), ("gcs", "key\n")])
def test_the_newline_at_the_end_of_a_key(api: Api, kind: str, kept: str) -> None:
    assert api.post(f"v/logging/{kind}", name="x", secret_key="key\n")["secret_key"] == kept
    assert api.post(f"v/logging/{kind}", name="y")["secret_key"] is None


@pytest.mark.parametrize("kind", ["newrelic", "newrelicotlp", "logentries"])
def test_regions_in_lower_case(api: Api, kind: str) -> None:
    assert api.post(f"v/logging/{kind}", name="x", region="us")["region"] == "us"
    assert api.refused("POST", f"v/logging/{kind}", name="y", region="mars")[0] == 400


@pytest.mark.parametrize(
    ("address", "hostname", "ipv4"),
    [("logs.example.com", "logs.example.com", None), ("192.0.2.7", None, "192.0.2.7")],
)
@pytest.mark.parametrize("kind", ["ftp", "syslog"])
def test_an_address_sets_host_name_or_ipv4(api: Api, kind: str, address: str, hostname: str, ipv4: str) -> None:
    made = api.post(f"v/logging/{kind}", name="x", address=address)
    assert (made["hostname"], made["ipv4"]) == (hostname, ipv4)


def test_a_name_with_a_slash(api: Api) -> None:
    made = api.post("v/logging/s3", name="a/b")
    assert api.get("v/logging/s3/a%2Fb") == made


@pytest.mark.parametrize("path", ["v/logging", "v/logging/nowhere", "v/logging/nowhere/x", "v/logging/s3/x/y"])
def test_other_paths_below_logging(api: Api, path: str) -> None:
    status, body = api.refused("GET", path)
    assert (status, body["msg"]) == (404, "Record not found")
    assert body["detail"].startswith("Cannot find '")


def test_a_list_that_is_stale(api: Api) -> None:
    api.post("v/logging/s3", name="x")
    api.control("POST", "faults", {"stale": True, "method": "GET", "path": api.path("v/logging/s3")})
    assert api.get("v/logging/s3") == []
    assert [each["name"] for each in api.get("v/logging/s3")] == ["x"]


def test_keys_are_not_in_the_log(api: Api) -> None:
    api.post("v/logging/s3", name="x", **KEYS)
    (form,) = (entry["form"] for entry in api.control("GET", "log") if entry["path"].endswith("/s3"))
    assert form == {"name": "x", "access_key": "[secret]", "secret_key": "[secret]"}


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        *(("azureblob", "sas_token"), ("datadog", "token"), ("ftp", "password"), ("https", "header_value")),
        *(("https", "tls_client_key"), ("sumologic", "url")),
    ],
)
def test_other_secrets_are_neither_in_the_log_nor_in_events(api: Api, kind: str, field: str) -> None:
    api.post(f"v/logging/{kind}", name="x", **{field: "verysecret"})
    api.put(f"v/logging/{kind}/x", **{field: "verysecret-2"})
    assert "verysecret" not in str(api.control("GET", "log"))
    assert "verysecret" not in str(api.get("/events"))
