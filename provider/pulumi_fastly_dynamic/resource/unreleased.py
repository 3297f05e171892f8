"""A warning about objects that an update leaves in a draft, because its ``--target`` does not name the Version."""

from collections.abc import Iterable
from typing import Any

import pulumi
from pulumi.output import contains_unknowns

from ..orchestration import Revision
from .roster import ReleaseObject


def warn_of_unreleased(release: pulumi.Resource, objects: Iterable[ReleaseObject], version: pulumi.Resource) -> None:
    """Warns of objects whose records differ from those that the Version released.

    This is done in the program's process: a provider does not know what an update targets.
    """
    declared = {f"{each.schema.kind}/{each.resource_name}": each for each in objects}

    def look(values: list[Any]) -> None:
        records, released, number = values
        if contains_unknowns(number):  # the Version is part of the preview, or failed, or never released anything
            return
        left = [
            each for key, each in declared.items() if _is_left(records[key], (released or {}).get(key), number or 0)
        ]
        if left:
            names = ", ".join(each.schema.describe(each.resource_name) for each in left)
            pulumi.log.warn(
                f"the changes of {names} stay in a draft, because --target or --exclude leaves out the Version of "
                "this release. To activate them, run `pulumi up` without these options",
                release,
            )

    outputs = vars(version)
    records = pulumi.Output.from_input({key: each.record for key, each in declared.items()})
    pulumi.Output.all(records, outputs["__objects"], outputs["number"]).apply(look, run_with_unknowns=True)


def _is_left(record: Any, released: Any, active: int) -> bool:
    if contains_unknowns(record):
        return released is not None  # else it is new, and not to be told from one that is not created either
    is_same = released is not None and released["revision"] == record["revision"]
    return not is_same and Revision.parse(record["revision"]).number > active
