"""Content that has no version: dictionary items, ACL entries, content of dynamic snippets.

See dictionaries/dictionary-item/, acls/acl-entry/ and vcl-services/snippet/ in
https://www.fastly.com/documentation/reference/api/, and recordings of the real API (2020-2026).
A container lives as long as any version of its service has it.
"""

from __future__ import annotations

import hashlib
import ipaddress
from typing import TYPE_CHECKING, Any

from fastly_emulator import errors
from fastly_emulator.calls import OK, page_of
from fastly_emulator.kinds import Field, coerce

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastly_emulator.calls import Call
    from fastly_emulator.kinds import Kind
    from fastly_emulator.state import Record, Service

__all__ = [
    "change_entries",
    "change_items",
    "close_container",
    "content",
    "create_entry",
    "create_item",
    "delete_entry",
    "delete_item",
    "dictionary_info",
    "entries",
    "entry",
    "item",
    "items",
    "open_container",
    "put_content",
    "put_item",
    "update_entry",
    "update_item",
]

_MAX_KEY = 256
_MAX_VALUE = 8_000

_NEGATED = Field("negated", "bool", default="0", empty="0")
_SUBNET = Field("subnet", "int", default=None, empty=None)

_Pairs = dict[tuple[str, int | None], str]
"""The ids of entries by address and subnet, which no two entries of an ACL share."""


def open_container(service: Service, kind: Kind, record: Record) -> None:
    """Make room for the live content of a new object; the content of a dynamic snippet moves there."""
    if kind.live == "contents":
        if record["dynamic"] == "1":
            times = {name: record[name] for name in ("created_at", "updated_at")}
            service.contents[record["id"]] = {"content": record["content"], **times}
            record["content"] = None
    elif kind.live:
        getattr(service, kind.live)[record["id"]] = {}


def close_container(service: Service, kind: Kind, record: Record) -> None:
    """Drop the live content of a deleted object, unless another version still has the object."""
    if kind.live and not service.holds(kind.path, record["id"]):
        getattr(service, kind.live).pop(record["id"], None)


# -- Dictionary items -------------------------------------------------------------------------------------------------


def items(call: Call, service_id: str, dictionary_id: str) -> list[Record]:
    """Answer `GET .../items`."""
    service, held = _readable_items(call, service_id, dictionary_id)
    ordered = sorted(held.values(), key=lambda record: (record["created_at"], record["item_key"]))
    return page_of(call, [_shown_item(service, dictionary_id, record) for record in ordered])


def item(call: Call, service_id: str, dictionary_id: str, key: str) -> Record:
    """Answer `GET .../item/KEY`."""
    service, held = _readable_items(call, service_id, dictionary_id)
    return _shown_item(service, dictionary_id, _find_item(service, dictionary_id, held, key))


def create_item(call: Call, service_id: str, dictionary_id: str) -> Record:
    """Answer `POST .../item`."""
    service, held = _items(call, service_id, dictionary_id)
    key = str(call.sent.get("item_key", ""))
    _create_item(call, service, dictionary_id, held, call.sent)
    call.emulator.changed(service, container=dictionary_id)
    return _shown_item(service, dictionary_id, held[key])


def put_item(call: Call, service_id: str, dictionary_id: str, key: str) -> Record:
    """Answer `PUT .../item/KEY`, an upsert whose answer has no times."""
    service, held = _items(call, service_id, dictionary_id)
    _upsert_item(call, service, dictionary_id, held, {**call.sent, "item_key": key})
    call.emulator.changed(service, container=dictionary_id)
    shown = _shown_item(service, dictionary_id, held[key])
    return {name: shown[name] for name in ("dictionary_id", "item_key", "item_value", "service_id")}


def update_item(call: Call, service_id: str, dictionary_id: str, key: str) -> Record:
    """Answer `PATCH .../item/KEY`."""
    service, held = _items(call, service_id, dictionary_id)
    _update_item(call, service, dictionary_id, held, {**call.sent, "item_key": key})
    call.emulator.changed(service, container=dictionary_id)
    return _shown_item(service, dictionary_id, held[key])


def delete_item(call: Call, service_id: str, dictionary_id: str, key: str) -> dict[str, str]:
    """Answer `DELETE .../item/KEY`."""
    service, held = _items(call, service_id, dictionary_id)
    _delete_item(call, service, dictionary_id, held, {"item_key": key})
    call.emulator.changed(service, container=dictionary_id)
    return OK


