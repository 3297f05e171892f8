"""Tables and ACLs with what they hold now."""

from collections.abc import Iterable

from ..state import Record
from .source import Source
from .writing import Lines, block, short_string, string, vcl_name


def tables(source: Source) -> Lines:
    """Dictionaries. What is in a private one is shown to nobody."""
    lines: Lines = []
    for record in source.of("dictionary"):
        items = [] if record["write_only"] else source.service.items.get(record["id"], {}).values()
        lines += block(f"table {vcl_name(record['name'])}", _items(items))
    return lines


def _items(items: Iterable[Record]) -> Lines:
    return [f"{short_string(item['item_key'])}: {string(item['item_value'])}," for item in items]


def acls(source: Source) -> Lines:
    """Access control lists."""
    lines: Lines = []
    for record in source.of("acl"):
        entries = source.service.entries.get(record["id"], {}).values()
        lines += block(f"acl {vcl_name(record['name'])}", [_entry(entry) for entry in entries])
    return lines


def _entry(entry: Record) -> str:
    negation = "!" if str(entry["negated"]) == "1" else ""
    subnet = f"/{entry['subnet']}" if entry["subnet"] is not None else ""
    return f"{negation}{string(entry['ip'])}{subnet};"
