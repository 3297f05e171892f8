"""What every lookup has: arguments, errors, Outputs, what a preview says."""

import asyncio
import inspect
import re
from threading import Event
from typing import Any

import httpx
import pulumi
import pulumi_fastly_dynamic as fastly
import pytest
from pulumi_fastly_dynamic.api import NotFound
from pulumi_fastly_dynamic.lookups.connection import Connection, connection


def _service(http: httpx.Client) -> str:
    identifier: str = http.post("/service", data={"name": "www"}).json()["id"]
    return identifier


def test_it_reads(http: httpx.Client) -> None:
    identifier = _service(http)
    assert fastly.get_service(identifier) == fastly.get_service(name="www")
    assert fastly.get_service(identifier).name == "www"


def test_an_error_is_one_line_and_has_its_cause(http: httpx.Client) -> None:
    with pytest.raises(fastly.LookupFailed, match=r"^get_service: NotFound: GET /service/search: 404 ") as raised:
        fastly.get_service(name="gone")
    assert isinstance(raised.value, pulumi.RunError)
    assert isinstance(raised.value.failure, NotFound)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({}, "get_service: WrongLookup: give service_id or name"),
        (
            {"service_id": "a", "name": "b"},
            "get_service: WrongLookup: give service_id or name, not service_id and name",
        ),
    ],
)
def test_arguments_that_say_nothing(http: httpx.Client, arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(fastly.LookupFailed) as raised:
        fastly.get_service(**arguments)
    assert re.fullmatch(rf"{re.escape(text)} \(test_lookup\.py:\d+\)", str(raised.value))


def test_missing_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FASTLY_API_KEY", raising=False)
    monkeypatch.setattr("pulumi_fastly_dynamic.lookups.lookup.connection", Connection())
    with pytest.raises(fastly.LookupFailed, match=r"get_service: MissingKey: no Fastly API key"):
        fastly.get_service("id")


@pytest.mark.parametrize("form", ["get_service", "get_service_output"])
def test_a_server_that_never_answers(http: httpx.Client, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    never = Event()
    monkeypatch.setattr("pulumi_fastly_dynamic.lookups.lookup.TIME_LIMIT", 0.01)
    monkeypatch.setattr(connection.client, "get_object", lambda *_args, **_kwargs: never.wait())

    async def run() -> None:
        found = getattr(fastly, form)("id")
        if isinstance(found, pulumi.Output):
            await found.future()

    with pytest.raises(fastly.LookupFailed, match=r"^get_service: TookTooLong: no answer within 0\.01 s"):
        asyncio.run(run())
    never.set()


async def _value(output: pulumi.Output[Any]) -> Any:
    return await output.future(), await output.is_known(), await output.is_secret()


def test_outputs(http: httpx.Client) -> None:
    identifier = _service(http)

    async def run() -> tuple[Any, bool, bool]:
        found = fastly.get_service_output(pulumi.Output.secret(identifier))
        return await _value(found.apply(lambda service: service.name))

    assert asyncio.run(run()) == ("www", True, True)


def test_nothing_is_read_for_what_is_not_known(http: httpx.Client) -> None:
    async def run() -> tuple[Any, bool, bool]:
        never = pulumi.Output(set(), _done(None), _done(False))
        return await _value(fastly.get_service_output(never))

    def _done(value: Any) -> "asyncio.Future[Any]":
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.set_result(value)
        return future

    assert asyncio.run(run())[1] is False


def test_a_wrong_argument_of_the_output_form_is_an_error_at_once() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'nam'"):
        fastly.get_service_output(nam="www")


def test_a_preview_says_once_that_it_reads(http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = _service(http)
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "info", said.append)
    monkeypatch.setattr("pulumi.runtime.is_dry_run", lambda: True)
    monkeypatch.setattr(connection, "_told", set())
    fastly.get_service(identifier)
    fastly.get_service(identifier)
    assert said == ["get_service reads from Fastly in a preview too"]


def test_both_forms_show_their_arguments_and_say_what_they_are() -> None:
    expected = "(service_id: str | None = None, *, name: str | None = None)"
    for form in (fastly.get_service, fastly.get_service_output):
        assert str(inspect.signature(form)).startswith(expected)
        assert inspect.getdoc(form)
