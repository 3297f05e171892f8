"""Shields are compared with Fastly's datacenters, or with the list of this package."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Event
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastly_policies import shields, stack_configuration
from fastly_policies.shield_list import SHIELDS
from fastly_policies.shields import SHIELD_EXISTS, known_shields
from fastly_policies.stack_configuration import configured
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.lookups.network_lookups import shields_within

from tests.conformance.recordings import recorded_rows

from .seen import UNKNOWN, backend, seen, told


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, str] | None], list[float]]]:
    """Has Fastly answer that list, or not at all."""
    known_shields.cache_clear()

    def answer(found: dict[str, str] | None) -> list[float]:
        asked: list[float] = []

        def read(seconds: float, _configured: object) -> dict[str, str] | None:
            asked.append(seconds)
            return found

        monkeypatch.setattr(shields, "shields_within", read)
        return asked

    yield answer
    known_shields.cache_clear()


Lists = Callable[[dict[str, str] | None], list[float]]


@pytest.mark.parametrize(
    ("shield", "hint"),
    [
        ("iad-va-us", "; did you mean 'bwi-va-us'?"),
        ("amsterdam", "; did you mean 'amsterdam-nl'?"),
        ("London-UK", "; did you mean 'london-uk'?"),
        ("lcy", "; did you mean 'london_city-uk'?"),
        ("?", ""),
    ],
)
def test_a_shield_that_does_not_exist(lists: Lists, shield: str, hint: str) -> None:
    asked = lists(None)
    expected = f"shield is {shield!r}; no datacenter has this shield{hint} (according to a list that was recorded "
    for resource in (backend(shield=shield), seen("Director", "all", shield=shield)):
        (said,) = told(SHIELD_EXISTS, resource)
        assert expected in said
    assert asked == [3.0], "Fastly is asked once"


@pytest.mark.parametrize("shield", [None, "", "amsterdam-nl", UNKNOWN])
def test_passing(lists: Lists, shield: str | None) -> None:
    lists(None)
    assert told(SHIELD_EXISTS, backend(shield=shield)) == []


@pytest.mark.parametrize("shield", [None, "", UNKNOWN])
def test_fastly_is_not_asked_without_need(lists: Lists, shield: str | None) -> None:
    asked = lists(None)
    told(SHIELD_EXISTS, backend(shield=shield))
    assert asked == []


def test_fastlys_own_list_takes_precedence(lists: Lists) -> None:
    lists({"mars-ms": "MRS"})
    assert told(SHIELD_EXISTS, backend(shield="mars-ms")) == []
    (said,) = told(SHIELD_EXISTS, backend(shield="amsterdam-nl"))
    assert said.endswith(
        "shield is 'amsterdam-nl'; no datacenter has this shield (according to Fastly's list of today)"
    )


def test_exempt(lists: Lists) -> None:
    lists(None)
    assert told(SHIELD_EXISTS, backend(shield="x"), exempt=["origin"]) == []


def test_a_secret_shield_is_not_shown(lists: Lists) -> None:
    lists(None)
    resource = backend(shield="amsterdam")
    resource.secrets = ("shield",)
    (said,) = told(SHIELD_EXISTS, resource)
    assert "shield (secret): no datacenter has this shield (according" in said
    assert "amsterdam" not in said


def test_the_list_of_this_package_is_the_recorded_one() -> None:
    (row,) = (row for row in recorded_rows() if row["path"] == "/datacenters")
    assert {each["shield"]: each["code"] for each in row["response_body"] if "shield" in each} == SHIELDS


# -- The read itself --------------------------------------------------------------------------------------------------


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[httpx.Request], httpx.Response]], None]:
    """Has the API answer every client."""

    def answer(handler: Callable[[httpx.Request], httpx.Response]) -> None:
        transport = httpx.MockTransport(handler)
        client = partial(Client, transport=transport, sleep=lambda _seconds: None)
        monkeypatch.setattr("pulumi_fastly_dynamic.api.client.Client", client)

    return answer


def _row(**fields: Any) -> dict[str, Any]:
    return {"name": "n", "group": "g", **fields}


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (
            httpx.Response(200, json=[_row(code="AMS", shield="amsterdam-nl"), _row(code="ORD")]),
            {"amsterdam-nl": "AMS"},
        ),
        (httpx.Response(401, json={"msg": "no"}), None),
        (httpx.Response(500), None),
        (httpx.Response(200, json=[{"code": "AMS"}]), None),
        (httpx.Response(200, text="<html>"), None),
    ],
)
def test_answers(answering: Any, answer: httpx.Response, found: dict[str, str] | None) -> None:
    answering(lambda _request: answer)
    assert shields_within(60, {"fastly:apiKey": "key"}.get) == found


def test_an_answer_that_does_not_come(answering: Any) -> None:
    def never(_request: httpx.Request) -> httpx.Response:
        Event().wait()
        raise AssertionError

    answering(never)
    assert shields_within(0.01, {"fastly:apiKey": "key"}.get) is None


def test_without_a_key(answering: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[httpx.Request] = []
    answering(lambda request: requests.append(request) or httpx.Response(500))
    monkeypatch.delenv("FASTLY_API_KEY", raising=False)
    assert shields_within(60, {}.get) is None
    assert requests == []


def test_the_pack_notes_the_stacks_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer_pb2_grpc, "add_AnalyzerServicer_to_server", lambda _servicer, _server: None)
    monkeypatch.setattr(stack_configuration, "_values", {"fastly:apiKey": "an older one"})
    stack_configuration.note_configuration()
    servicer = SimpleNamespace(ConfigureStack=lambda request, _context: request)
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(servicer, None)
    request = analyzer_pb2.AnalyzerStackConfigureRequest(config={"fastly:endpoint": "http://127.0.0.1:7070"})
    assert servicer.ConfigureStack(request, None) is request
    assert configured("fastly:endpoint") == "http://127.0.0.1:7070"
    assert configured("fastly:apiKey") is None
