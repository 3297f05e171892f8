"""Conditions, and what they decide on: headers, settings of the cache and of requests, responses, compression.

See condition/, header/, cache-settings/, request-settings/, response-object/ and gzip/ in
https://www.fastly.com/documentation/reference/api/vcl-services/
Types, defaults and nulls are those of recordings (2020-2026).
"""

from .declaration import Expression, Field, Kind, condition, nullable_int

CONDITION = Kind(
    "condition",
    "Condition",
    "conditions",
    (
        Field("name", required=True),
        Field("comment"),
        Field("priority", "int", default="10", empty="10"),
        Field("statement"),
        Field(
            "type",
            # Assumed: what it is when left out; it is what the documents' example shows.
            default="CACHE",
            choices=frozenset({"REQUEST", "RESPONSE", "CACHE", "PREFETCH"}),
            unchangeable="Cannot change type",
        ),
    ),
    stringly=True,
    vcl=Expression("statement"),
    rename="refused",
)

HEADER = Kind(
    "header",
    "Header",
    "headers",
    (
        Field("name", required=True),
        Field(
            "action",
            default="set",
            empty="set",
            choices=frozenset({"set", "append", "delete", "regex", "regex_repeat"}),
        ),
        condition("CACHE", None),
        Field("dst"),
        Field("ignore_if_set", "bool", default="0", empty="0"),
        Field("priority", "int", default="100", empty="100"),
        Field("regex"),
        condition("REQUEST", None),
        condition("RESPONSE", None),
        Field("src"),
        Field("substitution"),
        Field(
            "type",
            default="request",
            empty="request",
            choices=frozenset({"request", "fetch", "cache", "response"}),
        ),
    ),
    stringly=True,
    vcl=Expression("src", unless=("action", "delete")),
)

CACHE_SETTINGS = Kind(
    "cache_settings",
    "CacheSettings",
    "cache_settings",
    (
        Field("name", required=True),
        # Assumed: what these three are when left out.
        Field("action", default=None, choices=frozenset({"cache", "pass", "restart"})),
        nullable_int("stale_ttl"),
        nullable_int("ttl"),
        condition("CACHE", ""),
    ),
    stringly=True,
)


def _nullable_flag(name: str) -> Field:
    return Field(name, "bool", default=None, empty=None)


REQUEST_SETTINGS = Kind(
    "request_settings",
    "RequestSettings",
    "request_settings",
    (
        Field("name", required=True),
        # Assumed: what they are when left out, but for `default_host`; Fastly's Python client knows all as nullable.
        Field("action", default=None, choices=frozenset({"lookup", "pass"})),
        _nullable_flag("bypass_busy_wait"),
        Field("default_host", default=None),
        _nullable_flag("force_miss"),
        _nullable_flag("force_ssl"),
        _nullable_flag("geo_headers"),
        Field("hash_keys", default=None),
        nullable_int("max_stale_age"),
        _nullable_flag("timer_support"),
        Field("xff", default=None, choices=frozenset({"append", "append_all", "clear", "leave", "overwrite"})),
        condition("REQUEST", ""),
    ),
    stringly=True,
)

RESPONSE_OBJECT = Kind(
    "response_object",
    "ResponseObject",
    "response_objects",
    (
        Field("name", required=True),
        Field("content", default=None),
        Field("content_type", default=None),
        Field("response", default="ok"),
        Field("status", "int", default="200", empty="200"),
        condition("CACHE", ""),
        condition("REQUEST", ""),
    ),
    stringly=True,
)

_COMPRESSED_TYPES = (
    "text/html application/x-javascript text/css application/javascript text/javascript application/json "
    "application/vnd.ms-fontobject application/x-font-opentype application/x-font-truetype application/x-font-ttf "
    "application/xml font/eot font/opentype font/otf image/svg+xml image/vnd.microsoft.icon text/plain text/xml"
)

GZIP = Kind(
    "gzip",
    "Gzip",
    "gzips",
    (
        Field("name", required=True),
        Field("content_types", default=_COMPRESSED_TYPES),
        Field("extensions", default="css js html eot ico otf ttf json"),
        condition("CACHE", ""),
    ),
    stringly=True,
)
