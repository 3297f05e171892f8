"""Objects of a version as plain data: what a program declares, and what the API must hold of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Properties = dict[str, Any]
SINGLETONS = ("settings", "image_optimizer_settings", "http3")
"""Kinds of which a version has one at the most. They have no names of their own."""
KINDS = (
    *("condition", "backend", "response_object", "director", "snippet", "dynamic_snippet", "vcl", "dictionary", "acl"),
    *("rate_limiter", "logging_heroku", *SINGLETONS),
)
"""Kinds of objects that programs declare; what is referred to comes first."""
REFERENCES = {"backend": "condition", "director": "backend", "rate_limiter": "response_object"}
"""Kinds whose objects may refer to one of another kind. Those of directors are links, with calls of their own."""
UNLISTED = {"rate_limiter", "logging_heroku", "image_optimizer_settings", "http3"}
"""Kinds that Fastly's overviews of a version leave out: a release without one does not see those of others."""
ID_PROPERTIES = {"dictionary": "dictionary_id", "acl": "acl_id", "dynamic_snippet": "snippet_id"}
"""Kinds whose objects have an id, and the output that holds it."""
CONTAINERS = {"dictionary": "dictionary_items", "acl": "acl_entries"}
"""Kinds that hold live items, and the kind of resource that declares these."""
COLLECTIONS = {kind: kind for kind in KINDS} | {
    "dynamic_snippet": "snippet",
    "rate_limiter": "rate-limiters",
    "logging_heroku": "logging/heroku",
    "image_optimizer_settings": "image_optimizer_default_settings",
}
"""The words in the API's paths."""

DEFAULT_TTL = 3600
DEFAULT_QUALITY = 85
DEFAULT_QUORUM = 75
UNSET: tuple[Properties, ...] = ({"general.default_ttl": DEFAULT_TTL}, {"webp_quality": DEFAULT_QUALITY})
"""Settings that are the API's defaults: the same as none."""
RATE_LIMITER: Properties = {
    "client_key": ["client.ip"],
    "http_methods": ["GET"],
    "window_size": 10,
    "penalty_box_duration": 5,
}
"""What all rate limiters have. They are found by an id, which is another one in each version."""

LIVE = ("a", "b", "c", "", None, None)
"""Content of dynamic snippets, as programs give it."""
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
    target: str | None = None
    """The resource that it refers to, of the kind in ``REFERENCES``."""
    secret: str | None = None
    """Of a backend or a logging endpoint."""
    main: bool = False
    """Of VCL. One at the most has it."""
    type: str = "REQUEST"
    """Of a condition; the API cannot change it."""
    write_only: bool = False
    """Of a dictionary; the API cannot change it."""
    live: str | None = "a"
    """Of a dynamic snippet: content that has no version; empty, or ``None`` where the program leaves it to others."""
    target_name: str | None = None
    """What the state says, of an object that an update with targets leaves alone."""

    def properties(self, target_name: str | None) -> Properties:
        """The inputs that its own class would hand over."""
        own = _INPUTS[self.kind](self, target_name)
        return own if self.kind in SINGLETONS else {"name": self.name, **own}

    def wire(self, target_name: str | None) -> Properties:
        """What the API must hold of it, by form field."""
        given = self.properties(target_name)
        match self.kind:
            case "backend":
                given = {"request_condition": "", "ssl_client_key": "", **given}
            case "dynamic_snippet":
                given = {"name": self.name, "type": given["type"], "priority": str(given["priority"])}
            case "dictionary" | "acl":
                del given["force_destroy"]
            case "rate_limiter":
                given = {"logger_type": "", "response_object_name": given.pop("response_object", ""), **given}
            case "settings":
                given = {"general.default_ttl": given["default_ttl"]}
        return given

    @classmethod
    def from_outputs(cls, kind: str, outputs: Properties) -> Object:
        """The object as the state has it."""
        known = cls(kind, outputs.get("name", kind))
        known.protect, known.retain = bool(outputs.get("protect")), bool(outputs.get("retain_on_delete"))
        known.force_destroy = bool(outputs.get("force_destroy"))
        for name, value in _READ[kind](outputs).items():
            setattr(known, name, value)
        return known


