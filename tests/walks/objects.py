"""Objects of a version as plain data: what a program declares, and what the API must hold of it."""

from __future__ import annotations

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
    live: str = "a"
    """Of a dynamic snippet: content that has no version."""
    target_name: str | None = None
    """What the state says, of an object that an update with targets leaves alone."""

    def properties(self, target_name: str | None) -> Properties:
        """The inputs that its own class would hand over."""
        own: Properties = {}
        match self.kind:
            case "condition":
                own = {"type": self.type, "statement": vcl("req.url ~ ", self.content)}
            case "backend":
                own = self._backend(target_name)
            case "response_object":
                own = {"content": self.content}
            case "director":
                own = {"quorum": int(self.content), "backends": [target_name] if target_name else []}
            case "snippet":
                own = {"type": "recv", "content": vcl("log ", self.content, ";")}
            case "dynamic_snippet":
                text = vcl("log ", self.live, ";")
                own = {"type": "deliver", "content": text, "priority": 1000 + int(self.content)}
            case "vcl":
                own = {"content": f"sub {self.name}_{self.content} {{ }}", "main": self.main}
            case "dictionary":
                own = {"write_only": self.write_only, "force_destroy": self.force_destroy}
            case "acl":
                own = {"force_destroy": self.force_destroy}
            case "rate_limiter":
                by = {"action": "response_object", "response_object": target_name}
                logs = {"action": "log_only", "logger_type": "s3"}
                own = {**RATE_LIMITER, "rps_limit": 1000 + int(self.content), **(by if target_name else logs)}
            case "logging_heroku":
                own = {"url": f"https://logs-{self.content}.example.com", "token": f"token {self.secret}"}
            case "settings":
                return {"default_ttl": 1000 + int(self.content)}
            case "image_optimizer_settings":
                return {"webp_quality": int(self.content)}
            case "http3":
                return {}
        return {"name": self.name, **own}

    def _backend(self, target_name: str | None) -> Properties:
        own: Properties = {"address": f"origin-{self.content}.example.com"}
        if target_name:
            own["request_condition"] = target_name
        if self.secret:
            own |= {"ssl_client_cert": CERTIFICATE, "ssl_client_key": KEY + self.secret}
        return own

    def wire(self, target_name: str | None) -> Properties:
        """What the API must hold of it, by form field."""
        given = self.properties(target_name)
        match self.kind:
            case "backend":
                return {"request_condition": "", "ssl_client_key": "", **given}
            case "dynamic_snippet":
                return {"name": self.name, "type": given["type"], "priority": str(given["priority"])}
            case "dictionary":
                return {"name": self.name, "write_only": self.write_only}
            case "acl":
                return {"name": self.name}
            case "rate_limiter":
                referred = {"response_object_name": given.pop("response_object", "")}
                return {"logger_type": "", **given, **referred}
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
                known.target_name = outputs.get("request_condition") or ""
            case "response_object":
                known.content = outputs.get("content") or ""
            case "director":
                known.content = str(int(outputs.get("quorum", DEFAULT_QUORUM)))
                known.target_name = next(iter(outputs.get("backends") or ()), "")
            case "snippet":
                known.content = content_of("log ", outputs["content"], ";")
            case "dynamic_snippet":
                known.content = str(int(outputs.get("priority", 100)) - 1000)
                known.live = content_of("log ", outputs.get("content") or "", ";")
            case "vcl":
                known.content = outputs["content"].removesuffix(" { }").rpartition("_")[2]
                known.main = bool(outputs.get("main"))
            case "dictionary":
                known.write_only = bool(outputs.get("write_only"))
            case "rate_limiter":
                known.content = str(int(outputs["rps_limit"]) - 1000)
                known.target_name = outputs.get("response_object") or ""
            case "logging_heroku":
                known.content = outputs["url"].removeprefix("https://logs-").removesuffix(".example.com")
                secret = str(outputs.get("token") or "").removeprefix("token ")
                known.secret = None if secret == "None" else secret
            case "image_optimizer_settings":
                known.content = str(int(outputs.get("webp_quality", DEFAULT_QUALITY)))
            case "settings":
                known.content = str(int(outputs.get("default_ttl", DEFAULT_TTL)) - 1000)
        return known


def vcl(before: str, content: str, after: str = "") -> str:
    """An expression or a statement with a string in it; bad content is no VCL."""
    return "(" if content == BAD else f'{before}"{content}"{after}'


def content_of(before: str, text: str, after: str = "") -> str:
    """The string in it."""
    return BAD if text == "(" else text.removeprefix(f'{before}"').removesuffix(f'"{after}')
