"""Which service each resource is of.

A release's objects name their service by an id, which nobody knows before it is created, and events tell no
dependencies. What is known decides; where nothing is, a new service and a release of one name in the program belong
together, and so do the only new service and the only release that is left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pulumi_fastly_dynamic.schema import Group

from .changes import RELEASE, Plan, schema_of
from .preview import State, Step, name_of


@dataclass
class Service:
    """A service, as far as the preview knows it."""

    name: str
    """In Fastly, where it is known; else in the program; else its id."""
    urn: str = ""
    id: str = ""
    is_known: bool = True
    """Whether it is certain which service it is. If not, ``name`` is that of the release."""
    releases: set[str] = field(default_factory=set)
    """URNs of its releases."""


class Services:
    """The services of a preview."""

    def __init__(self, plan: Plan, refreshed: Iterable[Step]) -> None:
        self.all: list[Service] = []
        self._by_urn: dict[str, Service] = {}
        self._by_id: dict[str, Service] = {}
        self._by_release: dict[str, Service] = {}
        steps = [*plan.steps.values(), *refreshed]
        for step in steps:
            self._take_service(step)
        children = [step for step in steps if _is_of_release(step)]
        for step in children:
            self._take_child(step)
        self._guess(sorted({release for step in children if (release := release_of(step))}))

    def of(self, step: Step) -> Service | None:
        """The service of a resource."""
        schema = schema_of(step.type)
        if schema is None or schema.group is Group.RECORD:
            return None
        if schema.group is Group.SERVICE:
            return self._by_urn[step.urn]
        known = self._known(step) or self._by_release.get(release_of(step) or "")
        return known or (self._of_no_release(step) if _is_beside_releases(step) else None)

    def of_urn(self, urn: str, steps: Mapping[str, Step]) -> Service | None:
        """The service of a resource that is known by its URN alone."""
        return self.of(steps[urn]) if urn in steps else None

    # ---------------------------------------------------------------- what is known

    def _take_service(self, step: Step) -> None:
        schema = schema_of(step.type)
        if schema is None or schema.group is not Group.SERVICE:
            return
        service = self._with_urn(step.urn)
        # The name it has now is the one reviewers know; the plan comes before what a refresh found.
        for state in (step.old, step.new):
            if state is None:
                continue
            name = state.inputs.get("name")
            if isinstance(name, str) and name and service.name == name_of(step.urn):
                service.name = name
            for service_id in (state.id, state.inputs.get("adopt_id")):
                if isinstance(service_id, str) and service_id:
                    service.id = service.id or service_id
                    self._by_id[service_id] = service

    def _take_child(self, step: Step) -> None:
        release = release_of(step)
        known = self._known(step)
        if known and release and release not in self._by_release:
            self._by_release[release] = known
            known.releases.add(release)

    def _known(self, step: Step) -> Service | None:
        states = [state for state in (step.new, step.old) if state]
        for state in states:
            if state.service or _owner_is_service(state):
                return self._with_urn(state.service or state.owner)
        for state in states:
            service_id = state.inputs.get("service_id")
            if isinstance(service_id, str):
                return self._with_id(service_id)
        return None

    def _with_urn(self, urn: str) -> Service:
        if urn not in self._by_urn:
            self._by_urn[urn] = Service(name_of(urn), urn)
            self.all.append(self._by_urn[urn])
        return self._by_urn[urn]

    def _with_id(self, service_id: str) -> Service:
        if service_id not in self._by_id:
            self._by_id[service_id] = Service(service_id, id=service_id)
            self.all.append(self._by_id[service_id])
        return self._by_id[service_id]

    # ---------------------------------------------------------------- what is not

    def _of_no_release(self, step: Step) -> Service | None:
        """The new service that products or a purge are of: the one of the same name in the program, or the only one."""
        fresh = [service for service in self.all if service.urn and not service.id]
        namesake = next((service for service in fresh if name_of(service.urn) == step.name), None)
        return namesake or (fresh[0] if len(fresh) == 1 else None)

    def _guess(self, releases: list[str]) -> None:
        open_releases = [urn for urn in releases if urn not in self._by_release]
        fresh = {s.urn: s for s in self.all if s.urn and not s.id and not s.releases}
        for urn in list(open_releases):
            counterpart = next((s for s in fresh.values() if name_of(s.urn) == name_of(urn)), None)
            if counterpart:
                self._join(urn, fresh.pop(counterpart.urn))
                open_releases.remove(urn)
        if len(open_releases) == 1 and len(fresh) == 1:
            self._join(open_releases[0], next(iter(fresh.values())))
            return
        for urn in open_releases:
            unknown = Service(name_of(urn), is_known=False)
            self.all.append(unknown)
            self._join(urn, unknown)

    def _join(self, release: str, service: Service) -> None:
        self._by_release[release] = service
        service.releases.add(release)


def release_of(step: Step) -> str | None:
    """The URN of the release that a resource is in; its parent, unless the program says otherwise."""
    for state in (step.new, step.old):
        if state and f"{RELEASE}::" in state.parent:
            return state.parent
    return None


def _is_of_release(step: Step) -> bool:
    schema = schema_of(step.type)
    return schema is not None and schema.group not in {Group.SERVICE, Group.RECORD}


def _is_beside_releases(step: Step) -> bool:
    """Whether it is of a service, and of no release of it. A purge of a URL may be of no service."""
    schema, state = schema_of(step.type), step.new or step.old
    has_service = state is not None and "service_id" in state.inputs
    return has_service and schema is not None and schema.group in {Group.PRODUCTS, Group.PURGE}


def _owner_is_service(state: State) -> bool:
    kinds = state.owner.split("::", 3)
    schema = schema_of(kinds[2].rpartition("$")[2]) if len(kinds) > 3 else None  # noqa: PLR2004 - as in every URN
    return schema is not None and schema.group is Group.SERVICE