def _backend(each: Object, condition: str | None) -> Properties:
    own: Properties = {"address": f"origin-{each.content}.example.com"}
    if condition:
        own["request_condition"] = condition
    if each.secret:
        own |= {"ssl_client_cert": CERTIFICATE, "ssl_client_key": KEY + each.secret}
    return own


def _dynamic_snippet(each: Object, _: str | None) -> Properties:
    own: Properties = {"type": "deliver", "priority": 1000 + int(each.content), "force_destroy": each.force_destroy}
    if each.live is not None:
        own["content"] = vcl("log ", each.live, ";") if each.live else ""
    return own


def _rate_limiter(each: Object, response: str | None) -> Properties:
    by = {"action": "response_object", "response_object": response}
    logs = {"action": "log_only", "logger_type": "s3"}
    return {**RATE_LIMITER, "rps_limit": 1000 + int(each.content), **(by if response else logs)}


_INPUTS: dict[str, Callable[[Object, str | None], Properties]] = {
    "condition": lambda each, _: {"type": each.type, "statement": vcl("req.url ~ ", each.content)},
    "backend": _backend,
    "response_object": lambda each, _: {"content": each.content},
    "director": lambda each, backend: {"quorum": int(each.content), "backends": [backend] if backend else []},
    "snippet": lambda each, _: {"type": "recv", "content": vcl("log ", each.content, ";")},
    "dynamic_snippet": _dynamic_snippet,
    "vcl": lambda each, _: {"content": f"sub {each.name}_{each.content} {{ }}", "main": each.main},
    "dictionary": lambda each, _: {"write_only": each.write_only, "force_destroy": each.force_destroy},
    "acl": lambda each, _: {"force_destroy": each.force_destroy},
    "rate_limiter": _rate_limiter,
    "logging_heroku": lambda each, _: {
        "url": f"https://logs-{each.content}.example.com",
        "token": f"token {each.secret or ''}",
    },
    "settings": lambda each, _: {"default_ttl": 1000 + int(each.content)},
    "image_optimizer_settings": lambda each, _: {"webp_quality": int(each.content)},
    "http3": lambda _each, _: {},
}
"""The inputs of an object and the name of what it refers to, but for its own name."""
_READ: dict[str, Callable[[Properties], Properties]] = {
    "condition": lambda known: {"type": known["type"], "content": content_of("req.url ~ ", known["statement"])},
    "backend": lambda known: {
        "content": known["address"].removeprefix("origin-").removesuffix(".example.com"),
        "secret": str(known.get("ssl_client_key") or "").removeprefix(KEY) or None,
        "target_name": known.get("request_condition") or "",
    },
    "response_object": lambda known: {"content": known.get("content") or ""},
    "director": lambda known: {
        "content": str(int(known.get("quorum", DEFAULT_QUORUM))),
        "target_name": next(iter(known.get("backends") or ()), ""),
    },
    "snippet": lambda known: {"content": content_of("log ", known["content"], ";")},
    "dynamic_snippet": lambda known: {
        "content": str(int(known.get("priority", 100)) - 1000),
        "live": None if known.get("content") is None else content_of("log ", known["content"], ";"),
    },
    "vcl": lambda known: {
        "content": known["content"].removesuffix(" { }").rpartition("_")[2],
        "main": bool(known.get("main")),
    },
    "dictionary": lambda known: {"write_only": bool(known.get("write_only"))},
    "acl": lambda _: {},
    "rate_limiter": lambda known: {
        "content": str(int(known["rps_limit"]) - 1000),
        "target_name": known.get("response_object") or "",
    },
    "logging_heroku": lambda known: {
        "content": known["url"].removeprefix("https://logs-").removesuffix(".example.com"),
        "secret": str(known.get("token") or "").removeprefix("token ") or None,
    },
    "settings": lambda known: {"content": str(int(known.get("default_ttl", DEFAULT_TTL)) - 1000)},
    "image_optimizer_settings": lambda known: {"content": str(int(known.get("webp_quality", DEFAULT_QUALITY)))},
    "http3": lambda _: {},
}
"""The fields of an object, from its outputs in the state."""


def vcl(before: str, content: str, after: str = "") -> str:
    """An expression or a statement with a string in it; bad content is no VCL."""
    return "(" if content == BAD else f'{before}"{content}"{after}'


def content_of(before: str, text: str, after: str = "") -> str:
    """The string in it."""
    return BAD if text == "(" else text.removeprefix(f'{before}"').removesuffix(f'"{after}')
