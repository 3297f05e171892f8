"""Response object: the emulator alone knows it."""

from .case import Case
from .condition import CASE as CONDITION

CASE = Case(
    kind="response_object",
    full={"content": "a", "status": 404, "request_condition": CONDITION.ref("request")},
    changed={"content": "b", "status": 503, "request_condition": CONDITION.ref("request")},
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
