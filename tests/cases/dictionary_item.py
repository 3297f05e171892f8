"""One item of a dictionary."""

from .case import Case
from .dictionary import CASE as DICTIONARY

CASE = Case(
    kind="dictionary_item",
    name="item",
    named=False,
    arguments={"dictionary": DICTIONARY.ref()},
    minimal={"key": "/single", "value": ""},
    full={"key": "/single", "value": "/two"},
    changed={"key": "/single-other", "value": "/three"},
    taken=[{"value": value} for value in ("x" * 8000, " space ", "-----BEGIN X\n", "1.0")],
    refused=[
        ({"key": ""}, "key: key is empty"),
        ({"key": ".."}, "key: key must not be '.' or '..'"),
        ({"key": "k" * 257}, "key: at most 256 characters"),
        ({"value": "v" * 8001}, "value: at most 8000 characters"),
        ({"value": 1}, "value: value must be a string"),
    ],
    documented="created_at deleted_at dictionary_id item_key item_value service_id updated_at",
    left_out={
        "item_key": "the property key",
        "item_value": "the property value",
        "dictionary_id": "the property dictionary",
    },
)
