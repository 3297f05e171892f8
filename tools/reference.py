"""Writes docs/reference.md from the declarations of the kinds; with --check, fails if it is stale."""

import inspect
import re
import sys
import textwrap
import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pulumi_fastly_dynamic as fastly
import reference_examples as examples
from annotated_types import Ge, Le, MaxLen, MinLen
from generated_page import write_or_check
from pulumi_fastly_dynamic import lookups
from pulumi_fastly_dynamic.resource import RESOURCE_NAME, Kind
from pulumi_fastly_dynamic.schema import KINDS, Field, Group, Identity, ValueType
from reference_text import docstrings, literal, markdown, one_line, parameters, row, with_links

TARGET = Path(__file__).parents[1] / "docs" / "reference.md"

LONGEST_DEFAULT = 600
"""A longer one has its place in the property's description."""

HEAD = """\
# Reference

<!-- Written by tools/reference.py from the classes; do not edit. -->

The first argument of every class is the name of the Pulumi resource. `opts` takes Pulumi's options. Versioned objects
have the argument `release`: the release that they are part of. Every property accepts a value or an output, and is an
output of the resource. The [concepts](concepts.md) page explains the terms.

The examples run inside `with fastly.Release("www", service=www) as release:`, except those of `Service`, `Release` and
kinds without a version.

| Mark | Meaning |
|---|---|
| secret | Encrypted in the state, and shown nowhere |
| replaces | A change creates another object, and deletes the old one in the same version |
| recreated | The API cannot change it: the object is deleted and created again; a versioned object in the draft |
| live | Has no version: a change is written at once, and nothing is activated |
| not sent | An option of this package, unknown to the API |
"""

CLASSES = sorted(set(fastly.__all__) - set(lookups.__all__))
"""What a program declares, and errors; functions have a page of their own."""

WORDS = {str: "string", int: "integer", bool: "boolean", Any: "any values"}


def type_words(annotation: Any) -> str:
    """A type for people, its limits included."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return type_words(args[0]) + "".join(_limits(args[1:]))
    if origin in {Union, types.UnionType}:
        return " or ".join(dict.fromkeys(type_words(arg) for arg in args if arg is not type(None)))
    if origin is Literal:
        return ", ".join(f"`{arg}`" for arg in args)
    if origin is dict:
        return "object"
    if origin in {list, Mapping}:
        return f"{'list' if origin is list else 'map'} of {' to '.join(map(type_words, args))}"
    return WORDS[annotation]


def _limits(metadata: tuple[Any, ...]) -> Iterator[str]:
    found = {type(limit): limit for limit in metadata}
    low, high = (getattr(found.get(kind), name, None) for kind, name in ((Ge, "ge"), (Le, "le")))
    if MaxLen in found:
        yield f", at most {found[MaxLen].max_length} characters"
    elif MinLen in found:
        yield ", not empty"
    if low is not None:
        yield f", {low} to {high}" if high is not None else f", {low} or more"


def _marks(cls: type[Kind], field: Field) -> str:
    schema = cls.schema
    replaces = field.name == "name" and schema.group is Group.OBJECT and schema.identity is Identity.NAME
    replaces = replaces or bool(schema.live_items and field.name in schema.live_items.replacing)
    marks = {
        "secret": field.secret,
        "replaces": replaces,
        "recreated": field.immutable,
        "live": field.unversioned or schema.group in {Group.ITEMS, Group.PRODUCTS},
        "not sent": field.client_only,
    }
    return ", ".join(name for name, on in marks.items() if on)


def _default(cls: type[Kind], field: Field) -> str:
    if inspect.getattr_static(cls, field.name).default is RESOURCE_NAME:
        return "the resource's name"
    if field.required:
        return "required"
    text = "" if field.default is None else literal(field.default)
    return text if len(text) <= LONGEST_DEFAULT else ""


def _property_type(field: Field) -> str:
    if not field.reference:
        return type_words(field.annotation)
    label = f"`{KINDS[field.reference.kind].label}`"
    if field.type is ValueType.SET:
        return f"list of {label}, or of names"
    return f"{label} of type {field.reference.type}, or name" if field.reference.type else f"{label}, or name"


def _example(cls: type) -> Iterator[str]:
    """The body of the class's function in tools/reference_examples.py."""
    function = getattr(examples, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower(), None)
    if function:
        _, _, body = inspect.getsource(function).partition(":\n")
        yield from ("```python", *textwrap.dedent(body).splitlines(), "```", "")


