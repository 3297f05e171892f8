"""The kinds of objects that live in a version, one declaration a kind, one file a family.

A new kind is one more ``Kind(...)`` in such a file and in the table below: paths, answers, checks, clones,
``details``, the diff and the state file follow.
"""

from collections.abc import Sequence

from .code import SNIPPET, SNIPPET_TYPES, VCL
from .containers import ACL, DICTIONARY
from .declaration import Defines, Expression, Field, Kind, Source, coerce, created, updated
from .domains import DOMAIN
from .log_endpoints import LOGGING
from .origins import BACKEND, DIRECTOR, HEALTHCHECK
from .rate_limiters import RATE_LIMITER
from .rules import CACHE_SETTINGS, CONDITION, GZIP, HEADER, REQUEST_SETTINGS, RESPONSE_OBJECT

__all__ = [
    "DETAILS",
    "KINDS",
    "SNIPPET_TYPES",
    "Defines",
    "Expression",
    "Field",
    "Kind",
    "Source",
    "coerce",
    "created",
    "path_of",
    "updated",
]

KINDS: dict[str, Kind] = {
    kind.path: kind
    for kind in (
        *(DOMAIN, BACKEND, HEALTHCHECK, DIRECTOR, CONDITION, HEADER, CACHE_SETTINGS, REQUEST_SETTINGS),
        *(RESPONSE_OBJECT, GZIP, SNIPPET, VCL, DICTIONARY, ACL, RATE_LIMITER, *LOGGING),
    )
}
"""Every kind, by its path below the version."""

DETAILS: dict[str, str] = {kind.details: kind.path for kind in KINDS.values() if kind.details} | {"wordpress": ""}
"""The lists of ``/details`` with the kind's path; nothing where a list is always empty."""


def path_of(segments: Sequence[str]) -> str | None:
    """The path of the kind that the segments below a version start with."""
    return next((path for path in ("/".join(segments[:2]), *segments[:1]) if path in KINDS), None)
