"""One emulated account, one stack's state, one program; what can happen to them."""

from __future__ import annotations

import copy
import random
from dataclasses import replace

import httpx
from fastly_emulator import Emulator, create_app
from fastly_emulator.state import Service as EmulatedService
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client

from . import engine
from .engine import Options, Result, SerialProcess, State, live
from .faults import MODES, Fault, FaultyTransport
from .foreign import Foreign
from .invariants import Before, Watch
from .program import CONTAINERS, KINDS, Items, Object, Program, Release, Service
from .versions import content

URL = "http://127.0.0.1"
OPERATIONS = (
    *("get_service", "list", "clone", "comment", "post", "post", "put", "put", "delete", "delete"),
    *("items", "patch", "patch", "delete_item", "put_live", "validate", "activate", "activate", "create_service"),
)
"""Calls that are made to fail by what they do."""
LIVE_WRITES = {"activate", "patch", "delete_item", "put_live"}
"""Writes of which the state knows nothing, if the process dies of them or gives up."""


class World:
    """Everything a walk is about."""

    def __init__(self, program: Program) -> None:
        self.emulator = Emulator(seed="walk", clock=lambda: 1_700_000_000.0)
        api = InProcessTransport(create_app(self.emulator), sleep=lambda _: None)
        self.state: State = []
        self.program = program
        self.watch = Watch(self.emulator, self.state, Before(program, program))
        self.transport = FaultyTransport(api, self.watch.look)
        self.client = Client("key", URL, transport=self.transport, sleep=lambda _: None)
        self.foreign = Foreign(httpx.Client(transport=api, base_url=URL, headers={"Fastly-Key": "theirs"}))
        self.history: list[Program] = []
        self.unsure: list[Program] = []
        """Programs of which the state may not know that they went live."""
        self.removed_release = program.release
        self.only_ours = False
        """The service was empty when it was taken over: every conflict is with an object of our own."""
        self.numbers = 10
        self.notes: list[str] = []
        """What happened, for people."""

    @property
    def service_id(self) -> str | None:
        """The id of the program's service."""
        stored = live(self.state, ("service", self.program.service.resource))
        return stored.id if stored else self.program.service.adopt_id

    @property
    def service(self) -> EmulatedService | None:
        """The program's service, if it exists."""
        service = self.emulator.services.get(self.service_id or "")
        return None if service is None or service.deleted_at else service

    def fresh(self, prefix: str) -> str:
        """A name that nothing had before."""
        self.numbers += 1
        return f"{prefix}{self.numbers}"

    def note(self, text: str) -> None:
        """Remembers what happened."""
        self.notes.append(text)

    # ---------------------------------------------------------------- commands

    def up(self, rnd: random.Random, options: Options | None = None) -> Result:
        """``pulumi up``."""
        options = options or Options()
        self.watch.begin(self.program, options.targets)
        process = lambda: SerialProcess(lambda: self.client, lambda _: None)  # noqa: E731
        result = engine.up(self.transport, process, self.state, copy.deepcopy(self.program), rnd, options)
        self.note(f"up {options}: {result}" + "".join(f"\n        {line}" for line in result.log))
        if not result.failed:
            release = self.program.release
            released = release is not None and options.hits(("version", release.resource))
            self.watch.end(self.service_id, released=released)
        return result

    def refresh(self) -> Result:
        """``pulumi refresh``."""
        result = engine.refresh(self.transport, lambda: SerialProcess(lambda: self.client, lambda _: None), self.state)
        self.note(f"refresh: {result}" + "".join(f"\n        {line}" for line in result.log))
        return result

    def somebody_else(self) -> None:
        """Somebody else changes something now."""
        self.watch.foreign = True


# -------------------------------------------------------------------- how a walk begins


def new_program(adopt_id: str | None = None, *, adopt: bool = False) -> Program:
    """A program of a service and an empty release."""
    return Program(Service("www", "www", adopt_id), Release("rel", adopt=adopt))


def random_world(rnd: random.Random) -> World:
    """A program of one to three objects, of a service that it creates or takes over."""
    world = World(new_program())
    if rnd.random() < 0.35:
        adopt_something(world, rnd, empty=rnd.random() < 0.3)
    for _ in range(rnd.randint(1, 3)):
        edit_add(world, rnd)
    world.history = [copy.deepcopy(world.program)]
    return world


