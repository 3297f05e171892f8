"""Replays recordings of the real API on the emulator and compares the answers.

Rows of one lifecycle share their service, version and ids. What an earlier row that is not published would have made is
made here first (`_Arranger`). Ids are mapped, times and the customer are compared by type, everything else by value and
type. Fields that the API got after a recording was made may be in the emulator's answer only.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import httpx
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
RECORDED = HERE.parent / "data" / "recorded.jsonl", HERE / "recorded-more.jsonl"

NEWER_FIELDS = {
    "environments": "2025",
    "headers": "2025",
    "prefer_ipv6": "2025",
    "share_key": "2023",
    "keepalive_time": "2023",
    "tcp_keepalive_enable": "2024",
    "tcp_keepalive_interval": "2024",
    "tcp_keepalive_probes": "2024",
    "tcp_keepalive_time": "2024",
    "max_use": "2026",
    "max_lifetime": "2026",
    "fetch_timeout": "not recorded",
}
"""Fields by the year of the first recording that has them: no recording with any of these is without an older one."""

_LINES_OF_NEWER_FIELDS = {"prefer_ipv6", "max_use", "max_lifetime"}
"""Those that a diff shows."""

_NEEDED = {"snippet": {"type": "recv"}, "backend": {"address": "example.com"}}
"""What an object cannot be made without, beside its name."""

_TIMES = {"created_at", "updated_at", "last_updated", "last_used_at"}
_BY_TYPE_ONLY = _TIMES | {"customer_id", "user_id", "digest"}
_IDS = {"id", "service_id", "acl_id", "dictionary_id", "snippet_id"}
_PAIRED_BY = ("item_key", "ip", "number", "name")

_A_DELETE_LAGGED = "sent before an earlier delete had taken effect; the emulator deletes at once"
SKIPPED = {("services", 7): _A_DELETE_LAGGED, ("services", 8): _A_DELETE_LAGGED}
"""Rows that are not replayed, with the reason."""

UNCOMPARED = {
    ("tls_subscription/compute", 2): {"msg": "a warning about a host name; the emulator asks no name server"},
    ("users", 1): dict.fromkeys(("last_active_at", "login", "name"), "belongs to the account that was recorded"),
    ("tokens", 2): dict.fromkeys(
        ("name", "ip", "user_agent", "service_id", "services", "id", "created_at"),
        "belongs to the account that was recorded",
    ),
}
"""Fields that are not compared in a row, with the reason."""


@dataclass
class Outcome:
    """What became of a row."""

    row: dict[str, Any]
    differences: list[str] = field(default_factory=list)
    skipped: str = ""

    @property
    def title(self) -> str:
        """Name the row."""
        row = self.row
        return f"{row['lifecycle']} {row['lifecycle_order']}: {row['method']} {row['path']}"


def recorded_rows() -> list[dict[str, Any]]:
    """Read the recordings."""
    rows: list[dict[str, Any]] = [json.loads(line) for file in RECORDED for line in _lines(file)]
    for row in rows:
        if row["path"] == "/service" and row["method"] == "GET":
            row["response_body"] = list(_untangled(row["response_body"]))
    return rows


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


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


def replay(rows: list[dict[str, Any]]) -> list[Outcome]:
    """Replay every lifecycle on an emulator of its own."""
    lifecycles = defaultdict(list)
    for row in rows:
        lifecycles[row["lifecycle"]].append(row)
    outcomes = []
    for lifecycle in lifecycles.values():
        lifecycle.sort(key=lambda row: row["lifecycle_order"])
        outcomes += _Lifecycle().replay(lifecycle)
    return outcomes


def table(outcomes: list[Outcome]) -> str:
    """Tell agreed, differing and skipped rows of each group."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    notes = []
    for outcome in outcomes:
        column = 2 if outcome.skipped else 1 if outcome.differences else 0
        counts[outcome.row["group"]][column] += 1
        if outcome.skipped:
            notes.append(f"skipped    {outcome.title}: {outcome.skipped}")
        notes += [f"differing  {outcome.title}: {difference}" for difference in outcome.differences]
        uncompared = UNCOMPARED.get((outcome.row["lifecycle"], outcome.row["lifecycle_order"]), {})
        notes += [f"uncompared {outcome.title}: {name}: {reason}" for name, reason in uncompared.items()]
    lines = [f"{'group':<20}{'agreed':>8}{'differing':>11}{'skipped':>9}"]
    lines += [
        f"{group:<20}{agreed:>8}{differing:>11}{skipped:>9}"
        for group, (agreed, differing, skipped) in sorted(counts.items())
    ]
    totals = [sum(count[column] for count in counts.values()) for column in range(3)]
    lines.append(f"{'all':<20}{totals[0]:>8}{totals[1]:>11}{totals[2]:>9}")
    return "\n".join([*lines, *notes])


