"""Gzip."""

from .case import Case
from .condition import CASE as CONDITION

CONTENT_TYPES = (
    "text/html application/x-javascript text/css application/javascript text/javascript "
    "application/json application/vnd.ms-fontobject application/x-font-opentype application/x-font-truetype "
    "application/x-font-ttf application/xml font/eot font/opentype font/otf image/svg+xml "
    "image/vnd.microsoft.icon text/plain text/xml"
)
EXTENSIONS = "css js html eot ico otf ttf json"

CASE = Case(
    kind="gzip",
    full={"extensions": ["css", "js"], "content_types": ["text/css"], "cache_condition": CONDITION.ref("cache")},
    changed={"extensions": [], "content_types": ["text/css", "text/html"]},
    refused=[
        ({"extensions": ["css js"]}, "extensions: extensions[0] must be one word, without spaces"),
        ({"extensions": "css"}, "extensions: extensions must be a list"),
        ({"content_types": [""]}, "content_types: content_types[0] must be one word, without spaces"),
    ],
    documented="name cache_condition content_types extensions service_id version created_at updated_at deleted_at",
    defaults={"content_types": sorted(CONTENT_TYPES.split()), "extensions": sorted(EXTENSIONS.split())},
    words=frozenset({"content_types", "extensions"}),
    answered={
        "cache_condition": "",
        "content_types": CONTENT_TYPES,
        "extensions": EXTENSIONS,
        "version": "1",
    },
    cleared={"extensions": "", "content_types": ""},
    refused_by_api=[
        ({"name": "x", "cache_condition": "none"}, "Condition 'none' does not exist"),
    ],
    client=("Gzip", "create_gzip_config", "get_gzip_configs"),
)
