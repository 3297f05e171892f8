"""What a program says of an object: the properties that differ from the defaults, and which of them are secret."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pulumi_fastly_dynamic.schema import Field, KindSchema, Value

from .service_content import FoundObject, LeftAlone, ServiceContent

MASKED = re.compile(r"\*+|[\[(<]?(secret|sensitive( value)?|redacted|hidden)[\])>]?", re.IGNORECASE)
"""What stands in the place of a secret that is not given back."""


class Unusable(Exception):
    """The program cannot declare the object; the text says why."""


@dataclass(frozen=True)
class ObjectInputs:
    """The properties of one object, without its name."""

    plain: dict[str, Value] = field(default_factory=dict)
    secrets: dict[str, Value] = field(default_factory=dict, repr=False)
    """Secret values; ``None`` where the API does not give it back."""
    references: tuple[tuple[str, str], ...] = ()
    """Kind and name of each object that it refers to."""


def usable_objects(content: ServiceContent) -> tuple[list[tuple[FoundObject, ObjectInputs]], list[LeftAlone]]:
    """The objects that a program can declare, and the others with the reason."""
    usable: dict[tuple[str, str], tuple[FoundObject, ObjectInputs]] = {}
    left: list[LeftAlone] = []
    for found in content.objects:
        described = found.schema.describe(found.name)
        if (found.kind, found.name) in usable:
            left.append(LeftAlone(described, "another one has the same name"))
            continue
        try:
            usable[found.kind, found.name] = found, inputs_of(found)
        except Unusable as error:
            left.append(LeftAlone(described, str(error)))
    return list(usable.values()), left


def inputs_of(found: FoundObject) -> ObjectInputs:
    """The properties that differ from the defaults."""
    schema = found.schema
    try:
        values = {**schema.from_row(found.row), **found.live}
    except (ValueError, TypeError, AttributeError) as error:
        raise Unusable(f"a value has an unexpected form ({type(error).__name__})") from None
    plain: dict[str, Value] = {}
    secrets: dict[str, Value] = {}
    for f in schema.fields:
        value = values.get(f.name)
        if f.client_only or (f.is_default(value) and not f.required):
            continue
        if f.secret:
            secrets[f.name] = None if isinstance(value, str) and MASKED.fullmatch(value) else value
        else:
            plain[f.name] = value
    missing = _missing_secrets(schema, plain, secrets)
    plain.pop("name", None)
    return ObjectInputs(plain, {**secrets, **dict.fromkeys(missing)}, tuple(_references(schema, plain)))


def _references(schema: KindSchema, plain: dict[str, Value]) -> Iterator[tuple[str, str]]:
    for f in schema.fields:
        value = plain.get(f.name)
        if f.reference and value is not None:
            for name in value if isinstance(value, list) else [value]:
                yield f.reference_kind, str(name)


def _missing_secrets(schema: KindSchema, plain: dict[str, Value], secrets: dict[str, Value]) -> list[str]:
    """The secrets that must be set though the API does not show them; refuses what no secret can mend."""
    given = {**plain, **{name: value or stand_in(schema, name) for name, value in secrets.items()}}
    problems = _problems(schema, given)
    unset = [f.name for f in schema.fields if f.secret and f.name not in given]
    named = [name for name in unset if any(each[0] == name for each in problems)]
    for missing in ([], named, unset):
        remaining = _problems(schema, {**given, **{name: stand_in(schema, name) for name in missing}})
        if not remaining:
            return missing
    raise Unusable("; ".join(text if name in text else f"{name} {text}" for name, text in problems))


def _problems(schema: KindSchema, inputs: dict[str, Value]) -> list[tuple[str, str]]:
    _, problems = schema.check(inputs, lambda _value: False)
    return [(each.property, each.text) for each in problems]


def stand_in(schema: KindSchema, name: str, label: str = "stand-in") -> str:
    """A value for a secret whose own value must not be used, or is not known."""
    f = next(each for each in schema.fields if each.name == name)
    return next((text for text in _stand_ins(label) if _is_valid(f, text)), label)


def _stand_ins(label: str) -> tuple[str, ...]:
    return label, f"-----BEGIN PRIVATE KEY-----\n{label}\n-----END PRIVATE KEY-----", f"https://{label}.example.com/"


def _is_valid(f: Field, text: str) -> bool:
    return not f.validate(text)[1]
