"""What can go wrong with a request, if a test asks for it."""

import re
from dataclasses import dataclass
from typing import Any

from .past import list_of

_STATUSES = range(400, 600)
_LONGEST_MS = 24 * 60 * 60 * 1000
_STORES = frozenset({"POST", "PUT", "PATCH"})
_EFFECTS = ("status", "delay_ms", "drop", "store", "stale")


@dataclass(slots=True)
class Fault:
    """Something that goes wrong with the next requests of a kind."""

    method: str = "*"
    path: str = "*"
    times: int = 1
    """How many matching requests it hits."""
    skip: int = 0
    """How many matching requests it lets pass first."""
    status: int | None = None
    """Answer this instead of doing anything."""
    delay_ms: float | None = None
    """Do it, answer late."""
    drop: str | None = None
    """Close the connection: ``before`` anything is done, or ``after`` it."""
    store: dict[str, Any] | None = None
    """Store these fields instead of what was sent. Hits writes alone."""
    stale: bool | None = None
    """Answer a list as it was before the last write to it. Hits reads of lists of objects, items and entries alone."""

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is of the kind; ``*`` matches anything."""
        if self.store is not None and method not in _STORES:
            return False
        if self.stale and (method != "GET" or list_of(path) != path):
            return False
        return self.method in ("*", method) and re.fullmatch(_pattern(self.path), path) is not None

    def shown(self) -> dict[str, Any]:
        """It as the control endpoint lists it."""
        named = {"method": self.method, "path": self.path, "times": self.times, "skip": self.skip}
        effects = {name: getattr(self, name) for name in _EFFECTS}
        return named | {name: value for name, value in effects.items() if value is not None}


_PATTERNS: dict[str, str] = {}


def _pattern(path: str) -> str:
    pattern = _PATTERNS.get(path)
    if pattern is None:
        pattern = _PATTERNS[path] = ".*".join(re.escape(part) for part in path.split("*"))
    return pattern


def read_fault(value: dict[str, Any]) -> Fault:
    """The fault that a JSON object describes; a ValueError says what is wrong with it."""
    unknown = set(value) - set(Fault.__dataclass_fields__)
    times, skip, status, delay = (value.get(name) for name in ("times", "skip", "status", "delay_ms"))
    store = value.get("store")
    checks = {
        f"unknown: {', '.join(sorted(unknown))}": not unknown,
        f"there must be exactly one of {', '.join(_EFFECTS)}": sum(value.get(name) is not None for name in _EFFECTS)
        == 1,
        'drop must be "before" or "after"': value.get("drop") in (None, "before", "after"),
        "status must be that of an error, from 400 to 599": status is None
        or (_is_count(status) and status in _STATUSES),
        f"delay_ms must be a number from 0 to {_LONGEST_MS}": delay is None or _is_number(delay, _LONGEST_MS),
        "store must be an object with fields": store is None or (isinstance(store, dict) and bool(store)),
        "stale must be true": value.get("stale") in (None, True),
        "times must be a whole number, 1 or more": "times" not in value or (_is_count(times) and bool(times)),
        "skip must be a whole number, 0 or more": "skip" not in value or _is_count(skip),
        "method and path must be strings": all(isinstance(value.get(name, "*"), str) for name in ("method", "path")),
    }
    for message, holds in checks.items():
        if not holds:
            raise ValueError(message)
    fault = Fault(**value)
    fault.method = fault.method.upper()
    return fault


def _is_number(value: object, most: float) -> bool:
    return isinstance(value, int | float) and 0 <= value <= most


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
