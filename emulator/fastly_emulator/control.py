"""What a test can do to the emulator beside the API: log, faults, latency, rate limit.

The endpoints below `/_emulator/` take and give JSON, need no key, and are in no log themselves.
"""

from __future__ import annotations

import math
import re
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

    from fastly_emulator.account import Emulator

__all__ = ["Control", "Fault", "control_app"]

PLENTY = 10_000
"""Writes left at the start of an hour, as recorded (the documented ceiling is 1,000)."""

_LOG_LENGTH = 100_000
_MAX_FAULT_STATUS = 599

_MEDIAN_MS = {"GET": 171, "POST": 461, "PUT": 645, "PATCH": 221, "DELETE": 247}
_MEDIAN_MS_OF_STEP = {"clone": 356, "activate": 1565}
"""Median server time of the real API. An activation was seen to take 1142 to 1987 ms: the middle of that."""


@dataclass(slots=True)
class Fault:
    """Something that goes wrong with the next requests of a kind."""

    method: str = "*"
    path: str = "*"
    times: int = 1
    """How many matching requests it hits."""
    skip: int = 0
    """How many matching requests it lets pass first."""
    status: int | None = None
    """Answer this instead of doing anything."""
    delay_ms: float | None = None
    """Do it, answer late."""
    drop: str | None = None
    """Close the connection: `before` anything is done, or `after` it."""

    def matches(self, method: str, path: str) -> bool:
        """Say whether a request is of the kind; `*` matches anything."""
        return self.method in ("*", method) and re.fullmatch(_pattern(self.path), path) is not None

    def shown(self) -> dict[str, Any]:
        """Return it as the control endpoint lists it."""
        named = {"method": self.method, "path": self.path, "times": self.times, "skip": self.skip}
        effects = {"status": self.status, "delay_ms": self.delay_ms, "drop": self.drop}
        return named | {name: value for name, value in effects.items() if value is not None}


@dataclass(slots=True)
class RateLimit:
    """The writes that are left. Unless a test says otherwise nobody runs out of them."""

    remaining: int = PLENTY
    resets_at: int | None = None
    """Epoch of the reset that a test asked for."""

    def spend(self, now: float) -> bool:
        """Count a write; False if there was none left."""
        if self.resets_at is not None and now >= self.resets_at:
            self.remaining, self.resets_at = PLENTY, None
        if self.remaining > 0:
            self.remaining -= 1
            return True
        if self.resets_at is None:
            self.remaining = PLENTY - 1
            return True
        return False

    def headers(self, now: float) -> list[tuple[str, str]]:
        """Return what every answer to a write carries; the reset is the next full hour."""
        resets_at = self.resets_at if self.resets_at is not None else (int(now) // 3600 + 1) * 3600
        return [("Fastly-RateLimit-Remaining", str(self.remaining)), ("Fastly-RateLimit-Reset", str(resets_at))]


@dataclass(slots=True)
class Control:
    """The state behind the control endpoints; none of it is in the state file."""

    log: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_LOG_LENGTH))
    """API requests, oldest first: method, path, query, form, status, ms."""
    faults: list[Fault] = field(default_factory=list)
    latency: str = "none"
    rate_limit: RateLimit = field(default_factory=RateLimit)

    def fault_for(self, method: str, path: str) -> Fault | None:
        """Return the fault that hits this request, and count it."""
        for fault in self.faults:
            if not fault.matches(method, path):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.faults.remove(fault)
            return fault
        return None

    def seconds_for(self, method: str, path: str) -> float:
        """Return how long the real API would have taken, if that was asked for."""
        if self.latency != "real":
            return 0.0
        step = path.rpartition("/")[2]
        return _MEDIAN_MS_OF_STEP.get(step, _MEDIAN_MS.get(method, 0)) / 1000

    def reset(self) -> None:
        """Forget everything."""
        self.log.clear()
        self.faults.clear()
        self.latency = "none"
        self.rate_limit = RateLimit()


_PATTERNS: dict[str, str] = {}


def _pattern(path: str) -> str:
    pattern = _PATTERNS.get(path)
    if pattern is None:
        pattern = _PATTERNS[path] = ".*".join(re.escape(part) for part in path.split("*"))
    return pattern


