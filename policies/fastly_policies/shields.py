"""A rule of shields: they must exist."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pulumi_fastly_dynamic.lookups.network_lookups import shields_within

from .resource import Finding, Resource
from .rule import ADVISORY, ResourceRule, Settings
from .shield_list import RECORDED, SHIELDS
from .stack_configuration import configured

LONGEST_READ_S = 3.0
_SIMILAR = 0.5


@dataclass(frozen=True)
class ShieldList:
    """Shields, and where the list comes from."""

    codes: Mapping[str, str]
    """The codes of their datacenters, by shield."""
    source: str

    def nearest(self, name: str) -> str | None:
        """The shield that was probably meant."""
        of_datacenter = [shield for shield, code in self.codes.items() if code == name.upper()]
        close = difflib.get_close_matches(name.lower(), list(self.codes), n=1, cutoff=_SIMILAR)
        return next(iter([*of_datacenter, *close]), None)


@cache
def known_shields() -> ShieldList:
    """Fastly's list, read once; the recorded one without an API key, or if Fastly does not answer in time."""
    found = shields_within(LONGEST_READ_S, configured)
    if found:
        return ShieldList(found, "Fastly's list of today")
    return ShieldList(SHIELDS, f"a list that was recorded {RECORDED}; with an API key, Fastly's own is read")


def _exists(resource: Resource, _settings: Settings) -> Iterator[Finding]:
    shield = resource.text("shield")
    if not shield:
        return
    known = known_shields()
    if shield in known.codes:
        return
    nearest = None if resource.is_secret("shield") else known.nearest(shield)
    hint = f"; did you mean '{nearest}'?" if nearest else ""
    yield resource.finding("shield", f"no datacenter has this shield{hint} (according to {known.source})", value=shield)


SHIELD_EXISTS = ResourceRule(
    name="shield-exists",
    reports="a shield that no datacenter of Fastly has",
    description="Fastly can send the requests of all datacenters through a shield only if one of them has that name.",
    level=ADVISORY,
    kinds=("Backend", "Director"),
    checks=(_exists,),
)
