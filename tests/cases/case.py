"""What a case is. It is data, and imports neither the provider nor the emulator."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Inputs = Mapping[str, Any]
"""Properties as a program gives them, without the name."""


class Code(str):
    """Python code as the value of an argument."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class Typed(dict[str, Any]):
    """The inputs of a class of arguments. Its ``repr`` is the call of that class in a program."""

    def __init__(self, label: str, **arguments: Any) -> None:
        """Names the class and its arguments."""
        super().__init__(arguments)
        self.label = label

    def __repr__(self) -> str:
        return f"fastly.{self.label}({', '.join(f'{name}={value!r}' for name, value in self.items())})"


class Reference(str):
    """The name of an object of another case. Its ``repr`` is the variable that holds the object in a program."""

    __slots__ = ("case",)

    def __new__(cls, case: "Case", name: str) -> "Reference":
        """Refers to one of the objects of the case."""
        self = super().__new__(cls, name)
        self.case = case
        return self

    def __repr__(self) -> str:
        return self.case.variable(self)


@dataclass(frozen=True)
class Stages:
    """One object in the three stages that the suites take it through: full, changed, minimal."""

    name: str
    minimal: Inputs
    full: Inputs
    changed: Inputs

    def __iter__(self) -> Iterator[Inputs]:
        return iter((self.full, self.changed, self.minimal))


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """A kind. The fields from ``answered`` on describe the API: the emulator must agree with them."""

    kind: str
    """Its name in the table of kinds, and the name of the file. The emulator may know kinds that the provider lacks."""
    name: str = "x"
    minimal: Inputs = field(default_factory=dict)
    """What must be given."""
    full: Inputs = field(default_factory=dict)
    """Every property, none with its default."""
    changed: Inputs = field(default_factory=dict)
    """Other values, to which the object of ``full`` is updated."""
    variants: Sequence[Stages] = ()
    """More objects of the kind, where one cannot show all values."""
    taken: Sequence[Inputs] = ()
    """Values that also pass the check, beside those of ``minimal``."""
    refused: Sequence[tuple[Inputs, str]] = ()
    """Values that do not, beside those of ``minimal``, and a part of ``property: text`` of the only problem."""
    arguments: Mapping[str, Any] = field(default_factory=lambda: {"release": Code("release")})
    """What a program must give beside the properties: the release, the container, or nothing."""
    named: bool = True
    """Whether it has a property ``name``."""
    needs: "Sequence[Case]" = ()
    """Cases whose objects must exist, beside those that a ``Reference`` names."""
    documented: str = ""
    """Every field in Fastly's reference or in a recording."""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Documented fields that are no property, and why."""
    client_only: frozenset[str] = frozenset()
    """Properties that the API does not know."""

    collection: str = ""
    """The path below a version; the default is the kind."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """Defaults of properties that are sent, since the API's own are others."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Form fields of each create that are no properties; some tell the kind from others of its collection."""
    prefix: str = ""
    """What stands before each property in a form."""
    wires: Mapping[str, str] = field(default_factory=dict)
    """The API's names of properties, where they differ."""
    typed: frozenset[str] = frozenset()
    """Numbers that are answered as numbers where the others are texts."""
    brackets: frozenset[str] = frozenset()
    """Lists that are sent as one ``field[]`` per element."""
    words: frozenset[str] = frozenset()
    """Lists that are sent and answered as one text, with spaces between the elements."""
    links: frozenset[str] = frozenset()
    """Properties that are written by calls of their own."""
    answered: Mapping[str, Any] = field(default_factory=dict)
    """The fields that the API adds to ``minimal``; ``...`` stands for any id."""
    unversioned: Mapping[str, str] = field(default_factory=dict)
    """Properties that are in no version, and the path below the service at which they are read."""
    record: str = ""
    """Of a record, the path at which it is created."""
    duplicate: str = ""
    """The word in "Duplicate ..."; the default is the collection."""
    class_name: str = ""
    """The word in "Couldn't find ..."; the default is the collection, capitalized."""
    rename: str = "taken"
    """What the API does about a new name in an update: it is taken, refused or ignored."""
    cleared: Mapping[str, Any] = field(default_factory=dict)
    """What the API makes of an empty field in an update."""
    refused_by_api: Sequence[tuple[Mapping[str, str], str]] = ()
    """Forms of a create that the API refuses, and a part of its text."""
    unchangeable: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Fields that no update may change: another value, and the refusal."""
    client: tuple[str, str, str] | None = None
    """In Fastly's own Python client: the API, the operation that creates, the one that reads."""

    @property
    def path(self) -> str:
        """The path of the collection below a version."""
        return self.collection or self.kind

    @property
    def objects(self) -> Sequence[Stages]:
        """All objects of the case."""
        return (Stages(self.name, self.minimal, self.full, self.changed), *self.variants)

    def ref(self, name: str = "") -> Reference:
        """Refers to an object of this case, from another one."""
        return Reference(self, name or self.name)

    def variable(self, name: str) -> str:
        """The variable of an object in a program."""
        return re.sub(r"\W+", "_", f"{self.kind}_{name}")

    def needed(self) -> "list[Case]":
        """All cases whose objects must exist before those of this one, in that order."""
        direct = [*self.needs, *(each.case for each in _references([self.arguments, *map(list, self.objects)]))]
        return list(dict.fromkeys(case for one in direct for case in (*one.needed(), one)))

    def line(self, label: str, stages: Stages, inputs: Inputs) -> str:
        """The object in a program."""
        texts = [repr(stages.name), *(f"{name}={value!r}" for name, value in {**self.arguments, **inputs}.items())]
        return f"{self.variable(stages.name)} = fastly.{label}({', '.join(texts)})"

    def inputs(self, name: str, inputs: Inputs) -> dict[str, Any]:
        """The inputs of a resource of that name."""
        return {"name": name, **inputs} if self.named else dict(inputs)

    def form(self, name: str, inputs: Inputs) -> dict[str, Any]:
        """The inputs as a form of the API."""
        sent = {
            key: value for key, value in self.inputs(name, inputs).items() if key not in self.client_only | self.links
        }
        lists = {f"{self.wire(key)}[]": sent[key] for key in sent.keys() & self.brackets}
        texts = {self.wire(key): self._sent(key, value) for key, value in sent.items() if key not in self.brackets}
        return {**lists, **texts, **self.constants}

    def _sent(self, name: str, value: Any) -> str:
        return " ".join(value) if name in self.words else _text(value)

    def wire(self, name: str) -> str:
        """The API's name of a property."""
        return self.wires.get(name, f"{self.prefix}{name}")

    def row(self, name: str, inputs: Inputs) -> dict[str, Any]:
        """The object as the API answers it."""
        stringly = isinstance(self.answered.get("version"), str)

        def _is_text(value: Any, key: str) -> bool:
            return stringly and isinstance(value, int) and key not in self.typed

        given = {
            self.wire(key): self._sent(key, value) if key in self.words or _is_text(value, key) else value
            for key, value in self.inputs(name, inputs).items()
            if key not in self.client_only and key not in self.unversioned
        }
        return _nested({**self.answered, **given})


def normal(value: Any) -> Any:
    """Null, an empty text and an empty list are the same; a text may lose the space at its end; lists have no order."""
    if isinstance(value, list):
        return sorted(value) or None
    return value.rstrip() or None if isinstance(value, str) else value


def in_order(cases: Mapping[str, Case]) -> list[Case]:
    """The cases, those that others need first."""
    return list(dict.fromkeys(each for case in cases.values() for each in (*case.needed(), case)))


def _nested(row: dict[str, Any]) -> dict[str, Any]:
    """The row with ``response[status]`` as a member of ``response``."""
    flat = {name: value for name, value in row.items() if "[" not in name}
    for name in row.keys() - flat.keys():
        outer, _, inner = name.removesuffix("]").partition("[")
        flat[outer] = {**(flat.get(outer) or {}), inner: row[name]}
    return flat


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return json.dumps(value) if isinstance(value, list) else str(value)


def _references(value: Any) -> Iterator[Reference]:
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, Mapping):
        yield from _references(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _references(each)
