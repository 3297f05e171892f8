"""Warnings: what a reviewer must not overlook."""

from .activation import Activation
from .changes import Change
from .document import Code, Text
from .engine_values import Special, one_line
from .live_items_changes import Items
from .model import Section
from .ops import Op
from .product_changes import switched_off

SERVING = ("Domain", "Backend")
"""Objects whose loss visitors notice at once."""


def warnings_of(section: Section) -> list[Text]:
    """The warnings of a service, sorted: what is lost first."""
    if section.is_destroyed:
        text = "the service is destroyed with all its versions, and its domains are served no more"
        return [(text, *_refused(section.own, "it serves"))]
    found = [text for change in section.objects for text in _of_object(change)]
    if section.is_live_before:
        found += [_too_early(row) for row in section.live_changes]
    if section.activation in {Activation.NEW, Activation.PERHAPS}:
        changed = [change for change in section.products if change.op is Op.CHANGED]
        found += [_without(product) for change in changed for product in switched_off(change)]
    return found


def _without(product: str) -> Text:
    """A removed resource switches its products off later, when Pulumi deletes."""
    return (
        "product ",
        Code(product),
        " is switched off before the new version is active: the active one loses it first",
    )


def _of_object(change: Change) -> list[Text]:
    found: list[Text] = []
    if change.op is Op.REMOVED and change.label in SERVING:
        found.append((*_what(change), " is removed", *_consequence(change)))
    renamed = _old_name(change)
    if renamed and change.label in SERVING:
        found.append((f"{change.label} ", Code(renamed), " is removed; ", Code(change.name), " takes its place"))
    if _holds_items(change):
        if change.is_recreated:
            found.append(
                (*_what(change), " is recreated, and so emptied: only items that the program declares are sent again")
            )
        elif change.op is Op.REMOVED:
            found.append((*_what(change), " is removed with all it holds", *_refused(change, "it holds anything")))
    return found


def _refused(change: Change | None, condition: str) -> Text:
    """What the provider will say to it."""
    old = change.step.old if change else None
    if old is None or old.inputs.get("force_destroy"):
        return ()
    return (f" (refused while {condition}, since ", Code("force_destroy"), " is not set)")


def _what(change: Change) -> Text:
    return (f"{change.label} ", Code(change.name))


def _consequence(change: Change) -> Text:
    return (": it is served no more",) if change.label == "Domain" else ()


def _old_name(change: Change) -> str:
    """The name of an object that is replaced because its name changes."""
    if change.op is not Op.REPLACED:
        return ""
    old = next((row.old for row in change.properties if row.name == "name"), Special.ABSENT)
    return "" if isinstance(old, Special) else one_line(old)


def _holds_items(change: Change) -> bool:
    return change.schema is not None and change.schema.items is not None


def _too_early(row: Items | Change) -> Text:
    if isinstance(row, Items):
        noun = "items" if row.container == "Dictionary" else "entries"
        what: Text = (f"{noun} of {row.container} ", Code(row.name), " change")
    else:
        names = [span for p in row.live_properties for span in (Code(p.name), " and ")][:-1]
        what = (*names, " of ", *_what(row), " changes")
    return (*what, " at once, before the new version is active: the active one sees it first")