def adopt_something(world: World, rnd: random.Random, *, empty: bool) -> None:
    """A service that somebody else made, and filled unless it is empty."""
    service_id = world.foreign.create_service("old")
    if not empty:
        _fill(world, service_id, rnd)
    if rnd.random() < 0.7:
        world.foreign.activate(service_id, 1)
    elif rnd.random() < 0.5:
        world.foreign.clone(service_id, 1)
    world.program = new_program(service_id, adopt=not empty)
    world.removed_release = world.program.release
    world.only_ours = empty
    world.watch.initial[service_id] = content(world.emulator.services[service_id].last)


def _fill(world: World, service_id: str, rnd: random.Random) -> None:
    for kind in ("condition", "backend", "dictionary", "acl", "snippet", "dynamic_snippet"):
        if rnd.random() < 0.5:
            world.foreign.post(service_id, 1, Object(kind, "u" + kind[0]))
    if rnd.random() < 0.3:
        world.foreign.put_settings(service_id, 1, "7")
    for container in list(world.emulator.services[service_id].items):
        world.foreign.write_item(service_id, container, "u1", "x")


# -------------------------------------------------------------------- commands with random options


def do_up(world: World, rnd: random.Random) -> None:
    """Runs ``up``; every other time calls fail."""
    options = Options(skip_preview=rnd.random() < 0.3)
    if rnd.random() < 0.6:
        options.fault = random_fault(rnd)
    if rnd.random() < 0.15:
        options.refresh, options.one_process = True, rnd.random() < 0.5
    elif rnd.random() < 0.07:
        urns = [each.urn for each in engine.resources(world.program)]
        options.targets = frozenset({urns[0], *rnd.sample(urns, min(len(urns), rnd.randint(1, 3)))})
    world.history.append(copy.deepcopy(world.program))
    result = world.up(rnd, options)
    if result.failed and LIVE_WRITES & set(result.unanswered):
        world.unsure.append(copy.deepcopy(world.program))
    elif not result.failed and options.targets is None and (options.refresh or world.unsure == [world.program]):
        world.unsure = []


def random_fault(rnd: random.Random) -> Fault:
    """Calls that fail, some so often that the client gives up."""
    fault = Fault(rnd.choice(MODES), length=rnd.choice([1, 2, 12, 40]))
    if rnd.random() < 0.5:
        fault.at = rnd.randint(1, 16)
    else:
        fault.operation = rnd.choice(OPERATIONS)
    return fault


def do_refresh(world: World, _: random.Random) -> None:
    """Runs ``refresh``."""
    world.refresh()


# -------------------------------------------------------------------- edits of the program


def free_name(world: World, kind: str, rnd: random.Random) -> str | None:
    """A name that no object of the kind has."""
    names = {"settings": ["settings"], "dynamic_snippet": ["da", "db", "dc", "dd"]}.get(kind, ["a", "b", "c", "d"])
    free = [name for name in names if name not in world.program.names(kind)]
    return rnd.choice(free) if free else None


def pick(world: World, rnd: random.Random, *kinds: str) -> str | None:
    """A resource of the program."""
    found = world.program.of_kind(*kinds)
    return rnd.choice(found) if found else None


def edit_add(world: World, rnd: random.Random) -> None:
    """One more object."""
    program = world.program
    kind = rnd.choice(["backend", "backend", "backend", "condition", "dictionary", "dictionary", *KINDS])
    name = free_name(world, kind, rnd)
    if len(program.objects) > 5 or name is None:
        return
    resource = next((r for n in range(1, 6) if (r := f"{kind}{n}") not in program.objects), None) or world.fresh(kind)
    each = program.objects[resource] = Object(kind, name, content=_some_content(kind, rnd))
    if kind == "backend" and rnd.random() < 0.4:
        each.condition = _request_condition(world, rnd)
    if kind in CONTAINERS and rnd.random() < 0.7:
        entries = {"k1": rnd.choice("xy")} | ({"k2": "x"} if rnd.random() < 0.5 else {})
        program.items[world.fresh("i")] = Items(resource, entries)


def _some_content(kind: str, rnd: random.Random) -> str:
    can_be_bad = kind in {"condition", "snippet"} and rnd.random() < 0.5
    return rnd.choice(["1", "2", "3", "bad", "bad"] if can_be_bad else ["1", "1", "2", "3"])


