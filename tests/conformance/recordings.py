"""Recordings of the real API (2020-2026), from the tests of Fastly's Go client (Apache-2.0).

Private values are replaced.
One request and its answer a line. Rows of one `lifecycle` belong together, in the order of `lifecycle_order`; some rows
of a lifecycle are not published.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[1] / "data"
RECORDED = DATA / "recorded.jsonl", DATA / "recorded-more.jsonl"


@cache
def recorded_rows() -> tuple[dict[str, Any], ...]:
    """Read the recordings."""
    rows = tuple(json.loads(line) for file in RECORDED for line in file.read_text(encoding="utf-8").splitlines())
    for row in rows:
        if row["path"] == "/service" and row["method"] == "GET":
            row["response_body"] = list(_untangled(row["response_body"]))
        if (row["method"], row["path"]) == ("GET", "/tokens"):
            # The token that asks was made last there; on the emulator it is the first one.
            tokens = list(_told_apart(row["response_body"]))
            row["response_body"] = tokens[-1:] + tokens[:-1]
        if (row["method"], row["path"]) == ("GET", "/automation-tokens"):
            row["response_body"]["data"] = list(_told_apart(row["response_body"]["data"]))
    return rows


def _told_apart(tokens: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Tell tokens and services apart whose private ids were all replaced by the same one."""
    for number, token in enumerate(tokens):
        # The one of the recorded test is deleted in a later row.
        own = token["id"] if token["name"] == "my-test-token" else f"TOKENPLACEHOLDER{number:06}"
        services = [f"SERVICEPLACEHOLDER{number:04}" for _ in token["services"] or ()]
        yield token | {
            "id": own,
            "services": None if token["services"] is None else services,
            "service_id": services[0] if services else None,
        }


def _untangled(services: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Tell two services apart whose private ids were replaced by the same one."""
    seen: set[str] = set()
    for service in services:
        identifier = service["id"]
        if identifier in seen:
            other = identifier[::-1]
            versions = [version | {"service_id": other} for version in service["versions"]]
            yield service | {"id": other, "versions": versions}
        else:
            yield service
        seen.add(identifier)


def account_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all services of the account, newest first, from all pages."""
    services: dict[str, dict[str, Any]] = {}
    pages = [each for each in recorded_rows() if each["path"] == "/service" and each["method"] == "GET"]
    for each in sorted(pages, key=lambda each: int(each["query"]["page"])):
        if each["query"]["per_page"] == row["query"]["per_page"]:
            services |= {service["id"]: service for service in each["response_body"]}
    return list(services.values())
