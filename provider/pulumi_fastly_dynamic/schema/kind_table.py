"""The table of all kinds. A kind's class fills it when it is defined."""

import re
from functools import cache
from typing import NamedTuple

from .kind_schema import Group, Identity, KindSchema

KINDS: dict[str, KindSchema] = {}
"""Every kind, by its name."""


def register(schema: KindSchema) -> None:
    """Adds a kind. Defining the same kind twice is a mistake in this package."""
    if schema.kind in KINDS:
        raise ValueError(f"kind {schema.kind} is defined twice")
    KINDS[schema.kind] = schema
    removal_order.cache_clear()


def kinds_of(collection: str) -> list[KindSchema]:
    """The kinds whose objects one list of the API holds."""
    return [schema for schema in KINDS.values() if schema.collection == collection and schema.group is Group.OBJECT]


class ObjectRef(NamedTuple):
    """Tells an object of a version from all others: its kind, and its id where the kind has one, else its name."""

    kind: str
    key: str

    @property
    def collection(self) -> str:
        """The list that holds it."""
        schema = KINDS.get(self.kind)
        return schema.collection if schema else self.kind


@cache
def unmanaged_kind(collection: str) -> KindSchema:
    """Stands for the kind of a list that this package has no resource for: its objects have a name and JSON."""
    label = "".join(word.title() for word in re.split("[_/-]", collection))
    return KindSchema(kind=collection, label=label, fields=(), collection=collection)


def singleton_of(collection: str) -> KindSchema | None:
    """The kind at a path at which the API answers one object, and no list."""
    return next((schema for schema in kinds_of(collection) if schema.identity is Identity.SINGLETON), None)


def has_resource(collection: str) -> bool:
    """Whether this package has a resource for the objects of a list."""
    return bool(kinds_of(collection))


def has_ids_of_version(collection: str) -> bool:
    """Whether its objects have other ids in each version, by which they are written."""
    return any(schema.object_path for schema in kinds_of(collection))


@cache
def removal_order() -> dict[str, int]:
    """Rank of each kind in a removal: what refers goes before what is referred to, singletons come last."""
    depth: dict[str, int] = {}

    def rank(kind: str) -> int:
        if kind not in depth:
            depth[kind] = 0
            referring = [
                other.kind
                for other in KINDS.values()
                if any(f.reference and f.reference.kind == kind for f in other.fields)
            ]
            depth[kind] = 1 + max((rank(other) for other in referring), default=-1)
        return depth[kind]

    last = len(KINDS) + 1
    return {kind: last if schema.identity is Identity.SINGLETON else rank(kind) for kind, schema in KINDS.items()}
