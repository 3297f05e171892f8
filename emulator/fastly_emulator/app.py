"""The API as an ASGI application.

The API does without Starlette's routing, which matches decoded paths; the control endpoints use it.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from . import admission, api_error, audit
from .api_error import ApiError, ConnectionDropped
from .bodies import MOST_BYTES, again, read_body, read_form, read_json
from .calls import Call
from .control import control_app
from .emulator import Emulator
from .faults import Fault
from .keys import NO_KEY, Key, Use, accepted
from .masking import masked, secrets_of
from .permissions import needs_key, refusal
from .purge_routes import PURGE, is_uncounted
from .routes import Routes

SLEEP = "fastly_emulator.sleep"
"""In the scope, where a server brings its own way to wait: ``async (seconds) -> None``."""
CLOSE = "fastly_emulator.close"
"""In the scope, where a server can close the connection: ``() -> None``."""
IN_PROCESS = "fastly_emulator.in_process"
"""In the scope, and true, where no browser can have sent the request; any Host is right then."""


_JSON = ("Content-Type", "application/json")


class EmulatorApp:
    """The emulated API and the endpoints that control it."""

    def __init__(self, emulator: Emulator) -> None:
        """Serves that emulator."""
        self.emulator = emulator
        self._control = control_app(emulator)
        self._routes = Routes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        try:
            headers, body = await _admitted(scope, receive)
        except ApiError as error:
            await _send(send, error.status, error.body, [_JSON])
            return
        if _is_control(scope):
            await self._control(scope, again(body, receive), send)
        else:
            await self._api(scope, receive, send, headers, body)

    async def _api(self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, str], body: bytes) -> None:
        started = time.perf_counter()
        call = self._call(scope, headers, body)
        secrets = secrets_of(self.emulator.services, call.path)
        entry: dict[str, Any] = {
            "method": call.method,
            "path": call.path,
            "query": masked(call.query, secrets),
            "form": masked(call.sent, secrets),
            "status": None,
            "ms": 0.0,
        }
        control = self.emulator.control
        control.log.append(entry, len(body))
        fault = control.fault_for(call.method, call.path)
        try:
            if fault is not None and fault.drop == "before":
                await _drop(scope, receive)
            status, payload = self._answer(
                call, headers.get(b"fastly-key", ""), _use(self.emulator, scope, headers), fault
            )
            # The work is done before the wait: a client that gives up meanwhile has changed something.
            seconds = control.seconds_for(call.method, call.path)
            seconds += (fault.delay_ms or 0) / 1000 if fault is not None else 0
            dropped = fault is not None and fault.drop == "after"
            entry["status"] = None if dropped else status
            if seconds:
                sleep: Callable[[float], Awaitable[None]] = scope.get(SLEEP, asyncio.sleep)
                await sleep(seconds)
            if dropped:
                await _drop(scope, receive)
            await _send(send, status, payload, call.headers)
        finally:
            entry["ms"] = round((time.perf_counter() - started) * 1000, 3)

    def _call(self, scope: Scope, headers: dict[bytes, str], body: bytes) -> Call:
        raw = scope.get("raw_path")
        path = raw.partition(b"?")[0].decode("latin-1") if raw else scope["path"]
        query_string = scope["query_string"].decode("latin-1")
        query = dict(parse_qsl(query_string, keep_blank_values=True))
        base = f"{scope.get('scheme', 'http')}://{headers.get(b'host', '127.0.0.1')}"
        sent_type = headers.get(b"content-type", "")
        call = Call(self.emulator, scope["method"], path, base, query, {}, sent_type, headers, query_string)
        try:
            call.sent = _sent(sent_type, body) if body else {}
        except ValueError as error:
            call.refusal = api_error.bad_request(f"Cannot read the body: {error}")  # Assumed: the wording.
        return call

    def _answer(self, call: Call, secret: str, use: Use, fault: Fault | None) -> tuple[int, Any]:
        control, now = self.emulator.control, self.emulator.clock()
        writes = call.method not in ("GET", "HEAD")
        try:
            counts = writes and not is_uncounted(call.method, call.path)
            allowed = not counts or control.rate_limit.spend(now)
            if counts:
                call.headers += control.rate_limit.headers(now)
            if fault is not None and fault.status is not None:
                raise api_error.injected(fault.status)
            call.key = self._key(call, secret, use)
            if not allowed:
                raise api_error.rate_limited()
            if call.refusal is not None:
                raise call.refusal
            payload = self._write(call, fault) if writes else self._read(call, fault)
        except ApiError as error:
            call.headers.append(("Content-Type", error.media_type))
            return error.status, error.body
        if call.media_type:
            call.headers.append(("Content-Type", call.media_type))
        return call.status, payload

    def _key(self, call: Call, secret: str, use: Use) -> Key:
        if not needs_key(call.method, call.path):
            return NO_KEY
        key = accepted(self.emulator, secret, self.emulator.token, use)
        refused = refusal(key, call.method, call.path)
        if refused is not None:
            raise refused
        return key

    def _write(self, call: Call, fault: Fault | None) -> Any:
        handler, segments = self._routes.find(call.method, call.path)
        if fault is not None and fault.store is not None:
            call.sent = call.sent | fault.store
        event = audit.prepare(call)
        with self.emulator.control.past.writing(self.emulator.services, call.path):
            payload = handler(call, *segments)
        if event is not None:
            event.note(payload)
        self.emulator.save()
        return payload

    def _read(self, call: Call, fault: Fault | None) -> Any:
        handler, segments = self._routes.find(call.method, call.path)
        past = self.emulator.control.past
        with past.late_activation(self.emulator.services, call.path):
            if fault is None or not fault.stale:
                return handler(call, *segments)
            with past.stale_list(self.emulator.services, call.path):
                return handler(call, *segments)


def create_app(emulator: Emulator | None = None) -> EmulatorApp:
    """Builds the application; without an emulator it gets one of its own."""
    return EmulatorApp(emulator if emulator is not None else Emulator())


async def _admitted(scope: Scope, receive: Receive) -> tuple[dict[bytes, str], bytes]:
    """Returns headers and body of a request that is answered at all, or refuses it."""
    any_host = scope["method"] == PURGE
    refused = None if scope.get(IN_PROCESS) else admission.refusal(scope["headers"], any_host=any_host)
    if refused is not None:
        raise api_error.forbidden(refused)
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    body = await read_body(receive, headers.get(b"content-length", ""))
    if body is None:
        raise api_error.too_large(MOST_BYTES)
    media_type = headers.get(b"content-type", "").partition(";")[0].strip().lower()
    # A page may send other types to anybody without asking; a program says what it sends.
    if body and _is_control(scope) and media_type != "application/json":
        raise api_error.not_json()
    return headers, body


def _use(emulator: Emulator, scope: Scope, headers: dict[bytes, str]) -> Use:
    ip, _port = scope.get("client") or ("", 0)
    return Use(emulator.now(), ip, headers.get(b"user-agent", ""))


def _is_control(scope: Scope) -> bool:
    return str(scope["path"]).startswith("/_emulator/")


def _sent(content_type: str, body: bytes) -> dict[str, Any]:
    """Returns form fields or the members of a JSON object; what says nothing of JSON is a form, as clients have it."""
    if "json" not in content_type:
        return read_form(body)
    value = read_json(body)
    return value if isinstance(value, dict) else {}


async def _drop(scope: Scope, receive: Receive) -> None:
    """Closes the connection if the server lets us; the exception then only ends the request."""
    close: Callable[[], None] | None = scope.get(CLOSE)
    if close is not None:
        close()
        while (await receive())["type"] != "http.disconnect":
            pass
    raise ConnectionDropped


def _json(payload: object) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


async def _send(send: Send, status: int, payload: object, headers: list[tuple[str, str]]) -> None:
    body = payload if isinstance(payload, bytes) else _json(payload)
    if status == HTTPStatus.NO_CONTENT:
        body, headers = b"", [each for each in headers if each[0] != "Content-Type"]
    else:
        headers = [*headers, ("Content-Length", str(len(body)))]
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": int(status), "headers": raw})
    await send({"type": "http.response.body", "body": body})
