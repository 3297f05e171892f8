"""Statistics of a service by datacenter: the summary of a block of time, and the deprecated call by type.

See metrics-stats/stats/ in https://www.fastly.com/documentation/reference/api/
"""

from typing import Any

from . import api_error
from .calls import Call, RouteTable
from .datacenters import datacenters
from .stats_fields import total
from .stats_times import SIZES
from .stats_window import chosen, month_span, number_of


def _per_datacenter(call: Call, service_id: str, start: float, end: float) -> Any:
    """Assumed: the same fields as elsewhere; the documented ones are older."""
    served = call.emulator.control.traffic.of((call.service(service_id).id,), start, end)
    codes = [each["code"] for each in datacenters()]
    counts = {code: total(each.counts for each in served if each.datacenter == code) for code in codes}
    return {"stats": counts}


def _block(call: Call) -> tuple[float, float] | None:
    """The block of time that a query names."""
    query = call.query
    if "start_time" in query and "end_time" in query:
        return float(number_of(call, "start_time", 0)), float(number_of(call, "end_time", 0))
    if "year" in query and "month" in query:
        return month_span(number_of(call, "year", 0), number_of(call, "month", 0))
    return None


def summary(call: Call, service_id: str) -> Any:
    """Answers ``GET /service/ID/stats/summary``. Assumed: the refusal without a block of time."""
    block = _block(call)
    if block is None:
        raise api_error.bad_request("start_time and end_time, or year and month, are required")
    return _per_datacenter(call, service_id, *block)


def by_type(call: Call, service_id: str, kind: str) -> Any:
    """Answers ``GET /service/ID/stats/TYPE``.

    Assumed: that hourly and daily mean the last hour and day unless the query has a block of time.
    """
    chosen(kind, "type", ("all", "minutely", "hourly", "daily"))
    now, seconds = call.emulator.clock(), {"hourly": SIZES["hour"], "daily": SIZES["day"]}.get(kind)
    block = _block(call)
    if block is None and seconds is not None:
        block = (now - seconds, now)
    if block is None:
        return summary(call, service_id)
    return _per_datacenter(call, service_id, *block)


ROUTES: RouteTable = {
    "/service/*/stats/summary": {"GET": summary},
    "/service/*/stats/*": {"GET": by_type},
}
