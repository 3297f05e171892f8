"""Cache settings."""

from .case import Case
from .condition import CASE as CONDITION

CASE = Case(
    kind="cache_settings",
    full={"action": "cache", "ttl": 3600, "stale_ttl": 60, "cache_condition": CONDITION.ref("cache")},
    changed={"action": "pass", "ttl": 60, "stale_ttl": 0, "cache_condition": CONDITION.ref("cache")},
    refused=[
        ({"action": "deliver"}, "action: action must be 'cache', 'pass' or 'restart'"),
        ({"action": "lookup"}, "action: action must be 'cache', 'pass' or 'restart'"),
        ({"ttl": -1}, "ttl: ttl must be at least 0"),
        ({"stale_ttl": -1}, "stale_ttl: stale_ttl must be at least 0"),
    ],
    documented=("name action cache_condition stale_ttl ttl service_id version created_at updated_at deleted_at"),
    answered={"action": None, "cache_condition": "", "stale_ttl": None, "ttl": None, "version": "1"},
    class_name="CacheSettings",
    cleared={"ttl": None},
    refused_by_api=[
        ({"name": "x", "action": "lookup"}, "Action must be one of: cache, pass, restart"),
        ({"name": "x", "ttl": "long"}, "not a number: ttl"),
        ({"name": "x", "cache_condition": "request"}, "'request' is not a cache condition"),
    ],
    client=("CacheSettings", "create_cache_settings", "get_cache_settings"),
)
