"""Request settings: the emulator alone knows them."""

from .case import Case
from .condition import CASE as CONDITION

CASE = Case(
    kind="request_settings",
    full={"action": "lookup", "default_host": "a", "request_condition": CONDITION.ref("request")},
    changed={"action": "pass", "default_host": "b", "request_condition": CONDITION.ref("request")},
    answered={
        "action": None,
        "bypass_busy_wait": None,
        "default_host": None,
        "force_miss": None,
        "force_ssl": None,
        "geo_headers": None,
        "hash_keys": None,
        "max_stale_age": None,
        "request_condition": "",
        "timer_support": None,
        "version": "1",
        "xff": None,
    },
    class_name="RequestSettings",
    cleared={"action": "", "default_host": ""},
    refused_by_api=[
        ({"name": "x", "action": "cache"}, "Action must be one of: lookup, pass"),
        ({"name": "x", "xff": "drop"}, "Xff must be one of"),
        ({"name": "x", "force_ssl": "maybe"}, "not a boolean: force_ssl"),
        ({"name": "x", "request_condition": "cache"}, "'cache' is not a request condition"),
    ],
)
