"""Room: the API's client and its errors. Imports nothing of the rooms above."""

from .client import Client, InvalidEndpoint, MissingKey, path
from .errors import (
    BadRequest,
    Conflict,
    ConnectionFailed,
    FastlyError,
    Forbidden,
    NotFound,
    RateLimit,
    RateLimited,
    ServerError,
    Unauthorized,
    Unprocessable,
)

__all__ = [
    "BadRequest",
    "Client",
    "Conflict",
    "ConnectionFailed",
    "FastlyError",
    "Forbidden",
    "InvalidEndpoint",
    "MissingKey",
    "NotFound",
    "RateLimit",
    "RateLimited",
    "ServerError",
    "Unauthorized",
    "Unprocessable",
    "path",
]
