"""What must hold at every call, whatever was done and wherever it failed.

I4: no item is lost. I5: no serving service is deleted. I6: nothing protected is removed. I9: live content that
someone else made is neither overwritten nor deleted without ``adopt``. (What goes live: ``activation.py``. What
repeated updates come to: ``settle.py``.)
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastly_emulator.state import Service
from pulumi_fastly_dynamic.orchestration import Record

from .ledger import Ledger, key_of_row
from .objects import CONTAINERS, ID_PROPERTIES, Properties
from .program import Program, key_of
from .stack import State, Stored, Violation, live
from .walk_faults import operation
from .walk_versions import Named, content

ITEMS_OF = {items: ID_PROPERTIES[container] for container, items in CONTAINERS.items()}
"""The property with the container's id, by kind of items."""


@dataclass
class Before:
    """What was, when an update began."""

    program: Program
    effective: Program
    """What the update can bring about: with targets, the rest is as the state has it."""
    records: dict[Named, Record] = field(default_factory=dict)
    """The manifest of the Version's last success."""
    version_is_new: bool = True
    released: int | None = None
    """The version that it activated."""
    serving: set[str] = field(default_factory=set)
    """The services that had an active version."""
    known: set[tuple[str, str]] = field(default_factory=set)
    """Live rows in the state, by container and key; of dynamic snippets the key is ``content``."""
    held: set[tuple[str, str]] = field(default_factory=set)
    """Rows of protected resources that are not in the program any more."""
    held_items: list[str] = field(default_factory=list)
    """Those resources, as far as the Version knows them."""


