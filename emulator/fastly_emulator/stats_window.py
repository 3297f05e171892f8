"""What a query of statistics asks for: a span of time, samples, a region, services.

See https://www.fastly.com/documentation/reference/api/metrics-stats/historical-stats/ and recordings (2021, 2024).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from . import api_error
from .calls import Call
from .datacenters import REGIONS, regions
from .state import whole_number
from .stats_times import FIRST, SIZES, moment, month_of, shown
from .traffic import Served

_FIRST_YEAR, _LAST_YEAR, _MONTHS = 1970, 9998, 12


@dataclass(frozen=True)
class Window:
    """What a query asks for."""

    start: float
    end: float
    by: str
    region: str
    datacenters: frozenset[str]
    """All if empty."""

    @classmethod
    def of(cls, call: Call) -> "Window":
        """Reads the query. Assumed: every refusal, and that an empty value is as good as none."""
        query, now = call.query, call.emulator.clock()
        by = chosen(query.get("by") or "day", "by", SIZES)
        region = chosen(query.get("region") or "all", "region", ("all", *REGIONS))
        codes = frozenset(filter(None, query.get("datacenter", "").split(",")))
        for code in codes:
            chosen(code, "datacenter", regions())
        start = _time(query.get("from") or FIRST[by], "from", now)
        end = _time(query.get("to") or "now", "to", now)
        if start > end:
            raise api_error.bad_request("from is after to")
        return cls(start, end, by, region, codes)

    def answer(self, data: Any) -> dict[str, Any]:
        """The data as it is answered."""
        meta = {"to": shown(self.end), "from": shown(self.start), "by": self.by, "region": self.region}
        if self.datacenters:
            meta["datacenter"] = ",".join(sorted(self.datacenters))
        return {"data": data, "meta": meta, "status": "success", "msg": None}

    def served(self, call: Call, service_ids: Collection[str]) -> list[Served]:
        """The traffic that is asked for."""
        return self._there(call.emulator.control.traffic.of(service_ids, self.start, self.end))

    def samples(self, call: Call, service_ids: Collection[str]) -> list[tuple[int, list[Served]]]:
        """The traffic by start of the sample.

        Assumed: samples without traffic are left out, as in recordings; samples that have not ended are too, as
        documented, and appear at once when they end; a sample belongs to the window in which it starts.
        """
        size, now = SIZES[self.by], call.emulator.clock()
        found: dict[int, list[Served]] = {}
        for each in self._there(call.emulator.control.traffic.of(service_ids, self.start, self.end + size)):
            start = each.second // size * size
            if self.start <= start < self.end and start + size <= now:
                found.setdefault(start, []).append(each)
        return list(found.items())

    def _there(self, traffic: Iterable[Served]) -> list[Served]:
        return [
            each
            for each in traffic
            if self.region in ("all", regions()[each.datacenter])
            and (not self.datacenters or each.datacenter in self.datacenters)
        ]


def services_of(call: Call) -> list[str]:
    """The services of the account, or those that the query names."""
    there = [each.id for each in call.emulator.services.values() if each.deleted_at is None]
    named = [each for each in call.query.get("services", "").split(",") if each]
    return [each for each in there if not named or each in named]


def chosen(value: str, name: str, choices: Collection[str]) -> str:
    """One of the choices. Assumed: the refusal."""
    if value not in choices:
        raise api_error.bad_request(f"Invalid value for {name}: '{value}'")
    return value


def _time(text: str, name: str, now: float) -> float:
    found = moment(text, now)
    if found is None:
        raise api_error.bad_request(f"Invalid value for {name}: '{text}'")
    return found


def number_of(call: Call, name: str, default: int) -> int:
    """A number that the query has."""
    text = call.query.get(name, str(default))
    number = whole_number(text)
    if number is None:
        raise api_error.bad_request(f"Invalid value for {name}: '{text}'")
    return number


def month_span(year: int, month: int) -> tuple[float, float]:
    """Start and end of a month."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= _MONTHS):
        raise api_error.bad_request(f"Invalid month: {year}-{month}")
    return month_of(year, month)
