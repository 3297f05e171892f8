"""Where kinds stand in a program."""

from fastly_adopt.families import ORDER, Family, family_of, place_of
from pulumi_fastly_dynamic.schema import KINDS, Group

OBJECTS = [schema for schema in KINDS.values() if schema.group is Group.OBJECT]


def test_a_family_refers_to_itself_and_to_earlier_ones_only() -> None:
    """So modules can be declared one after the other."""
    for schema in OBJECTS:
        for field in schema.fields:
            if field.reference:
                referred = KINDS[field.reference.kind]
                assert ORDER.index(family_of(referred)) <= ORDER.index(family_of(schema)), (schema.kind, referred.kind)


def test_every_kind_has_a_family_and_a_place() -> None:
    assert [schema.kind for schema in OBJECTS if family_of(schema) is Family.OTHERS] == []
    assert len({place_of(schema.kind) for schema in OBJECTS}) == len(OBJECTS)
