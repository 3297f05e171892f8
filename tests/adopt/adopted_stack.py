"""Runs a generated program without the CLI: against Pulumi's mocks, and what it registers through the release itself."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pulumi
from fastly_adopt.program_files import write_new
from fastly_adopt.program_plan import ProgramPlan
from fastly_adopt.program_writing import files_of
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.orchestration import CONTAINERS, Declared, ServiceProducts, ServiceSession, check_takeover
from pulumi_fastly_dynamic.schema import KINDS, Group

from tests.orchestration.conftest import Stack
from tests.resource.mocked import TYPE, Program, run

LABELS = {schema.label: schema for schema in KINDS.values()}


@dataclass
class Adopted:
    """What a program declares."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Inputs by kind and resource name."""
    items: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    """Kind, the resource name of the container, inputs."""
    products: dict[str, Any] = field(default_factory=dict)
    release: dict[str, Any] = field(default_factory=dict)


def run_program(folder: Path, plan: ProgramPlan) -> Adopted:
    """Writes the program, runs it, and says what it declares."""
    write_new(folder, files_of(plan))
    source, main = (folder / "__main__.py").read_text(), str(folder / "__main__.py")
    settings = {f"project:{each.key}": each.value or "unknown" for each in plan.secrets}

    def program() -> None:
        pulumi.runtime.set_all_config(settings)
        exec(compile(source, main, "exec"), {"__file__": main, "__name__": "__main__"})

    return _declared(run(program))


def _declared(program: Program) -> Adopted:
    adopted = Adopted()
    for each in program.resources:
        schema = LABELS.get(each.type.removeprefix(TYPE))
        if schema is None:
            continue
        own = {f.name for f in schema.fields}
        given = {name: value for name, value in each.inputs.items() if name in own}
        checked, problems = schema.check(given, lambda _value: False, ())
        assert problems == [], f"{each.type} {each.name}: {problems}"
        if schema.group is Group.OBJECT:
            adopted.objects[f"{schema.kind}/{each.name}"] = {"name": schema.kind, **checked}
        elif schema.live_items:
            adopted.items.append((schema.kind, each.name, checked))
        elif schema.group is Group.PRODUCTS:
            adopted.products = checked
        elif schema.group is Group.VERSION:
            adopted.release = {**checked, "adopt": each.inputs.get("adopt", False)}
    return adopted


def up(stack: Stack, adopted: Adopted, *, first: bool = False) -> None:
    """What ``pulumi up`` does with it."""
    stack.adopt = bool(adopted.release["adopt"])
    if first:
        stack.take_over()
        session = stack.process()
        check_takeover(session, tuple(_of_takeover(adopted)))
        _check_live(session, adopted)
        _check_products(stack, session, adopted)
    stack.up(adopted.objects)


def _of_takeover(adopted: Adopted) -> list[Declared]:
    found = []
    for key, inputs in adopted.objects.items():
        kind, _, resource = key.partition("/")
        schema = KINDS[kind]
        live = {f.name: inputs[f.name] for f in schema.unversioned if f.name in inputs}
        entries: dict[str, dict[str, Any]] = {}
        for items_kind, name, given in adopted.items:
            rows = KINDS[items_kind].live_items
            if rows and rows.container == kind and name == resource:
                entries |= rows.to_entries(given)
        found.append(Declared(kind, inputs.get("name", kind), live, entries))
    return found


def _check_live(session: ServiceSession, adopted: Adopted) -> None:
    head = session.head(service_is_adopted=True)
    for kind, name, given in adopted.items:
        live = KINDS[kind].live_items
        assert live
        api_name = adopted.objects[f"{live.container}/{name}"]["name"]
        there = session.list_of(head.number, live.container)
        [ref] = [ref for ref, each in there.items() if each.name == api_name]
        container = CONTAINERS[live.container](session, ref.key)
        container.write({}, live.to_entries(given), is_ours=False)
        assert container.read().keys() == live.to_entries(given).keys()


def _check_products(stack: Stack, session: ServiceSession, adopted: Adopted) -> None:
    products = ServiceProducts(session.shared, KINDS["product_enablement"], stack.service)
    products.write(products.wanted(adopted.products))


def stack_of(account_client: Client, emulator: Any, http: Any, service_id: str) -> Stack:
    """A stack that takes the service over."""
    return Stack(emulator, http, service_id, lambda: account_client, service_is_adopted=True)

