"""Which API keys are accepted, whose they are, and what they were given.

See auth-tokens/user/ in https://www.fastly.com/documentation/reference/api/, and recordings of the real API (2021).
"""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from . import api_error
from .customer import OWNER_ID
from .state import Account, Record

TOKENS = "token"
"""The kind of record that tokens are."""

OWN_TOKEN_ID = "5Yo3XXnrQpjc20u0ybrf2g"  # noqa: S105 - an id, not a secret

SUPERUSER = "superuser"


@dataclass(frozen=True, slots=True)
class Key:
    """The token that a request came with."""

    token_id: str
    user_id: str
    role: str
    """The role of its user; an automation token has its own."""
    scopes: frozenset[str]
    services: frozenset[str] = frozenset()
    """The only services that it may see; none: all."""

    def sees(self, service_id: str) -> bool:
        """Whether the key is for that service too."""
        return not self.services or service_id in self.services


NO_KEY = Key("", "", "", frozenset())
"""The key of a request that came without one."""


class Use(NamedTuple):
    """When and from where a key was used."""

    at: str
    ip: str
    user_agent: str


def own_token() -> Record:
    """The token that stands for the key the emulator was started with, or for any key that it does not know."""
    return {
        "id": OWN_TOKEN_ID,
        "user_id": OWNER_ID,
        "name": "fastly-emulator",
        "scope": "global",
        "services": [],
        "role": None,
        "expires_at": None,
        "created_at": "2024-01-01T00:00:00Z",
        "updated_at": "2024-01-01T00:00:00Z",
        "deleted_at": None,
        "last_used_at": None,
        "ip": None,
        "user_agent": None,
        "tls_access": False,
        "digest": "",
    }


def digest_of(secret: str) -> str:
    """What is kept of a token: enough to recognise it, too little to use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def accepted(account: Account, secret: str, only: str | None, use: Use) -> Key:
    """Returns the key of a request and notes its use, or refuses it.

    ``only``: the one key that is accepted besides the tokens that were created; None accepts any.
    """
    record = _record_of(account, secret, only)
    if record is None or record["deleted_at"] is not None or _has_expired(record, use.at):
        raise api_error.unauthorized()
    user = account.records["user"][record["user_id"]]
    if user["deleted_at"] is not None:
        raise api_error.unauthorized()
    noted = {"last_used_at": use.at, "ip": use.ip, "user_agent": use.user_agent}
    account.records[TOKENS][record["id"]] = record | noted
    return Key(
        record["id"],
        user["id"],
        record["role"] or user["role"],
        frozenset(record["scope"].split()),
        frozenset(record["services"] or ()),
    )


def _record_of(account: Account, secret: str, only: str | None) -> Record | None:
    tokens = account.records[TOKENS]
    digest = digest_of(secret)
    # Deleted ones are found too: their keys must not pass for unknown ones.
    found = next((record for record in tokens.values() if record["digest"] == digest), None)
    if found is None and secret and only in (None, secret):
        return tokens[OWN_TOKEN_ID]
    return found


def _has_expired(record: Record, now: str) -> bool:
    return record["expires_at"] is not None and bool(record["expires_at"] <= now)
