"""How providers fail, and what they say."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.engine import Provider, ProviderBug, restore
from pulumi_fastly_dynamic.engine.provider import PLACE_KEY, check_result, is_unknown, user_facing_errors
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.schema import KINDS, Problem

from .conftest import UNKNOWN, shown


class OfTheUser(Failure):
    pass


class Failing(Provider):
    @user_facing_errors
    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        raise _props["error"]


def failing(error: Exception) -> None:
    Failing(KINDS["backend"], "o/p/s").delete("", {"error": error})


def test_a_bug_is_one_line_that_quotes_no_value() -> None:
    with pytest.raises(ProviderBug) as caught:
        failing(KeyError("hush: a key"))
    text = str(caught.value)
    assert "hush" not in text
    assert "\n" not in text
    assert text.startswith("KeyError in test_base.py:")
    assert "(delete)" in text
    assert "bug in pulumi-fastly-dynamic, please report it" in text
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_failure_is_what_it_is() -> None:
    with pytest.raises(OfTheUser, match=r"^say this$"):
        failing(OfTheUser("say this"))


def test_failures_are_named_without_our_modules() -> None:
    assert OfTheUser.__module__ == ProviderBug.__module__ == "builtins"


@pytest.mark.parametrize("method", ["check", "diff", "create", "update", "read", "delete"])
@pytest.mark.parametrize("kind", ["backend", "dictionary_items", "service", "version"])
def test_every_method_reports(kind: str, method: str) -> None:
    assert hasattr(getattr(type(restore(kind, "o/p/s")), method), "__wrapped__")


@pytest.mark.parametrize(
    ("value", "unknown"),
    [(UNKNOWN, True), ([UNKNOWN], True), ({"a": [UNKNOWN]}, True), ("", False), (None, False), ([], False)],
    ids=shown,
)
def test_is_unknown(value: object, unknown: bool) -> None:
    assert is_unknown(value) is unknown


def test_a_failure_names_its_property_in_its_text_alone() -> None:
    """The engine prints the value of a property that it is told of, and any value may be secret to the user."""
    problems = [Problem("", "port is wrong"), Problem("ssl_client_key", "ssl_client_key is wrong")]
    found = check_result({PLACE_KEY: "__main__.py:7"}, {"port": 0}, problems)
    assert found.inputs == {"port": 0}  # the place is in no state and no diff
    assert found.failures is not None
    assert [(failure.property, failure.reason) for failure in found.failures] == [
        ("", "port is wrong (__main__.py:7)"),
        ("", "ssl_client_key is wrong (__main__.py:7)"),
    ]
