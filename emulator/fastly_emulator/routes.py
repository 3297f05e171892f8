"""Which function answers which path.

Paths are matched as they were sent, segment by segment, and decoded afterwards: an object's name may hold a slash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from fastly_emulator import diff, directors, errors, live, objects, services, users, versions

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ROUTES", "Handler", "Routes"]

Handler = Any
"""A function of the call and of the path's variable segments."""

_SERVICE = "/service/*"
_VERSION = "/service/*/version/*"

ROUTES: dict[str, dict[str, Handler]] = {
    "/tokens/self": {"GET": services.token_self},
    "/service": {"GET": services.listing, "POST": services.create},
    "/service/search": {"GET": services.search},
    _SERVICE: {"GET": services.read, "PUT": services.update, "DELETE": services.delete},
    f"{_SERVICE}/details": {"GET": services.details},
    f"{_SERVICE}/diff/from/*/to/*": {"GET": diff.compare},
    f"{_SERVICE}/domain": {"GET": services.domains},
    f"{_SERVICE}/version": {"GET": versions.listing, "POST": versions.create},
    _VERSION: {"GET": versions.read, "PUT": versions.update},
    f"{_VERSION}/clone": {"PUT": versions.clone},
    f"{_VERSION}/activate": {"PUT": versions.activate},
    f"{_VERSION}/deactivate": {"PUT": versions.deactivate},
    f"{_VERSION}/lock": {"PUT": versions.lock},
    f"{_VERSION}/validate": {"GET": versions.validate},
    f"{_VERSION}/settings": {"GET": versions.read_settings, "PUT": versions.update_settings},
    **objects.ROUTES,
    **users.ROUTES,
    f"{_VERSION}/director/*/backend/*": {
        "GET": directors.read,
        "POST": directors.link,
        "DELETE": directors.unlink,
    },
    f"{_VERSION}/dictionary/*/info": {"GET": live.dictionary_info},
    f"{_SERVICE}/dictionary/*/items": {"GET": live.items, "PATCH": live.change_items},
    f"{_SERVICE}/dictionary/*/item": {"POST": live.create_item},
    f"{_SERVICE}/dictionary/*/item/*": {
        "GET": live.item,
        "PUT": live.put_item,
        "PATCH": live.update_item,
        "DELETE": live.delete_item,
    },
    f"{_SERVICE}/acl/*/entries": {"GET": live.entries, "PATCH": live.change_entries},
    f"{_SERVICE}/acl/*/entry": {"POST": live.create_entry},
    f"{_SERVICE}/acl/*/entry/*": {"GET": live.entry, "PATCH": live.update_entry, "DELETE": live.delete_entry},
    f"{_SERVICE}/snippet/*": {"GET": live.content, "PUT": live.put_content},
}
"""Handlers by path and method; `*` is a variable segment."""


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    any: _Node | None = None
    handlers: dict[str, Handler] = field(default_factory=dict)


class Routes:
    """The routes as a tree of segments."""

    def __init__(self, routes: Mapping[str, Mapping[str, Handler]] = ROUTES) -> None:
        """Build the tree."""
        self._root = _Node()
        for path, handlers in routes.items():
            node = self._root
            for segment in path.split("/")[1:]:
                if segment == "*":
                    node.any = node.any or _Node()
                    node = node.any
                else:
                    node = node.words.setdefault(segment, _Node())
            node.handlers = dict(handlers)

    def find(self, method: str, path: str) -> tuple[Handler, list[str]]:
        """Return the handler and the variable segments, decoded."""
        found = _find(self._root, path.split("/")[1:], 0, method)
        if found is None:
            raise errors.no_such_path(path)
        handler, segments = found
        return handler, [unquote(segment) for segment in reversed(segments)]


def _find(node: _Node, segments: list[str], index: int, method: str) -> tuple[Handler, list[str]] | None:
    """Return the handler and the variable segments; a word goes before a variable where both fit."""
    if index == len(segments):
        handler = node.handlers.get(method)
        return None if handler is None else (handler, [])
    child = node.words.get(segments[index])
    if child is not None:
        found = _find(child, segments, index + 1, method)
        if found is not None:
            return found
    if node.any is None or not segments[index]:
        return None
    found = _find(node.any, segments, index + 1, method)
    if found is not None:
        found[1].append(segments[index])
    return found
