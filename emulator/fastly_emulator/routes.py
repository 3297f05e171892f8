"""Which function answers which path; the functions and their paths are in the modules that this one merges.

Paths are matched as they were sent, segment by segment, and decoded afterwards: an object's name may hold a slash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from . import (
    api_error,
    automation_token_routes,
    billing_routes,
    content_routes,
    customer_routes,
    diff_routes,
    director_routes,
    event_routes,
    generated_routes,
    invitation_routes,
    invoice_routes,
    live_routes,
    network_routes,
    object_routes,
    product_routes,
    purge_routes,
    realtime_routes,
    service_authorization_routes,
    service_routes,
    session_routes,
    singleton_routes,
    stats_routes,
    summary_routes,
    token_routes,
    usage_routes,
    user_routes,
    vcl_routes,
    version_routes,
)
from .calls import Handler, RouteTable


def _merged(*tables: RouteTable) -> RouteTable:
    """One table of all; two modules may answer different methods of a path."""
    merged: RouteTable = {}
    for table in tables:
        for path, handlers in table.items():
            merged[path] = merged.get(path, {}) | handlers
    return merged


ROUTES: RouteTable = _merged(
    service_routes.ROUTES,
    version_routes.ROUTES,
    diff_routes.ROUTES,
    object_routes.ROUTES,
    vcl_routes.ROUTES,
    generated_routes.ROUTES,
    singleton_routes.ROUTES,
    director_routes.ROUTES,
    live_routes.ROUTES,
    content_routes.ROUTES,
    product_routes.ROUTES,
    purge_routes.ROUTES,
    user_routes.ROUTES,
    customer_routes.ROUTES,
    invitation_routes.ROUTES,
    session_routes.ROUTES,
    token_routes.ROUTES,
    automation_token_routes.ROUTES,
    service_authorization_routes.ROUTES,
    billing_routes.ROUTES,
    invoice_routes.ROUTES,
    event_routes.ROUTES,
    network_routes.ROUTES,
    stats_routes.ROUTES,
    usage_routes.ROUTES,
    summary_routes.ROUTES,
    realtime_routes.ROUTES,
)


@dataclass(slots=True)
class _Node:
    words: "dict[str, _Node]" = field(default_factory=dict)
    any: "_Node | None" = None
    rest: "dict[str, Handler]" = field(default_factory=dict)
    """Handlers of ``**``: whatever follows."""
    handlers: dict[str, Handler] = field(default_factory=dict)


class Routes:
    """The routes as a tree of segments."""

    def __init__(self, routes: Mapping[str, Mapping[str, Handler]] = ROUTES) -> None:
        """Builds the tree."""
        self._root = _Node()
        for path, handlers in routes.items():
            node = self._root
            head, rest, _ = path.partition("/**")
            for segment in head.split("/")[1:]:
                if segment == "*":
                    node.any = node.any or _Node()
                    node = node.any
                else:
                    node = node.words.setdefault(segment, _Node())
            if rest:
                node.rest = dict(handlers)
            else:
                node.handlers = dict(handlers)

    def find(self, method: str, path: str) -> tuple[Handler, list[str]]:
        """The handler and the variable segments, decoded."""
        found = _find(self._root, path.split("/")[1:], 0, method)
        if found is None:
            raise api_error.no_such_path(path)
        handler, segments = found
        return handler, [unquote(segment) for segment in reversed(segments)]


def _find(node: _Node, segments: list[str], index: int, method: str) -> tuple[Handler, list[str]] | None:
    """The handler and the variable segments; a word goes before a variable, and a variable before ``**``."""
    found = _find_below(node, segments, index, method)
    if found is None and index < len(segments) and method in node.rest:
        return node.rest[method], []
    return found


def _find_below(node: _Node, segments: list[str], index: int, method: str) -> tuple[Handler, list[str]] | None:
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