def change_items(call: Call, service_id: str, dictionary_id: str) -> dict[str, str]:
    """Answer `PATCH .../items`: all operations, or none of them."""
    service, held = _items(call, service_id, dictionary_id)
    operations = _operations(call, "items", _ITEM_OPERATIONS)
    after = dict(held)
    for operation in operations:
        _ITEM_OPERATIONS[operation["op"]](call, service, dictionary_id, after, operation)
    service.items[dictionary_id] = after
    call.emulator.changed(service, container=dictionary_id)
    return OK


def dictionary_info(call: Call, service_id: str, number: str, dictionary_id: str) -> Record:
    """Answer `GET .../dictionary/ID/info`. The digest is of the emulator's own making; only its form is Fastly's."""
    service, version = call.version(service_id, number)
    if all(record["id"] != dictionary_id for record in version.of("dictionary").values()):
        raise errors.missing("Dictionary", id=dictionary_id, service=service_id, version=version.number)
    held = service.items[dictionary_id]
    updated = max((record["updated_at"] for record in held.values()), default=None)
    text = "\n".join(f"{key}={held[key]['item_value']}" for key in sorted(held))
    return {
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "item_count": len(held),
        "last_updated": updated and updated.replace("T", " ").removesuffix("Z"),
    }


def _items(call: Call, service_id: str, dictionary_id: str) -> tuple[Service, dict[str, Record]]:
    service = call.service(service_id)
    held = service.items.get(dictionary_id)
    if held is None:
        # Assumed: the keys that are listed.
        raise errors.missing("Dictionary", id=dictionary_id, service=service_id)
    return service, held


def _readable_items(call: Call, service_id: str, dictionary_id: str) -> tuple[Service, dict[str, Record]]:
    service, held = _items(call, service_id, dictionary_id)
    if service.is_write_only(dictionary_id):
        # As in the answer that users of private dictionaries report (falco, pull request 144).
        raise errors.bad_request("Not allowed to read contents of write_only dictionary")
    return service, held


def _shown_item(service: Service, dictionary_id: str, record: Record) -> Record:
    return {**record, "dictionary_id": dictionary_id, "service_id": service.id}


def _find_item(service: Service, dictionary_id: str, held: dict[str, Record], key: str) -> Record:
    record = held.get(key)
    if record is None:
        raise errors.missing("DictionaryItem", dictionary_id=dictionary_id, item_key=key, service=service.id)
    return record


def _checked_item(sent: Record) -> tuple[str, str]:
    key, value = str(sent.get("item_key") or ""), sent.get("item_value")
    if not key:
        raise errors.bad_request("Item key can't be blank")
    if len(key) > _MAX_KEY:
        raise errors.bad_request(f"Item key is too long (maximum is {_MAX_KEY} characters)")
    text = "" if value is None else str(value)
    if len(text) > _MAX_VALUE:
        raise errors.bad_request(f"Item value is too long (maximum is {_MAX_VALUE} characters)")
    return key, text


def _create_item(call: Call, _service: Service, _id: str, held: dict[str, Record], sent: Record) -> None:
    key, value = _checked_item(sent)
    if key in held:
        raise errors.duplicate("dictionary_item", key)
    ceiling = call.emulator.limits.max_items
    if ceiling is not None and len(held) >= ceiling:
        raise errors.bad_request(f"Exceeding max_dictionary_items: {ceiling}")  # Assumed: the wording.
    now = call.emulator.now()
    held[key] = {"item_key": key, "item_value": value, "created_at": now, "updated_at": now, "deleted_at": None}


def _update_item(call: Call, service: Service, dictionary_id: str, held: dict[str, Record], sent: Record) -> None:
    key, value = _checked_item(sent)
    old = _find_item(service, dictionary_id, held, key)
    if "item_value" in sent:
        held[key] = {**old, "item_value": value, "updated_at": call.emulator.now()}


def _upsert_item(call: Call, service: Service, dictionary_id: str, held: dict[str, Record], sent: Record) -> None:
    known = str(sent.get("item_key") or "") in held
    (_update_item if known else _create_item)(call, service, dictionary_id, held, sent)


