import pytest

from .declared_kind import Declared

SERVICE = Declared("service", name="www.example.com")


def test_fields() -> None:
    assert SERVICE.fields() == {
        "name": ("name", "string", None),
        "comment": ("comment", "string", None),
        "force_destroy": ("force_destroy", "boolean", False),
        "adopt_id": ("adopt_id", "string", None),
    }


@pytest.mark.parametrize("values", [{}, {"comment": ""}, {"name": None, "adopt_id": "SU1Z0isxPaozGVKXdv0eY"}], ids=str)
def test_taken(values: dict[str, object]) -> None:
    assert SERVICE.refusals(**values) == {}


def test_a_name_is_not_empty() -> None:
    assert SERVICE.refusals(name="").keys() == {"name"}


@pytest.mark.parametrize("adopt_id", ["", ".", ".."])
def test_an_id_names_a_service(adopt_id: str) -> None:
    assert SERVICE.refusals(adopt_id=adopt_id).keys() == {"adopt_id"}
