"""Purges of a service: what the update removes from Fastly's caches."""

from collections.abc import Collection, Iterator
from typing import Any

from pulumi_fastly_dynamic.schema import Group

from .changes import Change
from .document import Block, Point, Points, Strong, Text
from .engine_values import Special, holds
from .ops import Op
from .phrases import LOSS, cut, named

GONE = frozenset({Op.REMOVED, Op.UNMANAGED})


def is_purge(change: Change) -> bool:
    """Whether it is a resource that purges."""
    return change.schema is not None and change.schema.group is Group.PURGE


def happening(changes: Collection[Change]) -> list[Change]:
    """Those that purge: one that is removed does not."""
    return [change for change in changes if change.op not in GONE]


def purges_of(changes: Collection[Change]) -> Iterator[Block]:
    """A line for each purge."""
    if changes:
        yield Points(
            tuple(Point((*named(c.label, c.name), ": ", *_words(c)), rank=LOSS, kind="purges") for c in changes)
        )


def _words(change: Change) -> Text:
    if change.op in GONE:
        return ("removed, which purges nothing",)
    state = change.step.new
    inputs = state.inputs if state else {}
    soft = " is marked as stale" if inputs.get("soft") is True else " is purged"
    waits = _waits_for_trigger(change)
    return (*_content(inputs), soft, ", if a trigger changes" if waits else "")


def _content(inputs: Any) -> Text:
    for name, words in (("keys", "content by key"), ("url", "content by URL")):
        if inputs.get(name, Special.ABSENT) is not Special.ABSENT:
            return (f"{words} (", *cut(inputs[name]), ")")
    return (Strong("all content of the service"),)


def _waits_for_trigger(change: Change) -> bool:
    """Whether it purges only if a trigger, which is not known yet, turns out to be another one."""
    (first, *others) = change.properties or (None,)
    is_trigger = first is not None and first.name == "triggers" and not others
    return change.op is Op.CHANGED and is_trigger and first is not None and holds(first.new, Special.UNKNOWN)
