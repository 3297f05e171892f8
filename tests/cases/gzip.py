"""Gzip: the emulator alone knows it."""

from .case import Case
from .condition import CASE as CONDITION

CASE = Case(
    kind="gzip",
    full={"extensions": "css js", "content_types": "text/css", "cache_condition": CONDITION.ref("cache")},
    changed={"extensions": "html", "content_types": "text/html", "cache_condition": CONDITION.ref("cache")},
    answered={
        "cache_condition": "",
        "content_types": "text/html application/x-javascript text/css application/javascript text/javascript "
        "application/json application/vnd.ms-fontobject application/x-font-opentype application/x-font-truetype "
        "application/x-font-ttf application/xml font/eot font/opentype font/otf image/svg+xml "
        "image/vnd.microsoft.icon text/plain text/xml",
        "extensions": "css js html eot ico otf ttf json",
        "version": "1",
    },
    cleared={"extensions": "", "content_types": ""},
    refused_by_api=[
        ({"name": "x", "cache_condition": "none"}, "Condition 'none' does not exist"),
    ],
    client=("Gzip", "create_gzip_config", "get_gzip_configs"),
)
