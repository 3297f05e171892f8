"""Traffic that a test sets: rows of JSON."""

from typing import Any

from .datacenters import regions
from .emulator import Emulator
from .stats_fields import COUNTED
from .stats_times import LATEST
from .traffic import HERE, Served

_KEYS = frozenset({"service_id", "time", "datacenter"})
_COUNTS = frozenset({*COUNTED, "bandwidth"})


def add_traffic(emulator: Emulator, rows: object, *, replace: bool) -> None:
    """Adds rows, or has them take the place of all traffic; a ValueError says what is wrong with them."""
    if not isinstance(rows, list):
        raise ValueError("traffic must be a list of objects")  # noqa: TRY004 - one class for everything that is wrong
    read = [_read(emulator, row) for row in rows]
    traffic = emulator.control.traffic
    if replace:
        traffic.clear()
    for each in read:
        traffic.add(each.service_id, each.second, each.counts, datacenter=each.datacenter)


def shown_traffic(emulator: Emulator) -> dict[str, Any]:
    """All traffic, as it can be set."""
    rows = [
        {"service_id": each.service_id, "time": each.second, "datacenter": each.datacenter, **each.counts}
        for each in emulator.control.traffic
    ]
    return {"traffic": rows}


def _read(emulator: Emulator, row: object) -> Served:
    if not isinstance(row, dict):
        raise ValueError("traffic must be a list of objects")  # noqa: TRY004 - as above
    service_id, second, datacenter = row.get("service_id"), row.get("time"), row.get("datacenter", HERE)
    if service_id not in emulator.services:
        raise ValueError(f"there is no service {service_id!r}: service_id must be the id of one")
    if not isinstance(second, int | float) or not _is_number(second) or second % 1 or second >= LATEST:
        raise ValueError("time must be an epoch in whole seconds")
    if datacenter not in regions():
        raise ValueError(f"there is no datacenter {datacenter!r}: see /datacenters")
    counts = {name: value for name, value in row.items() if name not in _KEYS}
    for name, value in counts.items():
        if name not in _COUNTS:
            raise ValueError(f"there is no count {name!r}")
        if not _is_number(value):
            raise ValueError(f"{name} must be a number, 0 or more")
    return Served(service_id, int(second), datacenter, counts)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")