def control_app(emulator: Emulator) -> Starlette:
    """Build the application behind `/_emulator/`."""
    endpoints = _Endpoints(emulator)
    return Starlette(
        routes=[
            Route("/_emulator/log", endpoints.log, methods=["GET", "DELETE"]),
            Route("/_emulator/faults", endpoints.faults, methods=["GET", "POST", "DELETE"]),
            Route("/_emulator/latency", endpoints.latency, methods=["GET", "PUT"]),
            Route("/_emulator/ratelimit", endpoints.rate_limit, methods=["GET", "PUT", "DELETE"]),
            Route("/_emulator/reset", endpoints.reset, methods=["POST"]),
        ],
        exception_handlers={HTTPException: _refuse},
    )


class _Endpoints:
    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._control = emulator.control

    async def log(self, request: Request) -> JSONResponse:
        if request.method == "DELETE":
            self._control.log.clear()
            return _ok()
        return JSONResponse(list(self._control.log))

    async def faults(self, request: Request) -> JSONResponse:
        if request.method == "DELETE":
            self._control.faults.clear()
            return _ok()
        if request.method == "POST":
            fault = _read_fault(await _read_object(request))
            self._control.faults.append(fault)
            return JSONResponse(fault.shown())
        return JSONResponse([fault.shown() for fault in self._control.faults])

    async def latency(self, request: Request) -> JSONResponse:
        if request.method == "PUT":
            profile = (await _read_object(request)).get("profile")
            _require(profile in ("none", "real"), 'profile is "none" or "real"')
            self._control.latency = str(profile)
        return JSONResponse({"profile": self._control.latency})

    async def rate_limit(self, request: Request) -> JSONResponse:
        if request.method == "DELETE":
            self._control.rate_limit = RateLimit()
        elif request.method == "PUT":
            self._control.rate_limit = _read_rate_limit(await _read_object(request), self._emulator.clock())
        limit = self._control.rate_limit
        return JSONResponse({"remaining": limit.remaining, "resets_at": limit.resets_at})

    async def reset(self, _request: Request) -> JSONResponse:
        self._emulator.reset()
        return _ok()


def _ok() -> JSONResponse:
    return JSONResponse({"status": "ok"})


async def _refuse(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - starlette promises it
    return JSONResponse({"msg": error.detail}, error.status_code)


def _require(condition: bool, message: str) -> None:  # noqa: FBT001 - an assertion with words
    if not condition:
        raise HTTPException(HTTPStatus.BAD_REQUEST, message)


async def _read_object(request: Request) -> dict[str, Any]:
    try:
        value = await request.json()
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the body is a JSON object")
    return value


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _read_fault(value: dict[str, Any]) -> Fault:
    unknown = set(value) - set(Fault.__dataclass_fields__)
    _require(not unknown, f"unknown: {', '.join(sorted(unknown))}")
    effects = [name for name in ("status", "delay_ms", "drop") if value.get(name) is not None]
    _require(len(effects) == 1, "one of status, delay_ms, drop")
    _require(value.get("drop") in (None, "before", "after"), 'drop is "before" or "after"')
    status, delay = value.get("status"), value.get("delay_ms")
    _require(status is None or (_is_count(status) and status <= _MAX_FAULT_STATUS), "status is an HTTP status")
    _require(delay is None or (isinstance(delay, int | float) and delay >= 0), "delay_ms is a number")
    _require(_is_count(value.get("times", 1)) and value.get("times", 1) > 0, "times is a number above 0")
    _require(_is_count(value.get("skip", 0)), "skip is a number")
    _require(all(isinstance(value.get(name, "*"), str) for name in ("method", "path")), "method and path are strings")
    fault = Fault(**value)
    fault.method = fault.method.upper()
    return fault


def _read_rate_limit(value: dict[str, Any], now: float) -> RateLimit:
    remaining, reset_s = value.get("remaining"), value.get("reset_s")
    _require(isinstance(remaining, int) and _is_count(remaining), "remaining is a number")
    _require(isinstance(reset_s, int | float) and reset_s >= 0, "reset_s is a number")
    # Rounded up: who waits for the second that the header names must not come too early.
    return RateLimit(int(remaining or 0), math.ceil(now + float(reset_s or 0)))
