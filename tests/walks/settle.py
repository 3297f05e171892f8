"""The end of every walk: the program must converge.

I2: after faults and kills with plain ``up``, I3: after foreign changes with ``up --refresh``; with one more activation
at the most. I7: nothing changed, no call. What a refusal advises is done, and counts as an edit.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from fastly_emulator.state import Service

from .activation_check import comparable
from .advice import put_back, remove_from_draft
from .objects import BAD
from .stack import Options, Result, Violation
from .walk_versions import Named, Thing, by_name, content, items
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
        ids = [each.object_id for each in world.state if each.object_id]
        shared = len(ids) > len(set(ids))  # the engine refused to delete a resource whose object another one has now
        self.refresh = self.foreign or shared or any(program != world.program for program in world.unsure)
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
        if self.foreign and self.rnd.random() < 0.5:  # no refresh: it converges only after one, but may do no harm
            world.up(self.rnd)
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
        elif "ChangedInDraft" in reasons and remove_from_draft(world, result.objects):
            self._advised()
        elif reasons & {"NeedsRefresh", "ChangedInDraft"} and not self.refresh:
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
            if each.kind == "dynamic_snippet" and each.live is not None:
                text = service.contents[found[each.kind, each.name].key]["content"]
                if text != each.properties(None)["content"]:
                    raise Violation("I4", f"converged, but the content of {each.name} is {text}")
