"""Drafts that were left behind: whose they are, and how one is given up."""

from dataclasses import dataclass

from pulumi_fastly_dynamic.api import path
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.lookups import GetServiceResult, ServiceVersion
from pulumi_fastly_dynamic.orchestration import marker as markers

from .stacks import Origin


@dataclass(frozen=True)
class Draft:
    """A version that is neither locked nor active."""

    version: ServiceVersion
    origin: Origin

    @property
    def is_abandoned(self) -> bool:
        """Whether its stack does not build on it any more."""
        return self.origin.marker is not None and self.origin.marker.abandoned


def drafts_of(service: GetServiceResult) -> tuple[Draft, ...]:
    """The drafts, the newest first."""
    found = [Draft(each, Origin.of(each)) for each in service.versions if not (each.locked or each.active)]
    return tuple(reversed(found))


def drop(client: Client, service: GetServiceResult, number: int) -> tuple[Draft, bool]:
    """Marks a draft so that its stack does not build on it again; false if it was marked already."""
    version = next((each for each in service.versions if each.number == number), None)
    if version is None:
        raise Failure(f"service {service.name!r} has no version {number}")
    if version.active:
        raise Failure(f"version {number} of service {service.name!r} is active: only a draft can be dropped")
    if version.locked:
        raise Failure(f"version {number} of service {service.name!r} is locked: only a draft can be dropped")
    draft = Draft(version, Origin.of(version))
    if draft.origin.marker is None:
        raise Failure(
            f"version {number} of service {service.name!r} was not made by a stack, as far as its comment says: no "
            "stack builds on it, so there is nothing to drop"
        )
    if draft.is_abandoned:
        return draft, False
    comment = markers.join(draft.origin.comment, draft.origin.marker.abandon())
    client.put(path("service", service.id, "version", number), {"comment": comment}, repeatable=True)
    return draft, True
