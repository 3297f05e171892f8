"""Wrong arguments of every function: one line that names the argument, says what to write and where."""

import asyncio
import inspect
import re
from typing import Any

import httpx
import pulumi
import pulumi_fastly_dynamic as fastly
import pytest
from pulumi_fastly_dynamic.lookups.lookup import Lookup

from tests.resource import mocked

from .cases import CASES, Case

FUNCTIONS = [name for name in fastly.__all__ if isinstance(getattr(fastly, name), Lookup)]
FORMS = ["", "_output"]
HERE = r"\(test_lookup_arguments\.py:\d+\)"

EVERY_FORM = [f"{name}{form}" for name in FUNCTIONS for form in FORMS]


def parameters(name: str) -> list[inspect.Parameter]:
    return list(inspect.signature(getattr(fastly, name)).parameters.values())


def refusal(name: str, /, *args: Any, **kwargs: Any) -> str:
    """The text with which it refuses its arguments, before it reads anything."""
    with pytest.raises(TypeError) as raised:
        getattr(fastly, name)(*args, **kwargs)
    assert isinstance(raised.value, fastly.ProgramError)
    text, _, place = str(raised.value).rpartition(" (")
    assert re.fullmatch(r"test_lookup_arguments\.py:\d+\)", place)
    return text


@pytest.mark.parametrize("name", EVERY_FORM)
def test_unknown_arguments(name: str) -> None:
    assert refusal(name, nonsense="5ecr3t") == f"{name} got an unexpected keyword argument 'nonsense'"
    for each in parameters(name):
        expected = f"{name} got an unexpected keyword argument '{each.name}s': did you mean '{each.name}'?"
        assert refusal(name, **{f"{each.name}s": "5ecr3t"}) == expected


@pytest.mark.parametrize("name", EVERY_FORM)
def test_missing_arguments(name: str) -> None:
    required = [each.name for each in parameters(name) if each.default is each.empty]
    if required:
        assert refusal(name) == f"{name} is missing the required argument {required[0]!r}"


@pytest.mark.parametrize("name", EVERY_FORM)
def test_too_many_arguments(name: str) -> None:
    assert refusal(name, *["5ecr3t"] * 9).startswith(f"{name} takes at most ")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_arguments_of_a_wrong_type(case: Case, form: str) -> None:
    name, right = case.function + form, dict.fromkeys(case.arguments, 1) | dict(case.arguments)
    for each in right:
        assert re.fullmatch(
            rf"{name}: {each} takes (text|a whole number|'\w+', .* or '\w+'), not list",
            refusal(name, **{**right, each: ["5ecr3t"]}),
        )


def of_resource(name: str, argument: str, value: Any, /, **others: Any) -> str:
    """What the refusal says after the argument's name."""
    return refusal(name, **others, **{argument: value}).removeprefix(f"{name}: {argument} takes ")


def test_resources_where_an_id_is_meant() -> None:
    said: dict[str, tuple[str, str]] = {}

    def both(name: str, argument: str, value: Any, /, **others: Any) -> tuple[str, str]:
        return (
            of_resource(name, argument, value, **others),
            of_resource(f"{name}_output", argument, value, **others),
        )

    def program() -> None:
        www = fastly.Service("www")
        with fastly.Release("release", service=www) as release:
            table = fastly.Dictionary("my-table", release=release)
            said["service"] = both("get_service", "service_id", www)
            said["dictionary"] = both("get_dictionary_info", "dictionary_id", table, service_id="S")
            said["other"] = both("get_domains", "service_id", table)
        said["release"] = both("get_domains", "service_id", release)
        said["version of a release"] = both("get_boilerplate", "version", release, service_id="S")
        said["version"] = both("get_boilerplate", "version", release.version, service_id="S")

    mocked.run(program)
    assert said == {
        "service": (
            "text, not a Service: write service_id=www.service_id, and use get_service_output",
            "text, not a Service: write service_id=www.service_id",
        ),
        "dictionary": (
            "text, not a Dictionary: write dictionary_id=dictionary.dictionary_id, and use get_dictionary_info_output",
            "text, not a Dictionary: write dictionary_id=dictionary.dictionary_id",
        ),
        "other": ("text, not a Dictionary", "text, not a Dictionary"),
        "release": (
            "text, not a Release: write service_id=release.service.service_id, and use get_domains_output",
            "text, not a Release: write service_id=release.service.service_id",
        ),
        "version of a release": (
            "a whole number, not a Release: write version=release.version.number, and use get_boilerplate_output",
            "a whole number, not a Release: write version=release.version.number",
        ),
        "version": (
            "a whole number, not a Version: write version=release.number, and use get_boilerplate_output",
            "a whole number, not a Version: write version=release.number",
        ),
    }


OTHER_VALUES = [
    ("get_stats", {"by": "week"}, "by takes 'minute', 'hour', 'day', 'datacenter' or 'region', not another text"),
    ("get_stats", {"type": "weekly"}, "type takes 'all', 'minutely', 'hourly' or 'daily', not another text"),
    ("get_stats", {"to": 1.5}, "to takes a whole number, a datetime or text, not float"),
    ("get_events", {"since": 1_800_000_000}, "since takes a datetime or text, not int"),
    ("get_boilerplate", {"service_id": "S", "version": True}, "version takes a whole number, not bool"),
    ("get_service", {"service_id": 5}, "service_id takes text, not int"),
    ("get_domains", {"service_id": None}, "service_id takes text, not None"),
    (
        "get_version_diff",
        {"service_id": "S", "from_version": 1, "to_version": 2, "format": "xml"},
        "format takes 'text', 'html' or 'html_simple', not another text",
    ),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("name", "arguments", "text"), OTHER_VALUES)
def test_other_wrong_values(name: str, arguments: dict[str, Any], text: str, form: str) -> None:
    assert refusal(name + form, **arguments) == f"{name}{form}: {text}"


def test_an_output_where_a_value_is_meant() -> None:
    async def run() -> None:
        text = refusal("get_service", pulumi.Output.from_input("S"))
        assert text == "get_service: service_id takes text, not an Output: use get_service_output"

    asyncio.run(run())


def test_an_output_whose_value_is_of_a_wrong_type(http: httpx.Client) -> None:
    async def run() -> None:
        await fastly.get_service_output(pulumi.Output.from_input(5)).future()

    with pytest.raises(fastly.ProgramError, match=rf"^get_service_output: service_id takes text, not int {HERE}$"):
        asyncio.run(run())


def test_an_argument_given_twice() -> None:
    assert refusal("get_domains", "S", service_id="S") == "get_domains got two values for the argument 'service_id'"
