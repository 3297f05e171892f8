"""VCL: snippets and whole files.

See snippet/ and vcl/ in https://www.fastly.com/documentation/reference/api/vcl-services/
Types, defaults and nulls are those of recordings (2020-2026).
"""

import re

from .declaration import Field, Kind, Source

SNIPPET_TYPES = frozenset({"init", "recv", "hash", "hit", "miss", "pass", "fetch", "error", "deliver", "log", "none"})

SNIPPET = Kind(
    "snippet",
    "Snippet",
    "snippets",
    (
        Field("name", required=True),
        Field("content", default=""),
        Field("dynamic", "bool", default="0", empty="0", unchangeable="Not allowed to modify field 'dynamic'"),
        Field("priority", "int", default="100", empty="100"),
        Field("type", required=True, choices=SNIPPET_TYPES),
    ),
    stringly=True,
    has_id=True,
    live="contents",
    vcl=Source("content", place="type"),
    name_pattern=re.compile(r"[A-Za-z][A-Za-z0-9_.\- ]*"),
    name_rule=(
        "Name must start with a letter and contain only alphanumeric characters, "
        "underscores, hyphens, periods and spaces"
    ),
    stripped=frozenset({"content"}),
)

VCL = Kind(
    "vcl",
    "VCL",
    "vcls",
    (Field("name", required=True), Field("content"), Field("main", "bool", default=False, empty=False)),
    vcl=Source("content"),
    only_one="main",
    stripped=frozenset({"content"}),
)