def _request_condition(world: World, rnd: random.Random) -> str | None:
    objects = world.program.objects
    found = [name for name in world.program.of_kind("condition") if objects[name].type == "REQUEST"]
    return rnd.choice(found) if found else None


def edit_remove(world: World, rnd: random.Random) -> None:
    """One object less, with its items."""
    program, resource = world.program, pick(world, rnd)
    if resource is None:
        return
    del program.objects[resource]
    program.items = {name: each for name, each in program.items.items() if each.container != resource}
    for each in program.objects.values():
        if each.condition == resource:
            each.condition = None


def edit_rename(world: World, rnd: random.Random) -> None:
    """Another name in Fastly."""
    resource = pick(world, rnd)
    if resource and (name := free_name(world, world.program.objects[resource].kind, rnd)):
        world.program.objects[resource].name = name


def edit_swap(world: World, rnd: random.Random) -> None:
    """Two objects change names."""
    resource = pick(world, rnd)
    if resource is None:
        return
    one = world.program.objects[resource]
    others = [each for each in world.program.objects.values() if each.kind == one.kind and each is not one]
    if others:
        other = rnd.choice(others)
        one.name, other.name = other.name, one.name


def edit_rename_resource(world: World, rnd: random.Random) -> None:
    """Another name in Pulumi."""
    program, old = world.program, pick(world, rnd)
    if old is None:
        return
    new = world.fresh("q")
    program.objects = {new if name == old else name: each for name, each in program.objects.items()}
    for each in program.objects.values():
        if each.condition == old:
            each.condition = new
    for row in program.items.values():
        if row.container == old:
            row.container = new


def edit_content(world: World, rnd: random.Random) -> None:
    """Another content."""
    resource = pick(world, rnd)
    if resource is None:
        return
    each, other = world.program.objects[resource], rnd.random()
    if each.kind == "dictionary":
        each.write_only ^= other < 0.3
    elif each.kind == "condition" and other < 0.3:
        if all(row.condition != resource for row in world.program.objects.values()):
            each.type = "CACHE" if each.type == "REQUEST" else "REQUEST"
    elif each.kind == "backend" and other < 0.25:
        each.secret = rnd.choice(["s1", "s2", None])
    elif each.kind == "backend" and other < 0.5:
        each.condition = _request_condition(world, rnd)
    elif each.kind == "dynamic_snippet" and other < 0.5:
        each.live = rnd.choice("abc")
    else:
        each.content = _some_content(each.kind, rnd)


def edit_flag(world: World, rnd: random.Random) -> None:
    """Another option."""
    resource = pick(world, rnd)
    if resource:
        each = world.program.objects[resource]
        flag = rnd.choice(["protect", "retain", "force_destroy", "force_destroy"])
        setattr(each, flag, not getattr(each, flag))


def edit_items(world: World, rnd: random.Random) -> None:
    """Other live items."""
    program = world.program
    containers = program.of_kind(*CONTAINERS)
    if not containers:
        return
    what = rnd.choice(["add", "key", "move", "rename", "remove", "move_all"])
    if what == "add" or not program.items:
        container = rnd.choice(containers)
        free = [key for key in ("k1", "k2", "k3") if key not in program.keys(container)]
        if free:
            program.items[world.fresh("i")] = Items(container, {rnd.choice(free): "x"})
        return
    name = rnd.choice(list(program.items))
    if what == "key":
        _edit_key(program, name, rnd)
    elif what == "move":
        _move_key(program, name, rnd)
    elif what == "rename":
        new = world.fresh("i")
        program.items = {new if each == name else each: row for each, row in program.items.items()}
    elif what == "remove":
        del program.items[name]
    else:
        same_kind = program.of_kind(program.objects[program.items[name].container].kind)
        container = rnd.choice(same_kind)
        if not program.keys(container, but=name) & set(program.items[name].entries):
            program.items[name].container = container


def _edit_key(program: Program, name: str, rnd: random.Random) -> None:
    row = program.items[name]
    free = [key for key in ("k1", "k2", "k3") if key not in program.keys(row.container, but=name)]
    if not free:
        return
    key = rnd.choice(free)
    if key in row.entries and rnd.random() < 0.5:
        del row.entries[key]
    else:
        row.entries[key] = rnd.choice("xyz")


