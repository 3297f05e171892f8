"""Content that has no version: dictionary items and ACL entries.

A container lives as long as any version of its service has it.
"""

import hashlib
from functools import partial

from . import api_error
from .calls import OK, SERVICE_PATH, VERSION_PATH, Call, RouteTable, page_of
from .container import Container, Rows, held_by
from .entries import ENTRIES
from .items import ITEMS
from .kinds import Kind
from .state import Record, Service


def open_container(service: Service, kind: Kind, record: Record) -> None:
    """Makes room for the live content of a new object; the content of a dynamic snippet moves there."""
    if kind.live == "contents":
        if record["dynamic"] == "1":
            times = {name: record[name] for name in ("created_at", "updated_at")}
            service.contents[record["id"]] = {"content": record["content"], **times}
            record["content"] = None
    elif kind.live:
        getattr(service, kind.live)[record["id"]] = {}


def close_container(service: Service, kind: Kind, record: Record) -> None:
    """Drops the live content of a deleted object, unless another version still has the object."""
    if kind.live and not service.holds(kind.path, record["id"]):
        getattr(service, kind.live).pop(record["id"], None)


def listing(container: Container, call: Call, service_id: str, identifier: str) -> list[Record]:
    """Answers ``GET .../items`` and ``GET .../entries``."""
    service = call.service(service_id)
    held = held_by(container, service, identifier)
    container.check_readable(service, identifier)
    # Those of one second come in the order of their keys, as recorded.
    ordered = sorted(held.values(), key=lambda row: (row["created_at"], row[container.key]))
    return page_of(call, [container.shown(service, identifier, row) for row in ordered])


def read(container: Container, call: Call, service_id: str, identifier: str, key: str) -> Record:
    """Answers ``GET .../item/KEY`` and ``GET .../entry/ID``."""
    service = call.service(service_id)
    held = held_by(container, service, identifier)
    container.check_readable(service, identifier)
    return container.shown(service, identifier, container.find(service, identifier, held, key))


def create(container: Container, call: Call, service_id: str, identifier: str) -> Record:
    """Answers ``POST .../item`` and ``POST .../entry``."""
    service = call.service(service_id)
    rows = Rows(container, call, service, identifier)
    row = rows.create(call.sent)
    rows.keep()
    return container.written(service, identifier, row)


def update(container: Container, call: Call, service_id: str, identifier: str, key: str) -> Record:
    """Answers ``PATCH .../item/KEY`` and ``PATCH .../entry/ID``."""
    service = call.service(service_id)
    rows = Rows(container, call, service, identifier)
    row = rows.update({**call.sent, container.key: key})
    rows.keep()
    return container.written(service, identifier, row)


def put_item(call: Call, service_id: str, identifier: str, key: str) -> Record:
    """Answers ``PUT .../item/KEY``, an upsert whose answer has no times."""
    service = call.service(service_id)
    rows = Rows(ITEMS, call, service, identifier)
    shown = ITEMS.shown(service, identifier, rows.upsert({**call.sent, "item_key": key}))
    rows.keep()
    return {name: shown[name] for name in ("dictionary_id", "item_key", "item_value", "service_id")}


def delete(container: Container, call: Call, service_id: str, identifier: str, key: str) -> dict[str, str]:
    """Answers ``DELETE .../item/KEY`` and ``DELETE .../entry/ID``."""
    rows = Rows(container, call, call.service(service_id), identifier)
    rows.delete({container.key: key})
    rows.keep()
    return OK


def batch(container: Container, call: Call, service_id: str, identifier: str) -> dict[str, str]:
    """Answers ``PATCH .../items`` and ``PATCH .../entries``: all operations, or none of them."""
    rows = Rows(container, call, call.service(service_id), identifier)
    for operation in container.in_order(_operations(container, call)):
        getattr(rows, operation["op"])(operation)
    rows.keep()
    return OK


def _operations(container: Container, call: Call) -> list[Record]:
    operations = call.sent.get(container.rows)
    if not isinstance(operations, list) or not all(isinstance(each, dict) for each in operations):
        raise api_error.bad_request(f"Missing required list: {container.rows}")
    ceiling = call.emulator.limits.max_operations
    if len(operations) > ceiling:
        # Assumed: the wording.
        raise api_error.bad_request(f"Exceeding max number of operations in a batch: {ceiling}")
    for operation in operations:
        if str(operation.get("op")) not in container.operations:
            raise api_error.bad_request(f"Invalid op: '{operation.get('op')}'")
    return operations


def dictionary_info(call: Call, service_id: str, number: str, dictionary_id: str) -> Record:
    """Answers ``GET .../dictionary/ID/info``. The digest is of the emulator's own making; only its form is Fastly's."""
    service, version = call.version(service_id, number)
    if all(record["id"] != dictionary_id for record in version.of("dictionary").values()):
        raise api_error.missing("Dictionary", id=dictionary_id, service=service_id, version=version.number)
    held = service.items[dictionary_id]
    updated = max((record["updated_at"] for record in held.values()), default=None)
    text = "\n".join(f"{key}={held[key]['item_value']}" for key in sorted(held))
    return {
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "item_count": len(held),
        "last_updated": updated and updated.replace("T", " ").removesuffix("Z"),
    }


def _routes(container: Container) -> RouteTable:
    below = f"{SERVICE_PATH}/{container.kind}/*"
    return {
        f"{below}/{container.rows}": {"GET": partial(listing, container), "PATCH": partial(batch, container)},
        f"{below}/{container.row}": {"POST": partial(create, container)},
        f"{below}/{container.row}/*": {
            "GET": partial(read, container),
            "PATCH": partial(update, container),
            "DELETE": partial(delete, container),
        },
    }


ROUTES: RouteTable = _routes(ITEMS) | _routes(ENTRIES)
ROUTES[f"{SERVICE_PATH}/dictionary/*/item/*"]["PUT"] = put_item
ROUTES[f"{VERSION_PATH}/dictionary/*/info"] = {"GET": dictionary_info}
