"""Dictionaries and ACLs, whose items and entries are in no version.

See dictionaries/dictionary/ and acls/acl/ in https://www.fastly.com/documentation/reference/api/
Types, defaults and nulls are those of recordings (2020-2026).
"""

import re

from .declaration import Defines, Field, Kind

DICTIONARY = Kind(
    "dictionary",
    "Dictionary",
    "dictionaries",
    (
        Field("name", required=True),
        Field(
            "write_only",
            "bool",
            default=False,
            empty=False,
            unchangeable="Not allowed to modify field 'write_only'",
        ),
    ),
    has_id=True,
    live="items",
    vcl=Defines("table"),
    stripped=frozenset({"write_only"}),
)

ACL = Kind(
    "acl",
    "ACL",
    "acls",
    (Field("name", required=True),),
    stringly=True,
    has_id=True,
    live="entries",
    vcl=Defines("acl"),
    name_pattern=re.compile(r"[A-Za-z][A-Za-z0-9_\s]*"),
    name_rule="Name must start with a letter and contain only alphanumeric characters, underscores and whitespace",
)
