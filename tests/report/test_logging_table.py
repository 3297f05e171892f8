"""The table of logging endpoints, and short lists."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.schema import KINDS

from .previews import report, report_of, stepped, text_of

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "TOP-SECRET-9"}
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
COLUMNS = "| Change | Logging endpoint | Destination | Format | Placement | Condition | Other properties |"


def row(resource: str, op: str, **new: Any) -> str:
    """The row of an endpoint after another step."""
    found = report_of(stepped("logging.jsonl", resource, op, new))
    assert COLUMNS in found
    (line,) = [
        line for line in found.splitlines() if line.startswith("|") and f" `{resource.split('::')[1]}` |" in line
    ]
    return line


ROWS = [
    ("LoggingS3::files", "update", {"bucket": "other"}, "| `www-logs` → `other` | see the diff |"),
    ("LoggingS3::files", "update", {"bucket": UNKNOWN}, "| `www-logs` → known after apply | see the diff |"),
    ("LoggingS3::files", "update", {"bucket": SECRET}, "| a secret | see the diff |"),
    ("LoggingS3::files", "update", {"format": SECRET}, "| `www-logs` | a secret, which changes |  |"),
    ("LoggingS3::files", "update", {"period": 60}, "`period`: `3600` → `60`"),
    ("LoggingS3::files", "delete", {}, "- removed | LoggingS3 `files` | `www-logs` | see the diff |  |  |"),
    ("LoggingS3::files", "create", {"format": "%h"}, "+ added | LoggingS3 `files` | `www-logs` | `%h` |  | `errors` |"),
    ("LoggingHttps::collector", "update", {"placement": None}, "| unchanged |  |  |  |"),
    (
        "LoggingHttps::collector",
        "create",
        {},
        "added | LoggingHttps `collector` | `https://b.example.com/` | default |",
    ),
    ("LoggingBigquery::table", "create", {"table": SECRET}, "`dataset`: `logs`<br>`table`: a secret |"),
]


@pytest.mark.parametrize(("resource", "op", "new", "text"), ROWS)
def test_rows_of_endpoints(resource: str, op: str, new: dict[str, Any], text: str):
    line = row(resource, op, **new)
    assert text in line
    assert "TOP-SECRET" not in line


def test_a_secret_url_is_no_destination():
    assert "TOP-SECRET" not in report("logging.jsonl")
    assert "`url`: a secret" in row("LoggingSumologic::sumo", "create")


def test_a_report_without_endpoints_has_no_table_of_them():
    assert COLUMNS not in report("several-kinds.jsonl")


@pytest.mark.parametrize("label", sorted(s.label for s in KINDS.values() if s.collection.startswith("logging/")))
def test_every_kind_of_endpoint_has_a_row(label: str):
    """The table goes by the schema: an endpoint of another kind has the same columns."""
    found = report_of(text_of("logging.jsonl").replace("LoggingDatadog", label))
    (line,) = [line for line in found.splitlines() if f"{label} `gone` |" in line]
    assert line.count(" | ") >= COLUMNS.count(" | ")
    assert "TOP-SECRET" not in line


LISTS = [
    (["origin", "spare"], "`backends`: adds `spare`"),
    ([], "`backends`: removes `origin`"),
    (["spare"], "`backends`: removes `origin`; adds `spare`"),
    (["a" * 120], "`backends`: see the diff"),
    (["origin", UNKNOWN], "`backends`: see the diff"),
    (UNKNOWN, "`backends`: see the diff"),
]


@pytest.mark.parametrize(("backends", "text"), LISTS)
def test_short_lists_say_what_they_gain_and_lose(backends: Any, text: str):
    before = {"old": {"inputs": {"name": "more", "backends": ["origin"]}}}
    found = report_of(stepped("logging.jsonl", "Director::more", "update", {"backends": backends}, **before))
    (line,) = [line for line in found.splitlines() if "Director `more` |" in line]
    assert text in line


def test_long_texts_of_new_kinds_are_diffs():
    found = report("logging.jsonl")
    assert "ResponseObject `blocked`: `content`\n\n```diff\n@@ -1,2 +1,2 @@\n" in found
    assert "Vcl `main`: `content`\n\n```diff\n@@ -1,7 +1,7 @@\n" in found
    assert "Gzip `text`: `content_types`\n\n```diff\n-application/javascript\n" in found
