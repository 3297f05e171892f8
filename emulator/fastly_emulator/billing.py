"""What an account is billed for a month: made-up usage that is the same in every run, and the arithmetic of an invoice.

See account/billing/ in https://www.fastly.com/documentation/reference/api/, whose example has these regions, prices and
extras.
"""

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .customer import owner
from .state import Service

PER_REQUESTS = 10_000
"""The requests that a price is for."""
_MB_PER_GB = 1_000


class Amounts(NamedTuple):
    """Bandwidth in GB, HTTP requests and HTTPS requests: their prices, their numbers or their costs."""

    bandwidth: Decimal
    requests: Decimal
    ssl_requests: Decimal

    def plus(self, other: "Amounts") -> "Amounts":
        """The sum of both."""
        return Amounts(*(one + another for one, another in zip(self, other, strict=True)))


NOTHING = Amounts(Decimal(0), Decimal(0), Decimal(0))

PRICES = {
    "asia": Amounts(Decimal("0.19"), Decimal("0.009"), Decimal("0.012")),
    "australia": Amounts(Decimal("0.19"), Decimal("0.009"), Decimal("0.0125")),
    "europe": Amounts(Decimal("0.12"), Decimal("0.009"), Decimal("0.012")),
    "latam": Amounts(Decimal("0.28"), Decimal("0.016"), Decimal("0.016")),
    "usa": Amounts(Decimal("0.12"), Decimal("0.0075"), Decimal("0.01")),
}
"""Prices in USD of one GB and of 10,000 requests, by region."""

_MOST_PER_DAY = Amounts(Decimal(2_000), Decimal(50_000), Decimal(400_000))
"""MB, requests and HTTPS requests of a service in a region."""


class Month(NamedTuple):
    """A month of the calendar."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def start(self) -> str:
        """Its first second."""
        return f"{self.first}T00:00:00Z"

    @property
    def end(self) -> str:
        """Its last second."""
        return f"{self.last}T23:59:59Z"

    @property
    def invoice_id(self) -> str:
        """The id of its invoice."""
        # Assumed: the digits; Fastly's Python client says of today's endpoints that it is a number.
        return f"{self.year:04}{self.month:02}"

    @property
    def next(self) -> "Month":
        """The month after it."""
        return month_of(self.last + timedelta(days=1))


def month_of(day: date) -> Month:
    """The month that a day is in."""
    return Month(day.year, day.month)


@dataclass(frozen=True, slots=True)
class Extra:
    """Something that costs the same each month."""

    id: str
    name: str
    since: date
    recurring: Decimal
    setup: Decimal = Decimal(0)
    """What it costs once, in its first month."""

    def cost(self, month: Month) -> Decimal:
        """What it costs in that month."""
        if month.last < self.since:
            return Decimal(0)
        return self.recurring + self.setup_in(month)

    def setup_in(self, month: Month) -> Decimal:
        """What setting it up costs in that month."""
        return self.setup if month_of(self.since) == month else Decimal(0)


EXTRAS = (
    Extra("1ZWMDbMZPqS1XJw0cttK9n", "SSL", date(2024, 1, 1), Decimal(100)),
    Extra(
        "1cLb6ZDgCnQK5hwu1lJ2xI",
        "Wildcard SAN SSL Certificate *.example.com",
        date(2024, 2, 1),
        Decimal(275),
        setup=Decimal(50),
    ),
)


@dataclass(frozen=True, slots=True)
class Bill:
    """The usage of a month."""

    month: Month
    usage: dict[str, dict[str, Amounts]]
    """By service id and region."""
    extras: tuple[Extra, ...]

    def used(self, region: str) -> Amounts:
        """What all services used in a region."""
        total = NOTHING
        for regions in self.usage.values():
            total = total.plus(regions[region])
        return total

    def costs(self, region: str) -> Amounts:
        """What that costs."""
        used, prices = self.used(region), PRICES[region]
        return Amounts(
            used.bandwidth * prices.bandwidth,
            used.requests / PER_REQUESTS * prices.requests,
            used.ssl_requests / PER_REQUESTS * prices.ssl_requests,
        )

    @property
    def incurred(self) -> Amounts:
        """What all usage costs."""
        total = NOTHING
        for region in PRICES:
            total = total.plus(self.costs(region))
        return total

    @property
    def cost(self) -> Decimal:
        """What is to be paid."""
        return sum(self.incurred) + self.extras_cost

    @property
    def extras_cost(self) -> Decimal:
        """What all extras cost."""
        return sum((extra.cost(self.month) for extra in self.extras), Decimal(0))


def bill(services: Iterable[Service], month: Month, today: date) -> Bill:
    """The bill of a month, of the current one up to today."""
    days = ((service, _days(service, month, today)) for service in services)
    usage = {service.id: _usage(service, count) for service, count in days if count}
    return Bill(month, usage, tuple(extra for extra in EXTRAS if extra.since <= min(month.last, today)))


def months(services: Iterable[Service], today: date) -> Iterator[Month]:
    """All months from that of the account, or of a service that is even older, to the current one."""
    current = month_of(today)
    month = min(month_of(_day(each)) for each in (owner()["created_at"], *(service.created_at for service in services)))
    while month < current:
        yield month
        month = month.next
    yield current


def _days(service: Service, month: Month, today: date) -> int:
    """Days of the month on which the service was there."""
    ends = [month.last, today, *([_day(service.deleted_at)] if service.deleted_at is not None else [])]
    return max(0, (min(ends) - max(month.first, _day(service.created_at))).days + 1)


def _usage(service: Service, days: int) -> dict[str, Amounts]:
    usage = {}
    for region in PRICES:
        most = _MOST_PER_DAY._asdict().items()
        each = Amounts(*(_per_day(f"{service.id}/{region}/{name}", number) for name, number in most))
        usage[region] = Amounts(
            each.bandwidth * days / _MB_PER_GB,
            each.requests * days,
            each.ssl_requests * days,
        )
    return usage


def _per_day(seed: str, most: Decimal) -> Decimal:
    return Decimal(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") % int(most))


def _day(timestamp: str) -> date:
    return date.fromisoformat(timestamp[:10])
