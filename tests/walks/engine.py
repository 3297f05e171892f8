"""Pulumi's order of steps, and its state, over the real providers.

A program against a stored state, which is saved after each step. The providers get what the dynamic provider server
would hand them: numbers as floats, nothing that is ``None``.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pulumi_fastly_dynamic.engine import Provider, ProviderBug, restore, settings
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.orchestration import ProviderState

from .faults import Fault, FaultyTransport, Kill
from .program import CONTAINERS, ID_PROPERTIES, KINDS, Items, Program, Properties, Release, Service, Urn

OWNER = "org/project/stack"
_ITEMS = dict.fromkeys(CONTAINERS.values(), 1)
DELETION_RANKS = {"version": 0, **_ITEMS, **dict.fromkeys(KINDS, 2), "condition": 3, "takeover": 4, "service": 5}
"""The engine deletes dependents first; otherwise in any order."""

Outputs = dict[Urn, Properties]
MakeProcess = Callable[[], ProviderState]


class Violation(BaseException):
    """Something that must not happen, did. Not an ``Exception``: the product must not catch it."""

    def __init__(self, rule: str, text: str) -> None:
        self.rule = rule
        super().__init__(f"{rule}: {text}")


class EngineRefusal(Exception):
    """The engine stops, since a protected resource would be deleted."""

    def __init__(self, urns: Iterable[Urn]) -> None:
        self.objects = sorted(urns)
        super().__init__(f"protected: {self.objects}")


@dataclass
class Declared:
    """A resource as a program registers it."""

    urn: Urn
    needs: list[Urn]
    inputs: Callable[[Outputs], Properties]
    protect: bool = False
    retain: bool = False
    deleted_with: Urn | None = None


@dataclass
class Stored:
    """A resource in the state."""

    urn: Urn
    id: str
    inputs: Properties
    outputs: Properties
    protect: bool
    retain: bool
    deleted_with: Urn | None
    to_delete: bool = False
    """Replaced, and not yet deleted."""

    @property
    def kind(self) -> str:
        """The kind of resource."""
        return self.urn[0]

    @property
    def resource(self) -> str:
        """The resource's name."""
        return self.urn[1]

    @property
    def object_id(self) -> str | None:
        """The id of the object, where its kind has one."""
        return self.outputs.get(ID_PROPERTIES.get(self.kind, ""))

    def visible(self) -> Properties:
        """The outputs that a program sees."""
        return {**copy.deepcopy(self.outputs), "id": self.id}


State = list[Stored]


@dataclass
class Options:
    """How ``up`` is run."""

    refresh: bool = False
    one_process: bool = True
    """Refresh and update in one process: ``up --refresh --skip-preview``."""
    skip_preview: bool = False
    targets: frozenset[Urn] | None = None
    fault: Fault | None = None

    def hits(self, urn: Urn) -> bool:
        """Whether a resource is among the targets."""
        return self.targets is None or urn in self.targets

    def __str__(self) -> str:
        names = [name for name in ("refresh", "skip_preview") if getattr(self, name)]
        if self.targets is not None:
            names.append(f"targets {sorted(self.targets)}")
        return ", ".join([*names, *([str(self.fault)] if self.fault else [])])


@dataclass
class Result:
    """What came of it."""

    errors: list[Failure | EngineRefusal] = field(default_factory=list)
    killed: bool = False
    log: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether the command's exit code is not 0."""
        return bool(self.errors or self.killed)

    @property
    def activations(self) -> int:
        """How many activations were tried."""
        return sum(line.startswith("activate ") for line in self.log)

    @property
    def reasons(self) -> set[str]:
        """The classes of the errors."""
        return {type(error).__name__ for error in self.errors}

    @property
    def objects(self) -> set[tuple[str, str]]:
        """The objects that the refusals name, by kind and key."""
        return {named for error in self.errors for named in getattr(error, "objects", [])}

    def __str__(self) -> str:
        errors = [f"{type(error).__name__}: {error}" for error in self.errors]
        return " | ".join(["killed"] * self.killed + errors) or "ok"


# -------------------------------------------------------------------- what a program registers


def resources(program: Program) -> list[Declared]:
    """The resources of a program, in the order of its lines, with the options that the package sets."""
    release = program.release
    service = _service(program.service)
    if release is None:
        return [service]
    handed = _internal_inputs(program.service, release)
    names = sorted(program.of_kind(), key=lambda name: KINDS.index(program.objects[name].kind))
    before = [service]
    if program.service.adopt_id:
        before.append(_takeover(program, release, service.urn))
    inside = [_object(program, name, [each.urn for each in before], handed) for name in names]
    inside += [_items(program, name, each, service.urn, handed) for name, each in program.items.items()]
    return [*before, *inside, _version(release, service.urn, [each.urn for each in inside], handed)]


