"""The lines that ``fastly-stats`` shows of measurements: requests, hit ratio, errors, bandwidth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_fastly_dynamic.lookups import Measurements
from pulumi_fastly_dynamic.lookups.measurements import total

from .sparkline import count, share, size


@dataclass(frozen=True)
class Line:
    """One measure: its curve, and what it comes to."""

    name: str
    values: tuple[float | None, ...]
    """``None`` for a sample that is missing."""
    total: str
    peak: str
    top: float | None = None
    """What the curve's height stands for; the highest value if it is ``None``."""


@dataclass(frozen=True)
class Title:
    """What is shown."""

    service: str
    what: str
    unit: str
    """What a sample stands for, such as ``hour``."""


def lines_of(samples: Sequence[Measurements | None]) -> list[Line]:
    """The lines of samples that follow each other; ``None`` for one that is missing."""
    there = [each for each in samples if each is not None]
    whole = Totals.of(there)

    def counted(attribute: str) -> tuple[float | None, ...]:
        return tuple(None if each is None else getattr(each, attribute) for each in samples)

    ratios = tuple(None if each is None else each.hit_ratio for each in samples)
    requests, errors, sizes = counted("requests"), counted("status_5xx"), counted("bandwidth")
    failed = f" ({share(whole.errors / whole.requests)})" if whole.errors and whole.requests else ""
    return [
        Line("Requests", requests, count(whole.requests), count(_highest(requests) or 0)),
        Line("Hit ratio", ratios, share(whole.hit_ratio), share(_highest(ratios)), top=1),
        Line("Errors (5xx)", errors, count(whole.errors) + failed, count(_highest(errors) or 0)),
        Line("Bandwidth", sizes, size(whole.bandwidth), size(_highest(sizes) or 0)),
    ]


@dataclass(frozen=True)
class Totals:
    """Sums of samples."""

    requests: int = 0
    hit_ratio: float | None = None
    errors: int = 0
    bandwidth: int = 0

    @classmethod
    def of(cls, samples: Sequence[Measurements]) -> "Totals":
        """Adds them up."""
        if not samples:
            return cls()
        whole = total(samples)
        return cls(whole.requests, whole.hit_ratio, whole.status_5xx, whole.bandwidth)


def as_json(sample: Measurements, **when: int) -> dict[str, Any]:
    """A sample for programs."""
    return {
        **when,
        "requests": sample.requests,
        "hits": sample.hits,
        "miss": sample.miss,
        "hit_ratio": sample.hit_ratio,
        "status_4xx": sample.status_4xx,
        "status_5xx": sample.status_5xx,
        "bandwidth": sample.bandwidth,
    }


def _highest(values: Sequence[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)
