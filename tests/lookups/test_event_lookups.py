"""The audit log and the event log of an account."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx
import pulumi_fastly_dynamic as fastly
import pytest
from fastly_emulator import Emulator
from pulumi.runtime.stack import massage
from pulumi_fastly_dynamic.api.events import version_of_event
from pulumi_fastly_dynamic.lookups.connection import connection

from .cases import PRIVATE_KEY
from .conftest import Answers


@pytest.fixture
def emulator() -> Emulator:
    times = iter(range(1_795_000_000, 1_796_000_000))  # one second after the other, from 2026-11-18T11:06:40Z on
    return Emulator(seed="events", clock=lambda: float(next(times)))


@pytest.fixture
def service(http: httpx.Client) -> str:
    identifier: str = http.post("/service", data={"name": "www"}).json()["id"]
    return identifier


def described(result: fastly.GetEventsResult) -> list[str]:
    return [event.description for event in result.events]


def test_events(http: httpx.Client, service: str) -> None:
    http.post("/service", data={"name": "other"})
    http.put(f"/service/{service}/version/1/activate")
    (event, created) = fastly.get_events(service_id=service).events
    token = http.get("/tokens/self").json()
    assert event == fastly.Event(
        id=event.id,
        event_type="version.activate",
        description="Version 1 was activated",
        created_at=event.created_at,
        service_id=service,
        user_id=token["user_id"],
        token_id=token["id"],
        customer_id=token["customer_id"],
        ip="127.0.0.1, 127.0.0.1",
        admin=False,
        metadata={"version_number": 1},
    )
    assert (event.version, created.version) == (1, None)
    assert described(fastly.get_events(event_type="service.create", limit=1)) == ["Service 'other' was created"]
    assert fastly.get_events(user_id=token["user_id"], token_id=token["id"]) == fastly.get_events()
    assert fastly.get_events(user_id="nobody").events == fastly.get_events(token_id="none").events == ()


@pytest.mark.parametrize("limit", [1, 3, 99, 100, 101, 200, 241, 1000])
def test_pages_up_to_the_limit(emulator: Emulator, http: httpx.Client, limit: int) -> None:
    for number in range(240):
        http.post("/service", data={"name": str(number)})
    emulator.control.log.clear()
    wanted = [f"Service '{number}' was created" for number in reversed(range(240))][:limit]
    assert described(fastly.get_events(limit=limit)) == wanted
    assert len(emulator.control.log) == {1: 1, 3: 1, 99: 1, 100: 1, 101: 2, 200: 2}.get(limit, 3)


def test_an_event_in_between_repeats_none(emulator: Emulator, http: httpx.Client) -> None:
    """The page that is read after it begins with the last one of the page before it."""
    for number in range(150):
        http.post("/service", data={"name": str(number)})
    handler = emulator.control.log.append

    def append(*arguments: Any) -> None:
        handler(*arguments)
        if arguments[0]["query"].get("page[number]") == "2":
            emulator.add_event({**emulator.events[-1], "id": ""})

    emulator.control.log.append = append  # type: ignore[method-assign]
    found = fastly.get_events(limit=1000).events
    assert len(found) == len({event.id for event in found}) == 150


def test_since_and_until(http: httpx.Client, service: str) -> None:
    http.put(f"/service/{service}/version/1/activate")
    http.put(f"/service/{service}/version/1/deactivate")
    all_ = fastly.get_events().events
    middle = all_[1].created_at
    when = datetime.fromisoformat(middle)
    for moment in (
        middle,
        middle.removesuffix("Z"),
        when,
        when.astimezone(timezone(timedelta(hours=5))),
        when.astimezone(timezone(timedelta(hours=-7))).isoformat(),
    ):
        assert fastly.get_events(since=moment).events == all_[:2]
        assert fastly.get_events(until=moment).events == all_[2:]
    day = middle[:10]
    assert fastly.get_events(since=day).events == all_
    assert fastly.get_events(until=day).events == ()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"since": "yesterday"}, "since is 'yesterday': give a datetime, or a text such as '2026-11-25'"),
        ({"until": datetime(2026, 1, 1)}, "until is a datetime without a time zone"),  # noqa: DTZ001
        ({"limit": 0}, "limit is 0: it must be 1 or more"),
        ({"since": "0001-01-01T00:00+05:00"}, r"since is '0001-01-01T00:00\+05:00': give a datetime"),
    ],
)
def test_wrong_arguments(http: httpx.Client, arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(fastly.LookupFailed, match=f"get_events: WrongLookup: {text}"):
        fastly.get_events(**arguments)


def test_a_key_that_may_not_read_the_audit_log(http: httpx.Client) -> None:
    http.post("/_emulator/faults", json={"method": "GET", "path": "/events", "status": 403})
    with pytest.raises(fastly.LookupFailed, match="get_events: Forbidden: GET /events: 403"):
        fastly.get_events()


def test_secrets_are_not_in_a_repr(http: httpx.Client, service: str) -> None:
    """A header of the user's may hold one, and Fastly shows old and new values."""
    path = f"/service/{service}/version/1/header"
    http.post(path, data={"name": "h", "action": "set", "type": "request", "dst": "http.X", "src": '"PRIVATE"'})
    http.put(f"{path}/h", data={"src": '"OTHER"'})
    (event,) = fastly.get_events(event_type="header.update").events
    assert event.metadata["old"] == {"src": '"PRIVATE"'}
    assert "PRIVATE" not in repr(fastly.get_events())


