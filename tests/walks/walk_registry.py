"""What a program registers: resources in the order of its lines, with the options and inputs that the package sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .objects import CONTAINERS, ID_PROPERTIES, KINDS, REFERENCES, Properties
from .program import Items, Program, Release, Service, Urn

Outputs = dict[Urn, Properties]


@dataclass
class Declared:
    """A resource as a program registers it."""

    urn: Urn
    needs: list[Urn]
    inputs: Callable[[Outputs], Properties]
    protect: bool = False
    retain: bool = False
    deleted_with: Urn | None = None


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
    return {"__service_is_adopted": True if service.adopt_id else None, "adopt": release.adopt or None}


def _of_service(outputs: Outputs, service: Urn) -> Properties:
    return {"service_id": service_id(outputs, service), "__stack_key": outputs[service]["__stack_key"]}


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
    live = {"content": given["content"]} if each.kind == "dynamic_snippet" and each.live is not None else {}
    return {"kind": each.kind, "name": each.name, "live": live, "items": rows}


def _object(program: Program, name: str, before: list[Urn], handed: Properties) -> Declared:
    each = program.objects[name]
    service = before[0]
    target = (REFERENCES[each.kind], each.target) if each.target else None

    def inputs(outputs: Outputs) -> Properties:
        flags = {"protect": each.protect or None, "retain_on_delete": each.retain or None}
        referred = outputs[target]["name"] if target else None
        return {**each.properties(referred), **handed, **flags, **_of_service(outputs, service)}

    needs = [*before, *([target] if target else [])]
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
        manifest = {f"{kind}/{name}": outputs[kind, name]["__record"] for kind, name in others if kind in KINDS}
        items = {f"{kind}/{name}": outputs[kind, name]["__flags"] for kind, name in others if kind not in KINDS}
        given = {"comment": release.comment, "activate": release.activate, "adopt": release.adopt}
        return {**handed, **given, "__objects": manifest, "__items": items, **_of_service(outputs, service)}

    return Declared(("version", release.resource), [service, *others], inputs, deleted_with=service)


def service_id(outputs: Outputs, service: Urn) -> str:
    """The id of the service."""
    return str(outputs[service]["id"])
