"""Programs as plain data: what a user declares, the properties that it becomes, and what the API must hold of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .objects import UNSET, Object, Properties

Urn = tuple[str, str]
"""Kind and resource name."""


@dataclass
class Items:
    """A resource that declares live items of a dictionary, or entries of an ACL, by key."""

    container: str
    """The resource of the container."""
    entries: dict[str, str]
    protect: bool = False

    def properties(self, kind: str) -> Properties:
        """The inputs, for a container of that kind."""
        if kind == "dictionary":
            return {"items": dict(self.entries)}
        return {"entries": [{"ip": ip_of(key), "comment": text} for key, text in self.entries.items()]}


def ip_of(key: str) -> str:
    """The address that stands for a key in an ACL: ours are of one network, those of others of another."""
    return f"{'192.0.2' if key[0] == 'k' else '198.51.100'}.{key[1:]}"


def key_of(ip: str) -> str:
    """The key that an address stands for."""
    return ("k" if ip.startswith("192.0.2.") else "u") + ip.rpartition(".")[2]


@dataclass
class Service:
    """The service."""

    resource: str
    name: str
    adopt_id: str | None = None
    force_destroy: bool = False


@dataclass
class Release:
    """The release."""

    resource: str
    comment: str = ""
    activate: bool = True
    adopt: bool = False


@dataclass
class Program:
    """One program: a service, its release, objects and items by resource name."""

    service: Service
    release: Release | None
    objects: dict[str, Object] = field(default_factory=dict)
    items: dict[str, Items] = field(default_factory=dict)

    def names(self, kind: str) -> set[str]:
        """The names that objects of a kind have."""
        return {each.name for each in self.objects.values() if each.kind == kind}

    def of_kind(self, *kinds: str) -> list[str]:
        """The resources of those kinds; of all kinds if none is said."""
        return [resource for resource, each in self.objects.items() if not kinds or each.kind in kinds]

    def target_name(self, each: Object) -> str | None:
        """The name of the object that another one refers to."""
        if each.target_name is not None:
            return each.target_name
        target = self.objects.get(each.target or "")
        return target.name if target else None

    def declared(self) -> dict[tuple[str, str], Properties]:
        """What the API must hold, by kind and name. Settings that are the API's defaults count as none."""
        found = {(each.kind, each.name): each.wire(self.target_name(each)) for each in self.objects.values()}
        return {named: want for named, want in found.items() if want not in UNSET}

    def keys(self, container: str, *, but: str = "") -> set[str]:
        """The keys that resources declare in a container."""
        return {
            key
            for name, each in self.items.items()
            if each.container == container and name != but
            for key in each.entries
        }
