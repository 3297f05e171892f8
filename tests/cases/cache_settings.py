"""Cache settings: the emulator alone knows them."""

from .case import Case
from .condition import CASE as CONDITION

CASE = Case(
    kind="cache_settings",
    full={"action": "cache", "ttl": 3600, "stale_ttl": 60, "cache_condition": CONDITION.ref("cache")},
    changed={"action": "pass", "ttl": 60, "stale_ttl": 0, "cache_condition": CONDITION.ref("cache")},
    answered={"action": None, "cache_condition": "", "stale_ttl": None, "ttl": None, "version": "1"},
    class_name="CacheSettings",
    cleared={"ttl": None},
    refused_by_api=[
        ({"name": "x", "action": "lookup"}, "Action must be one of: cache, deliver, pass, restart"),
        ({"name": "x", "ttl": "long"}, "not a number: ttl"),
        ({"name": "x", "cache_condition": "request"}, "'request' is not a cache condition"),
    ],
    client=("CacheSettings", "create_cache_settings", "get_cache_settings"),
)