def _service(service: Service) -> Declared:
    inputs = {"name": service.name, "force_destroy": service.force_destroy, "adopt_id": service.adopt_id}
    return Declared(("service", service.resource), [], lambda _: inputs)


def _internal_inputs(service: Service, release: Release) -> Properties:
    return {"adopted_service": True if service.adopt_id else None, "adopt": release.adopt or None}


def _of_service(outputs: Outputs, service: Urn) -> Properties:
    return {"service_id": service_id(outputs, service), "stack_key": outputs[service]["stack_key"]}


def _takeover(program: Program, release: Release, service: Urn) -> Declared:
    def inputs(outputs: Outputs) -> Properties:
        declared = [_declaration(program, name) for name in program.objects]
        return {**_of_service(outputs, service), "adopt": release.adopt or None, "declared": declared}

    return Declared(("takeover", release.resource), [service], inputs, deleted_with=service)


def _declaration(program: Program, name: str) -> Properties:
    each = program.objects[name]
    given = each.properties(None)
    rows = [
        {"kind": CONTAINERS[each.kind], "inputs": row.properties(each.kind)}
        for row in program.items.values()
        if row.container == name and not each.write_only
    ]
    live = {"content": given["content"]} if each.kind == "dynamic_snippet" else {}
    return {"kind": each.kind, "name": each.name, "live": live, "items": rows}


def _object(program: Program, name: str, before: list[Urn], handed: Properties) -> Declared:
    each = program.objects[name]
    service = before[0]
    condition = ("condition", each.condition) if each.condition else None

    def inputs(outputs: Outputs) -> Properties:
        flags = {"protect": each.protect or None, "retain_on_delete": each.retain or None}
        referred = outputs[condition]["name"] if condition else None
        return {**each.properties(referred), **handed, **flags, **_of_service(outputs, service)}

    needs = [*before, *([condition] if condition else [])]
    return Declared((each.kind, name), needs, inputs, each.protect, each.retain, service)


def _items(program: Program, name: str, each: Items, service: Urn, handed: Properties) -> Declared:
    kind = program.objects[each.container].kind
    container = (kind, each.container)

    def inputs(outputs: Outputs) -> Properties:
        id_property = ID_PROPERTIES[kind]
        write_only = program.objects[each.container].write_only or None
        return {
            **each.properties(kind),
            **handed,
            **_of_service(outputs, service),
            id_property: outputs[container][id_property],
            "owned": outputs[container].get("owned"),
            "write_only": write_only,
            "protect": each.protect or None,
        }

    return Declared((CONTAINERS[kind], name), [service, container], inputs, each.protect, deleted_with=container)


def _version(release: Release, service: Urn, others: list[Urn], handed: Properties) -> Declared:
    def inputs(outputs: Outputs) -> Properties:
        manifest = {f"{kind}/{name}": outputs[kind, name]["record"] for kind, name in others if kind in KINDS}
        items = {f"{kind}/{name}": outputs[kind, name]["flags"] for kind, name in others if kind not in KINDS}
        given = {"comment": release.comment, "activate": release.activate, "adopt": release.adopt}
        return {**handed, **given, "objects": manifest, "items": items, **_of_service(outputs, service)}

    return Declared(("version", release.resource), [service, *others], inputs, deleted_with=service)


def service_id(outputs: Outputs, service: Urn) -> str:
    """The id of the service."""
    return str(outputs[service]["id"])


# -------------------------------------------------------------------- running it


def up(
    transport: FaultyTransport, make: MakeProcess, state: State, program: Program, rnd: random.Random, options: Options
) -> Result:
    """``pulumi up``."""
    result = Result()
    transport.start(options.fault)
    try:
        settings.use(make())
        if options.refresh:
            if not _refresh(state, result):
                return result
            if not options.one_process:
                settings.use(make())
        _Update(state, program, rnd, options, result).run()
    except Kill:
        result.killed = True
    finally:
        settings.use(None)
        result.log, result.unanswered = transport.log, transport.unanswered
        transport.start()
    return result


def refresh(transport: FaultyTransport, make: MakeProcess, state: State) -> Result:
    """``pulumi refresh``."""
    result = Result()
    transport.start()
    settings.use(make())
    _refresh(state, result)
    settings.use(None)
    result.log = transport.log
    return result


def _refresh(state: State, result: Result) -> bool:
    for stored in list(state):
        if stored.to_delete:
            continue
        try:
            read = _provider(stored.kind).read(stored.id, wire(stored.outputs))
        except Failure as error:
            _note(error, result)
            return False
        if read.id is None:
            state.remove(stored)
        else:
            stored.outputs, stored.inputs = wire(read.outs), wire(read.inputs)
            # As the engine does; nothing comes of it.
            _provider(stored.kind).diff(stored.id, wire(stored.outputs), wire(stored.inputs))
    return True


