"""The table of all kinds. A kind's class fills it when it is defined."""

from functools import cache

from .kind import Identity, KindSchema

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
    return [schema for schema in KINDS.values() if schema.collection == collection]


def collections() -> list[str]:
    """Every list of a version."""
    return list(dict.fromkeys(schema.collection for schema in KINDS.values() if schema.collection))


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
