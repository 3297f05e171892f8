from tests.cases import CASES

from .declared_kind import Declared

SETTINGS = Declared("settings")
AS_ANSWERED = CASES["settings"].row(SETTINGS.least.get("name", ""), SETTINGS.least)


def test_defaults_are_the_apis() -> None:
    assert SETTINGS.schema.is_default(SETTINGS.schema.from_row(AS_ANSWERED))
    assert SETTINGS.put(AS_ANSWERED) == {}
    defaults = SETTINGS.schema.defaults()
    assert SETTINGS.schema.from_row(defaults) == SETTINGS.schema.from_row(AS_ANSWERED)
