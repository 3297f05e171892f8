"""Compares the emulator's answers with recorded ones.

Ids are mapped, times and the customer are compared by type, everything else by value and type. Fields that the API got
after a recording was made may be in the emulator's answer only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

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

_TIMES = {"created_at", "updated_at", "last_updated", "last_used_at", "expiry_time"}
_BY_TYPE_ONLY = _TIMES | {"customer_id", "user_id", "creator_id", "digest"}
_IDS = {"id", "service_id", "acl_id", "dictionary_id", "snippet_id"}
_PAIRED_BY = ("item_key", "ip", "number", "name")


def mapped(text: str, ids: dict[str, str]) -> str:
    """Put the emulator's ids and address into a text."""
    text = text.replace("https://api.fastly.com", "http://emulator")
    return re.sub(r"[0-9A-Za-z]{20,22}", lambda match: ids.get(match.group(), match.group()), text)


def _without_newer_fields(diff: str) -> str:
    lines = diff.splitlines(keepends=True)
    return "".join(line for line in lines if line[1:].strip(" -\n").partition(":")[0] not in _LINES_OF_NEWER_FIELDS)


class Comparison:
    """Compares an answer with the recorded one."""

    def __init__(self, ids: dict[str, str], uncompared: set[str]) -> None:
        self.ids = ids
        self.uncompared = uncompared
        self.differences: list[str] = []

    def compare(self, where: str, recorded: Any, answered: Any) -> None:
        """Compare two values, and what is in them."""
        name = where.rpartition(".")[2]
        if name in self.uncompared or where in self.uncompared:
            return
        if name == "diff":
            recorded, answered = mapped(recorded, self.ids), _without_newer_fields(answered)
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
            name not in _BY_TYPE_ONLY
            and (mapped(recorded, self.ids) if isinstance(recorded, str) else recorded) != answered
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
            value = mapped(recorded.get(name, ""), {})
            if value != answer.headers.get(name, ""):
                self._differ(name, value, answer.headers.get(name, ""))

    def _differ(self, where: str, recorded: object, answered: object) -> None:
        self.differences.append(f"{where}: {answered!r}, recorded {recorded!r}")
