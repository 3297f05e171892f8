"""Layer: the API's client and its errors. Imports nothing of the layers above.

``api.client`` is not imported here: most runs make no call, and are quicker without an HTTP library.
"""

from .client_settings import InvalidConfiguration, Settings
from .fastly_error import (
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
from .json_body import JsonBody
from .paths import InvalidPath, path

__all__ = [
    "BadRequest",
    "Conflict",
    "ConnectionFailed",
    "FastlyError",
    "Forbidden",
    "InvalidConfiguration",
    "InvalidPath",
    "JsonBody",
    "NotFound",
    "RateLimit",
    "RateLimited",
    "ServerError",
    "Settings",
    "Unauthorized",
    "Unprocessable",
    "path",
]
