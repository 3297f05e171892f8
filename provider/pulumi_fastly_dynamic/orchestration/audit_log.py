"""Who did what a refusal is about, in the words of Fastly's audit log.

The log is read once, with one GET, when a refusal is worded, and so are the names of tokens: events have ids alone. If
the log cannot be read, or does not say, nothing is added: most keys may not read it, and it may be late.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..api import path
from ..api.events import version_of_event
from . import marker as markers
from .owner import Owner
from .shared import OnceCache, SharedState

SECONDS = 10.0
"""How long a refusal waits for the log. It was seen to take two."""
_MOST_EVENTS = 100
_LONGEST_NAME = 60
_DONE = {"create": "created", "update": "changed", "delete": "deleted"}
_ID = re.compile(r"[0-9A-Za-z]{1,40}")


@dataclass(frozen=True)
class _Event:
    """An event; a field that has another type than documented is as good as missing."""

    kind: str
    verb: str
    about: int | None
    description: str
    metadata: Mapping[str, Any]
    is_fastlys: bool
    user_id: str
    token_id: str
    customer_id: str
    time: str

    @classmethod
    def parse(cls, row: Any) -> "_Event":
        attributes = _mapping(_mapping(row).get("attributes"))
        kind, _, verb = str(attributes.get("event_type")).rpartition(".")
        metadata, description = _mapping(attributes.get("metadata")), str(attributes.get("description"))
        return cls(
            kind,
            verb,
            version_of_event(metadata, description),
            description,
            metadata,
            attributes.get("admin") is True,
            _id(attributes.get("user_id")),
            _id(attributes.get("token_id")),
            _id(attributes.get("customer_id")),
            _time(attributes.get("created_at")),
        )

    def is_of_object(self, collection: str, name: str) -> bool:
        """Whether it is about that object of its version."""
        kind = "logging" if collection.startswith("logging/") else collection
        if self.kind not in {kind, f"{kind}_backend"} or self.verb not in _DONE:
            return False
        names = [_mapping(self.metadata.get(key)).get("name") for key in ("old", "new")]
        return name in names or f"'{name}'" in self.description


class AuditLog:
    """The audit log of one service, seen by one owner of drafts."""

    def __init__(self, shared: SharedState, service_id: str, owner: Owner) -> None:
        self._shared = shared
        self._service_id = service_id
        self._owner = owner
        self._told: OnceCache[Any, str] = OnceCache()

    def activation(self, active: int | None, before: int | None = None, *, may_be_ours: bool = False) -> str:
        """Who activated the version that serves; where none does, who deactivated the one before.

        ``may_be_ours``: what this stack's own key did is left out.
        """

        def tell() -> str:
            verb, number = ("activate", active) if active is not None else ("deactivate", before)
            # The newest one alone: an older one may be this stack's own, while the log is late.
            events = self._read() if may_be_ours else self._read(f"version.{verb}", 1)
            last = next((each for each in events if (each.kind, each.verb) == ("version", verb)), None)
            if last is None or last.about != number or (may_be_ours and not self._is_foreign(last, events)):
                return ""
            return self._sentence(f"version {number} was {verb}d", last)

        return self._told.get_or_make((active, before, may_be_ours), tell)

    def change(self, number: int, objects: Mapping[tuple[str, str], str], *, may_be_ours: bool) -> str:
        """Who last changed one of the objects in a version. They are given by list and name, with their texts."""

        def tell() -> str:
            events = self._read()
            for event in events:
                found = [text for key, text in objects.items() if event.about == number and event.is_of_object(*key)]
                if found and (not may_be_ours or self._is_foreign(event, events)):
                    return self._sentence(f"{found[0]} was {_DONE[event.verb]}", event)
            return ""

        return self._told.get_or_make((number, frozenset(objects), may_be_ours), tell)

    def _read(self, event_type: str | None = None, size: int = _MOST_EVENTS) -> list[_Event]:
        """The newest events of the service, the newest first."""
        query: dict[str, str | int] = {"filter[service_id]": self._service_id}
        if event_type is not None:
            query["filter[event_type]"] = event_type
        query |= {"sort": "-created_at", "page[size]": size}
        rows = _mapping(self._shared.client.try_get("/events", query, seconds=SECONDS)).get("data")
        return [_Event.parse(row) for row in rows] if isinstance(rows, list) else []

    def _sentence(self, what: str, event: _Event) -> str:
        token = event.token_id and f"token {self._named_token(event)}"
        who = " with ".join(part for part in (event.user_id and f"user {event.user_id}", token) if part)
        if event.is_fastlys:
            who = "Fastly"
        return f" ({what} by {who}{event.time}, says Fastly's audit log)" if who else ""

    def _named_token(self, event: _Event) -> str:
        """The token's name and id; the id alone if the key may not read the account's tokens."""
        if not event.customer_id:
            return event.token_id
        rows = self._shared.client.try_get(path("customer", event.customer_id, "tokens"), {}, seconds=SECONDS)
        names = [_mapping(row).get("name") for row in rows or () if _mapping(row).get("id") == event.token_id]
        name = _short(names[0]) if names else ""
        return f"'{name}' ({event.token_id})" if name else event.token_id

    def _is_foreign(self, event: _Event, events: Collection[_Event]) -> bool:
        """Whether another key did it than the one that marked this stack's drafts."""
        ours = {each.token_id for each in events if self._is_ours(each)}
        return bool(ours) and bool(event.token_id) and event.token_id not in ours

    def _is_ours(self, event: _Event) -> bool:
        """Whether it is that this stack marked a draft."""
        marker = markers.newly_set(event.about, event.metadata)
        return marker is not None and marker.fingerprint == self._owner.fingerprint


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(value: Any) -> str:
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def _time(value: Any) -> str:
    try:
        return f" at {datetime.fromisoformat(str(value)).astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError):
        return ""


def _short(name: Any) -> str:
    """A name that people chose; nothing if it is no text."""
    text = " ".join(name.split()) if isinstance(name, str) else ""
    return f"{text[:_LONGEST_NAME]}..." if len(text) > _LONGEST_NAME else text
