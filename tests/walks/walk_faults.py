"""The way to the emulator, on which calls can fail, and the process can die."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import httpx

MODES = ("refused", "lost", "after", "kill", "killafter", "500", "503", "429")
"""How a call fails: no connection; the request got lost; done, but the answer got lost; the process is killed before
or after it; an error of the server; the rate limit (of writes)."""
_HOUR = 3600


class Kill(BaseException):
    """The provider's process is gone. Nothing in it may catch this."""


@dataclass
class Fault:
    """Calls that fail: from the ``at``-th on, or from the first that is such an ``operation``; ``length`` of them."""

    mode: str
    at: int = 0
    operation: str = ""
    length: int = 1
    skip: int = 0
    """How many such operations pass first."""

    def __str__(self) -> str:
        return f"{self.mode} at {self.at or self.operation}" + (f", {self.length} calls" if self.length > 1 else "")


class FaultyTransport(httpx.BaseTransport):
    """Counts and logs calls, and lets the planned ones fail. ``before`` sees each call that is passed on.

    One call is handled after the other, also where threads make them.
    """

    def __init__(self, inner: httpx.BaseTransport, before: Callable[[httpx.Request], None]) -> None:
        self._inner = inner
        self._before = before
        self._fault: Fault | None = None
        self._lock = threading.RLock()
        self._dead = False
        self.oddity: Callable[[str, httpx.Request], AbstractContextManager[None]] = lambda _name, _request: (
            nullcontext()
        )
        """How the API is odd while it answers a call."""
        self.meanwhile: Callable[[], object] = lambda: None
        """What someone else does right before a call of the mode ``meanwhile``."""
        self.log: list[str] = []
        self.last: list[str] = []
        """The log of the update before."""
        self.unanswered: list[str] = []
        """Operations that were done, and whose answer nobody got."""

    def start(self, fault: Fault | None = None) -> None:
        """Begins an update."""
        self.last, self.log, self.unanswered, self._fault, self._dead = self.log, [], [], fault, False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Passes a call on, or fails."""
        with self._lock:
            if self._dead:  # other threads of a process that was killed
                raise Kill
            try:
                return self._handle(request)
            except Kill:
                self._dead = True
                raise

    def _handle(self, request: httpx.Request) -> httpx.Response:
        name = operation(request.method, request.url.path)
        mode = self._mode(name)
        self.log.append(f"{name} {request.url.path}" + (f" ({mode})" if mode else ""))
        if mode == "kill":
            raise Kill
        if mode == "refused":
            raise httpx.ConnectError("connection refused", request=request)
        if mode == "lost":
            raise httpx.RemoteProtocolError("the request got lost", request=request)
        if mode in {"500", "503"} or (mode == "429" and request.method != "GET"):
            return _refusal(int(mode), request)
        if mode == "meanwhile":
            self.meanwhile()
        self._before(request)
        with self.oddity(name, request):
            response = self._inner.handle_request(request)
        if mode in {"after", "killafter"}:
            self.unanswered.append(name)
            raise Kill if mode == "killafter" else httpx.RemoteProtocolError("the answer got lost", request=request)
        return response

    def _mode(self, name: str) -> str:
        fault = self._fault
        if fault is None:
            return ""
        number = len(self.log) + 1
        if not fault.at and fault.operation == name:
            fault.skip -= 1
            fault.at = number if fault.skip < 0 else 0
        return fault.mode if fault.at and fault.at <= number < fault.at + fault.length else ""


def _refusal(status: int, request: httpx.Request) -> httpx.Response:
    reset = int(time.time()) + _HOUR
    headers = {"Fastly-RateLimit-Remaining": "0", "Fastly-RateLimit-Reset": str(reset)} if status == 429 else {}
    return httpx.Response(status, json={"msg": "injected"}, headers=headers, request=request)


_STEPS = {"clone", "activate", "deactivate", "validate"}
_OBJECT = {"GET": "list", "POST": "post", "PUT": "put", "PATCH": "put", "DELETE": "delete"}
_LIVE = {"GET": "items", "PATCH": "patch", "DELETE": "delete_item"}
_SERVICE = {"GET": "get_service", "PUT": "update_service", "DELETE": "delete_service"}


def operation(method: str, path: str) -> str:
    """A word for what a call does."""
    segments = path.split("/")[2:]
    if path.startswith("/rate-limiters/"):
        return _OBJECT[method]
    match segments:
        case []:
            word = "create_service"
        case [name]:
            word = "find" if name == "search" else _SERVICE[method]
        case [_, "details" | "diff" as word, *_]:
            pass
        case [_, "version", _]:
            word = "comment"
        case [_, "version", _, step, *_]:
            word = step if step in _STEPS else _OBJECT[method]
        case [_, "snippet", _]:
            word = "get_live" if method == "GET" else "put_live"
        case _:
            word = _LIVE[method]
    return word
