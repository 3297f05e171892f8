"""The kinds of objects that live in a version, one declaration a kind, one file a family.

A new kind is one more `Kind(...)` in such a file and in the table below: paths, answers, checks, clones, `details`, the
diff and the state file follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastly_emulator.kinds.code import SNIPPET, SNIPPET_TYPES, VCL
from fastly_emulator.kinds.containers import ACL, DICTIONARY
from fastly_emulator.kinds.domain import DOMAIN
from fastly_emulator.kinds.kind import Field, Kind, coerce, created, updated
from fastly_emulator.kinds.logging import LOGGING
from fastly_emulator.kinds.origins import BACKEND, DIRECTOR, HEALTHCHECK
from fastly_emulator.kinds.rate_limiters import RATE_LIMITER
from fastly_emulator.kinds.rules import CACHE_SETTINGS, CONDITION, GZIP, HEADER, REQUEST_SETTINGS, RESPONSE_OBJECT

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DETAILS", "KINDS", "SNIPPET_TYPES", "Field", "Kind", "coerce", "created", "path_of", "updated"]

KINDS: dict[str, Kind] = {
    kind.path: kind
    for kind in (
        *(DOMAIN, BACKEND, HEALTHCHECK, DIRECTOR, CONDITION, HEADER, CACHE_SETTINGS, REQUEST_SETTINGS),
        *(RESPONSE_OBJECT, GZIP, SNIPPET, VCL, DICTIONARY, ACL, RATE_LIMITER, *LOGGING),
    )
}
"""Every kind, by its path below the version."""

DETAILS: dict[str, str] = {kind.details: kind.path for kind in KINDS.values() if kind.details} | {"wordpress": ""}
"""The lists of `/details` with the kind's path; nothing where a list is always empty."""


def path_of(segments: Sequence[str]) -> str | None:
    """Return the path of the kind that the segments below a version start with."""
    return next((path for path in ("/".join(segments[:2]), *segments[:1]) if path in KINDS), None)
