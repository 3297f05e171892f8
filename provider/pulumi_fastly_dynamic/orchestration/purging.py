"""Purges of cached content. In no version: each call takes effect at once.

Purging something twice is the same as purging it once. So a call whose outcome is unknown is repeated, and a purge that
fails half-way is done again as a whole: Pulumi's dynamic providers cannot record half of an operation.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..api import FastlyError, JsonBody, path
from ..api.redaction import redact
from ..failure import Failure

if TYPE_CHECKING:
    from ..api.client import Client

MOST_KEYS = 256
"""Keys in one call."""
MOST_NAMED = 20
"""Keys that a message names."""
SOFT = {"Fastly-Soft-Purge": "1"}


class PurgeFailed(Failure):
    """Fastly did not purge, or not all; nothing else failed."""


@dataclass(frozen=True)
class Content:
    """What is purged: the keys of a service, all of a service, or a URL."""

    service_id: str = ""
    keys: tuple[str, ...] = ()
    url: str = ""
    """Host and path, as they stand in the path of the call."""
    soft: bool = False
    """Whether it is marked as stale instead of removed."""


def purge(client: "Client", content: Content, secrets: Collection[str] = ()) -> None:
    """Purges it. ``secrets`` are what the program marked as secret: keys or the URL, for messages to leave out."""
    if content.keys:
        _purge_keys(client, content, secrets)
        return
    url = f"/purge/{content.url}" if content.url else path("service", content.service_id, "purge_all")
    try:
        client.post(url, repeatable=True, headers=_headers(content), keys=("status",))
    except FastlyError as error:
        what = f"URL {content.url}" if content.url else f"all content of service {content.service_id}"
        text = f"{what} was not purged: {error}. The next `pulumi up` repeats the purge"
        raise PurgeFailed(redact(text, secrets)) from None


def _purge_keys(client: "Client", content: Content, secrets: Collection[str]) -> None:
    url = path("service", content.service_id, "purge")
    for start in range(0, len(content.keys), MOST_KEYS):
        left = content.keys[start:]
        try:
            body = JsonBody({"surrogate_keys": list(left[:MOST_KEYS])})
            client.post(url, body, repeatable=True, headers=_headers(content))
        except FastlyError as error:
            named = "" if secrets else f": {_named(left)}"
            text = (
                f"{len(left)} of {len(content.keys)} keys of service {content.service_id} were not purged{named}. "
                f"{redact(str(error), secrets)}. The next `pulumi up` purges all keys of this resource again, which "
                "does no harm"
            )
            raise PurgeFailed(text) from None


def _named(keys: tuple[str, ...]) -> str:
    more = len(keys) - MOST_NAMED
    return ", ".join(keys[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _headers(content: Content) -> dict[str, str]:
    return SOFT if content.soft else {}
