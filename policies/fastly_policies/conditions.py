"""A rule of conditions, and of references between objects."""

from collections.abc import Iterator

from .resource import SCHEMAS, Finding, Resource, Stack, Unknown
from .rule import ADVISORY, Settings, StackRule

REFERENCES = {
    label: {field.name: field.reference for field in schema.fields if field.reference}
    for label, schema in SCHEMAS.items()
    if any(field.reference for field in schema.fields)
}
"""The properties of each kind that refer to another object, and to which kind."""


def _refers(resource: Resource, name: str, target: Resource) -> bool:
    """Whether a property refers to an object: by dependency, or where it has none by the name alone."""
    joined = [each for each in resource.property_dependencies.get(name, []) if each.kind == target.kind]
    return target in joined or (not joined and target.peek("name") in _names(resource, name))


def _names(resource: Resource, name: str) -> list[str]:
    """The names that a property holds, as far as they are known."""
    value = resource.peek(name)
    try:
        return [value] if isinstance(value, str) else list(value or ())
    except Unknown:  # an element of it
        return []


def _used(condition: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    release = stack.release_of(condition)
    others = stack.objects(release, *REFERENCES) if release else []
    if release and not any(_refers(other, name, condition) for other in others for name in REFERENCES[other.kind]):
        yield condition.finding("name", "nothing refers to it; use it or remove it", value=condition.peek("name"))


def _unused_conditions(resource: Resource, stack: Stack, settings: Settings) -> Iterator[Finding]:
    if resource.kind == "Condition":
        yield from _used(resource, stack, settings)


def _dangling_references(resource: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    release = stack.release_of(resource)
    # A service that is taken over may have objects that the program does not declare.
    if release is None or release.peek("adopt"):
        return
    for name, reference in REFERENCES.get(resource.kind, {}).items():
        value = resource.peek(name)
        targets = [each for each in stack.objects(release) if _is_of(each, reference.kind)]
        if value and not any(_refers(resource, name, target) for target in targets):
            yield resource.finding(name, f"the release has no {reference.kind} of that name; declare one", value=value)


def _is_of(resource: Resource, kind: str) -> bool:
    schema = SCHEMAS.get(resource.kind)
    return schema is not None and schema.kind == kind


CONDITION_USED = StackRule(
    name="condition-used",
    reports="a condition that nothing refers to; a reference to something that does not exist",
    description="A condition that nothing refers to has no effect, which is rarely intended. A reference to something "
    "that does not exist fails only during the update.",
    level=ADVISORY,
    kinds=("Condition", *REFERENCES),
    checks=(_unused_conditions, _dangling_references),
)
