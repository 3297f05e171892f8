"""Paths of the API."""

from urllib.parse import quote


def path(*segments: str | int) -> str:
    """A path of the API; every segment is percent-encoded, slashes included."""
    return "/" + "/".join(quote(str(segment), safe="") for segment in segments)
