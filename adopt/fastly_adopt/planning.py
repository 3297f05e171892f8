"""Makes the plan of a program of what a service holds. Pure: the same content gives the same program."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_fastly_dynamic.schema import Field, Value

from . import program_names as names
from .families import family_of
from .live_rows import declared_rows, items_kind
from .object_inputs import usable_objects
from .planned_objects import Key, PlannedObject, planned
from .program_plan import (
    Argument,
    DataFile,
    Declaration,
    Entries,
    Literal,
    ProgramPlan,
    Secret,
    SecretSetting,
    TextFile,
    Variable,
    Variables,
)
from .service_content import LeftAlone, ServiceContent

MOST_INLINE = 12
"""More items or entries than that go to a file."""
VCL_KINDS = {"vcl", "snippet", "dynamic_snippet"}


def plan_of(content: ServiceContent) -> ProgramPlan:
    """The plan of the program that declares all that can be declared."""
    return _Planner(content).plan()


@dataclass
class _Planner:
    content: ServiceContent
    left: list[LeftAlone] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    is_dangling: bool = False
    """Whether something refers to what the program does not declare."""

    def plan(self) -> ProgramPlan:
        content = self.content
        self.resource_name = content.name if names.is_plain(content.name) else names.slug(content.name, "service")
        usable, unusable = usable_objects(content)
        self.left += [*content.left_alone, *unusable]
        self.objects = planned(usable, self.resource_name)
        self.settings = self._settings()
        declarations = tuple(each for one in self.objects.values() for each in self._declarations(one))
        undeclared = any(each.is_in_version for each in self.left)
        return ProgramPlan(
            service_id=content.service_id,
            name=content.name,
            comment=content.comment,
            origin=content.origin,
            version=content.version,
            is_active=content.is_active,
            resource_name=self.resource_name,
            project=names.project(content.name),
            adopts=bool(undeclared or self.is_dangling or any(each.value is None for each in self.secrets)),
            declarations=declarations,
            products=content.products,
            secrets=tuple(self.secrets),
            texts=self.texts,
            data=self.data,
            left_alone=tuple(map(str, self.left)),
        )

    # ---------------------------------------------------------------- secrets

    def _settings(self) -> dict[tuple[Key, str], str]:
        """A key of the configuration for each secret; where two would be the same, both get their kind."""
        secrets = [(each, name) for each in self.objects.values() for name in each.inputs.secrets]
        plain = [names.setting(each.found.name, name) for each, name in secrets]
        keys = names.unique(
            [
                key if plain.count(key) == 1 else names.setting(each.found.kind, each.found.name, name)
                for key, (each, name) in zip(plain, secrets, strict=True)
            ],
            separator="",
        )
        return {(each.key, name): key for key, (each, name) in zip(keys, secrets, strict=True)}

    # ---------------------------------------------------------------- declarations

    def _declarations(self, each: PlannedObject) -> Iterator[Declaration]:
        found = each.found
        schema = found.schema
        arguments: dict[str, Argument] = {}
        comments = [f"Was {found.origin}."] if found.origin else []
        has_name = any(f.name == "name" for f in schema.fields)
        if has_name and each.resource_name != found.name:
            arguments["name"] = Literal(found.name)
        for f in schema.fields:
            if f.name in each.inputs.secrets:
                arguments[f.name] = self._secret(each, f, comments)
            elif f.name in each.inputs.plain:
                arguments[f.name] = self._argument(each, f, each.inputs.plain[f.name])
        if schema.unversioned and not found.live:
            comments.append(f"Its {schema.unversioned[0].name} is left to others.")
        if schema.items and found.items is None:
            word = schema.items
            comments.append(
                f"Write-only: Fastly does not show its {word}, so they are left to others."
                if found.row.get("write_only")
                else f"Its {word} are left to others."
            )
        yield self._declaration(each, found.kind, arguments, comments, each.variable)
        if each.rows:
            yield from self._items(each)

    def _declaration(
        self,
        each: PlannedObject,
        kind: str,
        arguments: Mapping[str, Argument],
        comments: Iterable[str],
        variable: str = "",
    ) -> Declaration:
        return Declaration(kind, family_of(each.found.schema), each.resource_name, arguments, variable, tuple(comments))

    def _items(self, each: PlannedObject) -> Iterator[Declaration]:
        """The resource with the items or entries of a container."""
        kind = items_kind(each.found.kind)
        rows = declared_rows(each.found.kind, each.rows)
        described = each.found.schema.describe(each.found.name)
        _, problems = kind.check({kind.fields[0].name: rows.plain}, lambda _value: False)
        if problems:
            self.left.append(LeftAlone(f"{each.found.schema.items} of {described}", problems[0].text))
            return
        argument: Argument = Literal(rows.plain) if isinstance(rows.plain, dict) else Entries(rows.typed)
        if len(rows.plain) > MOST_INLINE:
            file = self._file("data", names.file_stem(each.found.name, each.found.kind), ".json", self.data)
            self.data[file] = rows.plain
            argument = DataFile(file)
        arguments: dict[str, Argument] = {each.found.kind: each.reference, kind.fields[0].name: argument}
        yield self._declaration(each, kind.kind, arguments, ())

    def _argument(self, each: PlannedObject, f: Field, value: Value) -> Argument:
        if f.reference:
            if isinstance(value, list):
                return Variables(tuple(self._reference(f, name) for name in value))
            return self._reference(f, str(value))
        if isinstance(value, str) and _is_long(value):
            return TextFile(self._text_file(each, f, value))
        return Literal(value)

    def _reference(self, f: Field, name: str) -> Variable | Literal:
        other = self.objects.get((f.reference_kind, name))
        if other is None:
            self.is_dangling = True
            return Literal(name)
        return other.reference

    def _secret(self, each: PlannedObject, f: Field, comments: list[str]) -> SecretSetting:
        value = each.inputs.secrets[f.name]
        key = self.settings[each.key, f.name]
        self.secrets.append(
            Secret(key, each.found.kind, each.found.name, f.name, None if value is None else str(value))
        )
        if value is None:
            shown_by = "The state" if self.content.origin else "Fastly"
            comments.append(f"{shown_by} does not show {f.name}: set {key} in the configuration.")
        return SecretSetting(key)

    # ---------------------------------------------------------------- files

    def _text_file(self, each: PlannedObject, f: Field, text: str) -> str:
        stem = names.file_stem(each.found.name, each.found.kind)
        if each.found.kind in VCL_KINDS:
            file = self._file("vcl", stem, ".vcl", self.texts)
        elif text.startswith("-----BEGIN "):
            there = [file for file, other in self.texts.items() if other == text and file.endswith(".pem")]
            file = there[0] if there else self._file("certificates", f"{stem}.{f.name}", ".pem", self.texts)
        else:
            file = self._file("texts", f"{stem}.{f.name}", ".txt", self.texts)
        self.texts[file] = text
        return file

    def _file(self, folder: str, stem: str, suffix: str, taken: Mapping[str, Any]) -> str:
        [file] = names.unique([f"{folder}/{stem}{suffix}"], taken, same=str.lower)
        return file


def _is_long(text: str) -> bool:
    """Whether it has more than one line, and can be in a file."""
    has_lines = len(text.rstrip("\r\n").splitlines()) > 1
    return has_lines and text.encode(errors="replace").decode() == text
