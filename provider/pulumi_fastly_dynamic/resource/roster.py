"""The objects of one release, by name: which are declared, which are referred to before they are."""

import difflib
from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar

import pulumi

from ..schema import KINDS, Identity, KindSchema, kinds_of
from .program_error import ProgramError, users_line


class ReleaseObject(Protocol):
    """What a release needs of its objects."""

    schema: KindSchema
    resource_name: str

    @property
    def record(self) -> pulumi.Output[dict[str, Any]]:
        """What the Version's manifest says of it."""
        raise NotImplementedError

    @property
    def owned(self) -> pulumi.Output[bool]:
        """Whether this program made it, in a service that was taken over."""
        raise NotImplementedError

    def plain_declaration(self) -> dict[str, Any]:
        """Kind, name and live content, as far as they are known while the program runs."""
        raise NotImplementedError


class LiveMember(Protocol):
    """What a release needs of a resource with live items."""

    schema: KindSchema
    resource_name: str
    plain_values: dict[str, Any]

    @property
    def container(self) -> ReleaseObject:
        """The dictionary or ACL."""
        raise NotImplementedError

    @property
    def flags(self) -> pulumi.Output[dict[str, bool]]:
        """What the Version is told of it."""
        raise NotImplementedError


class Member(Protocol):
    """What the roster needs to know of an object."""

    schema: KindSchema
    resource_name: str


M = TypeVar("M", bound=Member)


class Roster(Generic[M]):
    """The objects that a release declares so far."""

    def __init__(self) -> None:
        self._objects: dict[tuple[str, str], M] = {}
        self._resource_names: set[tuple[str, str]] = set()
        self._unresolved: dict[tuple[str, str], tuple[str, str]] = {}
        """By kind and name, what refers to it, and where."""
        self._flags: dict[tuple[str, str], str] = {}

    def __iter__(self) -> Iterator[M]:
        return iter(self._objects.values())

    def refuse_duplicate(self, what: str, kind: str, name: Any, resource_name: str) -> None:
        """Refuses two objects of one kind and name, and one that an earlier object refers to."""
        if (kind, resource_name) in self._resource_names:
            # Pulumi allows it under two parents; the manifest tells objects apart by this name.
            raise ProgramError(
                f"{what}: the release already has a resource of that name and kind; give it another name"
            )
        if not isinstance(name, str):
            return
        for schema in kinds_of(KINDS[kind].collection):  # kinds that share a list share its names
            first = self._objects.get((schema.kind, name))
            if first and schema.identity is Identity.SINGLETON:
                label = schema.label
                raise ProgramError(
                    f"{what}: a release has one {label}, and {label}({first.resource_name!r}) is it already: "
                    "remove one of them"
                )
            if first:
                raise ProgramError(f"{what}: the release already has a {schema.kind.replace('_', ' ')} named '{name}'")
        if (kind, name) in self._unresolved:
            raise ProgramError(
                f"{self._unresolved[kind, name][0]} refers to '{name}', which is declared after it: move {what} up"
            )

    def claim_flag(self, what: str, kind: str, flag: str) -> None:
        """Refuses a second object with a flag that only one may have."""
        first = self._flags.setdefault((kind, flag), what)
        if first != what:
            raise ProgramError(f"{what}: {first} has {flag}=True already, and only one object of a release may have it")

    def register(self, member: M, name: Any) -> None:
        """Adds an object; a name that is an output is not known yet."""
        kind, resource_name = member.schema.kind, member.resource_name
        self._resource_names.add((kind, resource_name))
        self._objects[kind, name if isinstance(name, str) else f"\0{resource_name}"] = member

    def find(self, kind: str, name: str) -> M | None:
        """The object of that name, if it is declared already."""
        return self._objects.get((kind, name))

    def of_kind(self, kind: str) -> list[M]:
        """All objects of a kind that are declared already."""
        return [found for (of, _), found in self._objects.items() if of == kind]

    def refuse_unresolved(self) -> None:
        """Refuses references to names that no object of the release has."""
        for (kind, name), (referrer, place) in self._unresolved.items():
            label = KINDS[kind].label
            known = [key for of, key in self._objects if of == kind]
            similar = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean '{similar[0]}'?" if similar else f"declare it before {referrer.partition('.')[0]}"
            raise ProgramError(f"{referrer}: the release has no {label} named '{name}': {hint}", place)

    def remember_unresolved(self, kind: str, name: str, referrer: str) -> None:
        """Remembers a name that nothing has so far: it may be an object that nobody declares, but not a later one."""
        self._unresolved[kind, name] = referrer, users_line()
