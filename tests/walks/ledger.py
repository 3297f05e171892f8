"""Who did what: every write of every client, and who has seen it since. Taken from the emulator's data at each call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastly_emulator import Emulator
from fastly_emulator.state import Service

from .program import key_of
from .walk_faults import operation

Place = tuple[str, int]
"""A service and one of its versions."""


@dataclass
class Edit:
    """An object of a version was written or deleted."""

    actor: str
    collection: str
    name: str
    object_id: str
    """Its id, which a new name does not change."""
    listed: set[str] = field(default_factory=set)
    """Who has read the list since."""
    pointed: set[str] = field(default_factory=set)
    """Who was shown since, by a diff or an overview, that the list differs."""


@dataclass
class Activation:
    """A version went live; or none does any more."""

    actor: str
    number: int
    """0 where the version that served was deactivated."""
    seen: set[str] = field(default_factory=set)
    """Who has read the service since."""


@dataclass
class Ledger:
    """What happened in an account."""

    emulator: Emulator
    opened: dict[Place, str] = field(default_factory=dict)
    """Who opened each version."""
    parents: dict[Place, int] = field(default_factory=dict)
    """What it was cloned from."""
    edits: dict[Place, list[Edit]] = field(default_factory=dict)
    activations: dict[str, list[Activation]] = field(default_factory=dict)
    makers: dict[str, str] = field(default_factory=dict)
    """Who opened the version in which a container or a dynamic snippet was made, by its id."""
    writers: dict[tuple[str, str], str] = field(default_factory=dict)
    """Who wrote each live row last, by container and key; of a dynamic snippet's content the key is ``content``."""

    def lineage(self, actor: str, service_id: str, number: int) -> Iterator[int]:
        """The versions from which an actor's clones lead to this one, newest first."""
        while self.opened.get((service_id, number)) == actor and (service_id, number) in self.parents:
            number = self.parents[service_id, number]
            yield number

    def last_writer(self, path: str) -> str | None:
        """Who wrote a list of a version last."""
        segments = path.split("/")
        if len(segments) != 6:
            return None
        edits = self.edits.get((segments[2], int(segments[4])), [])
        return next((edit.actor for edit in reversed(edits) if edit.collection == segments[5]), None)

    def known_active(self, actor: str, service_id: str, acknowledged: int) -> tuple[int | None, list[Activation]]:
        """What serves as far as the actor knows, and the activations that it has read of since.

        It knows its own activations, and the first ones, which a refresh acknowledged.
        """
        events = self.activations.get(service_id, [])
        own = [index for index, event in enumerate(events) if event.actor == actor or index < acknowledged]
        known = events[own[-1]].number if own else None
        later = events[own[-1] + 1 :] if own else events
        return known, [event for event in later if actor in event.seen]

    # ---------------------------------------------------------------- noting calls

    def before(self, request: httpx.Request) -> Mapping[Any, Any]:
        """What a write is about to change."""
        segments = request.url.path.split("/")[2:]
        service = self.emulator.services.get(segments[0]) if segments else None
        if service is None or request.method == "GET":
            return {}
        match segments:
            case [_, "version", number, _, *_]:
                return self._objects(service, int(number))
            case [_, "dictionary" | "acl", container, *_]:
                return _rows(service, container)
        return {}

    def after(self, actor: str, request: httpx.Request, response: httpx.Response, before: Mapping[Any, Any]) -> None:
        """Notes a call that was done."""
        if not response.is_success:
            return
        segments = request.url.path.split("/")[2:]
        if request.method == "GET":
            self._read(actor, segments, request)
            return
        answer = response.json()
        match operation(request.method, request.url.path), segments:
            case "create_service", _:
                self.opened[answer["id"], 1] = actor
            case "clone", [service_id, _, number, _]:
                place = service_id, int(answer["number"])
                self.opened[place], self.parents[place] = actor, int(number)
            case "activate" | "deactivate" as step, [service_id, _, number, _]:
                serving = int(number) if step == "activate" else 0
                self.activations.setdefault(service_id, []).append(Activation(actor, serving))
            case "post" | "put" | "delete", [service_id, _, number, *_]:
                self._wrote(actor, service_id, int(number), before)
                if request.method == "POST" and "id" in answer:
                    self._made(actor, self.opened[service_id, int(number)], answer)
            case "put_live", [_, _, snippet]:
                self.writers[snippet, "content"] = actor
            case "patch" | "delete_item", [service_id, _, container, *_]:
                self._wrote_rows(actor, self.emulator.services[service_id], container, before)

    def _made(self, actor: str, opener: str, answer: Mapping[str, Any]) -> None:
        self.makers[answer["id"]] = opener
        if answer.get("dynamic") == "1":
            self.writers[answer["id"], "content"] = actor

    def _read(self, actor: str, segments: list[str], request: httpx.Request) -> None:
        match segments:
            case [service_id] | [service_id, "version" | "details"]:
                for event in self.activations.get(service_id, []):
                    event.seen.add(actor)
                if segments[1:] == ["details"]:
                    self._pointed(actor, service_id, request.url.params.get("version", "0"))
            case [service_id, "diff", "from", _, "to", number]:
                self._pointed(actor, service_id, number)
            case [service_id, "version", number, *collection]:
                for edit in self.edits.get((service_id, int(number)), []):
                    if edit.collection == "/".join(collection):
                        edit.listed.add(actor)

    def _pointed(self, actor: str, service_id: str, number: str) -> None:
        for edit in self.edits.get((service_id, int(number)), []):
            edit.pointed.add(actor)

    def _objects(self, service: Service, number: int) -> dict[tuple[str, str], Any]:
        version = service.versions.get(number)
        if version is None:
            return {}
        found = {(kind, name): row for kind, rows in version.objects.items() for name, row in rows.items()}
        singletons = {"settings": version.settings, **version.singletons}
        return {**found, **{(kind, kind): row for kind, row in singletons.items()}}

    def _wrote(self, actor: str, service_id: str, number: int, before: Mapping[Any, Any]) -> None:
        after = self._objects(self.emulator.services[service_id], number)
        for collection, name in sorted(before.keys() | after.keys()):
            old, new = before.get((collection, name)), after.get((collection, name))
            if old is not new:
                object_id = str((old or new or {}).get("id", ""))
                self.edits.setdefault((service_id, number), []).append(Edit(actor, collection, name, object_id))

    def _wrote_rows(self, actor: str, service: Service, container: str, before: Mapping[str, Any]) -> None:
        after = _rows(service, container)
        for key in before.keys() | after.keys():
            if key not in after:
                self.writers.pop((container, key), None)
            elif before.get(key) is not after[key]:
                self.writers[container, key] = actor


def _rows(service: Service, container: str) -> dict[str, Any]:
    if container in service.items:
        return dict(service.items[container])
    return {key_of(row["ip"]): row for row in service.entries.get(container, {}).values()}


def key_of_row(service: Service, container: str, row: Mapping[str, Any]) -> str:
    """The key of one operation of a batch."""
    if "item_key" in row:
        return str(row["item_key"])
    entries = service.entries.get(container, {})  # none where someone deleted the ACL
    return key_of(entries[row["id"]]["ip"] if row.get("id") in entries else row["ip"])


class Recorder(httpx.BaseTransport):
    """The way of one client to the emulator; what it does is noted."""

    def __init__(self, inner: httpx.BaseTransport, ledger: Ledger, actor: str) -> None:
        self._inner = inner
        self._ledger = ledger
        self._actor = actor

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Passes a call on, and notes it."""
        before = self._ledger.before(request)
        response = self._inner.handle_request(request)
        self._ledger.after(self._actor, request, response, before)
        return response
