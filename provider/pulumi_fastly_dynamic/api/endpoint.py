"""Which endpoints a key may be sent to."""

import ipaddress

import httpx

from ..failure import Failure

DEFAULT_ENDPOINT = "https://api.fastly.com"
REALTIME_ENDPOINT = "https://rt.fastly.com"
HIGHEST_PORT = 65535


class InvalidEndpoint(Failure):
    """The endpoint is not a URL to which a key may be sent."""


def is_plain_http(endpoint: str, source: str) -> bool:
    """Whether requests go out unencrypted, which is allowed for loopback addresses only.

    ``source`` is where the user set the endpoint. What may hold a password is not printed.
    """
    if set(endpoint) & set("@?#"):
        raise InvalidEndpoint(
            f"{source} must not contain credentials, a query or a fragment: "
            f"write a URL such as {DEFAULT_ENDPOINT}, and set the API key with fastly:apiKey or FASTLY_API_KEY"
        )
    bare = endpoint.removeprefix("//")
    with_scheme = _parse(endpoint if "://" in endpoint else f"https://{bare}", source)
    if with_scheme is None:
        raise InvalidEndpoint(f"{source} is not a URL such as {DEFAULT_ENDPOINT}")
    loopback = _is_loopback(with_scheme.host)
    if "://" not in endpoint:
        raise InvalidEndpoint(f"{source} {endpoint!r} has no scheme: write {'http' if loopback else 'https'}://{bare}")
    if with_scheme.scheme == "http" and not loopback:
        raise InvalidEndpoint(
            f"{source} is {endpoint!r}: an API key is only sent over plain http to a loopback address; use https"
        )
    return with_scheme.scheme == "http"


def _parse(endpoint: str, source: str) -> httpx.URL | None:
    """The URL as the HTTP client will read it."""
    try:
        url = httpx.URL(endpoint)
    except httpx.InvalidURL:
        return None
    if url.port is not None and not 0 < url.port <= HIGHEST_PORT:
        raise InvalidEndpoint(f"{source} is {endpoint!r}: port {url.port} is not from 1 to {HIGHEST_PORT}")
    return url if url.scheme in {"http", "https"} and url.host else None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