def _move_key(program: Program, name: str, rnd: random.Random) -> None:
    row = program.items[name]
    others = [each for other, each in program.items.items() if other != name and each.container == row.container]
    if others and row.entries:
        key = rnd.choice(sorted(row.entries))
        rnd.choice(others).entries[key] = row.entries.pop(key)


def edit_release(world: World, rnd: random.Random) -> None:
    """Other options of the release, or none."""
    program, release = world.program, world.program.release
    if release is None:
        program.release = world.removed_release
        return
    match rnd.choice(["activate", "comment", "comment", "rename", "remove", "force"]):
        case "activate":
            release.activate = not release.activate
        case "comment":
            release.comment = rnd.choice(["", "c1", "c2"])
        case "rename":
            release.resource = world.fresh("rel")
        case "remove" if rnd.random() < 0.4:
            world.removed_release, program.release = release, None
        case "force":
            program.service.force_destroy = not program.service.force_destroy


def edit_service(world: World, rnd: random.Random) -> None:
    """The created service is taken over by another resource, which takes its place."""
    service = world.program.service
    stored = live(world.state, ("service", service.resource))
    active = stored and world.emulator.services[stored.id].active
    if stored and active and not service.adopt_id and rnd.random() < 0.5:
        world.program.service = replace(service, resource=world.fresh("www"), adopt_id=stored.id)


def edit_revert(world: World, rnd: random.Random) -> None:
    """Back to what the program was."""
    if world.history:
        world.program = copy.deepcopy(rnd.choice(world.history[-3:]))


# -------------------------------------------------------------------- other clients


def foreign_activate(world: World, rnd: random.Random) -> None:
    """Somebody clones the active version, changes it, and mostly activates it."""
    service = world.service
    if service is None or service.active is None:
        return
    world.somebody_else()
    number = world.foreign.clone(service.id, service.active.number)
    for _ in range(rnd.randint(0, 2)):
        world.foreign.change(service, service.versions[number], rnd)
    if rnd.random() < 0.8:
        world.foreign.activate(service.id, number)


def foreign_meanwhile(world: World, rnd: random.Random) -> None:
    """Somebody activates a version of theirs while we fill our draft."""
    world.transport.meanwhile = lambda: foreign_activate(world, rnd)
    world.history.append(copy.deepcopy(world.program))
    world.up(rnd, Options(fault=Fault("meanwhile", operation=rnd.choice(["clone", "post"]))))


def foreign_rollback(world: World, rnd: random.Random) -> None:
    """Somebody activates an older version."""
    service = world.service
    older = [each.number for each in service.versions.values() if each.locked and not each.active] if service else []
    if service and older:
        world.somebody_else()
        world.foreign.activate(service.id, rnd.choice(older))


def foreign_draft(world: World, rnd: random.Random) -> None:
    """Somebody changes a draft, be it ours."""
    service = world.service
    drafts = [each for each in service.versions.values() if not each.locked] if service else []
    if not service or not drafts:
        return
    world.somebody_else()
    world.foreign.change(service, rnd.choice(drafts), rnd)
    if service.id in world.watch.initial and all(not each.locked for each in service.versions.values()):
        base = max(number for number, each in service.versions.items() if "[pulumi " not in each.comment)
        world.watch.initial[service.id] = content(service.versions[base])


def foreign_items(world: World, rnd: random.Random) -> None:
    """Somebody changes live items."""
    service = world.service
    containers = sorted([*service.items, *service.entries]) if service else []
    if service and containers:
        world.somebody_else()
        key, value = rnd.choice([("u1", "x"), ("u2", "x"), ("k1", "z"), ("k1", None), ("u1", None)])
        world.foreign.change_item(service, rnd.choice(containers), key, value)


def foreign_deactivate(world: World, _: random.Random) -> None:
    """Somebody deactivates the service."""
    service = world.service
    if service and service.active:
        world.somebody_else()
        world.foreign.deactivate(service.id, service.active.number)


def foreign_state(world: World, rnd: random.Random) -> None:
    """Somebody removes a resource from the state."""
    found = [each for each in world.state if each.kind != "service"]
    if found:
        world.somebody_else()
        world.state.remove(rnd.choice(found))
