"""Rate limiter."""

from .case import Case, Stages
from .dictionary import CASE as DICTIONARY
from .response_object import CASE as RESPONSE_OBJECT

_RESPONSE = {"response_status": 429, "response_content": "Too many requests", "response_content_type": "text/plain"}
_MINIMAL = {
    "client_key": ["req.http.Fastly-Client-IP"],
    "http_methods": ["GET"],
    "rps_limit": 10,
    "window_size": 1,
    "penalty_box_duration": 1,
}
_OTHER = {
    "client_key": ["client.ip", "req.http.User-Agent"],
    "http_methods": ["POST", "PUT"],
    "rps_limit": 20,
    "window_size": 60,
    "penalty_box_duration": 30,
}

CASE = Case(
    kind="rate_limiter",
    collection="rate-limiters",
    minimal={"action": "response", **_MINIMAL, **_RESPONSE},
    full={"action": "response", **_OTHER, **_RESPONSE, "uri_dictionary": DICTIONARY.ref()},
    changed={
        "action": "response",
        **_MINIMAL,
        "response_status": 503,
        "response_content": "later",
        "response_content_type": "text/html",
    },
    variants=[
        Stages(
            "by object",
            minimal={"action": "response_object", **_MINIMAL, "response_object": RESPONSE_OBJECT.ref()},
            full={"action": "response_object", **_OTHER, "response_object": RESPONSE_OBJECT.ref()},
            changed={"action": "response_object", **_MINIMAL, "response_object": RESPONSE_OBJECT.ref()},
        ),
        Stages(
            "logs",
            minimal={"action": "log_only", **_MINIMAL, "logger_type": "s3"},
            full={"action": "log_only", **_OTHER, "logger_type": "azureblob"},
            changed={"action": "log_only", **_MINIMAL, "logger_type": "gcs"},
        ),
    ],
    refused=[
        ({"name": "x" * 256}, "name: at most 255 characters"),
        ({"client_key": []}, "client_key: client_key is empty"),
        ({"http_methods": ["BREW"]}, "http_methods: must be 'HEAD'"),
        ({"window_size": 5}, "window_size: window_size must be 1, 10 or 60"),
        ({"rps_limit": 1}, "rps_limit: rps_limit must be at least 10"),
        ({"penalty_box_duration": 61}, "penalty_box_duration: must be at most 60"),
        ({"response_content": None}, "response_content: response_content is missing: action='response' needs it"),
        ({"logger_type": "s3"}, "logger_type: logger_type is for action='log_only', and not for 'response'"),
        ({"action": "block"}, "action: action must be 'response', 'response_object' or 'log_only'"),
    ],
    documented=(
        "name action client_key http_methods rps_limit window_size penalty_box_duration response[status] "
        "response[content] response[content_type] response_object_name logger_type uri_dictionary_name "
        "feature_revision feature_update_available id service_id version created_at updated_at deleted_at"
    ),
    left_out=dict.fromkeys(("feature_revision", "feature_update_available"), "set by Fastly"),
    wires={
        "response_status": "response[status]",
        "response_content": "response[content]",
        "response_content_type": "response[content_type]",
        "response_object": "response_object_name",
        "uri_dictionary": "uri_dictionary_name",
    },
    brackets=frozenset({"client_key", "http_methods"}),
    answered={
        "feature_revision": 1,
        "feature_update_available": False,
        "id": ...,
        "logger_type": None,
        "response": None,
        "response_object_name": None,
        "uri_dictionary_name": None,
        "version": 1,
    },
)
