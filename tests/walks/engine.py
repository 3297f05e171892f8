"""Pulumi's order of steps, and its state, over the real providers.

A program against a stored state, which is saved after each step. The providers get what the dynamic provider server
would hand them: numbers as floats, nothing that is ``None``.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pulumi_fastly_dynamic.engine import Provider, ProviderBug, configuration, restore
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.orchestration import ProviderState

from .objects import CONTAINERS, KINDS, Properties
from .program import Program, Urn
from .stack import EngineRefusal, Options, Result, State, Stored, Violation, live
from .walk_faults import FaultyTransport, Kill
from .walk_registry import Declared, Outputs, resources

OWNER = "org/project/stack"
_ITEMS = dict.fromkeys(CONTAINERS.values(), 1)
DELETION_RANKS = {
    "version": 0,
    **_ITEMS,
    **dict.fromkeys(KINDS, 2),
    "backend": 3,
    "response_object": 3,
    "condition": 4,
    "takeover": 5,
    "service": 6,
}
"""The engine deletes dependents first; otherwise in any order."""

MakeProcess = Callable[[], ProviderState]


@dataclass
class Engine:
    """Runs commands against one state."""

    transport: FaultyTransport
    make: MakeProcess
    state: State
    refreshed: Callable[[], None] = lambda: None
    """Called when a refresh has read everything."""

    def up(self, program: Program, rnd: random.Random, options: Options) -> Result:
        """``pulumi up``."""
        result = Result()
        self.transport.start(options.fault)
        try:
            configuration.use(self.make())
            if options.refresh:
                if not self._refresh(result):
                    return result
                if not options.one_process:
                    configuration.use(self.make())
            self.update(program, rnd, options, result)
        except Kill:
            result.killed = True
        finally:
            configuration.use(None)
            result.log, result.unanswered = self.transport.log, self.transport.unanswered
            self.transport.start()
        return result

    def update(self, program: Program, rnd: random.Random, options: Options, result: Result) -> None:
        """The update after the refresh."""
        Update(self.state, program, rnd, options, result).run()

    def refresh(self) -> Result:
        """``pulumi refresh``."""
        result = Result()
        self.transport.start()
        configuration.use(self.make())
        self._refresh(result)
        configuration.use(None)
        result.log = self.transport.log
        return result

    def _refresh(self, result: Result) -> bool:
        done = _refresh(self.state, result)
        if done:
            self.refreshed()
        return done


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


class Update:
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
        self.steps(list(self.resources))
        if not self.result.errors:
            self._delete()

    def steps(self, todo: list[Declared]) -> None:
        """Creates and updates, one after the other."""
        while ready := self.ready(todo):
            declared = self.rnd.choice(ready)
            todo.remove(declared)
            if not self.is_skipped():
                self.step(declared)

    def ready(self, todo: list[Declared]) -> list[Declared]:
        """What can be started now."""
        return [each for each in todo if all(urn in self.outputs for urn in each.needs)]

    def is_skipped(self) -> bool:
        """After a failure, the engine may or may not still start what does not depend on the failed one."""
        return bool(self.result.errors) and self.rnd.random() < 0.5

    def step(self, declared: Declared) -> None:
        """One create or update; a failure is noted."""
        try:
            self._step(declared)
        except (Failure, EngineRefusal) as error:
            _note(error, self.result)

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
