"""Items and entries of the API as a program declares them."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS, KindSchema, Row

from .program_names import natural
from .program_plan import Entry


@dataclass(frozen=True)
class DeclaredRows:
    """The rows of one container."""

    plain: dict[str, str] | list[Any]
    """A map of items, or a list of entries, in JSON's types."""
    typed: tuple[str | Entry, ...] = ()
    """The entries, those with a comment as calls."""


def items_kind(container: str) -> KindSchema:
    """The kind that declares many rows of such a container."""
    return next(
        schema
        for schema in KINDS.values()
        if schema.live_items and schema.live_items.container == container and not schema.live_items.replacing
    )


def declared_rows(container: str, rows: Sequence[Row]) -> DeclaredRows:
    """The rows of a dictionary by key, or of an ACL. They are sorted: the order of the API may change."""
    if container == "dictionary":
        items = {str(row["item_key"]): str(row.get("item_value") or "") for row in rows}
        return DeclaredRows({key: items[key] for key in sorted(items, key=lambda key: (natural(key), key))})
    entries = [_entry(row) for row in sorted(rows, key=_address)]
    typed = tuple(each if isinstance(each, str) else Entry(each) for each in entries)
    return DeclaredRows(entries, typed)


def _address(row: Row) -> tuple[Any, ...]:
    try:
        address = ipaddress.ip_address(str(row["ip"]))
    except ValueError:  # what another client wrote
        return 0, 0, str(row)
    return address.version, int(address), str(row.get("subnet"))


def _entry(row: Row) -> str | dict[str, Any]:
    subnet, comment = row.get("subnet"), row.get("comment")
    bits = None if subnet in {None, ""} else int(str(subnet))
    negated = str(row.get("negated") or 0) == "1" or row.get("negated") is True
    if not comment:
        return f"{'!' if negated else ''}{row['ip']}{'' if bits is None else f'/{bits}'}"
    typed = {"ip": row["ip"], "subnet": bits, "negated": negated or None, "comment": comment}
    return {name: value for name, value in typed.items() if value is not None}
