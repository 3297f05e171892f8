"""Every kind on the real CLI, all in one program: create, change, clear, no drift after each, remove."""

from collections.abc import Mapping
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS, Identity

from tests.cases import CASES, Case, in_order, normal

from .harness import Emulator, Stack
from .lifecycle import Step, let, live, of, www

NO_DRIFT = Step(command=("refresh", "--skip-preview", "--expect-no-changes"), writes=0)
DECLARED = [case for case in in_order(CASES) if case.kind in KINDS]
"""What a program can declare, referenced objects first."""
WITH_ANSWERS = [case for case in DECLARED if case.answered]
VERSIONED = [case for case in WITH_ANSWERS if not case.record]
STAGES = ("full", "changed", "minimal", "full")


def program(stage: str) -> str:
    """A program with every object of every case."""
    lines = [
        case.line(KINDS[case.kind].label, each, getattr(each, stage)) for case in DECLARED for each in case.objects
    ]
    return www(*lines)


def rows_of(emulator: Emulator, case: Case) -> dict[str, dict[str, Any]]:
    """The objects of the active version, or of the account, by name."""
    record = KINDS[case.kind].record
    if record:
        customer = emulator.get("/current_user")["customer_id"]
        rows = {row[record.key]: row for row in emulator.get("/" + record.list_path.format(customer=customer))}
        return {each.name: rows[each.full[record.key]] for each in case.objects if each.full[record.key] in rows}
    service_id = emulator.service_id()
    if KINDS[case.kind].identity is not Identity.SINGLETON:
        return emulator.objects(service_id, case.path)
    answer = emulator.http.get(f"/service/{service_id}/version/{emulator.active(service_id)}/{case.path}")
    return {case.name: answer.json()} if answer.is_success else {}


def differences(emulator: Emulator, stage: str) -> list[str]:
    """What the API has otherwise than declared."""
    wrong = []
    for case in WITH_ANSWERS:
        rows = rows_of(emulator, case)
        for each in case.objects:
            given, row = getattr(each, stage), rows[each.name]
            wanted = case.row(each.name, {**case.defaults, **given})
            shown = {case.wire(name).partition("[")[0] for inputs in each for name in inputs} & wanted.keys()
            pairs = {name: (wanted[name], row[name]) for name in shown}
            for name, path in case.unversioned.items():
                content = emulator.get(f"/service/{emulator.service_id()}/{path.format_map(row)}")[name]
                pairs[name] = (given.get(name), content)
            wrong += [
                f"{case.kind} {each.name}: {name} is {found!r}, expected {expected!r}"
                for name, (expected, found) in pairs.items()
                if normal(found) != normal(expected)
            ]
    return wrong


def live_values(emulator: Emulator, container: str) -> dict[str, dict[str, Any]]:
    """Items or entries by key, of the container that the cases share."""
    service_id, name = emulator.service_id(), CASES[container].name
    container_id = emulator.objects(service_id, container)[name]["id"]
    if container == "dictionary":
        return {key: {"item_value": value} for key, value in emulator.items(service_id, container_id).items()}
    return emulator.entries(service_id, container_id)


def live_differences(emulator: Emulator, stage: str) -> list[str]:
    """Items and entries that the API has otherwise than declared."""
    wrong = []
    for container in ("dictionary", "acl"):
        cases = [case for case in DECLARED if (live := KINDS[case.kind].live_items) and live.container == container]
        wanted: dict[str, Mapping[str, Any]] = {}
        for case in cases:
            live = KINDS[case.kind].live_items
            assert live is not None
            wanted |= live.to_entries(getattr(case, stage))
        found = live_values(emulator, container)
        if found.keys() != wanted.keys():
            wrong.append(f"{container} holds {sorted(found)}, expected {sorted(wanted)}")
        wrong += [
            f"{container} {key}: {name} is {found[key][name]!r}, expected {value!r}"
            for key in found.keys() & wanted.keys()
            for name, value in wanted[key].items()
            if str(found[key][name]) != str(value)
        ]
    return wrong


def as_declared(stage: str) -> Step:
    """One update to a stage: one activation, whatever the number of kinds."""

    def check(stack: Stack) -> None:
        assert [*differences(stack.emulator, stage), *live_differences(stack.emulator, stage)] == []

    return Step(program(stage), activations=1, check=check)


def all_gone(stack: Stack) -> None:
    for case in WITH_ANSWERS:
        rows = rows_of(stack.emulator, case)
        if KINDS[case.kind].is_restored:
            assert {name: rows[case.name][name] for name in case.answered if name != "version"} == {
                name: value for name, value in case.answered.items() if name != "version"
            }
        else:
            assert rows.keys() - {"www.example.com"} == set()


