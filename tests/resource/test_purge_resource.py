"""Purges in a program."""

from typing import Any

import pulumi
import pulumi_fastly_dynamic as fastly
import pytest

from .mocked import run


def test_inputs() -> None:
    def program() -> None:
        www = fastly.Service("www")
        fastly.Purge("articles", service=www, keys=["article", "section"], soft=True, triggers=[1, {"a": "b"}])
        fastly.Purge("front-page", url="https://www.example.com/")

    registered = run(program)
    articles = registered["Purge", "articles"]
    assert articles.inputs == {
        "service_id": "www-id",
        "keys": ["article", "section"],
        "soft": True,
        "triggers": [1, {"a": "b"}],
    }
    assert [each.rpartition(":")[2] for each in articles.dependencies] == ["www"]
    assert articles.deleted_with == "www"
    assert registered["Purge", "front-page"].inputs == {"url": "https://www.example.com/"}


def trigger(release: fastly.Release) -> dict[str, Any]:
    return {"triggers": [release.version.number]}


def option(release: fastly.Release) -> dict[str, Any]:
    return {"opts": pulumi.ResourceOptions(depends_on=[release.version])}


@pytest.mark.parametrize("way", [trigger, option])
@pytest.mark.parametrize("adopt_id", [None, "SERVICE"])
@pytest.mark.parametrize("inside", [True, False])
def test_it_waits_for_the_version(way: Any, adopt_id: str | None, inside: bool) -> None:
    """Also where it stands in the block of another release, whose version does not wait for it."""

    def program() -> None:
        www = fastly.Service("www", adopt_id=adopt_id)
        with fastly.Release("www", service=www) as release:
            fastly.Domain("www.example.com", release=release)
        if not inside:
            fastly.Purge("all", service=www, all=True, **way(release))
            return
        with fastly.Release("other", service=fastly.Service("other")):
            fastly.Purge("all", service=www, all=True, **way(release))

    registered = run(program)
    found = registered["Purge", "all"].dependencies
    assert {each.rpartition("$")[2] for each in found} >= {"pulumi-python:dynamic/fastly:Version::www"}, found
    assert not any("Purge" in each for version in registered.of("Version") for each in version.dependencies)


@pytest.mark.parametrize(
    ("trigger_of", "text"),
    [
        (lambda release: [release.version], r"triggers takes values, not a Version: write triggers=\[\.\.\.\.number\]"),
        (lambda release: [{"a": (release,)}], r"not a Release: write triggers=\[\.\.\.\.version\.number\]"),
        (lambda release: [release.service], r"not a Service: write triggers=\[\.\.\.\.id\]"),
    ],
)
def test_a_resource_is_no_trigger(trigger_of: Any, text: str) -> None:
    def program() -> None:
        www = fastly.Service("www")
        with fastly.Release("www", service=www) as release:
            fastly.Domain("www.example.com", release=release)
        fastly.Purge("all", service=www, all=True, triggers=trigger_of(release))

    with pytest.raises(fastly.ProgramError, match=text):
        run(program)


def test_a_secret_key_makes_the_list_secret() -> None:
    def program() -> None:
        www = fastly.Service("www")
        fastly.Purge("a", service=www, keys=["one", pulumi.Output.secret("two")])
        fastly.Purge("b", service=www, keys=["one", pulumi.Output.from_input("two")])

    registered = run(program)
    assert registered["Purge", "a"].inputs["__secret_inputs"] == ["keys"]
    assert "__secret_inputs" not in registered["Purge", "b"].inputs


MISTAKES: list[tuple[Any, str]] = [
    (lambda: fastly.Purge("a", service="S", all=True), r"Purge\('a'\): service must be a Service, not a str"),  # type: ignore[arg-type]
    (lambda: fastly.Purge("a", uri="www.example.com"), r"unexpected keyword argument 'uri': did you mean 'url'"),  # type: ignore[call-arg]
    (lambda: fastly.Purge("a", "b"), r"takes one positional argument, its name"),  # type: ignore[misc]
    (lambda: fastly.Purge(""), "its first argument must be the resource's name"),
    (
        lambda: fastly.Purge("a", url="www.example.com", opts=pulumi.ResourceOptions(import_="x")),
        "the option import_ does not work",
    ),
]


def test_a_version_that_is_used_too_early() -> None:
    def program() -> None:
        www = fastly.Service("www")
        with fastly.Release("www", service=www) as release:
            fastly.Purge("a", service=www, all=True, triggers=[release.version.number])

    with pytest.raises(AttributeError, match="no attribute 'version' before its `with` block ends: use it below"):
        run(program)


@pytest.mark.parametrize(("mistake", "text"), MISTAKES)
def test_mistakes(mistake: Any, text: str) -> None:
    with pytest.raises(fastly.ProgramError, match=text + r".*\(test_purge_resource.py:\d+\)"):
        run(mistake)