def _delete_item(_call: Call, service: Service, dictionary_id: str, held: dict[str, Record], sent: Record) -> None:
    key = str(sent.get("item_key") or "")
    _find_item(service, dictionary_id, held, key)
    del held[key]


_ITEM_OPERATIONS: dict[str, Callable[[Call, Service, str, dict[str, Record], Record], None]] = {
    "create": _create_item,
    "update": _update_item,
    "upsert": _upsert_item,
    "delete": _delete_item,
}


# -- ACL entries ------------------------------------------------------------------------------------------------------


def entries(call: Call, service_id: str, acl_id: str) -> list[Record]:
    """Answer `GET .../entries`."""
    service, held = _entries(call, service_id, acl_id)
    # Those of one second come in the order of their ids, as recorded.
    ordered = sorted(held.values(), key=lambda record: (record["created_at"], record["id"]))
    return page_of(call, [_shown_entry(service, acl_id, record) for record in ordered])


def entry(call: Call, service_id: str, acl_id: str, entry_id: str) -> Record:
    """Answer `GET .../entry/ID`."""
    service, held = _entries(call, service_id, acl_id)
    return _shown_entry(service, acl_id, _find_entry(service, acl_id, held, entry_id))


def create_entry(call: Call, service_id: str, acl_id: str) -> Record:
    """Answer `POST .../entry`."""
    service, held = _entries(call, service_id, acl_id)
    ceiling = call.emulator.limits.max_entries
    if ceiling is not None and len(held) >= ceiling:
        raise _too_many_entries(ceiling)
    record = _create_entry(call, held, _pairs(held), call.sent)
    call.emulator.changed(service, container=acl_id)
    return _written_entry(service, acl_id, record)


def update_entry(call: Call, service_id: str, acl_id: str, entry_id: str) -> Record:
    """Answer `PATCH .../entry/ID`."""
    service, held = _entries(call, service_id, acl_id)
    record = _update_entry(call, _find_entry(service, acl_id, held, entry_id), held, _pairs(held), call.sent)
    call.emulator.changed(service, container=acl_id)
    return _written_entry(service, acl_id, record)


def delete_entry(call: Call, service_id: str, acl_id: str, entry_id: str) -> dict[str, str]:
    """Answer `DELETE .../entry/ID`."""
    service, held = _entries(call, service_id, acl_id)
    _find_entry(service, acl_id, held, entry_id)
    del held[entry_id]
    call.emulator.changed(service, container=acl_id)
    return OK


def change_entries(call: Call, service_id: str, acl_id: str) -> dict[str, str]:
    """Answer `PATCH .../entries`: all operations, or none of them.

    A batch that deletes a pair of address and subnet and creates it again is refused, wherever the two stand in it: so
    deletes come last.
    """
    service, held = _entries(call, service_id, acl_id)
    operations = _operations(call, "entries", {"create", "update", "delete"})
    after, pairs = dict(held), _pairs(held)
    for operation in operations:
        if operation["op"] == "create":
            _create_entry(call, after, pairs, operation)
        elif operation["op"] == "update":
            old = _find_entry(service, acl_id, after, str(operation.get("id")))
            _update_entry(call, old, after, pairs, operation)
    for operation in operations:
        if operation["op"] == "delete":
            old = _find_entry(service, acl_id, after, str(operation.get("id")))
            del after[old["id"]]
    ceiling = call.emulator.limits.max_entries
    if ceiling is not None and len(after) > max(ceiling, len(held)):
        raise _too_many_entries(ceiling)
    service.entries[acl_id] = after
    call.emulator.changed(service, container=acl_id)
    return OK


def _too_many_entries(ceiling: int) -> errors.ApiError:
    return errors.bad_request(f"Exceeding max_acl_entries: {ceiling}")  # Assumed: the wording.


def _entries(call: Call, service_id: str, acl_id: str) -> tuple[Service, dict[str, Record]]:
    service = call.service(service_id)
    held = service.entries.get(acl_id)
    if held is None:
        # Assumed: the keys that are listed.
        raise errors.missing("ACL", id=acl_id, service=service_id)
    return service, held


def _shown_entry(service: Service, acl_id: str, record: Record) -> Record:
    return {**record, "acl_id": acl_id, "service_id": service.id}


def _written_entry(service: Service, acl_id: str, record: Record) -> Record:
    # The answer to a write has a number where reads have a string.
    return {**_shown_entry(service, acl_id, record), "negated": int(record["negated"])}