def test_the_event_log(http: httpx.Client, service: str) -> None:
    http.put(f"/service/{service}/version/1/activate")
    http.put(f"/service/{service}/version/1/deactivate")
    entries = fastly.get_event_log(service).entries
    assert [entry.message for entry in entries] == ["Deactivated version 1", "Activated version 1"]
    assert entries[0].ref_id == service
    assert datetime.fromtimestamp(entries[0].timestamp / 1000, UTC).year == 2026
    assert fastly.get_event_log(service, limit=1).entries == entries[:1]
    assert fastly.get_event_log(service, after=1).entries == entries[1:]
    for wrong in ({"limit": 0}, {"after": -1}):
        with pytest.raises(fastly.LookupFailed, match="get_event_log: WrongLookup"):
            fastly.get_event_log(service, **wrong)


@pytest.mark.parametrize(
    ("metadata", "description", "version"),
    [
        ({"version_number": 2}, "Version 2 was activated", 2),
        ({"version_number": "2"}, "", 2),
        ({}, "Version 12 was activated", 12),
        ({"old": {}, "new": {}}, "Logging 'new-test-elasticsearch' was updated on Version '63'", 63),
        ({}, "Backend 'b' was created on version 3", 3),
        ({}, "Service 'conversion 2' was created", None),
        ({"version_number": "x"}, "", None),
        (None, None, None),
    ],
)
def test_the_version_that_an_event_is_about(metadata: Any, description: Any, version: int | None) -> None:
    assert version_of_event(metadata, description) == version


@pytest.mark.parametrize("data", ["{}", '{"data": null}', '{"data": [1]}', '{"data": [{}]}', '{"data": {"id": "x"}}'])
def test_an_answer_of_another_shape(http: httpx.Client, monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, text=data))
    monkeypatch.setattr(connection.client, "_http", httpx.Client(transport=transport, base_url="http://127.0.0.1"))
    with pytest.raises(fastly.LookupFailed, match=r"UnexpectedAnswer|ConnectionFailed"):
        fastly.get_events()


SECRETS = [
    ("backend.update", {"ssl_client_key": "5ecr3t", "port": 80}, {"ssl_client_key": "[secret]", "port": 80}),
    ("backend.update", {"password": "of no backend"}, {"password": "of no backend"}),
    ("unheard_of.update", {"password": "5ecr3t", "url": "5ecr3t"}, {"password": "[secret]", "url": "[secret]"}),
    ("backend.update", {"ssl_client_key": None, "comment": None}, {"ssl_client_key": None, "comment": None}),
    ("vcl.update", {"content": f"key {PRIVATE_KEY};"}, {"content": "key [secret];"}),
    ("backend.update", {"many": [{"ssl_client_key": "5ecr3t"}]}, {"many": ({"ssl_client_key": "[secret]"},)}),
]


@pytest.mark.parametrize(("event_type", "values", "expected"), SECRETS)
def test_values_that_the_schema_calls_secret_are_masked(
    http: httpx.Client, answers: Answers, event_type: str, values: dict[str, Any], expected: dict[str, Any]
) -> None:
    known = {"event_type": event_type, "description": "d", "created_at": "2026-11-25T00:00:00Z"}
    metadata = {"old": values, "new": values, "version_number": 2, **values}
    answers.by_path["/events"] = {"data": [{"id": "E", "attributes": {**known, "metadata": metadata}}]}
    (event,) = fastly.get_events().events
    assert event.metadata == {"old": expected, "new": expected, "version_number": 2, **expected}
    assert event.version == 2
    assert "5ecr3t" not in json.dumps(massage(event, []))
