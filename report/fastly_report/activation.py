"""Whether a version is activated."""

from collections.abc import Iterable, Mapping
from enum import Enum

from .changes import Change
from .ops import Op

LONG_NUMBER = 10
"""Digits that no version's number has."""


class Activation(Enum):
    """What becomes of the service's version."""

    NONE = "none"
    NEW = "new"
    """A new version goes live."""
    PERHAPS = "perhaps"
    """A new one, unless the service that is taken over is like the program already."""
    AGAIN = "again"
    """Someone deactivated the version: it goes live again."""
    DRAFT = "draft"
    """A draft is filled, and stays one."""
    COMMENT = "comment"
    """The comment of the active version changes."""
    END = "end"
    """The release is not managed any more; the service keeps serving."""


def activation_of(version: Change | None, objects: Iterable[Change]) -> Activation:
    """What becomes of the version when these objects change."""
    if version is None or version.op is Op.REMOVED:
        return Activation.NONE
    inputs = version.step.new.inputs if version.step.new else {}
    changed = {row.name for row in version.properties}
    needs = any(change.needs_version for change in objects) or version.op is not Op.CHANGED
    needs = needs or _is_filled_already(version)
    if inputs.get("activate") is False:
        return Activation.DRAFT if needs else Activation.NONE
    if version.op is Op.CHANGED and not changed and not _is_told_of_changes(version):
        return Activation.AGAIN
    if not needs and "activate" not in changed:
        return Activation.COMMENT if "comment" in changed else Activation.NONE
    adopts = inputs.get("adopt") is True or inputs.get("__service_is_adopted") is True
    return Activation.PERHAPS if adopts and version.op is Op.ADDED else Activation.NEW


def _is_told_of_changes(version: Change) -> bool:
    """Whether its inputs change; the engine lists none where the records of objects alone do."""
    old, new = version.step.old, version.step.new
    return bool(version.step.changed) or bool(old and new and old.inputs != new.inputs)


def _is_filled_already(version: Change) -> bool:
    """Whether a failed update wrote objects into a later draft: they do not change any more, and go live."""
    old, new = version.step.old, version.step.new
    active = old.outputs.get("number") if old else None
    objects = new.inputs.get("__objects") if new else None
    if not isinstance(active, int) or not isinstance(objects, Mapping):
        return False
    revisions = [row.get("revision") for row in objects.values() if isinstance(row, Mapping)]
    numbers = [text.partition("-")[0] for text in revisions if isinstance(text, str)]
    return any(int(number) > active for number in numbers if number.isdecimal() and len(number) < LONG_NUMBER)
