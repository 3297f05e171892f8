"""Rules of logging endpoints."""

from typing import Any

import pytest
from fastly_policies.logging_format import LOGGING_FORMAT, fault_of
from fastly_policies.logging_rules import LOGGING_SECRETS, LOGGING_TLS
from fastly_policies.resource import SCHEMAS
from pulumi_fastly_dynamic.kinds.log_formats import COMMON

from .seen import UNKNOWN, seen, told

KEYS = {"access_key": "hidden", "secret_key": "hidden"}
USER = {"user": "logs@example.com", "secret_key": "hidden"}

STATIC_KEYS: list[tuple[str, dict[str, Any], str]] = [
    ("LoggingS3", KEYS, "set iam_role, and remove access_key and secret_key"),
    ("LoggingS3", {**KEYS, "domain": "s3.eu-west-1.amazonaws.com"}, "set iam_role"),
    ("LoggingS3", {**KEYS, "domain": "S3.cn-north-1.AMAZONAWS.com.cn"}, "set iam_role"),
    ("LoggingKinesis", KEYS, "set iam_role"),
    ("LoggingGcs", USER, "set account_name, and remove user and secret_key"),
    ("LoggingBigquery", USER, "set account_name"),
    ("LoggingGooglepubsub", {**USER, "account_name": "both"}, "set account_name"),
]
ROLES: list[tuple[str, dict[str, Any]]] = [
    ("LoggingS3", {"iam_role": "arn:aws:iam::123456789012:role/x"}),
    ("LoggingS3", {**KEYS, "domain": "storage.example.com"}),
    ("LoggingS3", {**KEYS, "domain": "amazonaws.com.example.com"}),
    ("LoggingS3", {**KEYS, "secret_key": UNKNOWN}),
    ("LoggingS3", {**KEYS, "domain": UNKNOWN}),
    ("LoggingGcs", {"account_name": "logs"}),
    # These take no role.
    ("LoggingDigitalocean", KEYS),
    ("LoggingOpenstack", KEYS),
]


@pytest.mark.parametrize(("kind", "props", "text"), STATIC_KEYS)
def test_static_keys(kind: str, props: dict[str, Any], text: str):
    (said,) = told(LOGGING_SECRETS, seen(kind, "logs", **props))
    assert said.startswith(f"{kind} 'logs': secret_key (secret): Fastly can ")
    assert text in said
    assert "hidden" not in said


@pytest.mark.parametrize(("kind", "props"), ROLES)
def test_roles(kind: str, props: dict[str, Any]):
    assert told(LOGGING_SECRETS, seen(kind, **props)) == []


def test_static_keys_are_judged_wherever_a_role_would_do():
    """A kind that learns a role is judged without a change here."""
    names = {label: {f.name for f in schema.fields} for label, schema in SCHEMAS.items()}
    assert {
        label for label in names if names[label] & {"iam_role", "account_name"} and "secret_key" in names[label]
    } == set(LOGGING_SECRETS.kinds)
    assert len(LOGGING_SECRETS.kinds) == 5


PLAIN: list[tuple[str, dict[str, Any], str]] = [
    ("LoggingSyslog", {}, "use_tls is False; set use_tls=True, and port to the server's TLS port"),
    ("LoggingSyslog", {"use_tls": False}, "use_tls is False"),
    ("LoggingLogentries", {}, "use_tls is False"),
    ("LoggingKafka", {"use_tls": False}, "use_tls is False; set use_tls=True"),
    ("LoggingFtp", {"password": "hidden"}, "FTP sends lines and its password unencrypted"),
    *(
        (f"Logging{kind}", {"url": "http://hidden.example.com/hidden"}, "it begins with http://; use https://")
        for kind in (
            "Https",
            "Elasticsearch",
            "Splunk",
            "Heroku",
            "Logshuttle",
            "Openstack",
            "Sumologic",
            "Grafanacloudlogs",
            "Newrelicotlp",
        )
    ),
]
ENCRYPTED: list[tuple[str, dict[str, Any]]] = [
    ("LoggingSyslog", {"use_tls": True}),
    ("LoggingSyslog", {"use_tls": UNKNOWN}),
    ("LoggingKafka", {"use_tls": True}),
    ("LoggingSplunk", {"url": "https://splunk.example.com", "use_tls": False}),
    ("LoggingHttps", {"url": "https://example.com/http://"}),
    ("LoggingHttps", {"url": UNKNOWN}),
    ("LoggingNewrelicotlp", {}),
    ("LoggingSftp", {"password": "hidden"}),
    ("LoggingS3", {"domain": "s3.amazonaws.com"}),
    ("LoggingPapertrail", {"address": "logs.example.com"}),
]


@pytest.mark.parametrize(("kind", "props", "text"), PLAIN)
def test_unencrypted_endpoints(kind: str, props: dict[str, Any], text: str):
    (said,) = told(LOGGING_TLS, seen(kind, "logs", **props))
    assert said.startswith(f"{kind} 'logs': ")
    assert text in said
    assert "hidden" not in said


