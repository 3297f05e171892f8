"""Answers from the past: lists as they were before their last write, the active version of before an activation.

The real API was never seen to answer so; tests ask for it, to see what a client makes of it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from .kinds import KINDS, path_of
from .state import Record, Service

_Records = dict[str, "Record"]

_LISTS = {"item": "items", "items": "items", "entry": "entries", "entries": "entries"}
"""Lists of live content, by the word that follows the container's id."""

_PARTS = 5
"""Slashes in a path before the kind, which may have one itself."""


def list_of(path: str) -> str | None:
    """The path of the list that a request reads or writes, if it is one of objects, items or entries."""
    match path.split("/")[1:]:
        case ["service", service, "version", number, *below] if kind := path_of(below):
            return f"/service/{service}/version/{number}/{kind}"
        case ["service", service, "dictionary" | "acl" as container, identifier, word, *_] if word in _LISTS:
            return f"/service/{service}/{container}/{identifier}/{_LISTS[word]}"
    return None


def _list_of_id(services: Mapping[str, Service], path: str) -> str | None:
    """The path of the list that holds an object whose path is its id."""
    match path.split("/")[1:]:
        case [kind, identifier] if kind in KINDS:
            for service in services.values():
                for version in service.versions.values():
                    if any(record.get("id") == identifier for record in version.of(kind).values()):
                        return f"/service/{service.id}/version/{version.number}/{kind}"
    return None


@dataclass(slots=True)
class Past:
    """What was, as far as tests may ask for it."""

    lag: int = 0
    """How many reads see an activation late."""
    lists: dict[str, _Records] = field(default_factory=dict)
    """Lists as they were before their last write, by path."""
    late: dict[str, tuple[int | None, int]] = field(default_factory=dict)
    """The version that was active before and the reads that still show it, by service."""

    def activated(self, service_id: str, before: int | None) -> None:
        """Notes an activation, and which version was active before it."""
        self.late.pop(service_id, None)
        if self.lag:
            self.late[service_id] = before, self.lag

    def deactivated(self, service_id: str) -> None:
        """Notes a deactivation: it is seen at once."""
        self.late.pop(service_id, None)

    @contextmanager
    def writing(self, services: Mapping[str, Service], path: str) -> Iterator[None]:
        """Remembers the list that a write changes, unless it is refused."""
        listed = list_of(path) or _list_of_id(services, path)
        place = _place(services, listed) if listed is not None else None
        before = dict(place[0].get(place[1], {})) if place is not None else None
        yield
        if listed is not None and before is not None:
            self.lists[listed] = before

    @contextmanager
    def stale_list(self, services: Mapping[str, Service], path: str) -> Iterator[None]:
        """Puts a list back to what it was, for one read."""
        place, before = _place(services, path), self.lists.get(path)
        if place is None or before is None:
            yield
            return
        holder, key = place
        now = holder.get(key, {})
        holder[key] = before
        try:
            yield
        finally:
            holder[key] = now

    @contextmanager
    def late_activation(self, services: Mapping[str, Service], path: str) -> Iterator[None]:
        """Puts the flag of the active version back to where it was, if this read is to see that."""
        match path.split("/")[1:]:
            case ["service", service_id] | ["service", service_id, "version" | "details"] if service_id in self.late:
                pass
            case _:
                yield
                return
        number, reads = self.late.pop(service_id)
        if reads > 1:
            self.late[service_id] = number, reads - 1
        service = services[service_id]
        now = service.active
        before = service.versions.get(number) if number is not None else None
        for version, active in ((now, False), (before, True)):
            if version is not None:
                version.active = active
        try:
            yield
        finally:
            for version, active in ((before, False), (now, True)):
                if version is not None:
                    version.active = active


def _place(services: Mapping[str, Service], path: str) -> tuple[dict[str, _Records], str] | None:
    """The dict that holds a list, and its key there."""
    _, service_id, word, identifier, name = path.split("/", _PARTS)[1:]
    service = services.get(service_id)
    if service is None:
        return None
    if word == "version":
        version = service.version(identifier)
        return (version.objects, name) if version is not None else None
    return (service.items if name == "items" else service.entries), identifier
