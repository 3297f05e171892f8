"""Statistics of the past."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from ..api import path
from .arguments import WrongLookup
from .lookup import lookup, with_outputs
from .measurements import Measurements, numbers
from .result import Result, UnexpectedAnswer
from .times import instant

if TYPE_CHECKING:
    from ..api.client import Client

By = Literal["minute", "hour", "day", "datacenter", "region"]
Type = Literal["all", "minutely", "hourly", "daily"]
Moment = int | datetime | str
"""A time: an epoch, a ``datetime``, or a text that Fastly understands, such as ``2 hours ago``."""
_SAMPLES = ("minute", "hour", "day")


@dataclass(frozen=True)
class StatsRow(Measurements):
    """What Fastly measured in a sample of time, in a datacenter or in a region.

    See https://www.fastly.com/documentation/reference/api/metrics-stats/historical-stats/
    """

    start_time: int | None = None
    """When the sample starts, as an epoch; ``None`` where rows are not by time."""
    service_id: str | None = None
    """The service; ``None`` for the whole account."""
    datacenter: str | None = None
    """The code of the datacenter, where rows are by datacenter."""
    region: str | None = None
    """The region, where rows are by region."""


@dataclass(frozen=True)
class GetStatsResult(Result):
    """Rows of statistics.

    See metrics-stats/ in https://www.fastly.com/documentation/reference/api/
    """

    rows: tuple[StatsRow, ...]
    """By time, the oldest first; samples without traffic may be missing."""


@lookup
def get_stats(
    client: "Client",
    service_id: str | None = None,
    *,
    by: By = "day",
    from_: Moment | None = None,
    to: Moment | None = None,
    field: str | None = None,
    region: str | None = None,
    each_service: bool = False,
    type: Type | None = None,  # noqa: A002 - Fastly's word
) -> GetStatsResult:
    """Reads statistics of a service, or of the account if no service is given.

    A row stands for what ``by`` says:

    - ``minute``, ``hour``, ``day``: a sample of time. Samples that have not ended are not there.
    - ``datacenter``: the sum of a stretch of time in one datacenter. It needs a service, and both times.
    - ``region``: usage, that is ``bandwidth``, ``requests`` and ``compute_requests`` in one region.

    Times are Unix times, datetimes with a time zone, or, except with ``by="datacenter"``, texts that Fastly
    understands, such as ``2 hours ago``.

    See metrics-stats/ in https://www.fastly.com/documentation/reference/api/

    :param service_id: the id of a service. Default: the account.
    :param by: what a row stands for.
    :param from_: the start. Default: 30 minutes ago by minute, 1 day ago by hour, 1 month ago by day.
    :param to: the end. Default: now.
    :param field: the only field to read, such as ``bandwidth``; for samples of time.
    :param region: the only region to read; for samples of time.
    :param each_service: whether there are rows per service, instead of sums over the account.
    :param type: which of Fastly's deprecated calls by datacenter to use; ``hourly`` and ``daily`` need no times.
    """
    _check(service_id, by, field, region, type, each_service=each_service)
    window = {
        name.rstrip("_"): _text(name, value) for name, value in (("from_", from_), ("to", to)) if value is not None
    }
    if by == "datacenter":
        return GetStatsResult(_by_datacenter(client, str(service_id), type, from_, to))
    if by == "region":
        return GetStatsResult(_usage(client, service_id, window, each_service=each_service))
    query = {**window, "by": by, **({"region": region} if region else {})}
    return GetStatsResult(_historical(client, service_id, field, query, each_service=each_service))


get_stats_output = with_outputs(get_stats)


def _check(
    service_id: str | None,
    by: str,
    field: str | None,
    region: str | None,
    type: Type | None,  # noqa: A002 - as above
    *,
    each_service: bool,
) -> None:
    is_sample = by in _SAMPLES
    problems = (
        (service_id is not None and each_service, "give service_id or each_service, not both"),
        (by == "datacenter" and service_id is None, "by='datacenter' needs service_id"),
        (type is not None and by != "datacenter", "type is for by='datacenter'"),
        (field is not None and not is_sample, f"field is not for by={by!r}"),
        (region is not None and not is_sample, f"region is not for by={by!r}"),
        (
            field is not None and service_id is None and not each_service,
            "field needs service_id or each_service=True: Fastly has no sums of one field",
        ),
    )
    for is_wrong, text in problems:
        if is_wrong:
            raise WrongLookup(text)


def _historical(
    client: "Client", service_id: str | None, field: str | None, query: Mapping[str, str], *, each_service: bool
) -> tuple[StatsRow, ...]:
    of_field = ("field", field) if field else ()
    if each_service:
        data = client.get_object(path("stats", *of_field), query, keys=("data",))["data"]
        return tuple(row for found, rows in _members(data) for row in _rows(rows, found))
    where = path("stats", "service", service_id, *of_field) if service_id is not None else "/stats/aggregate"
    return tuple(_rows(client.get_object(where, query, keys=("data",))["data"], service_id))


def _rows(rows: Any, service_id: str | None) -> Iterable[StatsRow]:
    for row in rows or ():
        values = dict(numbers(row))
        start = values.pop("start_time", None)
        yield StatsRow(values, start_time=None if start is None else int(start), service_id=service_id)


def _by_datacenter(
    client: "Client",
    service_id: str,
    type: Type | None,  # noqa: A002 - as above
    from_: Moment | None,
    to: Moment | None,
) -> tuple[StatsRow, ...]:
    query = {}
    if from_ is not None and to is not None:
        query = {"start_time": _epoch("from_", from_), "end_time": _epoch("to", to)}
    elif from_ is not None or to is not None or type not in {"hourly", "daily"}:
        raise WrongLookup("by='datacenter' needs from_ and to, or type='hourly' or 'daily'")
    where = path("service", service_id, "stats", type or "summary")
    stats = client.get_object(where, query, keys=("stats",))["stats"]
    return tuple(StatsRow(numbers(row), service_id=service_id, datacenter=code) for code, row in _members(stats))


def _usage(
    client: "Client", service_id: str | None, window: Mapping[str, str], *, each_service: bool
) -> tuple[StatsRow, ...]:
    if service_id is None and not each_service:
        data = client.get_object("/stats/usage", window, keys=("data",))["data"]
        return tuple(StatsRow(numbers(row), region=region) for region, row in _members(data))
    data = client.get_object("/stats/usage_by_service", window, keys=("data",))["data"]
    return tuple(
        StatsRow(numbers(row), service_id=found, region=region)
        for region, services in _members(data)
        for found, row in _members(services)
        if service_id in (None, found)
    )


def _members(data: Any) -> Sequence[tuple[str, Any]]:
    """The members of an object; Fastly may answer an empty list for an empty object."""
    if data and not isinstance(data, dict):
        raise UnexpectedAnswer.of(GetStatsResult, "data")
    return list((data or {}).items())


def _text(name: str, moment: Moment) -> str:
    return moment if isinstance(moment, str) else str(_epoch(name, moment))


def _epoch(name: str, moment: Moment) -> int:
    if isinstance(moment, str):
        raise WrongLookup(f"{name} is {moment!r}: by='datacenter' needs an epoch or a datetime")
    return int(instant(name, moment).timestamp()) if isinstance(moment, datetime) else moment