@pytest.mark.parametrize(("kind", "props"), ENCRYPTED)
def test_encrypted_endpoints(kind: str, props: dict[str, Any]):
    assert told(LOGGING_TLS, seen(kind, **props)) == []


JSON = [
    "{}",
    '{"url": "%{json.escape(req.url)}V", "elapsed": %{time.elapsed.msec}V}',
    '{\n  "timestamp": "%{strftime(\\{"%Y-%m-%dT%H:%M:%S%z"\\}, time.start)}V",\n  "host": "%{Host}i"\n}\n',
    '{"timestamp": "%{strftime({"%Y-%m-%dT%H:%M:%S%z"}, time.start)}V"}',
    '{"tls": %{if(req.is_ssl, "true", "false")}V, "ip": "%h", "when": "%{begin:%Y-%m-%dT%H:%M:%S}t"}',
    r'{"tls": "%{if(req.is_ssl, \"yes\", \"no\")}V", "request": "%r", "bytes": %B, "status": %>s}',
    '{"quoted": %{json.escape(server.identity)}V, "list": [%{a}V, %{b}V], "deep": {"a": [1, {"b": null}]}}',
    '{"time": %{time.start.sec}V.%{time.start.msec_frac}V, "code": 1%{a}V, "two": %{a}V%{b}V}',
    '{"a": 1%{if(b, ",%22b%22: 2", "")}V}',
    '{"a": 1 %{if(b, "x", "")}V, "c": [1 %{d}V]}',
    '{%{key}V: 1, "b": 2}',
    "{%{pairs}V}",
    '{"a": 1, %{pairs}V}',
    '{%{pairs_with_comma}V "a": 1}',
    '{"level": "100%", "percent": "%%", "user": "%400,501{User-agent}i", "first": "%<s"}',
    '{"index": {}}\n{"a": 1}',
    '{"event": 1}{"event": 2}\\n',
    '{"tab": "a\tb\nc"}',
    '  {"a": "%{regsub(req.url, "}", "")}V"}',
]
NOT_JSON = [
    ('{"a": 1,}', 1, 9),
    ('{"a": 1', 1, 8),
    ('{"a": "b}', 1, 7),
    ('{\n  "a": "%h"\n  "b": 1\n}', 3, 3),
    ('{"url": "%{json.escape(req.url)}V" "status": %>s}', 1, 36),
    ('{"ip": %h}', 1, 8),
    ('{"a": "%{a}V", "b": nothing}', 1, 21),
    ("{a: 1}", 1, 2),
    ("{'a': 1}", 1, 2),
    ('{"a": "%{aaa}V \\d"}', 1, 16),
    ('{"a": 1}} %{b}V', 1, 9),
    ('{"a" "%{b}V"}', 1, 6),
    ('{"a": %{b}V', 1, 12),
]


@pytest.mark.parametrize("text", JSON)
def test_formats_that_are_json(text: str):
    assert fault_of(text) is None
    assert told(LOGGING_FORMAT, seen("LoggingS3", format=text)) == []


@pytest.mark.parametrize(("text", "line", "column"), NOT_JSON)
def test_formats_that_should_be_json(text: str, line: int, column: int):
    (said,) = told(LOGGING_FORMAT, seen("LoggingBigquery", "logs", format=text))
    assert said.startswith("LoggingBigquery 'logs': format: lines are not JSON: ")
    assert said.endswith(f" at line {line}, column {column}")


@pytest.mark.parametrize(
    ("props", "reported"),
    [
        ({}, False),
        ({"json_format": "0"}, False),
        ({"json_format": "1"}, True),
        ({"json_format": "2"}, True),
        ({"content_type": "application/json"}, True),
        ({"content_type": "application/x-NDJSON; charset=utf-8"}, True),
        ({"content_type": "text/plain"}, False),
        ({"json_format": "2", "format": "%{req.http.log-line}V"}, False),
        ({"json_format": "2", "format": UNKNOWN}, False),
    ],
)
def test_endpoints_that_say_that_they_send_json(props: dict[str, Any], *, reported: bool):
    assert bool(told(LOGGING_FORMAT, seen("LoggingHttps", **{"format": COMMON, **props}))) is reported


@pytest.mark.parametrize("text", ["%{" * 20_000, '"' * 100_000, "{" * 100_000, "%" * 100_000, '{"a":' * 20_000])
def test_long_formats_are_read_in_time(text: str):
    told(LOGGING_FORMAT, seen("LoggingS3", format="{" + text))


def test_formats_of_all_endpoints_are_judged():
    endpoints = {label for label, schema in SCHEMAS.items() if schema.kind.startswith("logging_")}
    assert set(LOGGING_FORMAT.kinds) == endpoints
    assert len(endpoints) > 20
