"""The HTTP client: key, TLS, retries, rate limit. The only place that talks to Fastly."""

import ipaddress
import json
import ssl
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import httpx
import tenacity

from ..failure import Failure
from ..terminal import tell
from .errors import ConnectionFailed, FastlyError, RateLimit, RateLimited, error_class

DEFAULT_ENDPOINT = "https://api.fastly.com"
DEFAULT_MAX_WAIT_SECONDS = 300.0
PAGE_SIZE = 100
TIMEOUT = httpx.Timeout(60, connect=15)
ATTEMPTS = 4
REPEATED_STATUSES = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}


class InvalidEndpoint(Failure):
    """The endpoint is not a URL to which a key may be sent."""


class MissingKey(Failure):
    """No API key is configured, or it cannot be one."""


class _KeyAuth(httpx.Auth):
    """The key is in a request's headers only while it is sent, so no request or client object shows it in a repr."""

    def __init__(self, key: str) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        request.headers["Fastly-Key"] = self._key
        try:
            yield request
        finally:
            del request.headers["Fastly-Key"]

    def __repr__(self) -> str:
        return "_KeyAuth([secret])"


class Client:
    """Talks to the API of one Fastly account. Safe to use from several threads.

    ``max_wait`` is the number of seconds it waits, at most, for the hourly rate limit to start anew.
    """

    def __init__(
        self,
        key: str,
        endpoint: str = DEFAULT_ENDPOINT,
        *,
        max_wait: float = DEFAULT_MAX_WAIT_SECONDS,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        key = key.strip()
        if not key:
            raise MissingKey(
                "no Fastly API key: set it with `pulumi config set --secret fastly:apiKey KEY` or in FASTLY_API_KEY"
            )
        if not (key.isascii() and key.isprintable()):
            raise MissingKey("the Fastly API key has characters that no key has, such as a line break: set it anew")
        plain = _is_plain_http(endpoint)
        self.endpoint = endpoint
        self._key = key
        self._max_wait = max_wait
        self._sleep = sleep
        self._http = httpx.Client(
            base_url=endpoint,
            auth=_KeyAuth(key),
            headers={"Accept": "application/json"},
            timeout=TIMEOUT,
            transport=transport,
            # Plain http speaks no TLS, and a context takes 30 ms to make.
            verify=False if plain else _tls(),
            # A proxy from the environment would see the key of a plain request.
            trust_env=not plain,
        )

    def __repr__(self) -> str:
        return f"Client({self.endpoint})"

    def get(self, url: str, query: Mapping[str, str | int] | None = None) -> Any:
        """The JSON of a GET. Repeated after a failure."""
        return self._send("GET", url, repeatable=True, params=dict(query or {}))

    def pages(self, url: str) -> list[dict[str, Any]]:
        """All rows of a paged list."""
        rows: list[dict[str, Any]] = []
        page = 1
        while True:
            got = self.get(url, {"page": page, "per_page": PAGE_SIZE})
            rows += got
            if len(got) < PAGE_SIZE:
                return rows
            page += 1

    def post(self, url: str, form: Mapping[str, str] | None = None, *, secrets: Collection[str] = ()) -> Any:
        """POST of a form. Never repeated: a lost answer is for the caller to settle, by reading."""
        return self._send("POST", url, secrets=secrets, data=dict(form or {}))

    def put(
        self,
        url: str,
        form: Mapping[str, str] | None = None,
        *,
        repeatable: bool = False,
        secrets: Collection[str] = (),
    ) -> Any:
        """PUT of a form; ``repeatable`` where doing it twice is the same as once."""
        return self._send("PUT", url, repeatable=repeatable, secrets=secrets, data=dict(form or {}))

    def patch(self, url: str, body: Mapping[str, Any], *, secrets: Collection[str] = ()) -> Any:
        """PATCH of a JSON batch. Never repeated."""
        return self._send("PATCH", url, secrets=secrets, json=dict(body))

    def delete(self, url: str) -> Any:
        """DELETE, repeated after a failure; what is gone already counts as deleted then."""
        return self._send("DELETE", url, repeatable=True)

    def close(self) -> None:
        """Closes the pooled connections."""
        self._http.close()

    def _send(
        self, method: str, url: str, *, repeatable: bool = False, secrets: Collection[str] = (), **content: Any
    ) -> Any:
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(lambda error: _is_repeated(error, repeatable=repeatable)),
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            wait=tenacity.wait_exponential(multiplier=0.5, max=8) + tenacity.wait_random(0, 0.5),
            sleep=self._sleep,
            reraise=True,
        )
        for attempt in retrying:
            with attempt:
                try:
                    return self._send_within_limit(method, url, secrets, content)
                except FastlyError as error:
                    repeated = attempt.retry_state.attempt_number > 1
                    if method == "DELETE" and repeated and error.status == HTTPStatus.NOT_FOUND and error.is_gone:
                        return {"status": "ok"}
                    raise
        raise AssertionError("tenacity re-raises the last error")

    def _send_within_limit(self, method: str, url: str, secrets: Collection[str], content: dict[str, Any]) -> Any:
        """One request; a 429 did nothing, so any request is sent again once the limit starts anew."""
        waited = 0.0
        while True:
            try:
                return self._send_once(method, url, secrets, content)
            except RateLimited as error:
                reset = error.rate_limit.reset if error.rate_limit else None
                seconds = max(1.0, reset - time.time() + 1) if reset is not None else self._max_wait
                if waited + seconds > self._max_wait:
                    raise
                tell(f"Fastly's hourly rate limit is used up; waiting {seconds:.0f} s for it to start anew")
                self._sleep(seconds)
                waited += seconds

    def _send_once(self, method: str, url: str, secrets: Collection[str], content: dict[str, Any]) -> Any:
        try:
            response = self._http.request(method, url, **content)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise ConnectionFailed(
                method, url, f"cannot connect to {self.endpoint} ({_reason(error)})", sent=False
            ) from None
        except httpx.RequestError as error:
            raise ConnectionFailed(
                method, url, f"no answer from {self.endpoint} ({_reason(error)})", sent=True
            ) from None
        if not response.is_success:
            raise _error(method, url, response, (*secrets, self._key))
        try:
            return response.json() if response.content else None
        except ValueError:
            raise ConnectionFailed(
                method, url, f"the answer of {self.endpoint} is no JSON: is it Fastly's API?", sent=True
            ) from None


