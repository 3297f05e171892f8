"""The refusals of the API, in its own words.

Sources: recordings of the real API (2020-2026). Where a wording was never seen it is marked as assumed.

    ApiError            a refusal: a status and a JSON body
    ConnectionDropped   no answer at all (a fault that was asked for)
"""

from http import HTTPStatus
from typing import Any

_NEVER = "0000-00-00 00:00:00"


class ApiError(Exception):
    """A refusal: what is answered instead of the result."""

    def __init__(self, status: int, body: dict[str, Any], media_type: str = "application/json") -> None:
        """Keeps the status, the JSON body and its type."""
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.media_type = media_type


class ConnectionDropped(Exception):
    """The connection was closed without an answer, as a fault asked for."""


def _error(status: int, msg: str, detail: str | None = None) -> ApiError:
    body = {"msg": msg} if detail is None else {"msg": msg, "detail": detail}
    return ApiError(status, body)


def bad_request(detail: str) -> ApiError:
    """400: a value or a step that the API does not take."""
    return _error(400, "Bad request", detail)


def message(msg: str) -> ApiError:
    """400 without a detail."""
    return _error(400, msg)


def problem(status: int, title: str, detail: str) -> ApiError:
    """Build a refusal by a newer part of the API."""
    body = {"type": "https://www.fastly.com/documentation/reference/api/", "title": title, "detail": detail}
    return ApiError(status, body, "application/problem+json")


def not_found() -> ApiError:
    """404: something of which a version has one at the most."""
    return _error(404, "Not found")


def record_not_found(detail: str) -> ApiError:
    """404: something that has no name in a version."""
    return _error(404, "Record not found", detail)


def no_such_path(path: str) -> ApiError:
    """404: an endpoint that the emulator does not have; assumed: the wording of the detail."""
    return record_not_found(f"Cannot find '{path}'")


def missing(class_name: str, **keys: object) -> ApiError:
    """404: a named object is not there; the keys are listed alphabetically, as the API lists them."""
    keys["deleted"] = _NEVER
    listed = ", ".join(f"{key} => {value}" for key, value in sorted(keys.items()))
    return record_not_found(f"Couldn't find {class_name} '{{ {listed} }}'")


def deleted_service(service_id: str) -> ApiError:
    """400: the service was deleted, or never was; the API does not tell these apart."""
    return bad_request(f"Service '{service_id}' is deleted")


def duplicate(word: str, name: str) -> ApiError:
    """409: the name is taken."""
    return _error(409, "Duplicate record", f"Duplicate {word}: '{name}'")


def locked(service_id: str, number: int) -> ApiError:
    """422: a write to a locked version."""
    return _error(422, "Version locked", f"Version '{number}' for service '{service_id}' is locked")


def domain_taken(domain: str, service_name: str) -> ApiError:
    """400: an active version of another service holds the domain; assumed: the status."""
    return bad_request(f"Domain '{domain}' is already taken by service {service_name}")


def missing_reference(word: str, name: str) -> ApiError:
    """400: an object names one that is not in the version; assumed: the wording."""
    return bad_request(f"{word.capitalize()} '{name}' does not exist")


def condition_of_wrong_type(name: str, wanted: str) -> ApiError:
    """400: an object names a condition that cannot be evaluated where the object is used."""
    return bad_request(f"Condition '{name}' is not a {wanted.lower()} condition")


def unauthorized() -> ApiError:
    """401: no token, or a wrong one."""
    return _error(401, "Provided credentials are missing or invalid")


def not_authorized() -> ApiError:
    """403: a token without the scope or the role."""
    # Assumed: the same words for a read-only token. Fastly's CLI reported "Read only tokens are not allowed to access
    # this endpoint." when such a token created a service: https://github.com/fastly/cli/issues/1185
    return _error(403, "You are not authorized to perform this action")


def forbidden(msg: str) -> ApiError:
    """403: not a program on this machine."""
    return _error(403, msg)


def too_large(most_bytes: int) -> ApiError:
    """413: a body that the emulator does not read; assumed: everything."""
    return _error(413, f"The body is larger than {most_bytes // 1024 // 1024} MiB")


def not_json() -> ApiError:
    """415: a control endpoint was sent something else."""
    return _error(415, "Control endpoints take JSON: send the body with Content-Type: application/json")


def rate_limited() -> ApiError:
    """429: the hourly limit of writes."""
    return _error(
        429,
        "You have exceeded your hourly rate limit. Please contact support@fastly.com if you think this is a mistake.",
    )


def injected(status: int) -> ApiError:
    """Builds the answer of a fault that was asked for: 5xx in the shape of Fastly's edge, the rest in the API's."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return rate_limited()
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ApiError(status, {"errors": [{"title": "Unknown Error Occurred", "detail": phrase}]})
    return _error(status, phrase, "Injected by the emulator")
