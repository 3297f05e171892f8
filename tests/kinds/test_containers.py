"""Dictionaries and ACLs: an id that lasts, and live items."""

import pytest
from pulumi_fastly_dynamic.schema import KINDS, Identity


@pytest.mark.parametrize(
    ("kind", "id_property", "items", "immutable"),
    [("dictionary", "dictionary_id", "items", ["write_only"]), ("acl", "acl_id", "entries", [])],
)
def test_containers(kind: str, id_property: str, items: str, immutable: list[str]) -> None:
    schema = KINDS[kind]
    assert (schema.identity, schema.id_property, schema.items) == (Identity.ID, id_property, items)
    assert [f.name for f in schema.fields if f.immutable] == immutable
    assert [f.name for f in schema.fields if f.client_only] == ["force_destroy"]
