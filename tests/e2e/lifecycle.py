"""Lifecycles as data: a program, what someone else does, the command, and what is expected of it."""

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .harness import Call, Emulator, Result, Stack

Objects = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Fields by name, by collection."""


def www(*objects: str, service: str = "force_destroy=True", release: str = "", after: str = "") -> str:
    """A program: the service ``www`` with a domain, and the objects given as lines of Python."""
    head = f'www = fastly.Service("www", {service})\nwith fastly.Release("www", service=www, {release}) as release:\n'
    body = ['fastly.Domain("www.example.com", release=release)', *map(textwrap.dedent, objects)]
    return head + textwrap.indent("\n".join(body), "    ") + "\n" + textwrap.dedent(after)


def of(kind: str, resource_name: str, **arguments: Any) -> str:
    """A line that declares an object; an argument that is ``Code`` stands as it is."""
    texts = [repr(resource_name), "release=release", *(f"{name}={value!r}" for name, value in arguments.items())]
    return f"fastly.{kind}({', '.join(texts)})"


def let(variable: str, line: str) -> str:
    """The line, with a variable for what it makes."""
    return f"{variable} = {line}"


def backend(resource_name: str, **arguments: Any) -> str:
    """A backend whose address follows from its name."""
    return of("Backend", resource_name, **{"address": f"{resource_name}.example.com", **arguments})


def written(call: Call) -> str:
    """A write in few words: ``clone``, ``marker``, ``PUT backend/origin``, ``activate``."""
    place = re.sub(r"^/service(/[^/]+)?(/version/\d+)?", "", call.path).strip("/")
    place = re.sub(r"^(\w+)/[0-9A-Za-z]{20,22}", r"\1", place)
    if place in {"clone", "activate", "deactivate"}:
        return place
    if not place:
        return "comment" if "/version/" in call.path else f"{call.method} service"
    return f"{call.method} {place}"


@dataclass(frozen=True)
class Step:
    """One command and what is expected of it. The calls of ``other`` do not count."""

    program: str | None = None
    """``None``: as it was."""
    other: Callable[[Stack], object] | None = None
    """What another client does before, or the fault that is set."""
    command: Sequence[str] = ("up", "--skip-preview")
    fails: str | Sequence[str] = ()
    """Texts of the failure; without any the command must succeed."""
    says: str | Sequence[str] = ()
    """Texts of the output."""
    activations: int | None = None
    """A command that fails must not activate, unless this says otherwise."""
    writes: int | Sequence[str] | None = None
    """How many, or each one, in any order."""
    calls: int | None = None
    serves: Objects = field(default_factory=dict)
    """The active version: for each collection all names, and for each name some fields."""
    items: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The items of dictionaries, by the names these have in the active version."""
    entries: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    """The entries of ACLs."""
    check: Callable[[Stack], object] | None = None
    """Anything else; it asserts."""

    def run(self, stack: Stack, title: str) -> Result:
        """Runs the command and compares."""
        if self.program is not None:
            stack.write(self.program)
        if self.other is not None:
            self.other(stack)
        result = stack.run(self.command[0], *(["--yes"] if self.command[0] != "preview" else []), *self.command[1:])
        stack.emulator.clear_faults()
        told = f"{title}: {result}"
        expected_to_fail = bool(self.fails)
        assert result.ok is not expected_to_fail, told
        for text in [*_texts(self.fails), *_texts(self.says)]:
            assert text in " ".join(result.output.split()), f"{title}: no {text!r} in {result}"
        assert "Traceback" not in result.output, told
        activations = 0 if self.activations is None and expected_to_fail else self.activations
        if activations is not None:
            assert result.activations == activations, told
        if isinstance(self.writes, int):
            assert len(result.writes) == self.writes, told
        elif self.writes is not None:
            assert sorted(map(written, result.writes)) == sorted(self.writes), told
        if self.calls is not None:
            assert len(result.calls) == self.calls, told
        self._look(stack.emulator, told)
        if self.check is not None:
            self.check(stack)
        return result

    def _look(self, emulator: Emulator, told: str) -> None:
        if not (self.serves or self.items or self.entries):
            return
        service_id = emulator.service_id()
        for collection, wanted in self.serves.items():
            found = emulator.objects(service_id, collection)
            assert found.keys() == wanted.keys(), f"{collection}: {sorted(found)}, after {told}"
            for name, fields in wanted.items():
                assert {key: found[name][key] for key in fields} == fields, f"{collection}/{name}, after {told}"
        for name, items in self.items.items():
            dictionary = emulator.objects(service_id, "dictionary")[name]
            assert emulator.items(service_id, dictionary["id"]) == items, told
        for name, entries in self.entries.items():
            acl = emulator.objects(service_id, "acl")[name]
            rows = emulator.entries(service_id, acl["id"])
            shown = {key: {k: rows[key][k] for k in entries.get(key, {})} for key in rows}
            assert shown == entries, told


