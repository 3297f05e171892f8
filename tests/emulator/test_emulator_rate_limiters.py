"""Rate limiters: created and listed below a version, everything else by an id that is new in each version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Api, Clock

NOW = "2023-11-14T22:13:20Z"
LATER = "2023-11-14T22:13:30Z"

FORM: dict[str, Any] = {
    "name": "x",
    "action": "response",
    "client_key[]": "req.http.Fastly-Client-IP",
    "http_methods[]": ["GET", "POST"],
    "rps_limit": "20",
    "window_size": "10",
    "penalty_box_duration": "30",
    "response[status]": "429",
    "response[content]": "Too many requests",
    "response[content_type]": "application/json",
}
JSON: dict[str, Any] = {
    "name": "x",
    "action": "response",
    "client_key": ["req.http.Fastly-Client-IP"],
    "http_methods": ["GET", "POST"],
    "rps_limit": 20,
    "window_size": 10,
    "penalty_box_duration": 30,
    "response": {"status": 429, "content": "Too many requests", "content_type": "application/json"},
}


@pytest.mark.parametrize("sent", [{"form": FORM}, {"json": JSON}], ids=["form", "json"])
def test_create_read_list(api: Api, sent: dict[str, Any]) -> None:
    made = api.ok("POST", "v/rate-limiters", json=sent.get("json"), **sent.get("form", {}))
    assert len(made["id"]) == 22
    assert made == {
        **JSON,
        "id": made["id"],
        "service_id": api.service,
        "version": 1,
        "feature_revision": 1,
        "feature_update_available": False,
        "logger_type": None,
        "response_object_name": None,
        "uri_dictionary_name": None,
        "created_at": NOW,
        "updated_at": NOW,
    }
    assert api.get("v/rate-limiters") == [made]
    assert api.get(f"/rate-limiters/{made['id']}") == made


def test_update_rename_delete(api: Api, clock: Clock) -> None:
    made = api.post("v/rate-limiters", **FORM)
    path = f"/rate-limiters/{made['id']}"
    clock.now += 10
    assert api.put(path) == made, "an empty body changes nothing"
    changes = {"name": "y", "rps_limit": 30, "http_methods": ["HEAD"]}
    assert api.put(path, name="y", rps_limit="30", **{"http_methods[]": "HEAD"}) == {**made, **changes}
    assert api.get(path) == {**made, **changes, "updated_at": LATER}
    logged = api.ok("PUT", path, json={"action": "log_only", "logger_type": "s3", "response": None})
    assert (logged["action"], logged["logger_type"], logged["response"]) == ("log_only", "s3", None)
    assert api.refused("POST", "v/rate-limiters", **{**FORM, "name": "y"})[0] == 409
    assert api.delete(path) == {"status": "ok"}
    assert api.get("v/rate-limiters") == []
    for method in ("GET", "PUT", "DELETE"):
        status, body = api.refused(method, path)
        assert (status, body["msg"]) == (404, "Record not found")
        assert made["id"] in body["detail"]


def test_a_clone_has_ids_of_its_own(api: Api) -> None:
    made = api.post("v/rate-limiters", **FORM)
    api.put("v/clone")
    (copied,) = api.get("s/version/2/rate-limiters")
    assert copied["id"] != made["id"]
    assert copied == {**made, "id": copied["id"], "version": 2}
    api.put(f"/rate-limiters/{copied['id']}", rps_limit="99")
    assert api.get(f"/rate-limiters/{made['id']}") == made


def test_a_locked_version(api: Api) -> None:
    made = api.post("v/rate-limiters", **FORM)
    api.put("v/lock")
    locked = (422, {"msg": "Version locked", "detail": f"Version '1' for service '{api.service}' is locked"})
    assert api.refused("POST", "v/rate-limiters", **FORM) == locked
    for method in ("PUT", "DELETE"):
        assert api.refused(method, f"/rate-limiters/{made['id']}", name="y") == locked
    assert api.get(f"/rate-limiters/{made['id']}") == made


def test_of_a_deleted_service(api: Api) -> None:
    made = api.post("v/rate-limiters", **FORM)
    api.delete("s/")
    assert api.refused("GET", f"/rate-limiters/{made['id']}")[0] == 404


REFUSED: list[tuple[dict[str, Any], str]] = [
    *(({field: ""}, "can't be blank") for field in ("name", "action", "client_key[]", "http_methods[]", "rps_limit")),
    *(({field: ""}, "can't be blank") for field in ("window_size", "penalty_box_duration")),
    ({"action": "block"}, "Action must be one of: log_only, response, response_object"),
    ({"window_size": "5"}, "Window_size must be one of: 1, 10, 60"),
    ({"http_methods[]": ["GET", "LOOK"]}, "Http_methods must be one of: DELETE"),
    ({"rps_limit": "many"}, "'many' is not a number: rps_limit"),
    ({"penalty_box_duration": "61"}, "Penalty_box_duration must be from 1 to 60"),
    ({"response": "no"}, "'no' is not an object: response"),
    ({"response[status]": "ok"}, "'ok' is not a number: status"),
    ({"action": "log_only"}, "Logger_type can't be blank if the action is log_only"),
    ({"action": "response_object"}, "Response_object_name can't be blank if the action is response_object"),
    ({"response_object_name": "none"}, "Response_object 'none' does not exist"),
    ({"uri_dictionary_name": "none"}, "Dictionary 'none' does not exist"),
]


@pytest.mark.parametrize(("changes", "detail"), REFUSED)
def test_refused(api: Api, changes: dict[str, Any], detail: str) -> None:
    sent = {**FORM, **changes}
    if "response" in changes:
        sent = {name: value for name, value in sent.items() if "response[" not in name}
    status, body = api.refused("POST", "v/rate-limiters", **sent)
    assert (status, body["msg"]) == (400, "Bad request")
    assert detail in body["detail"]
    assert api.get("v/rate-limiters") == []


@pytest.mark.parametrize("field", [name for name in JSON if name != "response"])
def test_what_is_required(api: Api, field: str) -> None:
    body = api.refused("POST", "v/rate-limiters", json={name: value for name, value in JSON.items() if name != field})
    assert body == (400, {"msg": "Bad request", "detail": f"{field.capitalize()} can't be blank"})


def test_neither_details_nor_diff_shows_them(api: Api) -> None:
    api.put("v/clone")
    api.post("s/version/2/rate-limiters", **{**FORM, "name": "quick"})
    assert "quick" not in str(api.get("s/details"))
    assert "quick" not in api.get("s/diff/from/1/to/2")["diff"]


def test_a_list_that_is_stale(api: Api) -> None:
    made = api.post("v/rate-limiters", **FORM)
    api.delete(f"/rate-limiters/{made['id']}")
    api.control("POST", "faults", {"stale": True, "method": "GET", "path": api.path("v/rate-limiters")})
    assert api.get("v/rate-limiters") == [made]
    assert api.get("v/rate-limiters") == []
