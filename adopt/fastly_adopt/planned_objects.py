"""The objects that a program declares, under their names and in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_fastly_dynamic.schema import Identity, Row

from . import program_names as names
from .families import family_of, place_of
from .object_inputs import ObjectInputs
from .program_plan import Variable
from .service_content import FoundObject

Key = tuple[str, str]
"""Kind and name of an object."""
Usable = tuple[FoundObject, ObjectInputs]


@dataclass(frozen=True)
class PlannedObject:
    """An object with its names in the program."""

    found: FoundObject
    inputs: ObjectInputs
    resource_name: str
    variable: str
    """Empty where nothing refers to it."""

    @property
    def key(self) -> Key:
        """Kind and name."""
        return _key(self.found)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its items or entries, as far as the program declares them."""
        return self.found.items or ()

    @property
    def reference(self) -> Variable:
        """What another declaration says of it."""
        return Variable(self.variable, self.found.name, family_of(self.found.schema))


def planned(usable: Sequence[Usable], service: str) -> dict[Key, PlannedObject]:
    """The objects by kind and name, in the order in which they stand in the program."""
    resources = _resource_names([found for found, _ in usable], service)
    variables = _variables(usable)
    objects = [
        PlannedObject(found, inputs, resources[_key(found)], variables.get(_key(found), ""))
        for found, inputs in sorted(usable, key=_place)
    ]
    return _in_order({each.key: each for each in objects})


def _resource_names(objects: Sequence[FoundObject], service: str) -> dict[Key, str]:
    """The names of the objects; others where a name is odd. What a version has once is called as the service."""
    plain = {each.kind: {_key(each) for each in objects if _has_plain_name(each)} for each in objects}
    result = {(kind, name): name for keys in plain.values() for kind, name in keys}
    for each in (each for each in objects if _key(each) not in result):
        if each.schema.identity is Identity.SINGLETON:
            result[_key(each)] = service
        else:
            taken = [text for (kind, _), text in result.items() if kind == each.kind]
            [result[_key(each)]] = names.unique([names.slug(each.name, each.kind)], taken)
    return result


def _has_plain_name(found: FoundObject) -> bool:
    return found.schema.identity is not Identity.SINGLETON and names.is_plain(found.name)


def _variables(usable: Sequence[Usable]) -> dict[Key, str]:
    """A variable for each object that something refers to."""
    referred = {key for _, inputs in usable for key in inputs.references}
    ordered = [found for found, _ in sorted(usable, key=_place)]
    wanted = [found for found in ordered if _key(found) in referred or found.items]
    variables = names.variables([(found.name, found.kind) for found in wanted])
    return dict(zip(map(_key, wanted), variables, strict=True))


def _in_order(objects: dict[Key, PlannedObject]) -> dict[Key, PlannedObject]:
    """Family after family; what an object refers to stands right before it, unless it stands there already."""
    ordered: dict[Key, PlannedObject] = {}

    def place(each: PlannedObject) -> None:
        if each.key not in ordered:
            for key in each.inputs.references:
                if key in objects:
                    place(objects[key])
            ordered[each.key] = each

    used = {key for each in objects.values() for key in each.inputs.references}
    for each in objects.values():
        if each.found.kind != "condition" or each.key not in used:
            place(each)
    return ordered


def _key(found: FoundObject) -> Key:
    return found.kind, found.name


def _place(usable: Usable) -> tuple[Any, ...]:
    """A key to sort by: what runs first stands first."""
    found, inputs = usable
    priority = found.schema.from_row(found.row).get("priority") if found.kind != "condition" else None
    rank = priority if isinstance(priority, int) else 0
    return place_of(found.kind), inputs.plain.get("main") is not True, rank, names.natural(found.name), found.name
