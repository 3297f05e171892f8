import pytest
from pulumi_fastly_dynamic.schema import Identity

from .declared import Declared

ACL = Declared("acl", name="office")


def test_fields() -> None:
    assert ACL.fields() == {
        "name": ("name", "string", "required"),
        "force_destroy": ("force_destroy", "boolean", False),
    }
    assert ACL.schema.identity is Identity.ID
    assert ACL.schema.id_property == "acl_id"
    assert ACL.schema.items == "entries"


@pytest.mark.parametrize("name", ["a", "A_b9", "two words"])
def test_names(name: str) -> None:
    assert ACL.check(name=name)["name"] == name


@pytest.mark.parametrize("name", ["9", "_a", "a-b"])
def test_refused(name: str) -> None:
    assert ACL.refusals(name=name) == {"name": "name must be a letter, then letters, digits, '_' and white space"}


def test_wire() -> None:
    assert ACL.post(force_destroy=True) == {"name": "office"}
    row = {"id": "TU1mU7W8XNHjPyYBEbKRD7", "name": "office", "version": "28"}
    assert ACL.put(row) == {}
    assert ACL.put(row, name="home") == {"name": "home"}
    assert ACL.read(row) == {"name": "office"}