def _find_entry(service: Service, acl_id: str, held: dict[str, Record], entry_id: str) -> Record:
    record = held.get(entry_id)
    if record is None:
        # Assumed: the keys that are listed.
        raise errors.missing("ACLEntry", acl_id=acl_id, id=entry_id, service=service.id)
    return record


def _create_entry(call: Call, held: dict[str, Record], pairs: _Pairs, sent: Record) -> Record:
    now = call.emulator.now()
    new = {"id": call.emulator.new_id(), "ip": "", "subnet": None, "negated": "0", "comment": "", "created_at": now}
    record = {**_changed_entry(new, sent), "updated_at": now}
    _claim_pair(pairs, record)
    held[record["id"]] = record
    return record


def _update_entry(call: Call, old: Record, held: dict[str, Record], pairs: _Pairs, sent: Record) -> Record:
    record = {**_changed_entry(old, sent), "updated_at": call.emulator.now()}
    _claim_pair(pairs, record)
    if _pair(old) != _pair(record):
        del pairs[_pair(old)]
    held[record["id"]] = record
    return record


def _changed_entry(old: Record, sent: Record) -> Record:
    record = dict(old)
    if "ip" in sent:
        record["ip"] = str(sent["ip"] or "")
    if "subnet" in sent:
        record["subnet"] = coerce(_SUBNET, sent["subnet"], stringly=False)
    if "negated" in sent:
        record["negated"] = coerce(_NEGATED, sent["negated"], stringly=True)
    if "comment" in sent:
        record["comment"] = str(sent["comment"] or "")
    try:
        address = ipaddress.ip_address(record["ip"])
    except ValueError:
        raise errors.bad_request(f"Invalid IP address: '{record['ip']}'") from None
    subnet = record["subnet"]
    if subnet is not None and not 0 <= subnet <= address.max_prefixlen:
        raise errors.bad_request(f"Invalid subnet: '{subnet}'")
    return record


def _pair(record: Record) -> tuple[str, int | None]:
    return record["ip"], record["subnet"]


def _pairs(held: dict[str, Record]) -> _Pairs:
    return {_pair(record): entry_id for entry_id, record in held.items()}


def _claim_pair(pairs: _Pairs, record: Record) -> None:
    if pairs.setdefault(_pair(record), record["id"]) != record["id"]:
        subnet = "" if record["subnet"] is None else f"/{record['subnet']}"
        raise errors.duplicate("acl_entry", f"{record['ip']}{subnet}")


def _operations(call: Call, name: str, known: Any) -> list[Record]:
    operations = call.sent.get(name)
    if not isinstance(operations, list) or not all(isinstance(each, dict) for each in operations):
        raise errors.bad_request(f"Missing required list: {name}")
    ceiling = call.emulator.limits.max_operations
    if len(operations) > ceiling:
        raise errors.bad_request(f"Exceeding max number of operations in a batch: {ceiling}")  # Assumed: the wording.
    for operation in operations:
        if str(operation.get("op")) not in known:
            raise errors.bad_request(f"Invalid op: '{operation.get('op')}'")
    return operations


# -- Dynamic snippets -------------------------------------------------------------------------------------------------


def content(call: Call, service_id: str, snippet_id: str) -> Record:
    """Answer `GET /service/ID/snippet/ID`."""
    service = call.service(service_id)
    return _shown_content(service, snippet_id, _find_content(service, snippet_id))


def put_content(call: Call, service_id: str, snippet_id: str) -> Record:
    """Answer `PUT /service/ID/snippet/ID`; `updated_at` is the one before this update."""
    service = call.service(service_id)
    record = dict(_find_content(service, snippet_id))
    if "content" in call.sent:
        record["content"] = str(call.sent["content"] or "")
        service.contents[snippet_id] = {**record, "updated_at": call.emulator.now()}
        call.emulator.changed(service)
    return _shown_content(service, snippet_id, record)


def _find_content(service: Service, snippet_id: str) -> Record:
    record = service.contents.get(snippet_id)
    if record is None:
        # Assumed: the keys that are listed.
        raise errors.missing("Snippet", id=snippet_id, service=service.id)
    return record


def _shown_content(service: Service, snippet_id: str, record: Record) -> Record:
    return {**record, "service_id": service.id, "snippet_id": snippet_id}
