"""Use the emulator in a test, without a socket and without waiting.

For example::

    emulator = Emulator()
    client = httpx.Client(transport=InProcessTransport(create_app(emulator)), base_url="http://emulator")
"""

import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
from starlette.types import ASGIApp, Message

from .api_error import ConnectionDropped
from .app import IN_PROCESS, SLEEP

_DROPPED = "Server disconnected without sending a response."


class InProcessTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Hands requests to the application, for ``httpx.Client`` and ``httpx.AsyncClient``; threads may share it.

    A dropped connection is ``httpx.RemoteProtocolError``, as on a socket. An answer that would come later than the
    client's read timeout is ``httpx.ReadTimeout`` at once; other delays are slept by ``sleep``.
    """

    def __init__(self, app: ASGIApp, *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Serves that application."""
        self._app = app
        self._sleep = sleep
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one request, one after the other."""
        with self._lock:
            return self._drive(self._answer(request, request.read()))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one request."""
        return await self._answer(request, await request.aread())

    def _drive(self, answer: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
        # The application waits for nothing but its delays, and these are slept here. So it needs no event loop, and
        # works where another one runs.
        try:
            answer.send(None)
        except StopIteration as done:
            response: httpx.Response = done.value
            return response
        answer.close()
        raise RuntimeError("the application waited for something")

    async def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        async def sleep(seconds: float) -> None:
            allowed = request.extensions.get("timeout", {}).get("read")
            if allowed is not None and seconds > allowed:
                raise httpx.ReadTimeout("The read operation timed out", request=request)
            self._sleep(seconds)

        url = request.url
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "server": (url.host, url.port),
            "client": ("127.0.0.1", 1),
            "root_path": "",
            SLEEP: sleep,
            IN_PROCESS: True,
        }
        try:
            await self._app(scope, receive, send)
        except ConnectionDropped:
            raise httpx.RemoteProtocolError(_DROPPED, request=request) from None
        return httpx.Response(
            sent[0]["status"],
            headers=sent[0]["headers"],
            content=b"".join(message.get("body", b"") for message in sent[1:]),
            request=request,
        )
