import pytest
from pulumi_fastly_dynamic.schema import Identity

from .declared import Declared

DICTIONARY = Declared("dictionary", name="redirects")
AS_ANSWERED = {"id": "5NqPzSq3w3gkpvWthW5jfs", "name": "redirects", "version": 95, "write_only": False}


def test_fields() -> None:
    assert DICTIONARY.fields() == {
        "name": ("name", "string", "required"),
        "write_only": ("write_only", "boolean", False),
        "force_destroy": ("force_destroy", "boolean", False),
    }
    assert [f.name for f in DICTIONARY.schema.fields if f.immutable] == ["write_only"]
    assert [f.name for f in DICTIONARY.schema.fields if f.local] == ["force_destroy"]
    assert DICTIONARY.schema.identity is Identity.ID
    assert DICTIONARY.schema.id_property == "dictionary_id"
    assert DICTIONARY.schema.items == "items"


@pytest.mark.parametrize("name", ["a", "A_b9", "two words"])
def test_names(name: str) -> None:
    assert DICTIONARY.check(name=name)["name"] == name


@pytest.mark.parametrize("name", ["9", "_a", "a-b", "a.b", "ü"])
def test_refused(name: str) -> None:
    words = "name must be a letter, then letters, digits, '_' and white space"
    assert DICTIONARY.refusals(name=name) == {"name": words}


def test_wire() -> None:
    assert DICTIONARY.post(write_only=True, force_destroy=True) == {"name": "redirects", "write_only": "1"}
    assert DICTIONARY.put(AS_ANSWERED, force_destroy=True) == {}
    assert DICTIONARY.put(AS_ANSWERED, name="moved") == {"name": "moved"}


@pytest.mark.parametrize("write_only", [False, 0, "0", "false", None])
def test_numbers_strings_and_null_read_back_as_declared(write_only: object) -> None:
    assert DICTIONARY.read({**AS_ANSWERED, "write_only": write_only}) == {"name": "redirects", "write_only": False}
