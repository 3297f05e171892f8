"""What refusals advise: put back what is missing, unprotected, with force_destroy."""

from __future__ import annotations

from .objects import BAD, COLLECTIONS, CONTAINERS, ID_PROPERTIES, KINDS, SINGLETONS, Object
from .program import Items, key_of
from .stack import Stored, live
from .walk_versions import Named, content
from .world import World


def put_back(world: World, objects: set[Named] | frozenset[Named] = frozenset()) -> None:
    """What refusals advise: put back what is missing, unprotected, with force_destroy."""
    program = world.program
    if program.release is None:
        program.release = world.removed_release
    for stored in world.state:
        if stored.kind in KINDS and not (stored.kind in SINGLETONS and program.of_kind(stored.kind)):
            _put_resource_back(world, stored)
    _put_recorded_back(world, objects)
    _put_items_back(world)
    for stored in world.state:
        stored.protect = False  # `pulumi state unprotect`
    for kind, key in objects:
        if kind in CONTAINERS and isinstance(key, str):
            _put_container_back(world, kind, key)
    for each in program.objects.values():
        each.protect, each.force_destroy, each.retain = False, True, False
        each.content = "1" if each.content == BAD else each.content


def _put_resource_back(world: World, stored: Stored) -> None:
    declared = world.program.objects.get(stored.resource)
    if declared and stored.kind == "dictionary" and stored.outputs.get("protect"):
        declared.write_only = bool(stored.outputs.get("write_only"))
    if declared is None and not stored.to_delete:
        known = Object.from_outputs(stored.kind, stored.outputs)
        known.name = _untaken(world, stored.kind, known.name, stored.resource)
        known.target_name = None
        known.main = known.main and not any(each.main for each in world.program.objects.values())
        known.content = "1" if known.content == BAD else known.content
        world.program.objects[stored.resource] = known


def _put_items_back(world: World) -> None:
    """Protected items that are not in the program any more."""
    program = world.program
    for each in program.items.values():
        each.protect = False
    for stored in [each for each in world.state if each.resource not in program.items]:
        if not stored.outputs.get("protect") or stored.to_delete:
            continue
        kind = next((kind for kind, items in CONTAINERS.items() if items == stored.kind), None)
        if kind is None:
            continue
        container = _container_of(world, kind, stored)
        rows = stored.outputs.get("items") or {
            key_of(row["ip"]): row.get("comment") or "" for row in stored.outputs.get("entries") or ()
        }
        overlapping = [
            name for name, each in program.items.items() if each.container == container and each.entries.keys() & rows
        ]
        for name in overlapping:  # it was renamed
            rows = {**program.items.pop(name).entries, **rows}
        program.items[stored.resource] = Items(container, dict(rows))
    version = live(world.state, ("version", program.release.resource)) if program.release else None
    for name, flags in (version.outputs.get("__items") or {}).items() if version else ():
        kind, _, resource = name.partition("/")
        if flags.get("protect") and resource not in program.items:  # the state has lost it
            container_kind = next(each for each, items in CONTAINERS.items() if items == kind)
            container = next(iter(program.of_kind(container_kind)), None) or world.fresh("p")
            program.objects.setdefault(
                container, Object(container_kind, _untaken(world, container_kind, "e", container))
            )
            program.items[resource] = Items(container, {})


def _container_of(world: World, kind: str, stored: Stored) -> str:
    """The resource of the container, put back if need be."""
    object_id = stored.outputs[ID_PROPERTIES[kind]]
    holders = [each.resource for each in world.state if each.object_id == object_id and not each.to_delete]
    declared = next((name for name in holders if name in world.program.objects), None)
    if declared is None:
        declared = holders[0] if holders else world.fresh("p")
        world.program.objects[declared] = Object(kind, _untaken(world, kind, "e", declared))
    return declared


def _put_recorded_back(world: World, objects: set[Named] | frozenset[Named]) -> None:
    program = world.program
    release = program.release
    version = live(world.state, ("version", release.resource)) if release else None
    for manifest_key, record in (version.outputs.get("__objects") or {}).items() if version else ():
        kind, _, resource = manifest_key.partition("/")
        if not (record.get("protect") or (kind, record.get("id") or record["name"]) in objects):
            continue
        declared = program.objects.get(resource)
        if declared is None and kind in SINGLETONS and program.of_kind(kind):
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


def remove_from_draft(world: World, objects: set[Named]) -> bool:
    """Removes from the first version of a service what someone else put there; false if it is another draft."""
    service = world.service
    if service is None or len(service.versions) > 1:
        return False
    for kind, name in objects:
        world.foreign.delete(service.id, 1, COLLECTIONS.get(kind, kind), name)
    return True
