"""Replays recordings of the real API on the emulator and compares the answers; as a command it prints the outcome.

Rows of one lifecycle share their service, version and ids. What an earlier row that is not published would have made is
made here first (`arranger.py`).
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
from fastly_emulator import Emulator, create_app
from fastly_emulator.api_error import ApiError
from fastly_emulator.routes import Routes
from fastly_emulator.testing import InProcessTransport

from .account_arranger import AccountArranger
from .arranger import Arranger
from .comparison import Comparison, mapped
from .recordings import recorded_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

_A_DELETE_LAGGED = "sent before an earlier delete had taken effect; the emulator deletes at once"
SKIPPED = {("services", 7): _A_DELETE_LAGGED, ("services", 8): _A_DELETE_LAGGED}
"""Rows that are not replayed, with the reason. Those of paths that the emulator does not answer are skipped too."""

UNCOMPARED = {
    ("tls_subscription/compute", 2): {"msg": "a warning about a host name; the emulator asks no name server"},
    ("events", 0): {
        **dict.fromkeys(("record_count", "total_pages", "last"), "197,261 events were recorded"),
        "next": "names the host",
        "ip": "belongs to the account that was recorded",
        "token_id": "newer than the recording",
    },
    ("users", 1): dict.fromkeys(("last_active_at", "login", "name"), "belongs to the account that was recorded"),
    ("automation_tokens", 1): dict.fromkeys(("ip", "user_agent"), "belongs to the program that was recorded"),
    ("tokens", 0): {
        **dict.fromkeys(("name", "ip", "user_agent"), "belongs to the account that was recorded"),
        **dict.fromkeys(("[0].services", "[0].service_id"), "the emulator's own key is for all services"),
        "[1].sudo_expires_at": "of a session of the web interface, which the emulator does not have",
    },
    ("tokens", 4): {"access_token": "a secret"},
    ("datacenters", 0): dict.fromkeys(
        ("region", "stats_region", "billing_region"), "required by Fastly's Python client, newer than the recording"
    ),
    ("tokens", 2): dict.fromkeys(
        ("name", "ip", "user_agent", "service_id", "services", "id", "created_at"),
        "belongs to the account that was recorded",
    ),
    ("purges", 1): dict.fromkeys(("foo", "bar", "baz"), "the id of the purge of this key"),
}
"""Fields that are not compared in a row, with the reason."""

ROUTES = Routes()


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


def replay(rows: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Replay every lifecycle on an emulator of its own."""
    lifecycles = defaultdict(list)
    for row in rows:
        lifecycles[row["lifecycle"]].append(row)
    outcomes = []
    for lifecycle in lifecycles.values():
        lifecycle.sort(key=lambda row: row["lifecycle_order"])
        outcomes += Lifecycle().replay(lifecycle)
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
    lines = [f"{'group':<24}{'agreed':>8}{'differing':>11}{'skipped':>9}"]
    lines += [
        f"{group:<24}{agreed:>8}{differing:>11}{skipped:>9}"
        for group, (agreed, differing, skipped) in sorted(counts.items())
    ]
    totals = [sum(count[column] for count in counts.values()) for column in range(3)]
    lines.append(f"{'all':<24}{totals[0]:>8}{totals[1]:>11}{totals[2]:>9}")
    return "\n".join([*lines, *notes])


class Lifecycle:
    """One emulator, and what the recording's ids are on it."""

    def __init__(self) -> None:
        transport = InProcessTransport(create_app(Emulator(clock=lambda: self.now or time.time())))
        self.client = httpx.Client(transport=transport, base_url="http://emulator", headers={"Fastly-Key": "key"})
        self.ids: dict[str, str] = {}
        self.now = 0.0
        """When the row was recorded, if its answer depends on that."""

    def replay(self, rows: list[dict[str, Any]]) -> list[Outcome]:
        return [self._replay_row(row) for row in rows]

    def _replay_row(self, row: dict[str, Any]) -> Outcome:
        key = (row["lifecycle"], row["lifecycle_order"])
        reason = SKIPPED.get(key, "" if _is_answered(row) else "the emulator does not answer this path")
        if reason:
            return Outcome(row, skipped=reason)
        self.now = _recorded_at(row)
        Arranger(self.ids, self.send, row).arrange()
        AccountArranger(self.ids, self.send, row).arrange()
        # The recording does not have the request's headers. Fastly's client for Go sends the keys in one.
        headers = {"Surrogate-Key": " ".join(row["response_body"])} if row["path"].endswith("/purge") else {}
        answer = self.send(
            row["method"], row["path"], row["query"], row["request_form"], row["request_body"], headers=headers
        )
        outcome = Outcome(row)
        if answer.status_code != row["status"]:
            outcome.differences.append(f"status {answer.status_code} {answer.text}, recorded {row['status']}")
            return outcome
        comparison = Comparison(self.ids, set(UNCOMPARED.get(key, ())))
        if answer.content or row["response_body"]:
            comparison.compare("", row["response_body"], answer.json())
        comparison.compare_headers(row, answer)
        outcome.differences = comparison.differences
        return outcome

    def send(
        self,
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        form: dict[str, Any] | None = None,
        body: str | None = None,
        *,
        key: str = "key",
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Send a recorded request with the emulator's ids in it. Only purges have headers of their own."""
        path = "/".join(self.ids.get(segment, segment) for segment in path.split("/"))
        headers = {"Fastly-Key": key, **(headers or {})}
        if form:
            return self.client.request(method, path, params=query or None, data=form, headers=headers)
        if body:
            headers["Content-Type"] = "application/json"
            content = mapped(body, self.ids)
            return self.client.request(method, path, params=query or None, content=content, headers=headers)
        return self.client.request(method, path, params=query or None, headers=headers)


def _recorded_at(row: dict[str, Any]) -> float:
    """The time that the answer names as now; 0 if it names none."""
    if row["group"] != "stats":
        return 0.0
    return (
        datetime.strptime(row["response_body"]["meta"]["to"], "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC).timestamp()
    )


def _is_answered(row: dict[str, Any]) -> bool:
    try:
        ROUTES.find(row["method"], row["path"])
    except ApiError:
        return False
    return True


def main() -> int:
    """Print what became of the rows of each group."""
    outcomes = replay(recorded_rows())
    print(table(outcomes))
    return int(any(outcome.differences for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
