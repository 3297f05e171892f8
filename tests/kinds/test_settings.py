import pytest

from .declared import Declared

SETTINGS = Declared("settings")
AS_ANSWERED = {
    "general.default_host": "",
    "general.default_pci": 0,
    "general.default_ttl": 3600,
    "general.stale_if_error": False,
    "general.stale_if_error_ttl": 43200,
    "service_id": "kKJb5bOFI47uHeBVluGfX1",
    "version": 90,
}


def test_fields() -> None:
    assert SETTINGS.fields() == {
        "default_host": ("general.default_host", "string", ""),
        "default_ttl": ("general.default_ttl", "integer", 3600),
        "stale_if_error": ("general.stale_if_error", "boolean", False),
        "stale_if_error_ttl": ("general.stale_if_error_ttl", "integer", 43200),
    }


def test_defaults_are_the_apis() -> None:
    assert SETTINGS.schema.is_default(SETTINGS.schema.from_row(AS_ANSWERED))
    assert SETTINGS.put(AS_ANSWERED) == {}
    defaults = SETTINGS.schema.defaults()
    assert SETTINGS.schema.from_row(defaults) == SETTINGS.schema.from_row(AS_ANSWERED)


def test_wire() -> None:
    assert SETTINGS.put(AS_ANSWERED, default_ttl=60.0, stale_if_error=True) == {
        "general.default_ttl": "60",
        "general.stale_if_error": "1",
    }
    assert SETTINGS.put({**AS_ANSWERED, "general.default_host": "x"}) == {"general.default_host": ""}


@pytest.mark.parametrize(("name", "value"), [("default_ttl", -1), ("stale_if_error_ttl", -1), ("default_ttl", "1h")])
def test_refused(name: str, value: object) -> None:
    assert SETTINGS.refusals(**{name: value}).keys() == {name}


@pytest.mark.parametrize("ttl", [0, 4294967295])
def test_taken(ttl: int) -> None:
    assert SETTINGS.check(default_ttl=ttl)["default_ttl"] == ttl


@pytest.mark.parametrize("convert", [str, lambda value: None if value in {0, ""} else value], ids=["strings", "nulls"])
def test_numbers_strings_and_null_read_back_as_declared(convert) -> None:  # type: ignore[no-untyped-def]
    row = {name: convert(value) for name, value in AS_ANSWERED.items()}
    assert SETTINGS.read(row) == SETTINGS.check()