@dataclass
class Watch:
    """Looks at the calls of one stack before they are done."""

    ledger: Ledger
    actor: str
    state: State
    before: Before
    foreign: bool = False
    """Someone else changed something: secrets cannot be compared any more."""
    managed: dict[str, set[Named]] = field(default_factory=dict)
    """What this program has put into each service."""
    ever: set[Named] = field(default_factory=set)
    """Kind and name of all that it ever declared."""
    containers: set[tuple[str, str, bool]] = field(default_factory=set)
    """Every container that the state ever had: id, resource, force_destroy."""
    acknowledged: dict[str, int] = field(default_factory=dict)
    """How many activations of each service the last refresh saw."""
    _last_read: dict[str, int] = field(default_factory=dict)
    _takes_over: bool = False

    def begin(self, program: Program, targets: frozenset[tuple[str, str]] | None) -> None:
        """An update begins."""
        program = copy.deepcopy(program)
        release = program.release
        version = live(self.state, ("version", release.resource)) if release else None
        services = self.ledger.emulator.services
        serving = {service_id for service_id, service in services.items() if service.active}
        effective = program if targets is None else _restricted(program, self.state, targets)
        self.before = Before(program, effective, serving=serving)
        self.ever |= set(program.declared())
        if version:
            self.before.records, self.before.version_is_new = _records(version.outputs), False
            number = version.outputs.get("released")
            self.before.released = None if number is None else int(number)
            flags = version.outputs.get("__items") or {}
            gone = {name for name in flags if name.partition("/")[2] not in program.items}
            self.before.held_items = sorted(name for name in gone if flags[name].get("protect"))
        for stored in self.state:
            rows = _rows(stored)
            self.before.known |= rows
            if stored.protect and stored.kind in ITEMS_OF and stored.resource not in program.items:
                self.before.held |= rows
            if stored.object_id and stored.kind in {"dictionary", "acl"}:
                self.containers.add((stored.object_id, stored.resource, bool(stored.outputs.get("force_destroy"))))
        self._last_read = {}
        self._takes_over = live(self.state, ("service", program.service.resource)) is None

    def refreshed(self) -> None:
        """A refresh has read everything."""
        self.acknowledged |= self._last_read
        self._takes_over = live(self.state, ("service", self.before.program.service.resource)) is None

    def end(self, service_id: str | None, *, released: bool) -> None:
        """An update was successful: what was retained, or never recorded, is not managed any more."""
        release = self.before.program.release
        if service_id is None or release is None:
            return
        managed = self.managed.get(service_id, set())
        if self.before.version_is_new:
            version = live(self.state, ("version", release.resource))
            if version:
                self.managed[service_id] = managed & set(_records(version.outputs))
        elif released:
            declared = self.before.effective.declared()
            records = self.before.records
            let_go = {
                named
                for named, record in records.items()
                if record.retain and (record.kind, record.name) not in declared
            }
            active = self.ledger.emulator.services[service_id].active
            self.managed[service_id] = (managed - let_go) & (set(content(active)) if active else managed)

    # ---------------------------------------------------------------- calls

    def look(self, request: httpx.Request) -> None:
        """A call of ours is about to be done."""
        segments = request.url.path.split("/")
        services = self.ledger.emulator.services
        match operation(request.method, request.url.path):
            case "activate":
                from .activation_check import check  # noqa: PLC0415 - it is about this class

                check(self, services[segments[2]], int(segments[4]))
            case "get_service" | "details":
                self._read(segments[2])
            case "delete_service":
                self._deletion(segments[2])
            case "patch":
                self._batch(services[segments[2]], segments[4], json.loads(request.content))
            case "delete_item":
                self._item_deletion(segments[4], segments[6])
            case "put_live":
                self._content_of_others(services[segments[2]], segments[4])
                self._overwrites(segments[4], "content")

    def _read(self, service_id: str) -> None:
        number = len(self.ledger.activations.get(service_id, ()))
        if self._takes_over and service_id not in self._last_read:
            self.acknowledged[service_id] = number
        self._last_read[service_id] = number

    def _deletion(self, service_id: str) -> None:
        if service_id not in self.before.serving:
            return
        stored = [each for each in self.state if each.kind == "service" and each.id == service_id]
        allowed = any(each.outputs.get("force_destroy") for each in stored)
        resource = self.before.program.service.resource
        held = any(each.resource == resource and not each.to_delete for each in stored)
        if held or not allowed:
            raise Violation("I5", f"service {service_id} is deleted")

    def _batch(self, service: Service, container: str, body: Mapping[str, list[Mapping[str, Any]]]) -> None:
        for row in (row for rows in body.values() for row in rows):
            key = key_of_row(service, container, row)
            if row["op"] == "delete":
                self._item_deletion(container, key)
            else:
                self._overwrites(container, key)

    def _item_deletion(self, container: str, key: str) -> None:
        if key.startswith("u"):
            raise Violation("I4", f"item {key}, which nobody declared, is deleted")
        if (container, key) in self.before.held:
            raise Violation("I6", f"item {key}, which is protected, is deleted")
        self._overwrites(container, key)

    def _content_of_others(self, service: Service, snippet: str) -> None:
        """The program leaves the content to others, and yet it is written."""
        objects = self.before.effective.objects
        resources = {each.resource for each in self.state if each.object_id == snippet} & objects.keys()
        names = {each.name for each in content(service.last).values() if each.key == snippet}
        found = [objects[each] for each in resources] or [each for each in objects.values() if each.name in names]
        if found and all(each.kind == "dynamic_snippet" and each.live is None for each in found):
            raise Violation("I9", f"the content of {snippet}, which the program leaves out, is written")

    def _overwrites(self, container: str, key: str) -> None:
        """Live content is overwritten or deleted. What the state has is the program's, whoever wrote it last."""
        writer = self.ledger.writers.get((container, key))
        release = self.before.program.release
        if writer in {None, self.actor} or (release and release.adopt) or (container, key) in self.before.known:
            return
        if self.before.program.service.adopt_id and self.ledger.makers.get(container) != self.actor:
            raise Violation("I9", f"{key} of {container}, which {writer} wrote, is overwritten or deleted")


def _rows(stored: Stored) -> set[tuple[str, str]]:
    """The live rows that a resource has in the state."""
    if stored.kind == "dynamic_snippet":
        return set() if stored.outputs.get("content") is None else {(str(stored.object_id), "content")}
    if stored.kind not in ITEMS_OF:
        return set()
    keys = [*(stored.outputs.get("items") or ()), *(key_of(row["ip"]) for row in stored.outputs.get("entries") or ())]
    return {(stored.outputs[ITEMS_OF[stored.kind]], key) for key in keys}


def _records(outputs: Properties) -> dict[Named, Record]:
    rows = {**(outputs.get("kept") or {}), **(outputs.get("__objects") or {})}
    records = [Record.parse(key, row) for key, row in rows.items()]
    return {record.ref: record for record in records}


def _restricted(program: Program, state: State, targets: frozenset[tuple[str, str]]) -> Program:
    effective = copy.deepcopy(program)
    for name, each in list(effective.objects.items()):
        if (each.kind, name) in targets:
            continue
        stored = live(state, (each.kind, name))
        if stored is None:
            del effective.objects[name]
        else:
            effective.objects[name] = type(each).from_outputs(each.kind, stored.outputs)
    return effective
