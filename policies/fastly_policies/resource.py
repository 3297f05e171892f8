"""Resources as rules see them: plain values, and an exception for what a preview does not know yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi_fastly_dynamic  # noqa: F401 - importing it fills the table of kinds
from pulumi_fastly_dynamic.schema import KINDS, KindSchema
from pulumi_policy import proxy

PREFIXES = ("pulumi-python:dynamic/fastly:", "fastly:index:", "pulumi:pulumi:")
SCHEMAS: Mapping[str, KindSchema] = {schema.label: schema for schema in KINDS.values()}
"""The kinds by the name that programs and rules use: ``Backend``."""
VCL_KINDS = ("Snippet", "DynamicSnippet", "Vcl")
"""The kinds whose ``content`` is VCL."""
UNKNOWNS = frozenset(value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_"))
"""What stands for values that are not known yet, where nothing raises."""
LONGEST_VALUE = 100
HIDDEN: Any = object()


class Unknown(Exception):
    """A value is not known before the update. What depends on it is not judged."""


@dataclass(frozen=True)
class Finding:
    """One thing that a rule refuses."""

    resource: "Resource"
    text: str
    """The property, its value and what to do about it."""

    def __str__(self) -> str:
        return f"{self.resource}: {self.text}"


@dataclass(eq=False)
class Resource:
    """A resource of the stack."""

    kind: str
    """``Backend``, ``Version``, ...; ``Stack`` is the stack itself, and empty what is not of this package."""
    name: str
    """The name of the Pulumi resource."""
    urn: str
    props: Mapping[str, Any]
    """The raw properties; ``get`` reads them as rules need them."""
    protect: bool = False
    secrets: tuple[str, ...] = ()
    """Properties that the resource itself declares secret, and those that the user marked."""
    dependencies: list["Resource"] = field(default_factory=list)
    property_dependencies: dict[str, list["Resource"]] = field(default_factory=dict)

    def __str__(self) -> str:
        # A Version is registered by a Release of the same name, which is what the program says.
        return f"{'Release' if self.kind == 'Version' else self.kind} '{self.name}'"

    @property
    def stack_name(self) -> str:
        """The stack, from the URN: a pack is not told of it in any other way."""
        return self.urn.removeprefix("urn:pulumi:").partition("::")[0]

    def get(self, name: str) -> Any:
        """The value, ``None`` where there is none; raises ``Unknown``. Unknown parts of a list or map are left out."""
        try:
            value = self.props.get(name)
        except proxy.UnknownValueError:
            raise Unknown from None
        if _is_unknown(value):
            raise Unknown
        return plain(value)

    def peek(self, name: str) -> Any:
        """As ``get``, but ``None`` for what is unknown."""
        try:
            return self.get(name)
        except Unknown:
            return None

    def text(self, name: str) -> str:
        """A property that is a string; empty where there is none."""
        return str(self.get(name) or "")

    def is_secret(self, name: str) -> bool:
        """Whether the value must not be shown."""
        schema = SCHEMAS.get(self.kind)
        handed_over = self.peek("__secret_inputs")
        is_declared = schema is not None and schema.is_secret(name)
        return is_declared or name in self.secrets or (isinstance(handed_over, list) and name in handed_over)

    def shown(self, name: str) -> str:
        """A value in a text about another property."""
        return "(secret)" if self.is_secret(name) else show(self.get(name))

    def finding(self, name: str, fix: str, *, value: Any = HIDDEN) -> Finding:
        """What is wrong with a property: its value, unless it is secret or told not to show, and the fix.

        The fix must not quote values either, unless ``is_secret`` of their property says that it may.
        """
        if self.is_secret(name):
            return Finding(self, f"{name} (secret): {fix}")
        return Finding(self, f"{name}: {fix}" if value is HIDDEN else f"{name} is {show(value)}; {fix}")


@dataclass
class Stack:
    """All resources, for rules that look across them. Objects are joined by dependencies."""

    resources: Sequence[Resource]

    def of_kind(self, *kinds: str) -> list[Resource]:
        """The resources of these kinds."""
        return [resource for resource in self.resources if resource.kind in kinds]

    def objects(self, version: Resource, *kinds: str) -> list[Resource]:
        """The objects of a release: what its Version waits for."""
        return [resource for resource in version.dependencies if not kinds or resource.kind in kinds]

    def release_of(self, resource: Resource) -> Resource | None:
        """The Version that an object is part of."""
        return next((version for version in self.of_kind("Version") if resource in version.dependencies), None)


def kind_of(type_token: str) -> str:
    """``Backend`` of ``pulumi-python:dynamic/fastly:Backend``; empty for what is not ours."""
    return next((type_token.removeprefix(prefix) for prefix in PREFIXES if type_token.startswith(prefix)), "")


def plain(value: Any) -> Any:
    """A value without the proxies it came in; the engine makes every number a float."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return dict(_known((key, value) for key in value))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [item for _, item in _known((index, value) for index in range(len(value)))]
    return value


def show(value: Any) -> str:
    """A value in a message, on one line."""
    if value is None or value == "":
        return "not set"
    text = repr(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}..."


def _known(places: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    for key, container in places:
        try:
            value = container[key]
        except proxy.UnknownValueError:
            continue
        if not _is_unknown(value):
            yield key, plain(value)


def _is_unknown(value: Any) -> bool:
    return isinstance(value, str) and value in UNKNOWNS
