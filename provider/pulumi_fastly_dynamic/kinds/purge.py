"""Purge of cached content."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import pulumi
from annotated_types import MinLen

from ..resource import Nested, Prop, Purges, prop
from ..schema import Checked, Problem, PurgeUrl, ValueType

LONGEST_KEY = 1024
"""Bytes."""


def _key(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    if re.search(r"[\s\x00-\x1f\x7f]", text):
        raise ValueError("must be one key, without white space or control characters: write several as a list")
    if len(text.encode()) > LONGEST_KEY:
        raise ValueError(f"must have at most {LONGEST_KEY} bytes")
    return text


SurrogateKey = Annotated[str, Checked(_key)]


def _one_of_three(values: Mapping[str, Any]) -> Iterator[Problem]:
    given = [name for name in ("keys", "url", "all") if values.get(name)]
    if len(given) > 1:
        yield Problem(given[0], f"{given[0]} cannot be combined with {' and '.join(given[1:])}: use one Purge for each")
    elif not given and {"keys", "url", "all"} <= values.keys():
        yield Problem("keys", "keys are missing: write keys=[...], url=... or all=True")


def _all_is_hard(values: Mapping[str, Any]) -> Iterator[Problem]:
    if values.get("all") and values.get("soft"):
        yield Problem(
            "soft", "soft cannot be combined with all, which Fastly purges at once: give all responses a common key"
        )


class Purge(Purges, kind="purge", path="purge", rules=(_one_of_three, _all_is_hard)):
    """Purges cached content: when the resource is created, and again when one of its properties changes.

    Give exactly one of ``keys``, ``url`` and ``all``. With the number of a release's version in ``triggers`` it purges
    after each activation. Removing the resource purges nothing.

    See https://www.fastly.com/documentation/reference/api/purging/
    """

    keys: Nested[Annotated[list[SurrogateKey], MinLen(1)] | None, Sequence[pulumi.Input[str]] | None] = prop(
        default=None, type=ValueType.SET, wire="surrogate_keys"
    )
    """Surrogate keys: what Fastly cached with one of them is purged. Order makes no difference."""
    url: Prop[PurgeUrl | None] = prop(default=None, wire="cached_url")
    """A URL, or its host and path. A query is part of it."""
    all: Prop[bool] = prop(default=False, wire="purge_all")
    """Whether all content of the service is purged."""
    soft: Prop[bool] = prop(default=False, wire="fastly_soft_purge")
    """Whether content is marked as stale instead of removed. Not with ``all``."""
    triggers: Prop[list[Any] | None] = prop(default=None)
    """Any values. If one changes, the purge is repeated."""