class _Update:
    """One update: creates and updates in any order that dependencies allow, then deletes."""

    def __init__(self, state: State, program: Program, rnd: random.Random, options: Options, result: Result) -> None:
        self.state = state
        self.rnd = rnd
        self.options = options
        self.result = result
        self.resources = resources(program)
        self.declared = {each.urn for each in self.resources}
        self.outputs: Outputs = {}
        self.replaced: set[Urn] = set()

    def run(self) -> None:
        """The preview's check of protected resources, the steps, the deletes."""
        if not self.options.skip_preview and self._stopped_by_protect():
            return
        todo = list(self.resources)
        while ready := [each for each in todo if all(urn in self.outputs for urn in each.needs)]:
            declared = self.rnd.choice(ready)
            todo.remove(declared)
            if self.result.errors and self.rnd.random() < 0.5:
                continue  # the engine may or may not still start what does not depend on the failed one
            try:
                self._step(declared)
            except (Failure, EngineRefusal) as error:
                _note(error, self.result)
        if not self.result.errors:
            self._delete()

    def _stopped_by_protect(self) -> bool:
        held = [each.urn for each in self.state if each.protect and self._is_removed(each)]
        if held:
            self.result.errors.append(EngineRefusal(held))
        return bool(held)

    def _is_removed(self, stored: Stored) -> bool:
        return stored.urn not in self.declared and self.options.hits(stored.urn)

    def _step(self, declared: Declared) -> None:
        stored = live(self.state, declared.urn)
        if not self.options.hits(declared.urn):
            if stored:
                self.outputs[declared.urn] = stored.visible()
            return
        inputs = self._checked(declared, stored)
        stored = self._create(declared, inputs) if stored is None else self._change(declared, stored, inputs)
        stored.protect, stored.retain, stored.deleted_with = declared.protect, declared.retain, declared.deleted_with
        self.outputs[declared.urn] = stored.visible()

    def _checked(self, declared: Declared, stored: Stored | None) -> Properties:
        olds = stored.inputs if stored else {}
        checked = _provider(declared.urn[0]).check(olds, wire(declared.inputs(self.outputs)))
        if checked.failures:
            raise Violation("check", f"{declared.urn}: {[(each.property, each.reason) for each in checked.failures]}")
        inputs: Properties = wire(checked.inputs)
        return inputs

    def _create(self, declared: Declared, inputs: Properties) -> Stored:
        created = _provider(declared.urn[0]).create(copy.deepcopy(inputs))
        outputs = wire(created.outs or {})
        stored = Stored(
            declared.urn, created.id, inputs, outputs, declared.protect, declared.retain, declared.deleted_with
        )
        self.state.append(stored)
        return stored

    def _change(self, declared: Declared, stored: Stored, inputs: Properties) -> Stored:
        provider = _provider(stored.kind)
        diff = provider.diff(stored.id, wire(stored.outputs), copy.deepcopy(inputs))
        # Where the provider does not say, the engine compares inputs.
        if not (stored.inputs != inputs if diff.changes is None else diff.changes):
            stored.inputs = inputs
            return stored
        if diff.replaces:
            if declared.protect and stored.protect:
                raise EngineRefusal([stored.urn])
            new = self._create(declared, inputs)
            stored.to_delete = True
            self.replaced.add(stored.urn)
            return new
        updated = provider.update(stored.id, wire(stored.outputs), copy.deepcopy(inputs))
        stored.inputs, stored.outputs = inputs, wire(updated.outs or {})
        return stored

    def _delete(self) -> None:
        dead = [each for each in self.state if each.to_delete or self._is_removed(each)]
        gone = {each.urn for each in dead} | self.replaced
        for stored in sorted(dead, key=lambda each: (DELETION_RANKS[each.kind], self.rnd.random())):
            if not stored.to_delete and stored.protect:
                self.result.errors.append(EngineRefusal([stored.urn]))
                return
            try:
                if not stored.retain and stored.deleted_with not in gone:
                    _provider(stored.kind).delete(stored.id, wire(stored.outputs))
            except Failure as error:
                _note(error, self.result)
                return
            self.state.remove(stored)


def live(state: State, urn: Urn) -> Stored | None:
    """The resource in the state, if it is there and not replaced."""
    return next((each for each in state if each.urn == urn and not each.to_delete), None)


def _note(error: Failure | EngineRefusal, result: Result) -> None:
    if isinstance(error, ProviderBug):
        raise Violation("bug", str(error))
    result.errors.append(error)


@cache
def _provider(kind: str) -> Provider:
    return restore(kind, OWNER)


def wire(value: Any) -> Any:
    """A value as it comes out of the engine's protocol."""
    if isinstance(value, dict):
        return {key: wire(row) for key, row in value.items() if row is not None}
    if isinstance(value, list | tuple):
        return [wire(row) for row in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


class SerialProcess(ProviderState):
    """A provider process whose reads go out one after the other, so that every walk can be replayed."""

    def together(self, calls: Iterable[Callable[[], Any]]) -> list[Any]:
        """The results, in order."""
        return [call() for call in calls]
