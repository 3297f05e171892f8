"""The items of a dictionary."""

from .case import Case
from .dictionary import CASE as DICTIONARY

CASE = Case(
    kind="dictionary_items",
    name="items",
    named=False,
    arguments={"dictionary": DICTIONARY.ref()},
    minimal={"items": {}},
    full={"items": {"/old": "/new", "/empty": ""}},
    changed={"items": {"/old": "/newer", "/other": " space "}},
    taken=[{"items": {"a": value}} for value in ("x" * 8000, "-----BEGIN X\n", "1.0")],
    refused=[
        ({"items": {"k" * 257: ""}}, "items: items: a key must have at most 256 characters"),
        ({"items": {"": ""}}, "items: items: a key is empty"),
        ({"items": {"a": "", "..": ""}}, "items: items: a key must not be '.' or '..'"),
        ({"items": {"a": "v" * 8001}}, "items: items: a value must have at most 8000"),
        ({"items": {"a": "", "b": 1}}, "items: items: a value must be a string"),
        ({"items": {1: ""}}, "items: items: a key must be a string"),
        ({"items": ["a"]}, "items: items must be a dict of keys and values"),
    ],
)
