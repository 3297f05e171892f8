"""The audit log: what is done on the emulator, with filters and pages; and the older event log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fastly.model.event_attributes import EventAttributes
from fastly_emulator import Emulator, audit
from fastly_emulator.customer import CUSTOMER_ID, OWNER_ID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Api, Clock

    NewApi = Callable[[Emulator], Api]


def events(api: Api, **query: str) -> list[dict[str, Any]]:
    """Return the attributes of the events that a query finds."""
    answer = api.client.get("/events", params={name.replace("__", "["): value for name, value in query.items()})
    assert answer.status_code == 200, answer.text
    return [each["attributes"] for each in answer.json()["data"]]


def filtered(api: Api, **filters: str) -> list[str]:
    """Return the descriptions of the events that filters find."""
    query = {f"filter[{name}]".replace("_at_", "_at]["): value for name, value in filters.items()}
    answer = api.client.get("/events", params=query)
    assert answer.status_code == 200, answer.text
    return [each["attributes"]["description"] for each in answer.json()["data"]]


BACKEND = {"name": "b", "address": "192.0.2.1"}
WRITES: list[tuple[list[tuple[str, str, dict[str, Any]]], str, str, dict[str, Any]]] = [
    ([("POST", "v/backend", BACKEND)], "backend.create", "Backend 'b' was created on Version '1'", {}),
    (
        [("POST", "v/backend", BACKEND), ("PUT", "v/backend/b", {"name": "c", "port": 81})],
        "backend.update",
        "Backend 'c' was updated on Version '1'",
        {"old": {"name": "b", "port": 80}, "new": {"name": "c", "port": 81}},
    ),
    (
        [("POST", "v/backend", {**BACKEND, "name": "b/é"}), ("DELETE", "v/backend/b%2F%C3%A9", {})],
        "backend.delete",
        "Backend 'b/é' was deleted on Version '1'",
        {},
    ),
    (
        [("POST", "v/logging/s3", {"name": "l"}), ("PUT", "v/logging/s3/l", {"secret_key": "PRIVATE", "path": "p"})],
        "logging.update",
        "Logging 'l' was updated on Version '1'",
        {"old": {"path": None, "secret_key": None}, "new": {"path": "p", "secret_key": "[secret]"}},
    ),
    ([("POST", "v/acl", {"name": "a"})], "acl.create", "ACL 'a' was created on Version '1'", {}),
    (
        [("POST", "v/vcl", {"name": "m", "content": "#"}), ("PUT", "v/vcl/m/main", {})],
        "vcl.update",
        "VCL 'm' was updated on Version '1'",
        {},
    ),
    (
        [("POST", "v/vcl", {"name": "m", "content": "#"}), ("PUT", "v/vcl/m", {"content": "#" * 5000})],
        "vcl.update",
        "VCL 'm' was updated on Version '1'",
        {"old": {"content": "#"}, "new": {"content": "#" * 1000}},
    ),
    (
        [("POST", "v/backend", BACKEND), ("POST", "v/director", {"name": "d"}), ("POST", "v/director/d/backend/b", {})],
        "director_backend.create",
        "Backend 'b' of Director 'd' was created on Version '1'",
        {},
    ),
    ([("PUT", "v/activate", {})], "version.activate", "Version 1 was activated", {"version_number": 1}),
    (
        [("PUT", "v/activate", {}), ("PUT", "v/deactivate", {})],
        "version.deactivate",
        "Version 1 was deactivated",
        {"version_number": 1},
    ),
    ([("PUT", "v/lock", {})], "version.lock", "Version 1 was locked", {"version_number": 1}),
    ([("PUT", "v/clone", {})], "version.clone", "Version 2 was cloned from Version 1", {"version_number": 2}),
    ([("POST", "s/version", {})], "version.create", "Version 2 was created", {"version_number": 2}),
    (
        [("PUT", "v/", {"comment": "hi"})],
        "version.update",
        "Version 1 was updated",
        {"old": {"comment": ""}, "new": {"comment": "hi"}, "version_number": 1},
    ),
    (
        [("PUT", "s/", {"name": "www"})],
        "service.update",
        "Service 'www' was updated",
        {"old": {"name": "shop"}, "new": {"name": "www"}},
    ),
    ([("DELETE", "s/", {})], "service.delete", "Service 'shop' was deleted", {}),
]


@pytest.mark.parametrize(("writes", "event_type", "description", "metadata"), WRITES)
def test_an_event(
    api: Api, writes: list[tuple[str, str, dict[str, Any]]], event_type: str, description: str, metadata: dict[str, Any]
) -> None:
    for method, path, form in writes:
        api.ok(method, path, **form)
    assert events(api)[0] == {
        "admin": False,
        "created_at": api.emulator.now(),
        "customer_id": CUSTOMER_ID,
        "description": description,
        "event_type": event_type,
        "ip": "127.0.0.1, 127.0.0.1",
        "metadata": metadata,
        "service_id": api.service,
        "token_id": api.ok("GET", "/tokens/self")["id"],
        "user_id": OWNER_ID,
    }


def test_image_optimizer_settings(api: Api) -> None:
    api.ok("PATCH", "v/image_optimizer_default_settings", json={"webp": True})
    api.ok("PATCH", "v/image_optimizer_default_settings", json={"webp": False})
    found = [(each["event_type"], each["metadata"]) for each in events(api)[:2]]
    assert found[0] == ("io_settings.update", {"old": {"webp": True}, "new": {"webp": False}})


def test_events_of_users_belong_to_no_service(api: Api) -> None:
    user = api.post("/user", login="a@example.com", name="A")["id"]
    api.put(f"/user/{user}", name="B")
    api.ok("DELETE", f"/user/{user}")
    found = [(each["event_type"], each["description"], each["service_id"]) for each in events(api)[:3]]
    assert found == [
        ("user.destroy", "User 'a@example.com' was deleted", None),
        ("user.update", "User 'a@example.com' was updated", None),
        ("user.create", "User 'a@example.com' was created", None),
    ]


def test_events_of_the_account(api: Api) -> None:
    api.put(f"/customer/{CUSTOMER_ID}", name="Example", phone_number="1")
    attributes = {"email": "a@example.com", "role": "user"}
    api.ok("POST", "/invitations", json={"data": {"type": "invitation", "attributes": attributes}})
    api.post("/invitation", email="b@example.com")
    address = f"/customer/{CUSTOMER_ID}/billing_address"
    lines = {"address_1": "1 Main Street", "country": "GB"}
    api.send("POST", address, json={"data": {"type": "billing_address", "attributes": lines}})
    api.send("PATCH", address, json={"data": {"type": "billing_address", "attributes": {"city": "London"}}})
    api.send("DELETE", address)
    found = [(each["event_type"], each["description"], each["service_id"]) for each in events(api)[:6]]
    assert found == [
        ("address.delete", "Billing address was deleted", None),
        ("address.update", "Billing address was updated", None),
        ("address.create", "Billing address was created", None),
        ("invitation.sent", "Invitation was sent to 'b@example.com'", None),
        ("invitation.sent", "Invitation was sent to 'a@example.com'", None),
        ("customer.update", "Customer 'Example' was updated", None),
    ]
    assert {event_type for event_type, _, _ in found} <= set(EventAttributes.allowed_values[("event_type",)].values())


def test_what_has_no_event(api: Api) -> None:
    """Neither refused writes, nor those that change nothing, nor those of which no documented type is."""
    api.post("v/backend", **BACKEND)
    dictionary = api.post("v/dictionary", name="d")["id"]
    before = events(api)
    api.refused("POST", "v/backend", **BACKEND)
    api.put("v/backend/b", **BACKEND)
    api.post("v/condition", name="c", type="CACHE", statement="req.url")
    api.put("v/condition/c", statement="!req.url")
    api.put("v/settings", **{"general.default_ttl": "60"})
    items = [{"op": "create", "item_key": f"k{number}", "item_value": "v"} for number in range(1000)]
    api.ok("PATCH", f"s/dictionary/{dictionary}/items", json={"items": items})
    assert events(api) == before


def test_the_type_of_every_event_is_documented() -> None:
    documented = EventAttributes.allowed_values[("event_type",)].values()
    assert {event_type for _, event_type, _, _ in WRITES} <= set(documented)
    for kind in (*audit._OBJECTS, "logging"):
        assert {f"{kind}.{verb}" for verb in ("create", "update", "delete")} <= set(documented)


def test_filters(api: Api, clock: Clock) -> None:
    api.post("v/backend", **BACKEND)
    clock.now += 60
    at = api.emulator.now()
    api.put("v/lock")
    api.post("/service", name="other")
    lock, backend, shop = "Version 1 was locked", "Backend 'b' was created on Version '1'", "Service 'shop' was created"
    other = "Service 'other' was created"
    for filters, found in [
        ({"service_id": api.service}, [lock, backend, shop]),
        ({"event_type": "version.lock"}, [lock]),
        ({"user_id": OWNER_ID}, [other, lock, backend, shop]),
        ({"user_id": "nobody"}, []),
        ({"token_id": "none"}, []),
        ({"customer_id": CUSTOMER_ID}, [other, lock, backend, shop]),
        ({"customer_id": "other"}, []),
        ({"created_at": at}, [other, lock]),
        ({"created_at_gte": at}, [other, lock]),
        ({"created_at_gt": at}, []),
        ({"created_at_lt": at}, [backend, shop]),
        ({"created_at_lte": at.replace("Z", "+00:00")}, [other, lock, backend, shop]),
        ({"created_at_gte": at, "service_id": api.service}, [lock]),
    ]:
        assert filtered(api, **filters) == found, filters
    assert events(api, sort="created_at")[0]["description"] == shop


@pytest.mark.parametrize("query", ["sort=name", "page[size]=101", "page[size]=0", "filter[created_at][lt]=yesterday"])
def test_queries_that_are_refused(api: Api, query: str) -> None:
    assert api.client.get(f"/events?{query}").status_code == 400


def test_pages(api: Api) -> None:
    for number in range(4):
        api.post("v/backend", name=f"b{number}", address="192.0.2.1")
    base = f"http://emulator/events?filter[service_id]={api.service}&page[number]"
    links = [
        {"next": f"{base}=2&page[size]=2", "last": f"{base}=3&page[size]=2"},
        {
            "next": f"{base}=3&page[size]=2",
            "last": f"{base}=3&page[size]=2",
            "prev": f"{base}=1&page[size]=2",
            "first": f"{base}=1&page[size]=2",
        },
        {
            "last": f"{base}=3&page[size]=2",
            "prev": f"{base}=2&page[size]=2",
            "first": f"{base}=1&page[size]=2",
        },
    ]
    seen = []
    for number in (1, 2, 3):
        query = {"filter[service_id]": api.service, "page[number]": str(number), "page[size]": "2"}
        answer = api.client.get("/events", params=query)
        assert answer.headers["content-type"] == "application/vnd.api+json"
        body = answer.json()
        assert body["links"] == links[number - 1]
        assert body["meta"] == {"current_page": number, "per_page": 2, "record_count": 5, "total_pages": 3}
        seen += body["data"]
    assert [each["type"] for each in seen] == ["event"] * 5
    assert len({each["id"] for each in seen}) == 5
    one = api.client.get(f"/events/{seen[2]['id']}")
    assert one.json() == {"data": seen[2]}
    assert api.client.get("/events/gone").status_code == 404


def test_the_older_log(api: Api) -> None:
    api.put("v/activate")
    api.put("v/deactivate")
    api.put("v/activate")
    for identifier, about in ((api.service, "service"), (CUSTOMER_ID, "customer")):
        log = api.ok("GET", f"/event_log/{identifier}")
        messages = ["Activated version 1", "Deactivated version 1", "Activated version 1"]
        assert [each["message"] for each in log] == messages
        assert log[0] == {
            "details": "",
            "level": 5,
            "message": "Activated version 1",
            "object_type": about,
            "ref_id": identifier,
            "subsystem": "",
            "system": "",
            "timestamp": int(api.emulator.clock()) * 1000,
        }
    assert api.client.get(f"/event_log/{api.service}", params={"limit": 1, "after": 1}).json() == [log[1] | {
        "object_type": "service", "ref_id": api.service}]  # fmt: skip
    assert api.ok("GET", "/event_log/other") == []


def test_the_oldest_events_go(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOST_EVENTS", 4)
    monkeypatch.setattr(audit, "_DROPPED_AT_ONCE", 2)
    for number in range(4):
        api.post("v/backend", name=f"b{number}", address="192.0.2.1")
    assert [each["description"].split("'")[1] for each in events(api)] == ["b3", "b2", "b1"]


def test_events_survive_a_restart(new_api: NewApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOST_EVENTS", 4)
    monkeypatch.setattr(audit, "_DROPPED_AT_ONCE", 2)
    file = tmp_path / "state.json"
    for run in range(3):
        api = new_api(Emulator(file, seed="x"))
        for number in range(3):
            api.post("v/backend", name=f"b{run}{number}", address="192.0.2.1")
        assert json.loads(file.read_bytes())["events"] == api.emulator.events
        assert Emulator(file).events == api.emulator.events
        assert len({each["id"] for each in api.emulator.events}) == len(api.emulator.events)
        api.ok("DELETE", "s/")


def test_a_state_file_of_an_earlier_version_has_no_events(new_api: NewApi, tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    new_api(Emulator(file))
    document = json.loads(file.read_bytes())
    file.write_text(json.dumps({key: value for key, value in document.items() if not key.startswith("events")}))
    assert Emulator(file).events == []


def test_whose_key_it_was(api: Api) -> None:
    """Of a token that was created, the events name its user and its id; only a superuser's reads them."""
    user = api.post("/user", login="e@example.com", role="engineer")["id"]
    token = api.post("/tokens", username="e@example.com", password="any", name="laptop")
    headers = {"Fastly-Key": token["access_token"]}
    assert api.client.post(f"/service/{api.service}/version", headers=headers).status_code == 200
    created, made, *_ = events(api)
    assert (created["description"], created["user_id"], created["token_id"]) == (
        "Version 2 was created",
        user,
        token["id"],
    )
    assert (made["event_type"], made["description"], made["user_id"]) == (
        "token.create",
        "Token 'laptop' was created",
        OWNER_ID,
    )
    assert token["access_token"] not in json.dumps(events(api))
    assert api.client.get("/events", headers=headers).status_code == 403
    api.client.delete(f"/tokens/{token['id']}")
    assert events(api)[0]["description"] == "Token 'laptop' was deleted"


def test_service_authorizations(api: Api) -> None:
    user = api.post("/user", login="e@example.com", role="engineer")["id"]
    related = {"service": ("service", api.service), "user": ("user", user)}
    data = {
        "type": "service_authorization",
        "attributes": {"permission": "full"},
        "relationships": {name: {"data": {"type": kind, "id": each}} for name, (kind, each) in related.items()},
    }
    identifier = api.ok("POST", "/service-authorizations", json={"data": data})["data"]["id"]
    assert api.client.delete(f"/service-authorizations/{identifier}").status_code == 204
    assert [each["event_type"] for each in events(api)[:2]] == [
        "service_authorization.delete",
        "service_authorization.create",
    ]
