"""Room: what a field is, what a kind is, and the table of all kinds."""

from .kind_schema import Entries, Field, Group, Identity, KindSchema, LiveItems, Problem, Reference, Row, Rule, Values
from .kind_table import KINDS, ObjectRef, collections, is_singleton, kinds_of, register, removal_order, unmanaged_kind
from .limits import Checked, CheckedAs, Converted, matching
from .values import Value, ValueType, canonical, form_value

__all__ = [
    "KINDS",
    "Checked",
    "CheckedAs",
    "Converted",
    "Entries",
    "Field",
    "Group",
    "Identity",
    "KindSchema",
    "LiveItems",
    "ObjectRef",
    "Problem",
    "Reference",
    "Row",
    "Rule",
    "Value",
    "ValueType",
    "Values",
    "canonical",
    "collections",
    "form_value",
    "is_singleton",
    "kinds_of",
    "matching",
    "register",
    "removal_order",
    "unmanaged_kind",
]
