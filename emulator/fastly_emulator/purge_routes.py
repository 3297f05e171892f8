"""Purges. Nothing is cached here, so a purge is only noted: ``GET /_emulator/purges`` shows what was purged.

See https://www.fastly.com/documentation/reference/api/purging/
"""

import re
from collections.abc import Sequence
from typing import Any

from . import api_error
from .calls import OK, SERVICE_PATH, Call, RouteTable
from .state import Record

PURGE = "PURGE"
"""The method that purges the URL of the request itself."""
MOST_KEYS = 256
"""Keys in a batch."""
_UNCOUNTED = re.compile(r"/purge/.*|/service/[^/]+/purge(/.*)?", re.DOTALL)


def is_uncounted(method: str, path: str) -> bool:
    """Whether a request does not count against the hourly limit: purges of keys and URLs have a limit of their own."""
    return method == PURGE or (method == "POST" and _UNCOUNTED.fullmatch(path) is not None)


def purge_url(call: Call) -> Record:
    """Answers ``POST /purge/URL``, with or without a scheme. The slashes of the URL are sent as they are."""
    url = _without_scheme(call.path.removeprefix("/purge/"))
    host = url.partition("/")[0]
    if not host or "%" in host:
        raise api_error.message("Malformed purge request")
    return _purge_url(call, url)


def purge_this_url(call: Call) -> Record:
    """Answers ``PURGE``. The URL is the one of the request line, or else is made of the Host and the path."""
    url = _without_scheme(call.path)
    host = call.sent_headers.get(b"host", "")
    return _purge_url(call, url if url != call.path else f"{host}{url}")


def _purge_url(call: Call, url: str) -> Record:
    whole = f"{url}?{call.query_string}" if call.query_string else url
    return {**OK, "id": _note(call, None, "url", url=whole)}


def _without_scheme(url: str) -> str:
    """The URL as it is noted: the cache knows no scheme."""
    return re.sub(r"^https?://", "", url)


def purge_key(call: Call, service_id: str) -> Record:
    """Answers ``POST .../purge/KEY``; also for a key that nothing has. Fastly's clients send its slashes as they are.

    Assumed: that an encoded key is not decoded.
    """
    key = call.path.split("/", 4)[-1]
    if not key:
        raise api_error.no_such_path(call.path)
    _add_counters(call, [key])
    return {**OK, "id": _note(call, call.service(service_id).id, "keys", keys=[key])}


def purge_keys(call: Call, service_id: str) -> Record:
    """Answers ``POST .../purge``: the id of each purge, by key."""
    service = call.service(service_id)
    keys = _keys(call)
    call.media_type = ""  # as recorded
    _add_counters(call, keys)
    head, _, last = _note(call, service.id, "keys", keys=keys).rpartition("-")
    return {key: f"{head}-{number}" for number, key in enumerate(keys, int(last) - len(keys) + 1)}


def purge_all(call: Call, service_id: str) -> Record:
    """Answers ``POST .../purge_all``. It cannot be soft (assumed: the header is ignored)."""
    _note(call, call.service(service_id).id, "all", soft=False)
    return OK


def _keys(call: Call) -> list[str]:
    """The keys of a batch, each once: those of the body, or else of the header."""
    sent = call.sent.get("surrogate_keys")
    keys = call.sent_headers.get(b"surrogate-key", "").split() if sent is None else sent
    # Assumed: all of these refusals.
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
        raise api_error.bad_request("surrogate_keys must be a list of keys")
    if len(keys) > MOST_KEYS:
        raise api_error.bad_request(f"At most {MOST_KEYS} surrogate keys can be purged at once")
    return list(dict.fromkeys(keys))


def _add_counters(call: Call, keys: Sequence[str]) -> None:
    # Assumed: the value. Recorded are 0 and, for a purge soon after others, 3.
    call.headers.append(("Fastly-Instant-Rate", "0"))
    call.headers.append(("Fastly-Surrogate-Key-Count", str(len(keys))))


def _note(call: Call, service_id: str | None, kind: str, *, soft: bool | None = None, **what: Any) -> str:
    """Notes a purge, and returns its id."""
    emulator = call.emulator
    is_soft = b"fastly-soft-purge" in call.sent_headers if soft is None else soft
    note = {"service_id": service_id, "kind": kind, **what, "soft": is_soft, "at": emulator.now()}
    texts = [what.get("url", ""), *what.get("keys", ())]
    emulator.control.purges.append(note, sum(map(len, texts)))
    emulator.control.purges_made += len(what.get("keys", ("",)))
    return f"1-{int(emulator.clock())}-{emulator.control.purges_made}"


ROUTES: RouteTable = {
    "/**": {PURGE: purge_this_url},
    "/purge/**": {"POST": purge_url},
    f"{SERVICE_PATH}/purge": {"POST": purge_keys},
    f"{SERVICE_PATH}/purge/**": {"POST": purge_key},
    f"{SERVICE_PATH}/purge_all": {"POST": purge_all},
}
