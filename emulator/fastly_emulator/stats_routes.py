"""Historical statistics.

See https://www.fastly.com/documentation/reference/api/metrics-stats/historical-stats/ and recordings (2021, 2024).
"""

from collections.abc import Collection, Iterable
from typing import Any

from .calls import Call, RouteTable
from .datacenters import REGIONS
from .stats_fields import COUNTED, total, with_derived
from .stats_window import Window, chosen, services_of

_MEASURED = frozenset({*COUNTED, "bandwidth", "hit_ratio"})


def _rows(call: Call, window: Window, service_ids: Collection[str], **more: str) -> list[dict[str, Any]]:
    return [
        {**with_derived(total(each.counts for each in served)), "start_time": start, **more}
        for start, served in window.samples(call, service_ids)
    ]


def _rows_of(call: Call, window: Window, service_id: str) -> list[dict[str, Any]]:
    return _rows(call, window, (service_id,), service_id=service_id)


def _by_service(call: Call, window: Window) -> dict[str, list[dict[str, Any]]]:
    rows = {service_id: _rows_of(call, window, service_id) for service_id in services_of(call)}
    return {service_id: found for service_id, found in rows.items() if found}


def _only(field: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"service_id": row["service_id"], "start_time": row["start_time"], field: row[field]} for row in rows]


def of_account(call: Call) -> Any:
    """Answers ``GET /stats``."""
    window = Window.of(call)
    return window.answer(_by_service(call, window))


def aggregate(call: Call) -> Any:
    """Answers ``GET /stats/aggregate``."""
    window = Window.of(call)
    return window.answer(_rows(call, window, services_of(call)))


def field_of_account(call: Call, field: str) -> Any:
    """Answers ``GET /stats/field/FIELD``."""
    window = Window.of(call)
    chosen(field, "field", _MEASURED)
    return window.answer({service_id: _only(field, rows) for service_id, rows in _by_service(call, window).items()})


def of_service(call: Call, service_id: str) -> Any:
    """Answers ``GET /stats/service/ID``. Assumed: that the row names its service, and the refusal of an unknown one."""
    window = Window.of(call)
    return window.answer(_rows_of(call, window, call.service(service_id).id))


def field_of_service(call: Call, service_id: str, field: str) -> Any:
    """Answers ``GET /stats/service/ID/field/FIELD``."""
    window = Window.of(call)
    chosen(field, "field", _MEASURED)
    return window.answer(_only(field, _rows_of(call, window, call.service(service_id).id)))


def region_names(call: Call) -> Any:
    """Answers ``GET /stats/regions``."""
    return Window.of(call).answer(list(REGIONS))


ROUTES: RouteTable = {
    "/stats": {"GET": of_account},
    "/stats/aggregate": {"GET": aggregate},
    "/stats/field/*": {"GET": field_of_account},
    "/stats/service/*": {"GET": of_service},
    "/stats/service/*/field/*": {"GET": field_of_service},
    "/stats/regions": {"GET": region_names},
}
