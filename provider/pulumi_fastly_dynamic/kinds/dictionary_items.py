"""Items of a dictionary: one, or a map of them."""

from collections.abc import Mapping
from typing import Annotated, Any

import pulumi
from annotated_types import MaxLen

from ..resource import Live, Nested, Prop, argument, prop
from ..schema import Entries, LiveItems
from ..schema.limits import SEGMENT
from .dictionary import Dictionary

Key = Annotated[str, MaxLen(256), SEGMENT]
Value = Annotated[str, MaxLen(8000)]


def _one(inputs: Mapping[str, Any]) -> Entries:
    return {inputs["key"]: {"item_value": inputs["value"]}}


def _one_from(inputs: Mapping[str, Any], entries: Entries) -> dict[str, Any] | None:
    entry = entries.get(inputs["key"])
    return None if entry is None else {"value": entry["item_value"]}


def _many(inputs: Mapping[str, Any]) -> Entries:
    return {key: {"item_value": value} for key, value in (inputs.get("items") or {}).items()}


def _many_from(inputs: Mapping[str, Any], entries: Entries) -> dict[str, Any]:  # noqa: ARG001 - the signature is the schema's
    return {"items": {key: entry["item_value"] for key, entry in entries.items()}}


class DictionaryItem(
    Live,
    kind="dictionary_item",
    live_items=LiveItems("dictionary", "dictionary_id", _one, _one_from, replacing=("key",)),
):
    """One item of a dictionary, live. Its value is secret if the dictionary is write-only.

    See https://www.fastly.com/documentation/reference/api/dictionaries/dictionary-item/
    """

    dictionary: Dictionary = argument()
    """The dictionary."""
    key: Prop[Key] = prop()
    """The key, at most 256 characters. A change replaces the item."""
    value: Prop[Value] = prop()
    """The value, at most 8,000 characters."""


class DictionaryItems(
    Live, kind="dictionary_items", live_items=LiveItems("dictionary", "dictionary_id", _many, _many_from)
):
    """Items of a dictionary, live and written in batches of 1,000. Other items of the dictionary are not changed.

    See https://www.fastly.com/documentation/reference/api/dictionaries/dictionary-item/
    """

    dictionary: Dictionary = argument()
    """The dictionary."""
    items: Nested[Mapping[Key, Value], Mapping[str, pulumi.Input[str]]] = prop()
    """Values by key. A key has at most 256 characters, a value at most 8,000."""