class _Lifecycle:
    """One emulator, and what the recording's ids are on it."""

    def __init__(self) -> None:
        transport = InProcessTransport(create_app(Emulator()))
        self.client = httpx.Client(transport=transport, base_url="http://emulator", headers={"Fastly-Key": "key"})
        self.ids: dict[str, str] = {}

    def replay(self, rows: list[dict[str, Any]]) -> list[Outcome]:
        return [self._replay_row(row) for row in rows]

    def _replay_row(self, row: dict[str, Any]) -> Outcome:
        key = (row["lifecycle"], row["lifecycle_order"])
        if key in SKIPPED:
            return Outcome(row, skipped=SKIPPED[key])
        _Arranger(self, row).arrange()
        answer = self.send(row["method"], row["path"], row["query"], row["request_form"], row["request_body"])
        outcome = Outcome(row)
        if answer.status_code != row["status"]:
            outcome.differences.append(f"status {answer.status_code} {answer.text}, recorded {row['status']}")
            return outcome
        comparison = _Comparison(self, set(UNCOMPARED.get(key, ())))
        comparison.compare("", row["response_body"], answer.json())
        comparison.compare_headers(row, answer)
        outcome.differences = comparison.differences
        return outcome

    def send(
        self,
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        form: dict[str, str] | None = None,
        body: str | None = None,
    ) -> httpx.Response:
        """Send a recorded request with the emulator's ids in it."""
        path = "/".join(self.ids.get(segment, segment) for segment in path.split("/"))
        if form:
            return self.client.request(method, path, params=query or None, data=form)
        if body:
            headers = {"Content-Type": "application/json"}
            return self.client.request(method, path, params=query or None, content=self.mapped(body), headers=headers)
        return self.client.request(method, path, params=query or None)

    def mapped(self, text: str) -> str:
        """Put the emulator's ids into a text."""
        return re.sub(r"[0-9A-Za-z]{20,22}", lambda match: self.ids.get(match.group(), match.group()), text)


class _Arranger:
    """Makes what a row needs and no published row of its lifecycle has made."""

    def __init__(self, lifecycle: _Lifecycle, row: dict[str, Any]) -> None:
        self.lifecycle = lifecycle
        self.row = row
        # The kind of a logging endpoint is two segments of the path.
        self.segments = row["path"].replace("/logging/", "/logging%2F").split("/")[1:]

    def arrange(self) -> None:
        if self.segments == ["service"] and self.row["method"] == "GET":
            self._account()
        if len(self.segments) < 2 or self.segments[0] != "service":
            return
        self._service()
        if self.segments[2:3] == ["version"]:
            self._versions()
        if len(self.segments) > 4 and self.segments[2] == "version":
            self._object()

    def _send(self, method: str, path: str, form: dict[str, str] | None = None) -> Any:
        answer = self.lifecycle.send(method, path, form=form)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    def _account(self) -> None:
        """Make the services of the account; a later page of the same recording has the older ones."""
        for recorded in reversed(_account_of(self.row)):
            if recorded["id"] in self.lifecycle.ids:
                continue
            form = {"name": recorded["name"], "comment": recorded["comment"], "type": recorded["type"]}
            self.lifecycle.ids[recorded["id"]] = self._send("POST", "/service", form)["id"]
            self._states(recorded["id"], recorded["versions"])

    def _service(self) -> None:
        recorded = self.segments[1]
        if recorded not in self.lifecycle.ids:
            kind = "wasm" if "compute" in self.row["lifecycle"] else "vcl"
            form = {"name": f"service of {self.row['lifecycle']}", "type": kind}
            self.lifecycle.ids[recorded] = self._send("POST", "/service", form)["id"]

    def _versions(self) -> None:
        """Make versions up to the recorded number, so that numbers need no mapping."""
        if len(self.segments) == 3:
            if self.row["method"] == "GET":
                self._states(self.segments[1], self.row["response_body"])
                return
            wanted = self.row["response_body"]["number"] - 1
        else:
            wanted = int(self.segments[3])
        self._up_to(self.segments[1], wanted)

    def _up_to(self, service: str, number: int) -> None:
        present = len(self._send("GET", f"/service/{service}/version"))
        for _ in range(present, number):
            self._send("POST", f"/service/{service}/version")

    def _states(self, service: str, versions: list[dict[str, Any]]) -> None:
        self._up_to(service, versions[-1]["number"])
        for recorded in versions:
            path = f"/service/{service}/version/{recorded['number']}"
            if recorded["comment"]:
                self._send("PUT", path, {"comment": recorded["comment"]})
            if recorded["locked"]:
                self._send("PUT", f"{path}/lock")
            if recorded["active"]:
                self._send("PUT", f"{path}/activate")

    def _object(self) -> None:
        """Make or remove a named object, as the status of the row tells; what is listed or linked is there."""
        collection = "/" + "/".join(self.segments[:5]).replace("%2F", "/")
        if self.row["status"] == httpx.codes.OK and self.row["method"] == "GET" and len(self.segments) == 5:
            for recorded in self.row["response_body"] if isinstance(self.row["response_body"], list) else []:
                self._make(collection, recorded["name"])
        if self.row["method"] == "POST" and len(self.segments) == 8:
            below = "/" + "/".join(self.segments[:4])
            self._make(f"{below}/director", self.segments[5])
            self._make(f"{below}/backend", self.segments[7])
        if self.row["method"] not in ("GET", "PUT", "DELETE") or len(self.segments) != 6:
            return
        name = unquote(self.segments[5])
        if self.row["status"] == httpx.codes.OK:
            self._make(collection, name)
        elif self.row["status"] == httpx.codes.NOT_FOUND and self._has(collection, name):
            self._send("DELETE", f"{collection}/{quote(name, safe='')}")

    def _make(self, collection: str, name: str) -> None:
        if not self._has(collection, name):
            needed = _NEEDED.get(collection.rpartition("/")[2], {})
            self._send("POST", collection, {"name": name, **needed})

    def _has(self, collection: str, name: str) -> bool:
        return any(each["name"] == name for each in self.lifecycle.send("GET", collection).json())


