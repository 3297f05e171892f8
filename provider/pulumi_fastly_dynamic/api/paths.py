"""Paths of the API."""

from urllib.parse import quote

from ..failure import Failure


class InvalidPath(Failure):
    """A name or an id that cannot be part of a URL."""


def path(*segments: str | int) -> str:
    """A path of the API; every segment is percent-encoded, slashes included."""
    texts = [str(segment) for segment in segments]
    for text in texts:
        # Nothing encodes a dot: every HTTP client resolves these, and the request reaches the parent object.
        if text in {"", ".", ".."}:
            raise InvalidPath(f"{text!r} cannot be a name or an id in /{'/'.join(texts)}: no request was sent")
    return "/" + "/".join(quote(text, safe="") for text in texts)
