"""The constructor that a kind's declaration gives."""

from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_fastly_dynamic as fastly
import pytest

from .mocked import Program, run, value_of


def backend(**values: Any) -> Program:
    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www")) as release:
            fastly.Backend("origin", **{"release": release, "address": "a.example.com", **values})

    return run(program)


def test_what_is_given_is_sent_and_nothing_else() -> None:
    """Defaults are filled in by the provider's check, so that they are no part of the program's inputs."""
    inputs = backend(port=443, use_ssl=True, comment=None)["Backend", "origin"].inputs
    assert inputs == {
        "name": "origin",
        "address": "a.example.com",
        "port": 443,
        "use_ssl": True,
        "service_id": "www-id",
    }


def test_the_name_can_be_another_one() -> None:
    assert backend(name="other")["Backend", "origin"].inputs["name"] == "other"


def test_outputs_are_arguments_too() -> None:
    inputs = backend(port=pulumi.Output.from_input(8080), address=pulumi.Output.from_input("b.example.com"))
    assert inputs["Backend", "origin"].inputs["port"] == 8080
    assert inputs["Backend", "origin"].inputs["address"] == "b.example.com"


KEY = "-----BEGIN PRIVATE KEY-----"


@pytest.mark.parametrize("wrapped", [False, True], ids=["plain", "secret"])
def test_secrets_are_secret_in_inputs_and_outputs(wrapped: bool) -> None:
    origin = backend(ssl_client_key=pulumi.Output.secret(KEY) if wrapped else KEY)["Backend", "origin"]
    assert origin.secrets == {"ssl_client_key"}
    assert origin.inputs["ssl_client_key"] == KEY
    assert origin.secret_outputs == ["ssl_client_key", "__stack_key"]


def test_a_secret_that_is_not_given_is_not_there() -> None:
    origin = backend()["Backend", "origin"]
    assert origin.secrets == set()
    assert "ssl_client_key" not in origin.inputs


def test_options() -> None:
    origin = backend(opts=pulumi.ResourceOptions(protect=True, retain_on_delete=True))["Backend", "origin"]
    assert origin.protect
    assert origin.inputs["protect"] is True
    assert origin.inputs["retain_on_delete"] is True


def test_an_adopting_release_tells_its_objects() -> None:
    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www"), adopt=pulumi.Output.from_input(True)) as release:
            fastly.Backend("origin", release=release, address="a.example.com")

    assert run(program)["Backend", "origin"].inputs["adopt"] is True


def references(reference: Any, *, condition_name: str | None = None, adopt: bool = False) -> Program:
    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www"), adopt=adopt) as release:
            api = fastly.Condition("api", release=release, name=condition_name, type="request", statement="true")  # type: ignore[arg-type]
            value = api if reference is fastly.Condition else reference
            fastly.Backend("origin", release=release, address="a.example.com", request_condition=value)

    return run(program)


@pytest.mark.parametrize("reference", [fastly.Condition, "api"], ids=["resource", "name"])
def test_a_reference_is_a_name_and_a_dependency(reference: Any) -> None:
    origin = references(reference)["Backend", "origin"]
    assert origin.inputs["request_condition"] == "api"
    assert origin.dependencies_of["request_condition"] == ["api"]


def test_a_reference_takes_the_name_in_fastly() -> None:
    origin = references(fastly.Condition, condition_name="is api")["Backend", "origin"]
    assert origin.inputs["request_condition"] == "is api"
    assert references("is api", condition_name="is api")["Backend", "origin"].dependencies_of["request_condition"]


def test_a_name_that_nobody_declares_is_just_a_name_where_a_release_adopts() -> None:
    origin = references("of another program", adopt=True)["Backend", "origin"]
    assert origin.inputs["request_condition"] == "of another program"
    assert not origin.dependencies_of.get("request_condition")


async def api_later() -> str:
    """The name, as an awaitable."""
    return "api"


@pytest.mark.parametrize("reference", [lambda: pulumi.Output.from_input("api"), api_later], ids=["output", "awaitable"])
def test_a_reference_that_is_known_late_waits_for_all_it_may_mean(reference: Any) -> None:
    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www")) as release:
            for name in ("api", "other"):
                fastly.Condition(name, release=release, type="REQUEST", statement="true")
            fastly.Healthcheck("check", release=release, host="a.example.com", path="/")
            fastly.Backend("origin", release=release, address="a.example.com", request_condition=reference())
            fastly.Condition("after", release=release, type="REQUEST", statement="true")

    origin = run(program)["Backend", "origin"]
    assert origin.inputs["request_condition"] == "api"
    waits = {urn.split("::")[-1] for urn in origin.dependencies}
    assert {"api", "other"} <= waits
    assert waits.isdisjoint({"check", "after"})


def pool(backends: Callable[[fastly.Backend], Any]) -> Program:
    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www")) as release:
            east = fastly.Backend("east", release=release, address="east.example.com")
            fastly.Backend("west", release=release, address="west.example.com")
            fastly.Director("pool", release=release, backends=backends(east))

    return run(program)


@pytest.mark.parametrize(
    "backends",
    [
        lambda _east: pulumi.Output.from_input(["west"]),
        lambda east: [east, pulumi.Output.from_input("west")],
    ],
    ids=["list", "element"],
)
def test_references_in_a_list_that_are_known_late_wait_for_all_they_may_mean(
    backends: Callable[[fastly.Backend], Any],
) -> None:
    director = pool(backends)["Director", "pool"]
    assert {"east", "west"} <= {urn.split("::")[-1] for urn in director.dependencies}


@pytest.mark.parametrize(
    ("backends", "was"),
    [
        (lambda _east: "east", "str"),
        (lambda east: east, "Backend"),
        (lambda _east: {"east"}, "set"),
        (lambda _east: {"east": 1}, "dict"),
        (lambda east: iter([east]), "list_iterator"),
    ],
)
def test_references_are_a_list(backends: Callable[[fastly.Backend], Any], was: str) -> None:
    with pytest.raises(TypeError, match=rf"Director\('pool'\).backends: takes a list, not {was}: write \[...\] around"):
        pool(backends)


def test_properties_are_outputs() -> None:
    seen: list[Any] = []

    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www")) as release:
            origin = fastly.Backend("origin", release=release, address="a.example.com", port=443)
            assert isinstance(origin.port, pulumi.Output)
            value_of(origin.port, seen)
            value_of(origin.name, seen)

    run(program)
    assert sorted(seen, key=str) == [443, "origin"]


def test_classes_have_their_declarations() -> None:
    assert fastly.Backend.port.name == "port"
    assert fastly.Backend.request_condition.name == "request_condition"
    assert fastly.AclEntries.entries.name == "entries"