def _without_newer_fields(diff: str) -> str:
    lines = diff.splitlines(keepends=True)
    return "".join(line for line in lines if line[1:].strip(" -\n").partition(":")[0] not in _LINES_OF_NEWER_FIELDS)


def _account_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all services of the account, newest first, from all pages."""
    services: dict[str, dict[str, Any]] = {}
    pages = [each for each in recorded_rows() if each["path"] == "/service" and each["method"] == "GET"]
    for each in sorted(pages, key=lambda each: int(each["query"]["page"])):
        if each["query"]["per_page"] == row["query"]["per_page"]:
            services |= {service["id"]: service for service in each["response_body"]}
    return list(services.values())


class _Comparison:
    """Compares an answer with the recorded one."""

    def __init__(self, lifecycle: _Lifecycle, uncompared: set[str]) -> None:
        self.ids = lifecycle.ids
        self.mapped = lifecycle.mapped
        self.uncompared = uncompared
        self.differences: list[str] = []

    def compare(self, where: str, recorded: Any, answered: Any) -> None:
        """Compare two values, and what is in them."""
        name = where.rpartition(".")[2]
        if name in self.uncompared:
            return
        if name == "diff":
            recorded, answered = self.mapped(recorded), _without_newer_fields(answered)
        if type(recorded) is not type(answered):
            self._differ(where, recorded, answered)
        elif isinstance(recorded, dict):
            self._compare_members(where, recorded, answered)
        elif isinstance(recorded, list):
            self._compare_items(where, recorded, answered)
        elif name in _IDS and isinstance(recorded, str):
            if self.ids.setdefault(recorded, answered) != answered:
                self._differ(where, recorded, answered)
        elif (
            name not in _BY_TYPE_ONLY and (self.mapped(recorded) if isinstance(recorded, str) else recorded) != answered
        ):
            self._differ(where, recorded, answered)

    def _compare_members(self, where: str, recorded: dict[str, Any], answered: dict[str, Any]) -> None:
        for name in sorted(recorded.keys() | answered.keys()):
            if name not in answered:
                self.differences.append(f"{where}.{name}: missing")
            elif name in recorded:
                self.compare(f"{where}.{name}", recorded[name], answered[name])
            elif name not in NEWER_FIELDS and name not in self.uncompared:
                self.differences.append(f"{where}.{name}: not recorded")

    def _compare_items(self, where: str, recorded: list[Any], answered: list[Any]) -> None:
        if len(recorded) != len(answered):
            self.differences.append(f"{where}: {len(answered)} items, recorded {len(recorded)}")
            return
        key = next(
            (key for key in _PAIRED_BY if recorded and isinstance(recorded[0], dict) and key in recorded[0]), None
        )
        # Entries of one second come in the order of their ids, which differ here. Services come in a known order.
        if key is not None and not (recorded and "customer_id" in recorded[0]):
            recorded = sorted(recorded, key=lambda item: item[key])
            answered = sorted(answered, key=lambda item: item[key])
        for index, (one, other) in enumerate(zip(recorded, answered, strict=True)):
            self.compare(f"{where}[{index}]", one, other)

    def compare_headers(self, row: dict[str, Any], answer: httpx.Response) -> None:
        """Compare the content type, the presence of the rate limit, and the links."""
        recorded = {name.lower(): value for name, value in row["response_headers"].items()}
        for name in ("fastly-ratelimit-remaining", "fastly-ratelimit-reset"):
            if (name in recorded) != (name in answer.headers):
                self._differ(name, recorded.get(name), answer.headers.get(name))
        for name in ("content-type", "link"):
            value = recorded.get(name, "").replace("https://api.fastly.com", "http://emulator")
            if value != answer.headers.get(name, ""):
                self._differ(name, value, answer.headers.get(name, ""))

    def _differ(self, where: str, recorded: object, answered: object) -> None:
        self.differences.append(f"{where}: {answered!r}, recorded {recorded!r}")
