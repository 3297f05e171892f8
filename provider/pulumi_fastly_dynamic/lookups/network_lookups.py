"""Where Fastly is: its addresses and its datacenters."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ..api import Settings
from ..api.time_limit import within
from ..failure import Failure
from .lookup import lookup, lookup_with, with_outputs
from .result import Result, result_of

if TYPE_CHECKING:
    from ..api.client import Client


@dataclass(frozen=True)
class GetIpRangesResult(Result):
    """The networks from which Fastly sends requests.

    See https://www.fastly.com/documentation/reference/api/utils/public-ip-list/
    """

    cidr_blocks: tuple[str, ...]
    """IPv4 networks, such as ``151.101.0.0/16``."""
    ipv6_cidr_blocks: tuple[str, ...]
    """IPv6 networks."""


@lookup_with("client_without_key")
def get_ip_ranges(client: "Client") -> GetIpRangesResult:
    """Reads Fastly's networks, for the firewall of an origin. Sends no API key.

    Fastly is asked once per process; later calls return the same result.

    See https://www.fastly.com/documentation/reference/api/utils/public-ip-list/
    """
    return _ip_ranges(client)


get_ip_ranges_output = with_outputs(get_ip_ranges)


@cache
def _ip_ranges(client: "Client") -> GetIpRangesResult:
    row = client.get_object("/public-ip-list", keys=("addresses", "ipv6_addresses"))
    renamed = {"cidr_blocks": row["addresses"], "ipv6_cidr_blocks": row["ipv6_addresses"]}
    return result_of(GetIpRangesResult, renamed)


@dataclass(frozen=True)
class Coordinates(Result):
    """Where on Earth a datacenter is.

    See https://www.fastly.com/documentation/reference/api/utils/pops/
    """

    latitude: float
    """Degrees north."""
    longitude: float
    """Degrees east."""


@dataclass(frozen=True)
class Datacenter(Result):
    """A datacenter (POP) of Fastly.

    See https://www.fastly.com/documentation/reference/api/utils/pops/
    """

    code: str
    """The code, such as ``AMS``."""
    name: str
    """The name, mostly of a city."""
    group: str
    """The part of the world."""
    coordinates: Coordinates | None = None
    """Where it is."""
    shield: str | None = None
    """The value of ``Backend.shield`` for this datacenter; ``None`` if it cannot be a shield."""
    region: str | None = None
    """The region."""
    stats_region: str | None = None
    """The region in statistics, as ``get_stats`` takes it."""
    billing_region: str | None = None
    """The region on invoices."""


@dataclass(frozen=True)
class GetDatacentersResult(Result):
    """Fastly's datacenters.

    See https://www.fastly.com/documentation/reference/api/utils/pops/
    """

    pops: tuple[Datacenter, ...]
    """All of them."""

    @property
    def shields(self) -> tuple[str, ...]:
        """The values that ``Backend.shield`` can have, in alphabetical order."""
        return tuple(sorted({pop.shield for pop in self.pops if pop.shield}))


@lookup
def get_datacenters(client: "Client") -> GetDatacentersResult:
    """Reads Fastly's datacenters (POPs).

    See https://www.fastly.com/documentation/reference/api/utils/pops/
    """
    return result_of(GetDatacentersResult, {"pops": client.get_list("/datacenters", keys=("code",))})


get_datacenters_output = with_outputs(get_datacenters)


def shields_within(seconds: float, configured: Callable[[str], Any]) -> dict[str, str] | None:
    """The values of ``Backend.shield`` and the codes of their datacenters; ``None`` if they cannot be read in time.

    For programs that are not Pulumi's: ``configured`` gives the value of a key of the stack's configuration.
    """
    try:
        client = Settings.read(configured).connect()
        found = within(seconds, lambda: get_datacenters.read(client))
    except Failure:
        return None
    return {pop.shield: pop.code for pop in found.pops if pop.shield}
