"""A rule of names."""

import re
from collections.abc import Iterator

from .resource import SCHEMAS, Finding, Resource
from .rule import DISABLED, Parameter, ResourceRule, Settings

NAMED = tuple(label for label, schema in SCHEMAS.items() if any(field.name == "name" for field in schema.fields))
PATTERN = {"type": "string", "format": "regex"}


def _fits_the_pattern(resource: Resource, settings: Settings) -> Iterator[Finding]:
    pattern = settings["patterns"].get(resource.kind)
    name = resource.text("name") if pattern else ""
    if name and not re.fullmatch(pattern, name):
        yield resource.finding("name", f"choose one that matches {pattern}", value=name)


NAMING = ResourceRule(
    name="naming",
    reports="names that do not match the patterns",
    description="Names that follow one pattern show people and scripts what belongs together.",
    level=DISABLED,
    kinds=NAMED,
    parameters={
        "patterns": Parameter(
            {"type": "object", "properties": dict.fromkeys(NAMED, PATTERN), "additionalProperties": False},
            {},
            'regular expressions that whole names must match, by kind: `{"Backend": "[a-z-]+"}`',
        ),
    },
    checks=(_fits_the_pattern,),
)
