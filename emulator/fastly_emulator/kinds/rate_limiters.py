"""Rate limiters of the edge.

See https://www.fastly.com/documentation/reference/api/vcl-services/rate-limiter/ and Fastly's Go client (2026). Types
and nulls are those of recordings of the real API (2023).
"""

from .. import api_error
from ..state import Record
from .declaration import Field, Kind

_NEEDED = {"response": "response", "response_object": "response_object_name", "log_only": "logger_type"}
"""Actions, and the field that each needs."""

_METHODS = frozenset({"HEAD", "OPTIONS", "GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"})
_LONGEST_PENALTY = 60


def _check(record: Record, _sent: Record) -> None:
    # Assumed: the wording of both.
    needed = _NEEDED[record["action"]]
    if not record[needed]:
        raise api_error.bad_request(f"{needed.capitalize()} can't be blank if the action is {record['action']}")
    if not 1 <= record["penalty_box_duration"] <= _LONGEST_PENALTY:
        raise api_error.bad_request(f"Penalty_box_duration must be from 1 to {_LONGEST_PENALTY}")


RATE_LIMITER = Kind(
    "rate-limiters",
    "RateLimiter",  # Assumed: no refusal was recorded.
    "",
    (
        Field("name", required=True),
        Field("action", required=True, choices=frozenset(_NEEDED)),
        Field("client_key", "list", default=[], empty=[], required=True),
        Field("http_methods", "list", default=[], empty=[], required=True, choices=_METHODS),
        Field("rps_limit", "int", default=None, empty=None, required=True),
        Field("window_size", "int", default=None, empty=None, required=True, choices=frozenset({"1", "10", "60"})),
        Field("penalty_box_duration", "int", default=None, empty=None, required=True),
        Field(
            "response",
            "object",
            default=None,
            empty=None,
            members=(
                Field("status", "int", default=None, empty=None),
                Field("content", default=None),
                Field("content_type", default=None),
            ),
        ),
        # Assumed: that both references are checked when they are written, as all others are.
        Field("response_object_name", default=None, empty=None, refers_to="response_object"),
        Field("uri_dictionary_name", default=None, empty=None, refers_to="dictionary"),
        Field("logger_type", default=None, empty=None),
        Field("feature_revision", "int", default=1, empty=1),
    ),
    # Assumed: that a name is taken only once in a version.
    duplicate="rate_limiter",
    has_id=True,
    by_id=True,
    extra={"feature_update_available": False},
    hidden=frozenset({"deleted_at"}),
    on_write=_check,
)
