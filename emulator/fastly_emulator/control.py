"""The control endpoints.

The endpoints below ``/_emulator/`` take and give JSON, need no key, and are in no log themselves.
"""

import math
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .bodies import read_json
from .control_state import RateLimit
from .emulator import Emulator
from .faults import read_fault
from .invitation_routes import accept
from .stats_control import add_traffic, shown_traffic

_LONGEST_S = 366 * 24 * 60 * 60


def control_app(emulator: Emulator) -> Starlette:
    """Builds the application behind ``/_emulator/``."""
    endpoints = _Endpoints(emulator)
    return Starlette(
        routes=[
            Route("/_emulator/log", endpoints.log, methods=["GET", "DELETE"]),
            Route("/_emulator/faults", endpoints.faults, methods=["GET", "POST", "DELETE"]),
            Route("/_emulator/invitations", endpoints.invitations, methods=["POST"]),
            Route("/_emulator/lag", endpoints.lag, methods=["GET", "PUT"]),
            Route("/_emulator/latency", endpoints.latency, methods=["GET", "PUT"]),
            Route("/_emulator/ratelimit", endpoints.rate_limit, methods=["GET", "PUT", "DELETE"]),
            Route("/_emulator/purges", endpoints.purges, methods=["GET", "DELETE"]),
            Route("/_emulator/stats", endpoints.stats, methods=["GET", "POST", "PUT", "DELETE"]),
            Route("/_emulator/state", endpoints.state, methods=["GET"]),
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
            try:
                fault = read_fault(await _read_object(request))
            except ValueError as error:
                raise HTTPException(HTTPStatus.BAD_REQUEST, str(error)) from None
            self._control.faults.append(fault)
            return JSONResponse(fault.shown())
        return JSONResponse([fault.shown() for fault in self._control.faults])

    async def invitations(self, request: Request) -> JSONResponse:
        email = str((await _read_object(request)).get("email"))
        user = accept(self._emulator, email)
        _require(user is not None, "email must be that of an open invitation")
        self._emulator.save()
        return JSONResponse(user)

    async def lag(self, request: Request) -> JSONResponse:
        if request.method == "PUT":
            reads = (await _read_object(request)).get("reads")
            _require(_is_count(reads), "reads must be a whole number, 0 or more")
            self._control.lag = int(reads or 0)
        return JSONResponse({"reads": self._control.lag})

    async def latency(self, request: Request) -> JSONResponse:
        if request.method == "PUT":
            profile = (await _read_object(request)).get("profile")
            _require(profile in ("none", "real"), 'profile must be "none" or "real"')
            self._control.latency = str(profile)
        return JSONResponse({"profile": self._control.latency})

    async def rate_limit(self, request: Request) -> JSONResponse:
        if request.method == "DELETE":
            self._control.rate_limit = RateLimit()
        elif request.method == "PUT":
            self._control.rate_limit = _read_rate_limit(await _read_object(request), self._emulator.clock())
        limit = self._control.rate_limit
        return JSONResponse({"remaining": limit.remaining, "resets_at": limit.resets_at})

    async def purges(self, request: Request) -> JSONResponse:
        if request.method == "DELETE":
            self._control.purges.clear()
            return _ok()
        return JSONResponse(list(self._control.purges))

    async def stats(self, request: Request) -> JSONResponse:
        if request.method == "DELETE":
            self._control.traffic.clear()
        elif request.method in ("POST", "PUT"):
            rows = (await _read_object(request)).get("traffic")
            try:
                add_traffic(self._emulator, rows, replace=request.method == "PUT")
            except ValueError as error:
                raise HTTPException(HTTPStatus.BAD_REQUEST, str(error)) from None
        return JSONResponse(shown_traffic(self._emulator))

    async def state(self, _request: Request) -> JSONResponse:
        file = self._emulator.state_file
        return JSONResponse({"file": str(file) if file is not None else None})

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
        value = read_json(await request.body())
    except ValueError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"the body cannot be read as JSON: {error}") from None
    if not isinstance(value, dict):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the body must be a JSON object")
    return value


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _read_rate_limit(value: dict[str, Any], now: float) -> RateLimit:
    remaining, reset_s = value.get("remaining"), value.get("reset_s")
    _require(isinstance(remaining, int) and _is_count(remaining), "remaining must be a whole number, 0 or more")
    _require(
        isinstance(reset_s, int | float) and 0 <= reset_s <= _LONGEST_S,
        f"reset_s must be a number from 0 to {_LONGEST_S}",
    )
    # Rounded up: who waits for the second that the header names must not come too early.
    return RateLimit(int(remaining or 0), math.ceil(now + float(reset_s or 0)))
