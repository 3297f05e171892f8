"""Writes docs/names-in-pulumi-fastly.md: which names of pulumi-fastly differ here; with --check, fails if it is stale.

Programs for both packages use the same names, except those in these tables. A tool that translates programs can read
the tables.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pulumi_fastly_dynamic  # noqa: F401 - fills the table of kinds
from fastly_adopt.names_elsewhere import (
    BLOCKS,
    CLASSES,
    DEFAULTS,
    PROPERTY_NAMES,
    SERVICE,
    our_class,
    our_property,
)
from generated_page import write_or_check
from pulumi_fastly_dynamic.schema import KINDS, Field

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "names-in-pulumi-fastly.md"
PROPERTIES = ROOT / "tests" / "data" / "pulumi_fastly_properties.json"


HEAD = """\
# Names in pulumi-fastly

<!-- Written by tools/pulumi_fastly_names.py; do not edit. -->

In `pulumi-fastly`, a `ServiceVcl` has one list of arguments per kind of object. Here each object is its own resource.
Classes and properties have the same names in both packages, except those on this page. Version of `pulumi-fastly`:
{version}.

The Terraform provider has the same properties in its blocks. `fastly-adopt` reads states of both by these tables.
"""


def known() -> dict[str, Any]:
    """What pulumi-fastly has."""
    found: dict[str, Any] = json.loads(PROPERTIES.read_text(encoding="utf-8"))
    return found


def fields_of(label: str) -> tuple[Field, ...]:
    """The properties of a class here."""
    return next(schema.fields for schema in KINDS.values() if schema.label == label)


def properties() -> dict[str, set[str]]:
    """The names of the properties of each class here."""
    return {schema.label: {field.name for field in schema.fields} for schema in KINDS.values()}


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _code(name: str) -> str:
    return f"`{name}`" if name else "none"


def text() -> str:
    """The page."""
    classes = ((_code(f"ServiceVcl{theirs}Args"), _code(row.ours), row.why) for theirs, row in CLASSES.items())
    renamed = (
        (_code(f"{cls}.{theirs}"), _code(our_property(cls, theirs)), row.why)
        for (cls, theirs), row in PROPERTY_NAMES.items()
    )
    service = ((_code(theirs), _code(row.ours), row.why) for theirs, row in SERVICE.items())
    defaults = (
        (_code(f"{cls or 'ServiceVcl'}.{name}"), theirs, ours) for (cls, name), (theirs, ours) in DEFAULTS.items()
    )
    blocks = (
        (_code(terraform), _code(plural), _code(our_class(theirs))) for theirs, (terraform, plural) in BLOCKS.items()
    )
    head = ("pulumi-fastly", "Here", "Why")
    return "\n".join(
        (
            HEAD.format(version=known()["version"]),
            f"## Classes\n\n{_table(head, classes)}",
            f"## Properties\n\n{_table(head, renamed)}",
            f"## Blocks\n\n{_table(('Block in Terraform', 'Argument of `ServiceVcl`', 'Here'), blocks)}",
            f"## Arguments of `ServiceVcl`\n\n{_table(head, service)}",
            f"## Defaults\n\n{_table(('Property', 'Default in pulumi-fastly', 'Default here'), defaults)}",
        )
    )


def main() -> int:
    """Writes or checks."""
    return write_or_check(TARGET, text(), __doc__, "docs/names-in-pulumi-fastly.md", "pulumi_fastly_names.py")


if __name__ == "__main__":
    sys.exit(main())
