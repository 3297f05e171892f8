"""What must hold at every call, whatever was done and wherever it failed.

I1: what is activated equals the program plus what nobody manages. I4: no item is lost. I5: no serving service is
deleted. I6: nothing protected is removed. (I2, I3 and I7, on what repeated updates come to, are in ``settle.py``.)
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastly_emulator import Emulator
from fastly_emulator.state import Service, Version
from pulumi_fastly_dynamic.orchestration import Record

from .engine import State, Violation, live
from .faults import operation
from .program import Program, Properties, key_of
from .versions import Content, Named, Thing, by_name, compiles, content, items, last_released


@dataclass
class Before:
    """What was, when an update began."""

    program: Program
    effective: Program
    """What the update can bring about: with targets, the rest is as the state has it."""
    records: dict[Named, Record] = field(default_factory=dict)
    """The manifest of the Version's last success."""
    version_is_new: bool = True
    serving: set[str] = field(default_factory=set)
    """The services that had an active version."""


@dataclass
class Watch:
    """Looks at the calls before they are done."""

    emulator: Emulator
    state: State
    before: Before
    foreign: bool = False
    """Somebody else changed something: secrets cannot be compared any more."""
    initial: dict[str, Content] = field(default_factory=dict)
    """What a service that was taken over held at first, until something of it is active."""
    managed: dict[str, set[Named]] = field(default_factory=dict)
    """What this program has put into each service."""
    containers: set[tuple[str, str, bool]] = field(default_factory=set)
    """Every container that the state ever had: id, resource, force_destroy."""

    def begin(self, program: Program, targets: frozenset[tuple[str, str]] | None) -> None:
        """An update begins."""
        program = copy.deepcopy(program)
        release = program.release
        version = live(self.state, ("version", release.resource)) if release else None
        serving = {service_id for service_id, service in self.emulator.services.items() if service.active}
        effective = program if targets is None else _restricted(program, self.state, targets)
        self.before = Before(program, effective, _records(version.outputs) if version else {}, version is None, serving)
        for stored in self.state:
            if stored.object_id and stored.kind in {"dictionary", "acl"}:
                self.containers.add((stored.object_id, stored.resource, bool(stored.outputs.get("force_destroy"))))

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
            self.managed[service_id] = managed - let_go

    def look(self, request: httpx.Request) -> None:
        """A call of ours is about to be done."""
        segments = request.url.path.split("/")
        match operation(request.method, request.url.path):
            case "activate":
                self._activation(self.emulator.services[segments[2]], int(segments[4]))
            case "delete_service":
                self._deletion(segments[2])
            case "patch":
                self._batch(self.emulator.services[segments[2]], segments[4], json.loads(request.content))
            case "delete_item":
                self._item_deletion(segments[6])

    # ---------------------------------------------------------------- an activation

    def _activation(self, service: Service, number: int) -> None:
        version = service.versions[number]
        if not compiles(service, version):
            return
        released = last_released(service)
        base = content(released) if released else self.initial.get(service.id, {})
        _Activation(self, service, version, base).check()
        declared = self.before.effective.declared()
        self.managed[service.id] = {
            thing.named for thing in content(version).values() if (thing.kind, thing.name) in declared
        }

    # ---------------------------------------------------------------- others

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
        for row in (row for rows in body.values() for row in rows if row["op"] == "delete"):
            self._item_deletion(row.get("item_key") or key_of(service.entries[container][row["id"]]["ip"]))

    def _item_deletion(self, key: str) -> None:
        if key.startswith("u"):
            raise Violation("I4", f"item {key}, which nobody declared, is deleted")


@dataclass
class _Activation:
    """One version that is about to go live, beside the one before it."""

    watch: Watch
    service: Service
    version: Version
    base: Content

    def check(self) -> None:
        """Compares what goes live with the program and with what was there."""
        self.new = content(self.version)
        self.names = by_name(self.new)
        self.declared = self.watch.before.effective.declared()
        self.records = self.watch.before.records
        self.managed = self.watch.managed.get(self.service.id, set())
        for named, want in self.declared.items():
            self._declared(named, want)
        for thing in self.new.values():
            if (thing.kind, thing.name) not in self.declared:
                self._undeclared(thing)
        for thing in self.base.values():
            if thing.named not in self.new:
                self._gone(thing)

    def _bad(self, rule: str, text: str) -> Violation:
        return Violation(rule, f"activated v{self.version.number}: {text}")

    def _declared(self, named: Named, want: Properties) -> None:
        thing = self.names.get(named)
        if thing is None:
            raise self._bad("I1", f"{named} is not there")
        wanted = comparable(want, foreign=self.watch.foreign)
        if thing.fields(wanted) != wanted:
            raise self._bad("I1", f"{named} is {thing.fields(wanted)} instead of {wanted}")

    def _undeclared(self, thing: Thing) -> None:
        what = f"{thing.kind} {thing.name}"
        before = self.base.get(thing.named)
        if before is None:
            raise self._bad("I1", f"{what} is a leftover")
        if before.own != thing.own:
            raise self._bad("I1", f"{what}, which nobody manages, was {before.own} and is {thing.own}")
        record = self.records.get(thing.named)
        if thing.named in self.managed and not self.watch.before.version_is_new:
            if record is None:
                raise self._bad("I1b", f"{what}, removed from the program, is still there, unknown to the Version")
            if not record.retain:
                raise self._bad("I1", f"{what}, removed from the program, is still there")

    def _gone(self, thing: Thing) -> None:
        what = f"{thing.kind} {thing.name}"
        record = self.records.get(thing.named)
        program = self.watch.before.program
        twins = [each for each in program.objects.values() if (each.kind, each.name) == (thing.kind, thing.name)]
        if record and record.protect and not any(not each.protect and each.force_destroy for each in twins):
            raise self._bad("I6", f"{what}, which is protected, is gone")
        if thing.kind in {"dictionary", "acl"} and items(self.service, thing.key):
            known = any(
                force or (resource in program.objects and program.objects[resource].force_destroy)
                for object_id, resource, force in self.watch.containers
                if object_id == thing.key
            )
            if not (known or (record and record.force_destroy) or any(each.force_destroy for each in twins)):
                raise self._bad("I4", f"{what} is removed with its items")
        if (thing.kind, thing.name) in self.declared:
            return
        if record is None and thing.named not in self.managed:
            raise self._bad("I1", f"{what}, which nobody manages, is gone")
        if record and record.retain:
            raise self._bad("I1", f"{what}, which is retained, is gone")


def comparable(want: Properties, *, foreign: bool) -> Properties:
    """What must be the same in the API; a secret that somebody else may have written cannot be told."""
    return {name: value for name, value in want.items() if not (foreign and name.startswith("ssl_client_"))}


def _records(outputs: Properties) -> dict[Named, Record]:
    rows = {**(outputs.get("kept") or {}), **(outputs.get("objects") or {})}
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


__all__ = ["Before", "Watch", "comparable"]
