"""The end of every walk: the program must converge.

I2: after faults and kills with plain ``up``, I3: after foreign changes with ``up --refresh``; with one more activation
at the most. I7: nothing changed, no call. What a refusal advises is done, and counts as an edit.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from fastly_emulator.state import Service

from .engine import Options, Result, Violation, live
from .invariants import comparable
from .program import BAD, CONTAINERS, KINDS, Object
from .versions import Named, Thing, by_name, content, items
from .world import World

MAX_TRIES = 3
MAX_ADVICE = 4


class Settling:
    """Repeats ``up`` until it succeeds, and does what the refusals say."""

    def __init__(self, world: World, rnd: random.Random, *, strict_conflicts: bool = False) -> None:
        self.world = world
        self.rnd = rnd
        self.strict_conflicts = strict_conflicts
        """A refusal to take over an object counts as a violation: there are only our own."""
        self.foreign = world.watch.foreign
        self.refresh = self.foreign or any(program != world.program for program in world.unsure)
        self.tries = self.advice = self.activations = 0
        self.told_to_refresh = False
        self.undone = False
        self.seen: list[str] = []

    @property
    def rule(self) -> str:
        """The rule that says that it converges."""
        return "I3" if self.foreign else "I2"

    def run(self) -> None:
        """Converges, or raises a ``Violation``."""
        world = self.world
        for each in world.program.objects.values():
            each.content = "1" if each.content == BAD else each.content
        while True:
            result = world.up(self.rnd, Options(refresh=self.refresh, one_process=self.rnd.random() < 0.5))
            self.tries += 1
            self.activations += result.activations
            if not result.failed:
                break
            self.seen.append(str(result))
            if not self._follow(result):
                return
            if self.tries >= MAX_TRIES or self.advice > MAX_ADVICE:
                raise Violation(self.rule, f"does not converge: {self.seen[-1]}")
        if self.activations > 1 + self.advice:
            raise Violation("I2", f"{self.activations} activations")
        self._no_calls("I7")
        self._content()
        release = world.program.release
        if release and release.activate and world.service:
            world.refresh()
            self._no_calls("I7r")

    # ---------------------------------------------------------------- what refusals advise

    def _follow(self, result: Result) -> bool:
        """Does what a refusal advises; false where the walk ends with it."""
        world, reasons = self.world, result.reasons
        release = world.program.release
        if reasons & {"ProtectedObject", "ContainerNotEmpty", "EngineRefusal"}:
            put_back(world, result.objects)
            self._advised()
        elif "UndeclaredObjects" in reasons and not self.undone:
            self.undone = True
            put_back(world)
            self._advised()
        elif reasons & {"UndeclaredObjects", "ObjectExists"} and release and not release.adopt:
            self._judge_conflict(result)
            release.adopt = True
            self._advised()
        elif "NeedsRefresh" in reasons and not self.refresh:
            self.told_to_refresh = self.refresh = True
            self.tries = 0
        elif reasons & {"NameOccupied", "ServiceNameTaken", "ServiceIsActive"}:
            return False
        else:
            self.refresh = self.refresh or self.foreign
        return True

    def _advised(self) -> None:
        self.advice += 1
        self.tries = 0

    def _judge_conflict(self, result: Result) -> None:
        if self.foreign or "ObjectExists" not in result.reasons:
            return
        if not self.world.program.service.adopt_id:
            raise Violation("I2", f"a conflict in a service created here: {result}")
        if self.strict_conflicts:
            raise Violation("I2c", f"a conflict with our own object: {result}")

    # ---------------------------------------------------------------- what must be so in the end

    def _no_calls(self, rule: str) -> None:
        again = self.world.up(self.rnd)
        if again.failed or again.log:
            raise Violation(rule, f"nothing changed, and yet: {again} {again.log}")

    def _content(self) -> None:
        program, service = self.world.program, self.world.service
        if not (program.release and program.release.activate and service):
            return
        if service.active is None:
            raise Violation("I3", "nothing is active")
        found = by_name(content(service.active))
        for named, want in program.declared().items():
            wanted = comparable(want, foreign=self.foreign)
            got = found[named].fields(wanted) if named in found else None
            if got != wanted:
                raise Violation("I1", f"converged, but {named} is {got} instead of {wanted}")
        self._live_content(service, found)

    def _live_content(self, service: Service, found: Mapping[Named, Thing]) -> None:
        program = self.world.program
        for row in program.items.values():
            container = program.objects[row.container]
            if container.write_only and self.foreign:
                continue  # nobody can see what others changed in there
            have = items(service, found[container.kind, container.name].key)
            for key, value in row.entries.items():
                if have.get(key) != value:
                    raise Violation("I4", f"converged, but item {key} is {have.get(key)} instead of {value}")
        for each in program.objects.values():
            if each.kind == "dynamic_snippet":
                text = service.contents[found[each.kind, each.name].key]["content"]
                if text != each.properties(None)["content"]:
                    raise Violation("I4", f"converged, but the content of {each.name} is {text}")


# -------------------------------------------------------------------- putting back


def put_back(world: World, objects: set[Named] | frozenset[Named] = frozenset()) -> None:
    """What refusals advise: put back what is missing, unprotected, with force_destroy."""
    program = world.program
    if program.release is None:
        program.release = world.removed_release
    for stored in world.state:
        stored.protect = False
        if stored.kind not in KINDS:
            continue
        declared = program.objects.get(stored.resource)
        if stored.kind == "settings" and program.of_kind("settings"):
            continue  # there can be only one
        if declared and stored.kind == "dictionary" and stored.outputs.get("protect"):
            declared.write_only = bool(stored.outputs.get("write_only"))
        if declared is None and not stored.to_delete:
            known = Object.from_outputs(stored.kind, stored.outputs)
            known.name = _untaken(world, stored.kind, known.name, stored.resource)
            known.condition_name = None
            known.content = "1" if known.content == BAD else known.content
            program.objects[stored.resource] = known
    _put_recorded_back(world, objects)
    for kind, key in objects:
        if kind in CONTAINERS and isinstance(key, str):
            _put_container_back(world, kind, key)
    for each in program.objects.values():
        each.protect, each.force_destroy, each.retain = False, True, False
        each.content = "1" if each.content == BAD else each.content


def _put_recorded_back(world: World, objects: set[Named] | frozenset[Named]) -> None:
    program = world.program
    release = program.release
    version = live(world.state, ("version", release.resource)) if release else None
    for manifest_key, record in (version.outputs.get("objects") or {}).items() if version else ():
        kind, _, resource = manifest_key.partition("/")
        if not (record.get("protect") or (kind, record.get("id") or record["name"]) in objects):
            continue
        declared = program.objects.get(resource)
        if declared is None and kind == "settings" and program.of_kind(kind):
            continue
        if declared is None:
            name = _untaken(world, kind, record["name"], resource)
            declared = program.objects[resource] = Object(kind, name)
        elif kind == "dictionary" and (stored := live(world.state, (kind, resource))):
            declared.write_only = bool(stored.outputs.get("write_only"))
        if declared.name != record["name"]:
            _free(world, kind, record["name"], but=resource)
            declared.name = record["name"]


def _put_container_back(world: World, kind: str, key: str) -> None:
    program, service = world.program, world.service
    known = [stored for stored in world.state if stored.object_id == key and not stored.to_delete]
    if service is None or any(stored.resource in program.objects for stored in known):
        return
    versions = sorted(service.versions.values(), key=lambda version: not version.active)
    thing = next((content(version)[kind, key] for version in versions if (kind, key) in content(version)), None)
    if thing:
        _free(world, kind, thing.name)
        program.objects[world.fresh("p")] = Object(kind, thing.name)


def _free(world: World, kind: str, name: str, *, but: str = "") -> None:
    """Gives the object that has the name another one."""
    for resource, each in world.program.objects.items():
        if resource != but and each.kind == kind and each.name == name:
            each.name = world.fresh("zz")


def _untaken(world: World, kind: str, name: str, resource: str) -> str:
    others = {each.name for other, each in world.program.objects.items() if each.kind == kind and other != resource}
    return name if name not in others else next(letter for letter in "efghijklmn" if letter not in others)
