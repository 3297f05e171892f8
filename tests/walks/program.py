"""Programs as plain data: what a user declares, the properties that it becomes, and what the API must hold of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Properties = dict[str, Any]
Urn = tuple[str, str]
"""Kind and resource name."""

KINDS = ("condition", "backend", "snippet", "dynamic_snippet", "dictionary", "acl", "rate_limiter", "settings", "http3")
"""Kinds of objects that programs declare; what is referred to comes first."""
SINGLETONS = ("settings", "http3")
"""Kinds of which a version has one at the most. They have no names of their own."""
ID_PROPERTIES = {"dictionary": "dictionary_id", "acl": "acl_id", "dynamic_snippet": "snippet_id"}
"""Kinds whose objects have an id, and the output that holds it."""
CONTAINERS = {"dictionary": "dictionary_items", "acl": "acl_entries"}
"""Kinds that hold live items, and the kind of resource that declares these."""
COLLECTIONS = {kind: kind for kind in KINDS} | {"dynamic_snippet": "snippet", "rate_limiter": "rate-limiters"}
"""The words in the API's paths."""

DEFAULT_TTL = 3600
RATE_LIMITER: Properties = {
    "action": "log_only",
    "client_key": ["client.ip"],
    "http_methods": ["GET"],
    "window_size": 10,
    "penalty_box_duration": 5,
    "logger_type": "s3",
}
"""What all rate limiters have. They are found by an id, which is another one in each version."""

BAD = "bad"
"""Content that the API takes and the compiler does not. Of conditions and snippets only."""
CERTIFICATE = "-----BEGIN CERTIFICATE-----"
KEY = "-----BEGIN PRIVATE KEY-----"


@dataclass
class Object:
    """An object of a version. ``content`` is whatever the kind can change in place."""

    kind: str
    name: str
    content: str = "1"
    protect: bool = False
    retain: bool = False
    force_destroy: bool = False
    condition: str | None = None
    """Of a backend: the resource of its condition."""
    secret: str | None = None
    """Of a backend."""
    type: str = "REQUEST"
    """Of a condition; the API cannot change it."""
    write_only: bool = False
    """Of a dictionary; the API cannot change it."""
    live: str = "a"
    """Of a dynamic snippet: content that has no version."""
    condition_name: str | None = None
    """What the state says, of an object that an update with targets leaves alone."""

    def properties(self, condition_name: str | None) -> Properties:
        """The inputs that its own class would hand over."""
        own: Properties = {}
        match self.kind:
            case "condition":
                own = {"type": self.type, "statement": vcl("req.url ~ ", self.content)}
            case "backend":
                own = self._backend(condition_name)
            case "snippet":
                own = {"type": "recv", "content": vcl("log ", self.content, ";")}
            case "dynamic_snippet":
                text = vcl("log ", self.live, ";")
                own = {"type": "deliver", "content": text, "priority": 1000 + int(self.content)}
            case "dictionary":
                own = {"write_only": self.write_only, "force_destroy": self.force_destroy}
            case "acl":
                own = {"force_destroy": self.force_destroy}
            case "rate_limiter":
                own = {**RATE_LIMITER, "rps_limit": 1000 + int(self.content)}
            case "settings":
                return {"default_ttl": 1000 + int(self.content)}
            case "http3":
                return {}
        return {"name": self.name, **own}

    def _backend(self, condition_name: str | None) -> Properties:
        own: Properties = {"address": f"origin-{self.content}.example.com"}
        if condition_name:
            own["request_condition"] = condition_name
        if self.secret:
            own |= {"ssl_client_cert": CERTIFICATE, "ssl_client_key": KEY + self.secret}
        return own

    def wire(self, condition_name: str | None) -> Properties:
        """What the API must hold of it, by form field."""
        given = self.properties(condition_name)
        match self.kind:
            case "backend":
                return {"request_condition": "", "ssl_client_key": "", **given}
            case "dynamic_snippet":
                return {"name": self.name, "type": given["type"], "priority": str(given["priority"])}
            case "dictionary":
                return {"name": self.name, "write_only": self.write_only}
            case "acl":
                return {"name": self.name}
            case "settings":
                return {"general.default_ttl": given["default_ttl"]}
        return given

    @classmethod
    def from_outputs(cls, kind: str, outputs: Properties) -> Object:
        """The object as the state has it."""
        known = cls(kind, outputs.get("name", kind))
        for flag, name in {
            "protect": "protect",
            "retain": "retain_on_delete",
            "force_destroy": "force_destroy",
        }.items():
            setattr(known, flag, bool(outputs.get(name)))
        match kind:
            case "condition":
                known.type, known.content = outputs["type"], content_of("req.url ~ ", outputs["statement"])
            case "backend":
                known.content = outputs["address"].removeprefix("origin-").removesuffix(".example.com")
                known.secret = str(outputs.get("ssl_client_key") or "").removeprefix(KEY) or None
                known.condition_name = outputs.get("request_condition") or ""
            case "snippet":
                known.content = content_of("log ", outputs["content"], ";")
            case "dynamic_snippet":
                known.content = str(int(outputs.get("priority", 100)) - 1000)
                known.live = content_of("log ", outputs.get("content") or "", ";")
            case "dictionary":
                known.write_only = bool(outputs.get("write_only"))
            case "rate_limiter":
                known.content = str(int(outputs["rps_limit"]) - 1000)
            case "settings":
                known.content = str(int(outputs.get("default_ttl", DEFAULT_TTL)) - 1000)
        return known


def vcl(before: str, content: str, after: str = "") -> str:
    """An expression or a statement with a string in it; bad content is no VCL."""
    return "(" if content == BAD else f'{before}"{content}"{after}'


def content_of(before: str, text: str, after: str = "") -> str:
    """The string in it."""
    return BAD if text == "(" else text.removeprefix(f'{before}"').removesuffix(f'"{after}')


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

    def condition_name(self, each: Object) -> str | None:
        """The name of the condition that a backend refers to."""
        if each.condition_name is not None:
            return each.condition_name
        target = self.objects.get(each.condition or "")
        return target.name if target else None

    def declared(self) -> dict[tuple[str, str], Properties]:
        """What the API must hold, by kind and name. Settings that are the API's defaults count as none."""
        found = {(each.kind, each.name): each.wire(self.condition_name(each)) for each in self.objects.values()}
        return {named: want for named, want in found.items() if want != {"general.default_ttl": DEFAULT_TTL}}

    def keys(self, container: str, *, but: str = "") -> set[str]:
        """The keys that resources declare in a container."""
        return {
            key
            for name, each in self.items.items()
            if each.container == container and name != but
            for key in each.entries
        }