@cache
def _tls() -> ssl.SSLContext:
    """Certificates are always checked, whatever the machine's OpenSSL is set to."""
    context = httpx.create_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _is_plain_http(endpoint: str) -> bool:
    """Whether the key goes out unencrypted, which only a loopback address may be sent."""
    url = urlsplit(endpoint)
    if url.scheme == "https" and url.hostname:
        return False
    if url.scheme != "http" or not url.hostname:
        raise InvalidEndpoint(f"fastly:endpoint is {endpoint!r}: it must be an https:// URL")
    if not _is_loopback(url.hostname):
        raise InvalidEndpoint(
            f"fastly:endpoint is {endpoint!r}: an API key is sent over plain http to a loopback address only; use https"
        )
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_repeated(error: BaseException, *, repeatable: bool) -> bool:
    if isinstance(error, ConnectionFailed):
        return repeatable or not error.sent
    return repeatable and isinstance(error, FastlyError) and error.status in REPEATED_STATUSES


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _error(method: str, url: str, response: httpx.Response, secrets: Collection[str]) -> FastlyError:
    try:
        msg, detail = _words(response.json())
    except ValueError:
        msg, detail = "", None
    limit = RateLimit(
        _number(response.headers.get("Fastly-RateLimit-Remaining")),
        _number(response.headers.get("Fastly-RateLimit-Reset")),
    )
    msg = msg or response.reason_phrase or "error"
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS and limit.reset is not None:
        detail = f"the limit starts anew at {limit.reset_time()}; run the same command again then"
    return error_class(response.status_code)(
        method,
        url,
        response.status_code,
        _redact(msg, secrets),
        _redact(detail, secrets) if detail else None,
        limit,
    )


def _words(body: Any) -> tuple[str, str | None]:
    """Message and detail of an error body; 5xx answers come in a shape of their own."""
    if not isinstance(body, dict):
        return "", None
    errors = body.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return str(errors[0].get("title") or ""), _text(errors[0].get("detail"))
    return str(body.get("msg") or ""), _text(body.get("detail"))


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() else None


def _redact(text: str, secrets: Collection[str]) -> str:
    """The API quotes values in its errors; those of secret properties must not reach the terminal."""
    parts = {part.strip() for secret in secrets for part in (secret, *secret.splitlines())}
    told = {form for part in parts if part for form in (part, json.dumps(part)[1:-1], quote(part), quote_plus(part))}
    for form in sorted(told, key=len, reverse=True):  # one secret may begin with another
        text = text.replace(form, "[secret]")
    return text
