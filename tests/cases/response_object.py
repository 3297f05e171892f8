"""Response object."""

from .case import Case
from .condition import CASE as CONDITION

CASE = Case(
    kind="response_object",
    full={
        "content": "a",
        "content_type": "text/plain",
        "status": 404,
        "response": "Not Found",
        "request_condition": CONDITION.ref("request"),
        "cache_condition": CONDITION.ref("cache"),
    },
    changed={
        "content": "b",
        "content_type": "text/html",
        "status": 503,
        "response": "Busy",
        "request_condition": CONDITION.ref("request"),
    },
    refused=[({"status": 99}, "status: status must be at least 100")],
    documented=(
        "name cache_condition content content_type request_condition response status service_id version created_at "
        "updated_at deleted_at"
    ),
    answered={
        "cache_condition": "",
        "content": None,
        "content_type": None,
        "request_condition": "",
        "response": "ok",
        "status": "200",
        "version": "1",
    },
    class_name="ResponseObject",
    cleared={"content": ""},
    refused_by_api=[
        ({"name": "x", "status": "ok"}, "not a number: status"),
        ({"name": "x", "request_condition": "none"}, "Condition 'none' does not exist"),
        ({"name": "x", "cache_condition": "response"}, "'response' is not a cache condition"),
    ],
)
