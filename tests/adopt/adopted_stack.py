"""Runs a generated program without the CLI, and what it declares through the release itself."""

from collections.abc import Iterable
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
from tests.resource.mocked import TYPE, run

from .recorded_program import LABELS, recording


@dataclass
class Adopted:
    """What a program declares."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Inputs by kind and resource name."""
    items: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """Inputs by kind and the resource name of the container, which is theirs too."""
    products: dict[str, Any] = field(default_factory=dict)
    adopts: bool = False


def run_program(folder: Path, plan: ProgramPlan, *, with_mocks: bool = False) -> Adopted:
    """Writes the program, runs it, and says what it declares; with Pulumi's mocks it is slow."""
    write_new(folder, plan.service_id, files_of(plan))
    source, main = (folder / "__main__.py").read_text(), str(folder / "__main__.py")
    settings = {each.key: each.value or "unknown" for each in plan.secrets}
    code = compile(source, main, "exec")
    names = {"__file__": main, "__name__": "__main__"}
    if not with_mocks:
        with recording(settings) as recorded:
            exec(code, names)
        return _adopted((each.label, each.resource_name, each.inputs) for each in recorded)

    def program() -> None:
        pulumi.runtime.set_all_config({f"project:{key}": value for key, value in settings.items()})
        exec(code, names)

    resources = run(program).resources
    return _adopted((each.type.removeprefix(TYPE), each.name, each.inputs) for each in resources)


def _adopted(declared: Iterable[tuple[str, str, dict[str, Any]]]) -> Adopted:
    adopted = Adopted()
    for label, resource_name, inputs in declared:
        if label in {"Release", "Version"}:
            adopted.adopts |= bool(inputs.get("adopt"))
        schema = LABELS.get(label)
        if schema is None or schema.group not in {Group.OBJECT, Group.ITEMS, Group.PRODUCTS}:
            continue
        own = {f.name for f in schema.fields}
        checked, problems = schema.check({key: inputs[key] for key in inputs if key in own}, lambda _value: False, ())
        assert problems == [], f"{label} {resource_name}: {problems}"
        if schema.group is Group.OBJECT:
            adopted.objects[f"{schema.kind}/{resource_name}"] = {"name": schema.kind, **checked}
        elif schema.live_items:
            adopted.items[schema.kind, resource_name] = checked
        else:
            adopted.products = checked
    return adopted


def up(stack: Stack, adopted: Adopted, *, first: bool = False) -> None:
    """What ``pulumi up`` does with it."""
    stack.adopt = adopted.adopts
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
        for (items_kind, name), given in adopted.items.items():
            rows = KINDS[items_kind].live_items
            if rows and rows.container == kind and name == resource:
                entries |= rows.to_entries(given)
        found.append(Declared(kind, inputs.get("name", kind), live, entries))
    return found


def _check_live(session: ServiceSession, adopted: Adopted) -> None:
    head = session.head(service_is_adopted=True)
    for (kind, name), given in adopted.items.items():
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
