"""Room: what a field is, what a kind is, and the table of all kinds."""

from .field import Field, Problem, Reference, Row, Values
from .kind_schema import Body, Entries, Group, Identity, KindSchema, LiveItems, RecordPaths, Rule, form_of
from .kind_table import (
    KINDS,
    ObjectRef,
    has_ids_of_version,
    has_resource,
    is_singleton,
    kinds_of,
    register,
    removal_order,
    unmanaged_kind,
)
from .limits import Checked, CheckedAs, Converted, matching
from .values import Form, Value, ValueType, canonical, form_value

__all__ = [
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
    "Problem",
    "RecordPaths",
    "Reference",
    "Row",
    "Rule",
    "Value",
    "ValueType",
    "Values",
    "canonical",
    "form_of",
    "form_value",
    "has_ids_of_version",
    "has_resource",
    "is_singleton",
    "kinds_of",
    "matching",
    "register",
    "removal_order",
    "unmanaged_kind",
]
