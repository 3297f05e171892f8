"""All kinds in one program, and how they differ from what the API has."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pulumi_fastly_dynamic.schema import KINDS, Body, Identity

from tests.cases import CASES, Case, Reference, Stages, in_order, normal

from .harness import Emulator
from .lifecycle import draft_of_someone, www

APART = {"billing_address", "customer", "invitation"}
"""Records that these suites cannot rename, update or remove as they do the others: see `test_account_lifecycles.py`."""
DECLARED = [case for case in in_order(CASES) if case.kind in KINDS and case.kind not in APART]
"""What a program can declare, referenced objects first."""
WITH_ANSWERS = [case for case in DECLARED if case.answered]
VERSIONED = [case for case in WITH_ANSWERS if not case.record]


class Form(NamedTuple):
    """What a program says of all objects: the stage they are in, and what is added to their names."""

    stage: str
    suffix: str = ""

    def inputs(self, case: Case, each: Stages) -> dict[str, Any]:
        """What the program says of an object, beside its name."""
        given = dict(getattr(each, self.stage))
        record = KINDS[case.kind].record
        return {**given, record.key: given[record.key] + self.suffix} if record else given

    def name(self, case: Case, each: Stages) -> str:
        """The name of an object in the API."""
        return each.name + self.suffix if case.named else each.name

    def value(self, value: Any) -> Any:
        """A value as the API answers it: references follow the names of what they refer to."""
        if isinstance(value, list):
            return [self.value(each) for each in value]
        return value + self.suffix if isinstance(value, Reference) else value


def lines(form: Form, cases: list[Case]) -> Iterator[str]:
    """A line of a program for every object of the cases."""
    for case in cases:
        for each in case.objects:
            name = {"name": form.name(case, each)} if form.suffix and case.named else {}
            yield case.line(KINDS[case.kind].label, each, {**name, **form.inputs(case, each)})


def program(form: Form, cases: list[Case] = DECLARED, **arguments: str) -> str:
    """A program with every object of the cases."""
    return www(*lines(form, cases), **arguments)


def rows_of(emulator: Emulator, case: Case, form: Form) -> dict[str, dict[str, Any]]:
    """The objects of the active version, or of the account, by name."""
    record = KINDS[case.kind].record
    if record:
        customer = emulator.get("/current_user")["customer_id"]
        rows = {row[record.key]: row for row in emulator.get("/" + record.list_path.format(customer=customer))}
        keys = {form.name(case, each): form.inputs(case, each)[record.key] for each in case.objects}
        return {name: rows[key] for name, key in keys.items() if key in rows}
    service_id = emulator.service_id()
    if KINDS[case.kind].identity is not Identity.SINGLETON:
        return emulator.objects(service_id, case.path)
    answer = emulator.http.get(f"/service/{service_id}/version/{emulator.active(service_id)}/{case.path}")
    return {case.name: answer.json()} if answer.is_success else {}


def differences(emulator: Emulator, form: Form, cases: list[Case] = WITH_ANSWERS) -> list[str]:
    """What the API has otherwise than declared."""
    wrong = []
    for case in cases:
        rows = rows_of(emulator, case, form)
        for each in case.objects:
            name = form.name(case, each)
            if name not in rows:
                wrong.append(f"{case.kind} {name} is missing")
                continue
            given, row = form.inputs(case, each), rows[name]
            wanted = case.row(name, {**case.defaults, **{key: form.value(value) for key, value in given.items()}})
            shown = {case.wire(key).partition("[")[0] for inputs in each for key in inputs} & wanted.keys()
            pairs = {key: (wanted[key], row[key]) for key in shown}
            for key, path in case.unversioned.items():
                if key in given:  # what is left out is left to others
                    content = emulator.get(f"/service/{emulator.service_id()}/{path.format_map(row)}")[key]
                    pairs[key] = (given[key], content)
            wrong += [
                f"{case.kind} {name}: {key} is {found!r}, expected {expected!r}"
                for key, (expected, found) in pairs.items()
                if normal(found) != normal(expected)
            ]
    return [*wrong, *live_differences(emulator, form)]


def container_id(emulator: Emulator, container: str, form: Form) -> str:
    """The id of the dictionary or ACL that the cases share."""
    case = CASES[container]
    return str(emulator.objects(emulator.service_id(), container)[form.name(case, case.objects[0])]["id"])


def live_values(emulator: Emulator, container: str, form: Form) -> dict[str, dict[str, Any]]:
    """Its items or entries by key."""
    service_id, id_ = emulator.service_id(), container_id(emulator, container, form)
    if container == "dictionary":
        return {key: {"item_value": value} for key, value in emulator.items(service_id, id_).items()}
    return emulator.entries(service_id, id_)


def live_differences(emulator: Emulator, form: Form) -> list[str]:
    """Items and entries that the API has otherwise than declared."""
    wrong = []
    for container in ("dictionary", "acl"):
        cases = [case for case in DECLARED if (live := KINDS[case.kind].live_items) and live.container == container]
        wanted: dict[str, Mapping[str, Any]] = {}
        for case in cases:
            live = KINDS[case.kind].live_items
            assert live is not None
            wanted |= live.to_entries(getattr(case, form.stage))
        found = live_values(emulator, container, form)
        if found.keys() != wanted.keys():
            wrong.append(f"{container} holds {sorted(found)}, expected {sorted(wanted)}")
        wrong += [
            f"{container} {key}: {name} is {found[key][name]!r}, expected {value!r}"
            for key in found.keys() & wanted.keys()
            for name, value in wanted[key].items()
            if str(found[key][name]) != str(value)
        ]
    return wrong


# -------------------------------------------------------------------- what someone else does

RENAMED = {"acl", "dictionary"}
"""Kinds of which the API can change nothing but the name."""


def _url(emulator: Emulator, case: Case, name: str, number: int) -> str:
    """The path of one object of a version, or of the account."""
    schema, version = KINDS[case.kind], f"/service/{emulator.service_id()}/version/{number}"
    if schema.identity is Identity.SINGLETON:
        return f"{version}/{case.path}"
    if case.record:
        return f"/{case.record}/{rows_of(emulator, case, FULL)[name]['id']}"
    if schema.object_path:
        return f"/{case.path}/{emulator.objects(emulator.service_id(), case.path, number)[name]['id']}"
    return f"{version}/{case.path}/{name}"


def other_value(case: Case, each: Stages) -> dict[str, Any]:
    """One property with the value of another stage, which the API can change without any other."""
    schema = {f.name: f for f in KINDS[case.kind].fields}
    left_out = {*case.client_only, *case.links, *case.unversioned}
    for stage in (each.changed, each.minimal):
        for name, value in stage.items():
            field = schema[name]
            fixed = field.immutable or field.secret or field.reference is not None
            if name not in left_out and not fixed and value != each.full.get(name):
                return {name: value}
    return {}


FULL = Form("full")


def change_everything(emulator: Emulator) -> set[tuple[str, str]]:
    """Someone changes one property of each object, and activates that. Returns kinds and names."""
    changed = set()
    service_id = emulator.service_id()
    items, entries = (container_id(emulator, name, FULL) for name in ("dictionary", "acl"))
    with draft_of_someone(emulator) as number:
        for case in WITH_ANSWERS:
            for each in case.objects:
                value = other_value(case, each)
                if not value and case.kind not in RENAMED:
                    continue
                url = _url(emulator, case, each.name, number)
                if KINDS[case.kind].body is Body.JSON:
                    emulator.http.patch(url, json=value).raise_for_status()
                else:
                    form = case.form(each.name, value)
                    own = {case.wire(name).partition("[")[0] for name in value}
                    form = {name: text for name, text in form.items() if name.partition("[")[0] in own}
                    emulator.send("PUT", url, **(form or {"name": f"{each.name}2"}))
                changed.add((case.kind, each.name))
        director, backend = CASES["director"].name, CASES["backend"].name
        version = f"/service/{service_id}/version/{number}"
        emulator.send("DELETE", f"{version}/director/{director}/backend/{backend}")
        emulator.send("POST", f"{version}/vcl", name="theirs", content="sub theirs { }", main="1")
        snippet = emulator.objects(service_id, "snippet")[CASES["dynamic_snippet"].name]["id"]
        emulator.send("PUT", f"/service/{service_id}/snippet/{snippet}", content="# theirs")
    keys, rows = emulator.items(service_id, items), emulator.entries(service_id, entries).values()
    upserts = [{"op": "upsert", "item_key": key, "item_value": "theirs"} for key in keys]
    updates = [{"op": "update", "id": row["id"], "comment": "theirs"} for row in rows]
    for path, body in (
        (f"dictionary/{items}/items", {"items": upserts}),
        (f"acl/{entries}/entries", {"entries": updates}),
    ):
        emulator.http.patch(f"/service/{service_id}/{path}", json=body).raise_for_status()
    return changed


def remove_everything(emulator: Emulator) -> None:
    """Someone deletes all objects, or restores the API's defaults, and activates that."""
    with draft_of_someone(emulator) as number:
        for case in WITH_ANSWERS:
            for each in case.objects:
                url = _url(emulator, case, each.name, number)
                if not KINDS[case.kind].is_restored:
                    emulator.send("DELETE", url)
                elif KINDS[case.kind].body is Body.JSON:
                    emulator.http.patch(url, json=case.answered).raise_for_status()
                else:
                    emulator.send("PUT", url, **{name: str(value) for name, value in case.answered.items()})
