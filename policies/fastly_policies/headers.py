"""A rule of the headers that visitors get."""

import re
from collections.abc import Iterator

from .resource import VCL_KINDS, Finding, Resource, Stack
from .rule import ADVISORY, TEXTS, Parameter, Settings, StackRule

COMMENT = re.compile(r"^[ \t]*(#|//).*$", re.MULTILINE)
OFF = re.compile(r"max-age=0(?!\d)")
"""HSTS with no time to live takes it back."""


def _snippet_does(vcl: str, verbs: str, header: str) -> bool:
    pattern = rf"\b({verbs})\s+(be)?resp\.http\.{re.escape(header)}(?![\w-])[^;]*"
    return any(not OFF.search(found[0]) for found in re.finditer(pattern, COMMENT.sub("", vcl), re.IGNORECASE))


def _does(thing: Resource, verbs: str, header: str) -> bool:
    """Whether an object sets or unsets a response header."""
    if thing.kind != "Header":
        return _snippet_does(thing.text("content"), verbs, header)
    verb = {"set": "set", "append": "add", "delete": "unset"}.get(thing.text("action"), "")
    at_response = thing.get("type") in {"response", "cache"} and thing.text("dst").lower() == f"http.{header}".lower()
    return at_response and verb in verbs.split("|") and not OFF.search(thing.text("src"))


def _things(version: Resource, stack: Stack) -> list[Resource]:
    return stack.objects(version, "Header", *VCL_KINDS)


def _served(version: Resource, stack: Stack, settings: Settings) -> Iterator[Finding]:
    for header in settings["required"]:
        if not any([_does(thing, "set|add", header) for thing in _things(version, stack)]):  # noqa: C419 - all must be known
            yield Finding(
                version, f"it serves no {header}; add a Header(action='set', type='response', dst='http.{header}')"
            )


def _hidden(version: Resource, stack: Stack, settings: Settings) -> Iterator[Finding]:
    for header in settings["hidden"]:
        if not any([_does(thing, "unset|set", header) for thing in _things(version, stack)]):  # noqa: C419 - as above
            fix = f"add a Header(action='delete', type='response', dst='http.{header}')"
            yield Finding(version, f"it lets the origin's {header} out; {fix}")


SECURITY_HEADERS = StackRule(
    name="security-headers",
    reports="a release that sends no HSTS header, or does not remove `Server` or `X-Powered-By`",
    description="Without HSTS a visitor's first request can be intercepted on plain HTTP. Server and X-Powered-By tell "
    "attackers what to try.",
    level=ADVISORY,
    kinds=("Version",),
    parameters={
        "required": Parameter(TEXTS, ["Strict-Transport-Security"], "headers that a release must set"),
        "hidden": Parameter(TEXTS, ["Server", "X-Powered-By"], "headers of the origin that a release must take out"),
    },
    checks=(_served, _hidden),
)
