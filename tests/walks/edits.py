"""Edits of the program."""

from __future__ import annotations

import copy
import random
from dataclasses import replace

from .objects import CONTAINERS, KINDS, LIVE, REFERENCES, SINGLETONS, Object
from .program import Items, Program
from .stack import live
from .world import World


def free_name(world: World, kind: str, rnd: random.Random) -> str | None:
    """A name that no object of the kind has."""
    own_names = {"dynamic_snippet": ["da", "db", "dc", "dd"], **{single: [single] for single in SINGLETONS}}
    names = own_names.get(kind, ["a", "b", "c", "d"])
    free = [name for name in names if name not in world.program.names(kind)]
    return rnd.choice(free) if free else None


def pick(world: World, rnd: random.Random, *kinds: str) -> str | None:
    """A resource of the program."""
    found = world.program.of_kind(*kinds)
    return rnd.choice(found) if found else None


def edit_add(world: World, rnd: random.Random) -> None:
    """One more object."""
    program = world.program
    if world.focus and rnd.random() < 0.7:
        kind = rnd.choice(world.focus)
    else:
        kind = rnd.choice(["backend", "backend", "backend", "condition", "dictionary", "dictionary", *KINDS])
    name = free_name(world, kind, rnd)
    if len(program.objects) > 5 or name is None:
        return
    resource = next((r for n in range(1, 6) if (r := f"{kind}{n}") not in program.objects), None) or world.fresh(kind)
    each = program.objects[resource] = Object(kind, name, content=_some_content(kind, rnd))
    if kind in REFERENCES and rnd.random() < (0.8 if kind == "director" else 0.4):
        each.target = _target(world, kind, rnd)
    if kind == "dynamic_snippet":
        each.live = rnd.choice(LIVE)
    if kind == "vcl" and rnd.random() < 0.5:
        _make_main(program, each)
    if kind in CONTAINERS and rnd.random() < 0.7:
        entries = {"k1": rnd.choice("xy")} | ({"k2": "x"} if rnd.random() < 0.5 else {})
        program.items[world.fresh("i")] = Items(resource, entries)


def _some_content(kind: str, rnd: random.Random) -> str:
    can_be_bad = kind in {"condition", "snippet"} and rnd.random() < 0.5
    return rnd.choice(["1", "2", "3", "bad", "bad"] if can_be_bad else ["1", "1", "2", "3"])


def _target(world: World, kind: str, rnd: random.Random) -> str | None:
    """Something that an object of the kind may refer to."""
    objects = world.program.objects
    found = [name for name in world.program.of_kind(REFERENCES[kind]) if objects[name].type == "REQUEST"]
    return rnd.choice(found) if found else None


def _make_main(program: Program, main: Object) -> None:
    for each in program.objects.values():
        each.main = each is main


def edit_remove(world: World, rnd: random.Random) -> None:
    """One object less, with its items."""
    program, resource = world.program, pick(world, rnd)
    if resource is None:
        return
    del program.objects[resource]
    program.items = {name: each for name, each in program.items.items() if each.container != resource}
    for each in program.objects.values():
        if each.target == resource:
            each.target = None


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
        if each.target == old:
            each.target = new
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
        if all(row.target != resource for row in world.program.objects.values()):
            each.type = "CACHE" if each.type == "REQUEST" else "REQUEST"
    elif each.kind in {"backend", "logging_heroku"} and other < 0.25:
        each.secret = rnd.choice(["s1", "s2", None])
    elif each.kind in REFERENCES and other < 0.5:
        each.target = _target(world, each.kind, rnd)
    elif each.kind == "vcl" and other < 0.25:
        each.main = False
    elif each.kind == "vcl" and other < 0.5:
        _make_main(world.program, each)
    elif each.kind == "dynamic_snippet" and other < 0.5:
        each.live = rnd.choice(LIVE)
    else:
        each.content = _some_content(each.kind, rnd)


def edit_flag(world: World, rnd: random.Random) -> None:
    """Another option."""
    if world.program.items and rnd.random() < 0.2:
        row = rnd.choice(list(world.program.items.values()))
        row.protect = not row.protect
        return
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