NOTHING = Step(calls=0)
"""Nothing changed: no call at all."""
NO_DRIFT = Step(command=("refresh", "--skip-preview", "--expect-no-changes"), writes=0)
REFRESH = ("up", "--refresh", "--skip-preview")


def live(stack: Stack, *steps: Step) -> None:
    """Runs the steps; at the end a last ``up`` finds nothing to do, unless all is destroyed."""
    for number, step in enumerate(steps, 1):
        step.run(stack, f"step {number}")
    if steps[-1].command[0] != "destroy":
        NOTHING.run(stack, "the end")


def _texts(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


# -------------------------------------------------------------------- what someone else does


@contextmanager
def draft_of_someone(emulator: Emulator, service: str = "www") -> Iterator[int]:
    """Another client clones the active version, and at the end activates the clone."""
    service_id = emulator.service_id(service)
    number = int(emulator.send("PUT", f"/service/{service_id}/version/{emulator.active(service_id)}/clone")["number"])
    yield number
    emulator.send("PUT", f"/service/{service_id}/version/{number}/activate")


def edit(*changes: tuple[str, str, dict[str, Any]], service: str = "www") -> Callable[[Stack], object]:
    """Another client clones the active version, makes calls in the clone, and activates it."""

    def other(stack: Stack) -> None:
        emulator = stack.emulator
        with draft_of_someone(emulator, service) as number:
            for method, place, form in changes:
                emulator.send(method, f"/service/{emulator.service_id(service)}/version/{number}/{place}", **form)

    return other


def edit_draft(*changes: tuple[str, str, dict[str, Any]]) -> Callable[[Stack], object]:
    """Another client changes the latest version, which is a draft."""

    def other(stack: Stack) -> None:
        service_id = stack.emulator.service_id()
        number = stack.emulator.latest(service_id)
        for method, place, form in changes:
            stack.emulator.send(method, f"/service/{service_id}/version/{number}/{place}", **form)

    return other


def fault(method: str, path: str, **what: Any) -> Callable[[Stack], object]:
    """A fault of the emulator, once."""
    return lambda stack: stack.emulator.fault(method, path, **what)


ADOPT = 'adopt_id=__import__("os").environ["SERVICE_ID"]'
"""The service that ``existing`` made, taken over."""


def existing(*objects: tuple[str, dict[str, Any]], activate: bool = True) -> Callable[[Stack], object]:
    """Another client makes the service ``www`` with objects; its id goes into the program's environment."""

    def other(stack: Stack) -> None:
        emulator = stack.emulator
        service_id = emulator.send("POST", "/service", name="www", type="vcl")["id"]
        for collection, form in (("domain", {"name": "www.example.com"}), *objects):
            emulator.send("POST", f"/service/{service_id}/version/1/{collection}", **form)
        if activate:
            emulator.send("PUT", f"/service/{service_id}/version/1/activate")
        stack.environment["SERVICE_ID"] = service_id

    return other
