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
        ({"items": {"k" * 257: ""}}, "items: at most 256 characters"),
        ({"items": {"": ""}}, "items: items[0] is empty"),
        ({"items": {"a": "", "..": ""}}, "items: items[1] must not be '.' or '..'"),
        ({"items": {"a": "v" * 8001}}, "items: items[0] should have at most 8000"),
        ({"items": {"a": "", "b": 1}}, "items: items[1] should be a valid string"),
        ({"items": {1: ""}}, "items: items[0] should be a valid string"),
        ({"items": ["a"]}, "items: items should be a valid"),
    ],
)
