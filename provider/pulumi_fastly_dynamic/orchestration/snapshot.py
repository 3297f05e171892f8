"""What a version holds, as a value. Nothing here reads or writes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from typing_extensions import override

from ..schema import Identity, KindSchema, ObjectRef, Row, Values, kinds_of, unmanaged_kind

NOT_CONFIGURATION = {"service_id", "version", "locked", "created_at", "updated_at", "deleted_at"}
"""What an answer holds beside the object's own fields."""


class NotRead(LookupError):
    """A list that was not read was asked for: a mistake in this package."""


@dataclass(frozen=True)
class VersionObject:
    """One object of a version, as the API answered it."""

    schema: KindSchema
    row: Row

    @cached_property
    def ref(self) -> ObjectRef:
        """Kind and key."""
        return ObjectRef(self.schema.kind, self.schema.key_of(self.row))

    @property
    def name(self) -> str:
        """The name under which the API knows it."""
        return self.schema.name_of(self.row)

    def __str__(self) -> str:
        return self.schema.describe(self.name)

    @cached_property
    def values(self) -> Values:
        """The object in canonical values."""
        return self.schema.from_row(self.row)

    @cached_property
    def configuration(self) -> dict[str, object]:
        """The fields that make a difference, in a form in which equal objects are equal: 80 and "80" are the same.

        An id counts only where it identifies the object; others may change with each clone.
        """
        known = {f.wire for f in self.schema.fields}
        left_out = NOT_CONFIGURATION if self.schema.identity is Identity.ID else NOT_CONFIGURATION | {"id"}
        others = {
            key: str(value)
            for key, value in self.row.items()
            if key not in known and key not in left_out and value not in (None, "", [])
        }
        return {**others, **self.values}

    @property
    def is_made(self) -> bool:
        """Whether someone made it: settings with the API's defaults are there in every version."""
        return not (self.schema.is_restored and self.schema.is_default(self.values))


def temporary_name(found: VersionObject) -> str:
    """The name that an object with an id has for a moment, while another one takes its name."""
    return f"tmp_{found.row['id']}"


def has_temporary_name(found: VersionObject) -> bool:
    """Whether it had to give its name away; others may have names that look similar."""
    return "id" in found.row and found.name == temporary_name(found)


ObjectList = Mapping[ObjectRef, VersionObject]
"""One list of a version."""


def objects_of(collection: str, rows: Iterable[Row]) -> ObjectList:
    """The objects in one list of the API; several kinds may share it."""
    schemas = kinds_of(collection) or [unmanaged_kind(collection)]
    found = (VersionObject(next((s for s in schemas if s.matches(row)), schemas[0]), row) for row in rows)
    return {each.ref: each for each in found}


def initial_objects(collection: str) -> ObjectList:
    """One list of a version to which nobody has written."""
    return objects_of(collection, [schema.defaults() for schema in kinds_of(collection) if schema.is_restored])


@dataclass(frozen=True)
class Snapshot(Mapping[ObjectRef, VersionObject]):
    """The objects of a version, of the lists that were read. Asking about another list is an error, never ``None``."""

    number: int
    lists: Mapping[str, ObjectList] = field(default_factory=dict)
    """Objects by collection."""

    @property
    def collections(self) -> frozenset[str]:
        """The lists that were read."""
        return frozenset(self.lists)

    def list_of(self, collection: str) -> ObjectList:
        """One list."""
        try:
            return self.lists[collection]
        except KeyError:
            raise NotRead(f"list '{collection}' of version {self.number}") from None

    @override
    def __getitem__(self, ref: ObjectRef) -> VersionObject:
        return self.list_of(ref.collection)[ref]

    @override
    def __iter__(self) -> Iterator[ObjectRef]:
        return (ref for rows in self.lists.values() for ref in rows)

    @override
    def __len__(self) -> int:
        return sum(map(len, self.lists.values()))

    @cached_property
    def made(self) -> frozenset[ObjectRef]:
        """The objects that someone made."""
        return frozenset(ref for ref, each in self.items() if each.is_made)

    def named(self, schema: KindSchema, name: str) -> VersionObject | None:
        """The object that has this name, of this kind or of one that shares its list."""
        rows = self.list_of(schema.collection).values()
        return next((each for each in rows if each.name == name), None)

    def of(self, schema: KindSchema) -> list[VersionObject]:
        """The objects of a kind."""
        return [each for each in self.list_of(schema.collection).values() if each.schema.kind == schema.kind]

    def with_list(self, collection: str, rows: ObjectList) -> "Snapshot":
        """The same version with one list set."""
        return Snapshot(self.number, {**self.lists, collection: rows})


Difference = dict[str, tuple[object, object]]


def difference(schema: KindSchema, wanted: Values, stored: Values) -> Difference:
    """Fields that are stored otherwise than asked: asked and stored value by property.

    Of a secret only whether it is set is compared, since the API does not give it back.
    """
    found: Difference = {}
    for f in schema.versioned:
        asked, got = wanted.get(f.name), stored.get(f.name)
        if f.secret:
            asked, got = bool(asked), bool(got)
        if asked != got:
            found[f.name] = (asked, got)
    return found
