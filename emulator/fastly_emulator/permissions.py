"""What a key may do: its scopes, the role of its user, the services that it is for.

See auth-tokens/ and account/ in https://www.fastly.com/documentation/reference/api/, and "About user roles and
permissions" in Fastly's guides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from . import api_error
from .api_error import ApiError
from .keys import SUPERUSER, Key

_READS, _WRITES, _ANY = "reads", "writes", "*"
"""In the place of a method: GET and HEAD; all others; all."""

# Assumed: that POST /tokens needs a key besides name and password; it was recorded with one.
_KEYLESS = (("POST", "/user/*/password/request_reset"), ("PURGE", "**"), (_READS, "/public-ip-list"))

_OF_SCOPE = {
    "global": ((_ANY, "/**"),),
    "global:read": ((_READS, "/**"),),
    "purge_select": (("POST", "/purge/**"), ("POST", "/service/*/purge"), ("POST", "/service/*/purge/*")),
    "purge_all": (("POST", "/service/*/purge_all"),),
}
SCOPES = tuple(_OF_SCOPE)
_OF_ANY_SCOPE = ((_READS, "/tokens/self"),)

_BILLING = frozenset({"billing", SUPERUSER})
_ENGINEER = frozenset({"engineer", SUPERUSER})
_SUPERUSER = frozenset({SUPERUSER})


@dataclass(frozen=True, slots=True)
class _Rule:
    methods: str
    """A method, or one of the words above."""
    path: str
    roles: frozenset[str] | None
    """Roles that may do it; None: every role."""


_RULES = (
    _Rule(_ANY, "/billing/**", _BILLING),
    _Rule(_ANY, "/customer/*/billing_address", _BILLING),
    _Rule(_ANY, "/invitation/**", _BILLING),
    _Rule(_ANY, "/invitations/**", _BILLING),
    _Rule(_WRITES, "/user/**", _BILLING),
    _Rule(_READS, "/event_log/**", _ENGINEER),
    _Rule(_READS, "/events/**", _SUPERUSER),
    # Assumed: that only a superuser lists all tokens; the guides say that only a superuser revokes those of others.
    _Rule(_ANY, "/customer/*/tokens", _SUPERUSER),
    # Assumed: the role; the guides say that only a superuser updates the settings of the company.
    _Rule(_WRITES, "/customer/**", _SUPERUSER),
    # Assumed: the role; only superusers were seen to use automation tokens.
    _Rule(_ANY, "/automation-tokens/**", _SUPERUSER),
    # Assumed: the role; the guides say that only a superuser assigns permissions.
    _Rule(_WRITES, "/service-authorizations/**", _SUPERUSER),
    # Assumed: every role, after the guides: each user manages their own tokens.
    _Rule(_WRITES, "/tokens/**", None),
    # Assumed: every role, since clients call it before they make a token.
    _Rule(_WRITES, "/sudo", None),
    # Assumed: that every role may read the configuration, and that of the new TLS roles neither writes any.
    _Rule(_READS, "/**", None),
    # Assumed: the roles, after the guides: an engineer configures services and purges.
    _Rule(_WRITES, "/**", _ENGINEER),
)
"""The first rule that fits a request decides; where nothing is assumed, the API's documents name the role."""

_SERVICES_AT = ("/service/@/**", "/enabled-products/*/*/services/@/**", "/stats/service/@/**", "/event_log/@")
"""Paths with a service in them, at the ``@``."""


def needs_key(method: str, path: str) -> bool:
    """Whether the endpoint is answered only with a key."""
    return not _is_listed(_KEYLESS, method, path)


def refusal(key: Key, method: str, path: str) -> ApiError | None:
    """Returns why the key may not do that; None if it may."""
    if not _is_in_scope(key, method, path) or not _is_for_role(key.role, method, path):
        return api_error.not_authorized()
    return None if _is_for_service(key, method, path) else api_error.record_not_found("Cannot find 'service'")


def _is_in_scope(key: Key, method: str, path: str) -> bool:
    calls = (_OF_ANY_SCOPE, *(_OF_SCOPE[scope] for scope in key.scopes))
    return any(_is_listed(each, method, path) for each in calls)


def _is_listed(calls: Sequence[tuple[str, str]], method: str, path: str) -> bool:
    return any(_are(methods, method) and _fits(pattern, path) for methods, pattern in calls)


def _is_for_role(role: str, method: str, path: str) -> bool:
    fitting = (rule for rule in _RULES if _are(rule.methods, method) and _fits(rule.path, path))
    roles = next(fitting).roles
    return roles is None or role in roles


def _is_for_service(key: Key, method: str, path: str) -> bool:
    if (method, path) == ("POST", "/service"):
        # Fastly's CLI reports this answer: https://github.com/fastly/cli/issues/1780
        return not key.services
    if path == "/service/search":
        return True
    segments = path.split("/")
    for pattern in _SERVICES_AT:
        if _fits(pattern, path):
            return key.sees(unquote(segments[pattern.split("/").index("@")]))
    return True


def _are(methods: str, method: str) -> bool:
    return methods in (_ANY, method, _READS if method in ("GET", "HEAD") else _WRITES)


def _fits(pattern: str, path: str) -> bool:
    """Whether a path fits a pattern: ``*`` and ``@`` are one segment, ``**`` at the end is any number of them."""
    wanted, segments = pattern.split("/"), path.split("/")
    if wanted[-1] == "**":
        wanted = wanted[:-1]
        segments = segments[: len(wanted)]
    return len(wanted) == len(segments) and all(
        word in ("*", "@", segment) for word, segment in zip(wanted, segments, strict=True)
    )