def _opening(cls: type) -> Iterator[str]:
    yield f"## {cls.__name__}"
    yield ""
    yield from with_links(inspect.getdoc(cls) or "")
    yield ""
    yield from _example(cls)


def _overview() -> Iterator[str]:
    """One row for each class that is a resource."""
    yield "## Overview"
    yield ""
    yield row("Resource", "What it is", "When a change takes effect")
    yield "|---|---|---|"
    for name in CLASSES:
        member = getattr(fastly, name)
        if issubclass(member, Kind | fastly.Release):
            what = re.split(r"[.:;](?:\s|$)", one_line(inspect.getdoc(member) or ""), maxsplit=1)[0]
            yield row(f"[`{name}`](#{name.lower()})", what, _effect(member))


def _effect(cls: type) -> str:
    group = cls.schema.group if issubclass(cls, Kind) else Group.VERSION
    if group is Group.TAKEOVER:
        return "changes nothing at Fastly"
    if group not in {Group.OBJECT, Group.VERSION}:
        return "at once"
    live = (
        [f"; `{field.name}` at once" for field in cls.schema.fields if field.unversioned]
        if issubclass(cls, Kind)
        else []
    )
    return "".join(["with the next activation", *live])


def _outputs(cls: type) -> Iterator[str]:
    for name, member in inspect.getmembers(cls, lambda member: isinstance(member, property)):
        if "pulumi_fastly_dynamic" in str(member.fget.__module__) and "Output" in str(member.fget.__annotations__):
            yield row(f"`{name}`", one_line(member.__doc__ or ""))


def _kind(cls: type[Kind]) -> Iterator[str]:
    docs = docstrings(cls)
    declared = {field.name: field for field in cls.schema.fields}
    yield from _opening(cls)
    if declared:
        yield row("Property", "Type", "Default", "Mark", "Description")
        yield "|---|---|---|---|---|"
    for name, text in docs.items():
        if name in declared:
            field = declared[name]
            yield row(f"`{name}`", _property_type(field), _default(cls, field), _marks(cls, field), text)
        elif name in {"acl", "dictionary"} or (name == "service" and cls.schema.group is Group.PRODUCTS):
            yield row(f"`{name}`", f"`{name.title()}`", "required", "replaces", text)
        elif name == "service" and cls.schema.group is Group.PURGE:
            yield row(f"`{name}`", "`Service`", "", "", text)
    outputs = list(_outputs(cls))
    if outputs:
        if declared:
            yield ""
        yield row("Output", "Description")
        yield "|---|---|"
        yield from outputs


def _arguments(cls: Any) -> Iterator[str]:
    """A class of arguments."""
    docs = docstrings(cls)
    yield from _opening(cls)
    yield row("Argument", "Default", "Description")
    yield "|---|---|---|"
    for field in fields(cls):
        default = "required" if field.default is not None and not isinstance(field.default, str | bool) else ""
        if isinstance(field.default, str | bool):
            default = literal(field.default)
        yield row(f"`{field.name}`", default, docs[field.name])


def _release() -> Iterator[str]:
    intro, described = parameters(inspect.getdoc(fastly.Release) or "")
    signature = inspect.signature(fastly.Release)
    yield "## Release"
    yield ""
    yield markdown(intro)
    yield ""
    yield from _example(fastly.Release)
    yield row("Argument", "Default", "Description")
    yield "|---|---|---|"
    for name, description in described.items():
        default = signature.parameters[name].default
        words = "required" if default is inspect.Parameter.empty else literal(default)
        yield row(f"`{name}`", words, description)
    yield ""
    yield row("Output", "Description")
    yield "|---|---|"
    yield row("`version`", docstrings(fastly.Release)["version"])


def text() -> str:
    """The whole reference."""
    sections = [HEAD, "\n".join(_overview()) + "\n"]
    for name in CLASSES:
        member = getattr(fastly, name)
        if member is fastly.Release:
            lines = _release()
        elif issubclass(member, Kind):
            lines = _kind(member)
        elif is_dataclass(member):
            lines = _arguments(member)
        else:  # errors
            continue
        sections.append("\n".join(lines) + "\n")
    return "\n".join(sections)


def main() -> int:
    """Writes or checks."""
    return write_or_check(TARGET, text(), __doc__, "docs/reference.md", "reference.py")


if __name__ == "__main__":
    sys.exit(main())
