"""Dictionary items.

See https://www.fastly.com/documentation/reference/api/dictionaries/dictionary-item/ and recordings of the real API
(2020-2026).
"""

from . import api_error
from .calls import Call
from .container import Container
from .state import Record, Service

_MAX_KEY = 256
_MAX_VALUE = 8_000


class Items(Container):
    """Items of a dictionary."""

    kind = "dictionary"
    class_name = "Dictionary"
    rows = "items"
    row = "item"
    row_class = "DictionaryItem"
    row_word = "dictionary_item"
    row_plural = "dictionary_items"
    key = "item_key"
    limit = "max_items"
    operations = frozenset({"create", "update", "upsert", "delete"})
    counts_each_create = True

    def key_of(self, _call: Call, sent: Record, /) -> str:
        """The key that was sent."""
        key = str(sent.get("item_key") or "")
        if not key:
            raise api_error.bad_request("Item key can't be blank")
        if len(key) > _MAX_KEY:
            raise api_error.bad_request(f"Item key is too long (maximum is {_MAX_KEY} characters)")
        return key

    def validate(self, old: Record | None, sent: Record) -> Record:
        """The value."""
        value = sent.get("item_value")
        text = "" if value is None else str(value)
        if len(text) > _MAX_VALUE:
            raise api_error.bad_request(f"Item value is too long (maximum is {_MAX_VALUE} characters)")
        if old is not None and "item_value" not in sent:
            return old
        return {"item_value": text, "deleted_at": None}

    def claim(self, row: Record) -> str:
        """The key."""
        return str(row["item_key"])

    def check_readable(self, service: Service, identifier: str) -> None:
        """Refuses to show the items of a private dictionary."""
        if service.is_write_only(identifier):
            # As in the answer that users of private dictionaries report (falco, pull request 144).
            raise api_error.bad_request("Not allowed to read contents of write_only dictionary")


ITEMS = Items()
