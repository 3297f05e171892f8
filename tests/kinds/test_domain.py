import pytest

from .declared import Declared

DOMAIN = Declared("domain", name="www.example.com")


def test_fields() -> None:
    assert DOMAIN.fields() == {"name": ("name", "string", "required"), "comment": ("comment", "string", "")}


@pytest.mark.parametrize(
    "name", ["example.com", "*.example.com", "xn--bcher-kva.example", "a_b.example.com", "localhost", "a" * 63 + ".com"]
)
def test_taken(name: str) -> None:
    assert DOMAIN.check(name=name)["name"] == name


@pytest.mark.parametrize(
    "name", ["a b", "https://example.com", "example.com/", "example.com.", "-a.com", "*", "a" * 64 + ".com", "ü.com"]
)
def test_refused(name: str) -> None:
    assert DOMAIN.refusals(name=name) == {"name": "name must be a host name such as www.example.com or *.example.com"}


def test_a_name_has_253_characters_at_most() -> None:
    assert "253" in DOMAIN.refusals(name="a." * 126 + "com")["name"]


def test_wire() -> None:
    assert DOMAIN.post() == {"name": "www.example.com"}
    assert DOMAIN.put({"name": "www.example.com", "comment": "x"}) == {"comment": ""}
    assert DOMAIN.read({"name": "www.example.com", "comment": None}) == DOMAIN.check()
