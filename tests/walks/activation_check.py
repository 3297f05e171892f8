"""What must hold of a version that is about to go live.

I1: it equals the program plus what nobody manages. I1b: what was removed from the program is gone. I1c: so is what a
rollback brought back. I4, I6: see ``invariants.py``. I8: what someone else put into our draft does not go live. I10:
what this program never declared stays. I11: a plain ``up`` activates nothing over an activation that the state does not
know.

Nobody can see what someone else does between our last look and our activation; that is not held against us.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fastly_emulator.kinds import KINDS as API_KINDS
from fastly_emulator.state import DEFAULT_SETTINGS, Service, Version

from .invariants import Watch
from .objects import COLLECTIONS, SINGLETONS, Properties
from .stack import Violation
from .walk_versions import (
    IMAGE_OPTIMIZER_DEFAULTS,
    Content,
    Named,
    Thing,
    by_name,
    compiles,
    content,
    items,
    last_released,
)

COMPUTED = {"deleted_at", "links", "content", "dynamic", "hostname", "ipv4", "ipv6", "use_ssl"}
"""Fields that the API derives from others."""


def check(watch: Watch, service: Service, number: int) -> None:
    """Compares what goes live with the program and with what serves."""
    version = service.versions[number]
    if not compiles(service, version):
        return
    _Activation(watch, service, version).check()
    declared = watch.before.effective.declared()
    watch.managed[service.id] = {
        thing.named for thing in content(version).values() if (thing.kind, thing.name) in declared
    }


@dataclass
class _Activation:
    watch: Watch
    service: Service
    version: Version

    def check(self) -> None:
        self.check_known()
        if self.watch.before.held_items:
            raise self._bad("I6", f"{self.watch.before.held_items}, which are protected, are not in the program")
        self.names = by_name(self.new)
        for named, want in self.declared.items():
            self._declared(named, want)
        for thing in self.new.values():
            if (thing.kind, thing.name) not in self.declared and not self._is_unseen(thing):
                self._undeclared(thing)
        for thing in self.base.values():
            if thing.named not in self.new and not self._is_unseen(thing):
                self._gone(thing)

    def _bad(self, rule: str, text: str) -> Violation:
        return Violation(rule, f"activated v{self.version.number}: {text}")

    # ---------------------------------------------------------------- what is compared

    @cached_property
    def new(self) -> Content:
        """What goes live."""
        return content(self.version)

    @cached_property
    def declared(self) -> dict[Named, Properties]:
        """What the program says."""
        return self.watch.before.effective.declared()

    @cached_property
    def served(self) -> Version | None:
        """What serves, as far as the stack could see."""
        events = self.watch.ledger.activations.get(self.service.id, [])
        actor = self.watch.actor
        seen = [event.number for event in events if actor in {event.actor, *event.seen}]
        return self.service.versions[seen[-1]] if seen and seen[-1] else last_released(self.service)

    @cached_property
    def base(self) -> Content:
        """What it holds."""
        if self.served:
            return content(self.served)
        others = [each for number, each in self.service.versions.items() if number != self.version.number]
        theirs = [each for each in others if not _owner(each)]  # the latest is what a take-over starts from
        return content(theirs[-1]) if theirs else {}

    @cached_property
    def unseen(self) -> set[Named]:
        """What someone else wrote into the draft after the last look at it."""
        actor, number = self.watch.actor, self.version.number
        listed = {COLLECTIONS[kind] for kind, _ in [*self.declared, *self.watch.before.records]}
        edits = [
            edit
            for edit in self.watch.ledger.edits.get((self.service.id, number), [])
            if edit.actor != actor
            and (actor not in edit.pointed or (edit.collection in listed and actor not in edit.listed))
        ]
        return {(edit.collection, which) for edit in edits for which in (edit.name, edit.object_id)}

    def _is_unseen(self, thing: Thing) -> bool:
        collection, name = thing.place
        return (collection, name) in self.unseen or (collection, thing.key) in self.unseen

    # ---------------------------------------------------------------- the rules

    def check_known(self) -> None:
        """I11."""
        watch, service_id = self.watch, self.service.id
        acknowledged = watch.acknowledged.get(service_id, 0)
        known, later = watch.ledger.known_active(watch.actor, service_id, acknowledged)
        if not later or later[-1].number in {known, 0}:
            return  # where nothing serves, nothing is overridden
        last = later[-1]
        # A draft of ours that someone activated cannot be told from a kill right after our own activation.
        if watch.ledger.opened[service_id, last.number] == watch.actor and last.number > (known or 0):
            return
        raise self._bad("I11", f"{last.actor} activated v{last.number}, which the state does not know (but v{known})")

    def _declared(self, named: Named, want: Properties) -> None:
        thing = self.names.get(named)
        collection = COLLECTIONS[named[0]]
        if (collection, collection if named[0] in SINGLETONS else named[1]) in self.unseen:
            return
        if thing is None:
            raise self._bad("I1", f"{named} is not there")
        wanted = {**_defaults(thing), **comparable(want, foreign=self.watch.foreign)}
        if thing.fields(wanted) != wanted:
            got = thing.fields(wanted)
            differing = {name: (got[name], value) for name, value in wanted.items() if got[name] != value}
            raise self._bad("I1", f"{named} has (instead of) {differing}")

    def _undeclared(self, thing: Thing) -> None:
        what = f"{thing.kind} {thing.name}"
        before = self.base.get(thing.named)
        theirs = thing.place in self._edited_by_others
        if before is None:
            raise self._bad("I8" if theirs else "I1", f"{what} is a leftover")
        if before.own != thing.own and not self._lost_main(before, thing):
            rule = "I8" if theirs else "I1"
            raise self._bad(rule, f"{what}, which nobody manages, was {before.own} and is {thing.own}")
        if self._came_back(thing):
            raise self._bad("I1c", f"{what}, which came back with a rollback, is still there")
        record = self.watch.before.records.get(thing.named)
        release = self.watch.before.program.release
        is_kept = self.watch.before.version_is_new or (release is not None and release.adopt)
        if thing.named in self.watch.managed.get(self.service.id, set()):
            if record is None and not is_kept:
                raise self._bad("I1b", f"{what}, removed from the program, is still there, unknown to the Version")
            if record is not None and not record.retain:
                raise self._bad("I1", f"{what}, removed from the program, is still there")

    def _lost_main(self, before: Thing, thing: Thing) -> bool:
        """Whether all that changed is that a declared file is the main one now."""
        taken = any(kind == "vcl" and want["main"] for (kind, _), want in self.declared.items())
        return taken and thing.kind == "vcl" and {**before.own, "main": False} == thing.own

    @cached_property
    def _edited_by_others(self) -> set[Named]:
        edits = self.watch.ledger.edits.get((self.service.id, self.version.number), [])
        return {(edit.collection, edit.name) for edit in edits if edit.actor != self.watch.actor}

    def _came_back(self, thing: Thing) -> bool:
        """Whether the version that was released last lacks it, and was made from the one that serves.

        By the same Service: another one has other markers.
        """
        released = self._rolled_back_from
        if released and _owner(self.service.versions[released]) != _owner(self.version):
            return False
        gone = released is not None and thing.named not in content(self.service.versions[released])
        return gone and (thing.kind, thing.name) in self.watch.ever

    @cached_property
    def _rolled_back_from(self) -> int | None:
        released, served = self.watch.before.released, self.served
        if released is None or served is None or released == served.number:
            return None
        lineage = self.watch.ledger.lineage(self.watch.actor, self.service.id, released)
        return released if served.number in lineage else None

    def _gone(self, thing: Thing) -> None:
        what = f"{thing.kind} {thing.name}"
        record = self.watch.before.records.get(thing.named)
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
        if record and record.unmanaged and self.service.contents[thing.key]["content"]:
            own = program.objects.get(record.resource_key.partition("/")[2])
            if not (record.force_destroy or any(each.force_destroy for each in [*twins, *([own] if own else [])])):
                raise self._bad("I4", f"{what} is removed with its content")
        if (thing.kind, thing.name) in self.declared:
            return
        if (thing.kind, thing.name) not in self.watch.ever:
            raise self._bad("I8" if thing.place in self._edited_by_others else "I10", f"{what} is gone")
        managed = self.watch.managed.get(self.service.id, set())
        if record is None and thing.named not in managed and self._rolled_back_from is None:
            raise self._bad("I1", f"{what}, which nobody manages, is gone")
        if record and record.retain:
            raise self._bad("I1", f"{what}, which is retained, is gone")


def _owner(version: Version) -> str:
    """Whom a version's marker names; nobody in the first version of a service."""
    return version.comment.partition("[pulumi ")[2].partition(" ")[0]


def comparable(want: Properties, *, foreign: bool) -> Properties:
    """What must be the same in the API; a secret that someone else may have written cannot be told."""
    return {name: value for name, value in want.items() if not (foreign and name.startswith(("ssl_client_", "token")))}


def _defaults(thing: Thing) -> dict[str, Any]:
    """What the API must hold in the fields that no program gives."""
    if thing.kind == "settings":
        return dict(DEFAULT_SETTINGS)
    if thing.kind == "image_optimizer_settings":
        return dict(IMAGE_OPTIMIZER_DEFAULTS)
    if thing.kind in SINGLETONS:
        return {}
    defaults = API_KINDS[COLLECTIONS[thing.kind]].defaults
    known = {name: value for name, value in defaults.items() if name not in COMPUTED and name in thing.record}
    return {
        name: "" if value is None else value for name, value in known.items() if not name.startswith(("ssl_", "token"))
    }