def test_every_kind(stack: Stack) -> None:
    live(
        stack,
        *(step for stage in STAGES for step in (as_declared(stage), NO_DRIFT)),
        Step(www(), activations=1, check=all_gone),
        NO_DRIFT,
        Step(command=("destroy", "--skip-preview")),
    )


def test_dynamic_snippet(stack: Stack) -> None:
    """Its content is live; it is renamed in place."""
    ids: set[str] = set()

    def same_id(content: str) -> Any:
        def check(stack: Stack) -> None:
            service_id = stack.emulator.service_id()
            [row] = stack.emulator.objects(service_id, "snippet").values()
            ids.add(row["id"])
            assert len(ids) == 1
            assert stack.emulator.get(f"/service/{service_id}/snippet/{row['id']}")["content"] == content

        return check

    def snippet(**arguments: Any) -> str:
        return www(of("DynamicSnippet", "s", **{"type": "recv", "content": "# one", **arguments}))

    live(
        stack,
        Step(snippet(), activations=1, check=same_id("# one")),
        Step(snippet(content="# two"), activations=0, writes=1, check=same_id("# two")),
        NO_DRIFT,
        Step(
            snippet(content="# two", name="renamed"),
            writes=["clone", "comment", "PUT snippet/s", "activate"],
            serves={"snippet": {"renamed": {}}},
            check=same_id("# two"),
        ),
        Step(snippet(content="# three", name="renamed", priority=7), activations=1, check=same_id("# three")),
        NO_DRIFT,
    )


def test_acl_entries(stack: Stack) -> None:
    """Texts, `!` and arguments with comments; none of it needs an activation."""
    acl = let("office", of("Acl", "office"))

    def program(*entries: str) -> str:
        return www(acl, f"fastly.AclEntries('office', acl=office, entries=[{', '.join(entries)}])")

    args = "fastly.AclEntryArgs(ip='198.51.100.0', subnet=24, negated={}, comment={!r})"
    live(
        stack,
        Step(
            program("'192.0.2.0/24'", "'!192.0.2.13'", "'2001:DB8::/32'", args.format(True, "lab")),
            activations=1,
            entries={
                "office": {
                    "192.0.2.0/24": {"negated": "0", "comment": ""},
                    "192.0.2.13": {"negated": "1"},
                    "2001:db8::/32": {"negated": "0"},
                    "198.51.100.0/24": {"negated": "1", "comment": "lab"},
                }
            },
        ),
        NO_DRIFT,
        Step(
            program("'!192.0.2.0/24'", "'192.0.2.14'", args.format(False, "")),
            writes=["PATCH acl/entries"],
            entries={
                "office": {
                    "192.0.2.0/24": {"negated": "1"},
                    "192.0.2.14": {"negated": "0"},
                    "198.51.100.0/24": {"negated": "0", "comment": ""},
                }
            },
        ),
        NO_DRIFT,
        Step(program(), writes=["PATCH acl/entries"], entries={"office": {}}),
        Step(www(acl), activations=0),
    )


def test_single_items_and_entries(stack: Stack) -> None:
    containers = (let("t", of("Dictionary", "t")), let("office", of("Acl", "office")))

    def program(key: str, value: str, entry: str, comment: str) -> str:
        return www(
            *containers,
            f"fastly.DictionaryItem('i', dictionary=t, key={key!r}, value={value!r})",
            f"fastly.AclEntry('e', acl=office, entry={entry!r}, comment={comment!r})",
        )

    live(
        stack,
        Step(
            program("a", "1", "!192.0.2.0/24", "lab"),
            activations=1,
            items={"t": {"a": "1"}},
            entries={"office": {"192.0.2.0/24": {"negated": "1", "comment": "lab"}}},
        ),
        NO_DRIFT,
        Step(
            program("a", "2", "!192.0.2.0/24", ""),
            activations=0,
            writes=2,
            items={"t": {"a": "2"}},
            entries={"office": {"192.0.2.0/24": {"negated": "1", "comment": ""}}},
        ),
        NO_DRIFT,
        Step(
            program("b", "2", "192.0.2.0/25", "lab"),
            activations=0,
            items={"t": {"b": "2"}},
            entries={"office": {"192.0.2.0/25": {"negated": "0", "comment": "lab"}}},
        ),
        Step(
            program("b", "", "!192.0.2.0/25", "lab"),
            activations=0,
            items={"t": {"b": ""}},
            entries={"office": {"192.0.2.0/25": {"negated": "1", "comment": "lab"}}},
        ),
        NO_DRIFT,
        Step(www(*containers), activations=0, items={"t": {}}, entries={"office": {}}),
    )
