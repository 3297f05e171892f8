"""Request settings."""

from .case import Case
from .condition import CASE as CONDITION

CASE = Case(
    kind="request_settings",
    full={
        "action": "lookup",
        "bypass_busy_wait": True,
        "default_host": "a",
        "force_miss": True,
        "force_ssl": True,
        "geo_headers": True,
        "hash_keys": "req.url, req.http.host",
        "max_stale_age": 60,
        "timer_support": True,
        "xff": "append",
        "request_condition": CONDITION.ref("request"),
    },
    changed={
        "action": "pass",
        "default_host": "b",
        "force_ssl": True,
        "hash_keys": "req.url",
        "max_stale_age": 0,
        "xff": "leave",
        "request_condition": CONDITION.ref("request"),
    },
    refused=[
        ({"action": "cache"}, "action: action must be 'lookup' or 'pass'"),
        ({"max_stale_age": -1}, "max_stale_age: max_stale_age must be at least 0"),
        ({"xff": "drop"}, "xff: xff must be 'append', 'append_all', 'clear', 'leave' or 'overwrite'"),
    ],
    documented=(
        "name action bypass_busy_wait default_host force_miss force_ssl geo_headers hash_keys max_stale_age "
        "request_condition timer_support xff service_id version created_at updated_at deleted_at"
    ),
    defaults=dict.fromkeys(("bypass_busy_wait", "force_miss", "force_ssl", "geo_headers", "timer_support"), False),
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
