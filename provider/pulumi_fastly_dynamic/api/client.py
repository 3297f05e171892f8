"""The HTTP client: key, TLS, retries, rate limit. The only place that talks to Fastly."""

import itertools
import json
import ssl
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, cached_property
from typing import Any

import httpx

from ..failure import Failure
from ..terminal import info
from .answers import Expected, error_of
from .endpoint import DEFAULT_ENDPOINT, REALTIME_ENDPOINT, InvalidEndpoint, is_plain_http
from .fastly_error import ConnectionFailed, FastlyError, NotFound, RateLimited
from .json_body import JsonBody
from .redaction import secrets_with_key
from .retries import Patience, attempts
from .time_limit import TookTooLong, within

__all__ = [
    "DEFAULT_ENDPOINT",
    "DEFAULT_MAX_WAIT_SECONDS",
    "REALTIME_ENDPOINT",
    "Client",
    "InvalidEndpoint",
    "MissingKey",
]

DEFAULT_MAX_WAIT_SECONDS = 300.0
PAGE_SIZE = 100
TIMEOUT = httpx.Timeout(60, connect=15)

Json = dict[str, Any]


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


Form = Mapping[str, str] | Mapping[str, str | list[str]]
"""A form, by field; a list is sent as one field per element."""


class Client:
    """Talks to the API of one Fastly account. Safe to use from several threads.

    ``max_wait`` is how many seconds each call waits, at most, while the hourly rate limit is used up; ``tell`` shows
    the user that it waits. ``endpoint_source`` and ``key_source`` are where the user set them, for messages. With
    ``None`` for the key, none is sent.

    A response that does not have the shape a call expects is not Fastly's: it raises ``ConnectionFailed``. ``keys``
    are those that each object of it must have.
    """

    def __init__(
        self,
        key: str | None,
        endpoint: str = DEFAULT_ENDPOINT,
        *,
        max_wait: float = DEFAULT_MAX_WAIT_SECONDS,
        endpoint_source: str = "the endpoint",
        key_source: str = "the API key",
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        tell: Callable[[str], None] = info,
    ) -> None:
        self._key = _checked_key(key, key_source)
        self.endpoint = endpoint.strip()
        self._is_plain = is_plain_http(self.endpoint, endpoint_source)
        self._endpoint_source = endpoint_source
        self._key_source = key_source
        self._max_wait = max_wait
        self._sleep = sleep
        self._tell = tell
        self._http = httpx.Client(
            base_url=self.endpoint,
            auth=_KeyAuth(self._key) if self._key else None,
            headers={"Accept": "application/json"},
            timeout=TIMEOUT,
            transport=transport,
            # Plain http speaks no TLS, and a context takes 30 ms to make.
            verify=False if self._is_plain else _tls(),
            # A proxy from the environment would see the key of a plain request.
            trust_env=not self._is_plain,
        )

    def __repr__(self) -> str:
        return f"Client({self.endpoint})"

    @cached_property
    def customer_id(self) -> str:
        """The id of the account that the key belongs to."""
        return str(self.get_object("/current_user", keys=("customer_id",))["customer_id"])

    def get(self, url: str, query: Mapping[str, str | int] | None = None) -> Any:
        """An object or a list of objects, for callers that take either. Repeated after a failure, as all reads are."""
        return self._read(url, query, Expected(is_object=True, is_list=True))

    def get_object(self, url: str, query: Mapping[str, str | int] | None = None, *, keys: Collection[str] = ()) -> Json:
        """One object."""
        found: Json = self._read(url, query, Expected(is_object=True, keys=tuple(keys)))
        return found

    def try_get(self, url: str, query: Mapping[str, str | int], *, seconds: float) -> Any:
        """An object or a list, in one attempt that takes at most so many seconds; ``None`` whatever goes wrong."""
        try:
            # A timeout of httpx is for one read of the socket: a server that sends a byte now and then never hits it.
            response = within(seconds, lambda: self._send_once("GET", url, {"params": dict(query), "timeout": seconds}))
            return Expected(is_object=True, is_list=True).read(response) if response.is_success else None
        except (FastlyError, TookTooLong, ValueError):
            return None

    def get_list(
        self, url: str, query: Mapping[str, str | int] | None = None, *, keys: Collection[str] = ()
    ) -> list[Json]:
        """A list of objects."""
        found: list[Json] = self._read(url, query, Expected(is_list=True, keys=tuple(keys)))
        return found

    def get_array(self, url: str, query: Mapping[str, str | int] | None = None) -> list[Any]:
        """A list whose elements are not all objects."""
        found: list[Any] = self._read(url, query, Expected(is_array=True))
        return found

    def get_text(self, url: str) -> str:
        """A response that is plain text, such as VCL."""
        found: str = self._read(url, None, Expected(is_text=True))
        return found

    def pages(self, url: str, *, keys: Collection[str] = ()) -> list[Json]:
        """All rows of a paged list."""
        return self._all_pages(url, lambda page: self.get_list(url, {"page": page, "per_page": PAGE_SIZE}, keys=keys))

    def documents(self, url: str) -> list[Json]:
        """All resource objects of a paged list of JSON:API."""

        def read(page: int) -> list[Json]:
            answer = self.get_object(url, {"page[number]": page, "page[size]": PAGE_SIZE}, keys=("data",))
            found: list[Json] = answer["data"]
            return found

        return self._all_pages(url, read)

    def post(
        self,
        url: str,
        form: Form | JsonBody | None = None,
        *,
        repeatable: bool = False,
        headers: Mapping[str, str] | None = None,
        secrets: Collection[str] = (),
        keys: Collection[str] = (),
    ) -> Json:
        """POST of a form or of JSON. Repeated only if ``repeatable``, where doing it twice is the same as once.

        Otherwise a lost answer is for the caller to settle, by reading.
        """
        content = _content(form)
        content["headers"] = {**content.get("headers", {}), **(headers or {})}
        return self._write("POST", url, repeatable=repeatable, secrets=secrets, keys=keys, **content)

    def put(
        self,
        url: str,
        form: Form | JsonBody | None = None,
        *,
        repeatable: bool = False,
        secrets: Collection[str] = (),
        keys: Collection[str] = (),
    ) -> Json:
        """PUT of a form or of JSON; ``repeatable`` where doing it twice is the same as once."""
        return self._write("PUT", url, repeatable=repeatable, secrets=secrets, keys=keys, **_content(form))

    def patch(
        self,
        url: str,
        body: JsonBody,
        *,
        repeatable: bool = False,
        secrets: Collection[str] = (),
        keys: Collection[str] = (),
        may_be_empty: bool = False,
    ) -> Json:
        """PATCH of JSON; ``repeatable`` where doing it twice is the same as once, which a batch is not."""
        expected = Expected(is_object=True, keys=tuple(keys), may_be_empty=may_be_empty)
        patched: Json = self._send("PATCH", url, expected, repeatable=repeatable, secrets=secrets, **_content(body))
        return patched

    def delete(self, url: str) -> Json:
        """DELETE, repeated after a failure; what is gone by then counts as deleted. Empty if the response is."""
        expected = Expected(is_object=True, may_be_empty=True)
        deleted: Json = self._send("DELETE", url, expected, repeatable=True)
        return deleted

    def close(self) -> None:
        """Closes the pooled connections."""
        self._http.close()

    def _all_pages(self, url: str, read: Callable[[int], list[Json]]) -> list[Json]:
        rows: list[Json] = []
        seen: set[str] = set()
        for page in itertools.count(1):
            got = read(page)
            rows += got
            if len(got) < PAGE_SIZE:
                break
            new = {json.dumps(row, sort_keys=True) for row in got} - seen
            if not new:  # a server that ignores the page would be read for ever
                text = f"page {page} from {self.endpoint} has only rows of earlier pages: check {self._endpoint_source}"
                raise ConnectionFailed("GET", url, text, sent=True)
            seen |= new
        return rows

    def _read(self, url: str, query: Mapping[str, str | int] | None, expected: Expected) -> Any:
        return self._send("GET", url, expected, repeatable=True, params=dict(query or {}))

    def _write(self, method: str, url: str, *, keys: Collection[str] = (), **options: Any) -> Json:
        written: Json = self._send(method, url, Expected(is_object=True, keys=tuple(keys)), **options)
        return written

    def _send(
        self,
        method: str,
        url: str,
        expected: Expected,
        *,
        repeatable: bool = False,
        secrets: Collection[str] = (),
        **content: Any,
    ) -> Any:
        patience = Patience(self._max_wait)
        for attempt in attempts(repeatable=repeatable, sleep=self._sleep):
            with attempt:
                try:
                    response = self._send_within_limit(patience, method, url, secrets, content)
                except FastlyError as error:
                    repeated = attempt.retry_state.attempt_number > 1
                    if method == "DELETE" and repeated and isinstance(error, NotFound) and error.is_missing:
                        return {}
                    raise
                return self._body(method, url, response, expected)
        raise AssertionError("tenacity re-raises the last error")

    def _send_within_limit(
        self, patience: Patience, method: str, url: str, secrets: Collection[str], content: dict[str, Any]
    ) -> httpx.Response:
        """The response, once the rate limit allows the request: a 429 did nothing, so any request may follow it."""
        while True:
            response = self._send_once(method, url, content)
            if response.is_success:
                return response
            error = error_of(method, url, response, secrets_with_key(secrets, self._key), self._key_source)
            seconds = patience.wait(error.rate_limit) if isinstance(error, RateLimited) else None
            if seconds is None:
                raise error
            self._tell(f"Fastly's hourly rate limit is used up; waiting {seconds:.0f} s before the next try")
            self._sleep(seconds)

    def _send_once(self, method: str, url: str, content: dict[str, Any]) -> httpx.Response:
        try:
            return self._http.request(method, url, **content)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            text = f"cannot connect to {self.endpoint} ({_reason(error)})"
            if self._is_plain:
                port = httpx.URL(self.endpoint).port or 80
                text += f": start the emulator with `fastly-emulator --port {port}`, or correct {self._endpoint_source}"
            raise ConnectionFailed(method, url, text, sent=False) from None
        except httpx.RequestError as error:
            text = f"no answer from {self.endpoint} ({_reason(error)})"
            raise ConnectionFailed(method, url, text, sent=True) from None

    def _body(self, method: str, url: str, response: httpx.Response, expected: Expected) -> Any:
        try:
            return expected.read(response)
        except ValueError as error:
            text = f"the response from {self.endpoint} {error}: check {self._endpoint_source}"
            raise ConnectionFailed(method, url, text, sent=True) from None


def _checked_key(key: str | None, source: str) -> str:
    """The key as it is sent; empty if none is to be sent."""
    if key is None:
        return ""
    key = key.strip()
    if not key:
        raise MissingKey(
            "no Fastly API key: set FASTLY_API_KEY, or in a Pulumi project run "
            "`pulumi config set --secret fastly:apiKey`"
        )
    if not (key.isascii() and key.isprintable()):
        raise MissingKey(f"{source} has characters that no Fastly key has, such as a line break: set it again")
    return key


def _content(body: Form | JsonBody | None) -> dict[str, Any]:
    if not isinstance(body, JsonBody):
        return {"data": dict(body or {})}
    return {"content": json.dumps(body.value), "headers": {"Content-Type": body.media_type}}


@cache
def _tls() -> ssl.SSLContext:
    """Certificates are always checked, whatever the machine's OpenSSL is set to."""
    context = httpx.create_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
