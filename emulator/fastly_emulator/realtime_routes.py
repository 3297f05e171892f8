"""Realtime statistics, which Fastly serves at https://rt.fastly.com.

See https://www.fastly.com/documentation/reference/api/metrics-stats/realtime/
"""

from typing import Any

from . import api_error
from .calls import Call, RouteTable
from .state import whole_number
from .stats_fields import COUNTED, Counts, total

LONGEST = 120
"""Seconds of history, as documented."""

_HISTORICAL_ONLY = frozenset(
    {
        "blacklist",
        "orig_req_body_size",
        "orig_req_header_size",
        "orig_resp_body_size",
        "orig_resp_header_size",
        "pipe",
        "tls_handshake_sent_bytes",
        "waf_blocked",
        "waf_logged",
        "waf_passed",
    }
)
"""Fields that Fastly's clients have for historical statistics only."""
MEASURED = tuple(name for name in COUNTED if name not in _HISTORICAL_ONLY)


def since(call: Call, service_id: str, text: str) -> Any:
    """Answers ``GET /v1/channel/ID/ts/TIMESTAMP``: every complete second since then; with 0, the last one.

    Assumed: an answer at once, with no data if no second has passed; Fastly's waits for one.
    """
    start = whole_number(text)
    if start is None:
        raise api_error.bad_request(f"Invalid timestamp: '{text}'")
    now = int(call.emulator.clock())
    return _answer(call, service_id, max(start, now - LONGEST) if start else now - 1, now)


def history(call: Call, service_id: str) -> Any:
    """Answers ``GET /v1/channel/ID/ts/h``: the last 120 seconds."""
    now = int(call.emulator.clock())
    return _answer(call, service_id, now - LONGEST, now)


def limited_history(call: Call, service_id: str, text: str) -> Any:
    """Answers ``GET /v1/channel/ID/ts/h/limit/N``: the last N seconds, 120 at the most."""
    limit = whole_number(text)
    if not limit:
        raise api_error.bad_request(f"Invalid limit: '{text}'")
    now = int(call.emulator.clock())
    return _answer(call, service_id, now - min(limit, LONGEST), now)


def _answer(call: Call, service_id: str, start: int, end: int) -> dict[str, Any]:
    """Assumed: seconds without traffic are answered too, with zeros, and that nothing is delayed."""
    service = call.service(service_id)
    by_second: dict[int, dict[str, Counts]] = {second: {} for second in range(start, end)}
    for each in call.emulator.control.traffic.of((service.id,), start, end):
        by_second[each.second][each.datacenter] = total([each.counts])
    data = [
        {
            "recorded": second,
            "aggregated": _measured(total(by_datacenter.values())),
            "datacenter": {code: _measured(counts) for code, counts in by_datacenter.items()},
        }
        for second, by_datacenter in by_second.items()
    ]
    return {"Data": data, "Timestamp": end, "AggregateDelay": 0}


def _measured(counts: Counts) -> dict[str, Any]:
    return {**{name: counts[name] for name in MEASURED}, "miss_histogram": {}}


ROUTES: RouteTable = {
    "/v1/channel/*/ts/h": {"GET": history},
    "/v1/channel/*/ts/h/limit/*": {"GET": limited_history},
    "/v1/channel/*/ts/*": {"GET": since},
}
