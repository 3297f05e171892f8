"""Usage of the account: bandwidth and requests, by region and service.

See https://www.fastly.com/documentation/reference/api/metrics-stats/historical-stats/
"""

from collections.abc import Collection, Iterable
from typing import Any

from .calls import Call, RouteTable
from .customer import CUSTOMER_ID
from .datacenters import REGIONS, regions
from .stats_fields import total, with_derived
from .stats_times import shown
from .stats_window import Window, month_span, number_of, services_of
from .traffic import Served


def _usage(served: Iterable[Served]) -> dict[str, Any]:
    sums = with_derived(total(each.counts for each in served))
    return {name: sums[name] for name in ("bandwidth", "requests", "compute_requests")}


def _usage_by_region(served: Collection[Served], names: Iterable[str] = REGIONS) -> dict[str, Any]:
    return {name: _usage(each for each in served if regions()[each.datacenter] == name) for name in names}


def usage(call: Call) -> Any:
    """Answers ``GET /stats/usage``. Assumed: regions without traffic are listed."""
    window = Window.of(call)
    return window.answer(_usage_by_region(window.served(call, services_of(call))))


def usage_by_service(call: Call) -> Any:
    """Answers ``GET /stats/usage_by_service``. Assumed: what has no traffic is not listed."""
    window = Window.of(call)
    found: dict[str, dict[str, Any]] = {}
    for service_id in services_of(call):
        served = window.served(call, (service_id,))
        for region in sorted({regions()[each.datacenter] for each in served}):
            found.setdefault(region, {})[service_id] = _usage_by_region(served, (region,))[region]
    return window.answer(found)


def usage_by_month(call: Call) -> Any:
    """Answers ``GET /stats/usage_by_month``. Assumed: the shape of a service, beyond its name."""
    today = shown(call.emulator.clock())
    year, month = (number_of(call, name, int(part)) for name, part in (("year", today[:4]), ("month", today[5:7])))
    start, end = month_span(year, month)
    window = Window(start, min(end, call.emulator.clock()), "day", "all", frozenset())
    convert = _billable if call.query.get("billable_units") == "true" else dict
    services = {}
    for service_id in services_of(call):
        by_region = _usage_by_region(window.served(call, (service_id,)))
        used = {region: convert(each) for region, each in by_region.items() if any(each.values())}
        if used:
            services[service_id] = {"name": call.emulator.services[service_id].name, **used}
    whole = _usage_by_region(window.served(call, services_of(call)))
    total_of = {region: convert(each) for region, each in whole.items()}
    return window.answer({"customer_id": CUSTOMER_ID, "services": services, "total": total_of})


def _billable(used: dict[str, Any]) -> dict[str, Any]:
    """Gigabytes, and ten thousands of requests."""
    units = {"bandwidth": 1e9}
    return {name: value / units.get(name, 10_000) for name, value in used.items()}


ROUTES: RouteTable = {
    "/stats/usage": {"GET": usage},
    "/stats/usage_by_service": {"GET": usage_by_service},
    "/stats/usage_by_month": {"GET": usage_by_month},
}
