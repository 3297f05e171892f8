"""Layer: what a field is, what a kind is, and the table of all kinds."""

from .encoding import Body, form_of, json_of
from .field import Field, Problem, Reference, Row, Values
from .kind_schema import Entries, Group, Identity, KindSchema, LiveItems, Presence, Rule
from .kind_table import (
    KINDS,
    ObjectRef,
    has_ids_of_version,
    has_resource,
    kinds_of,
    register,
    removal_order,
    singleton_of,
    unmanaged_kind,
)
from .limits import Checked, CheckedAs, Converted, matching
from .purge_url import PurgeUrl
from .record_paths import ACCOUNT, RecordPaths, Successor
from .values import Form, Value, ValueType, canonical, form_value

__all__ = [
    "ACCOUNT",
    "KINDS",
    "Body",
    "Checked",
    "CheckedAs",
    "Converted",
    "Entries",
    "Field",
    "Form",
    "Group",
    "Identity",
    "KindSchema",
    "LiveItems",
    "ObjectRef",
    "Presence",
    "Problem",
    "PurgeUrl",
    "RecordPaths",
    "Reference",
    "Row",
    "Rule",
    "Successor",
    "Value",
    "ValueType",
    "Values",
    "canonical",
    "form_of",
    "form_value",
    "has_ids_of_version",
    "has_resource",
    "json_of",
    "kinds_of",
    "matching",
    "register",
    "removal_order",
    "singleton_of",
    "unmanaged_kind",
]
