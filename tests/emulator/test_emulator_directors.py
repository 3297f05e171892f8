"""Directors and their backends; the one main VCL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Api, Clock

LINK = "v/director/d/backend/b"


@pytest.fixture
def linked(api: Api) -> Any:
    """Link a director to a backend, and return the answer."""
    api.post("v/director", name="d")
    api.post("v/backend", name="b", address="b.example.com")
    api.post("v/backend", name="c", address="c.example.com")
    return api.post(LINK, Backend="b")


def backends(api: Api, version: int = 1) -> list[str]:
    (director,) = api.get(f"s/version/{version}/director")
    names: list[str] = director["backends"]
    return names


def test_link(api: Api, linked: Any, clock: Clock) -> None:
    assert linked == {
        "backend_name": "b",
        "created_at": "2023-11-14T22:13:20Z",
        "deleted_at": None,
        "director_name": "d",
        "service_id": api.service,
        "updated_at": "2023-11-14T22:13:20Z",
        "version": 1,
    }
    clock.now += 10
    api.post("v/director/d/backend/c")
    assert api.get(LINK) == linked
    director = api.get("v/director/d")
    assert (director["backends"], director["updated_at"]) == (["b", "c"], "2023-11-14T22:13:20Z")
    assert "links" not in director
    assert api.put("v/director/d", quorum="50", backends="x")["backends"] == ["b", "c"]
    assert api.delete(LINK) == {"status": "ok"}
    assert backends(api) == ["c"]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize(("director", "backend"), [("d", "c"), ("d", "x"), ("x", "b")])
def test_no_such_link(api: Api, linked: Any, method: str, director: str, backend: str) -> None:
    keys = f"backend => {backend}, deleted => 0000-00-00 00:00:00, director => {director}, service => {api.service}"
    detail = f"Couldn't find DirectorBackend '{{ {keys}, version => 1 }}'"
    refused = api.refused(method, f"v/director/{director}/backend/{backend}")
    assert refused == (404, {"msg": "Record not found", "detail": detail})


def test_refused_links(api: Api, linked: Any) -> None:
    assert api.refused("POST", LINK)[0] == 409
    assert api.refused("POST", "v/director/d/backend/x")[1]["detail"].startswith("Couldn't find Backend '")
    assert api.refused("POST", "v/director/x/backend/b")[1]["detail"].startswith("Couldn't find Director '")
    api.put("v/lock")
    assert [api.refused(method, LINK)[0] for method in ("POST", "DELETE")] == [422, 422]


def test_links_follow_their_backend(api: Api, linked: Any) -> None:
    api.post("v/director/d/backend/c")
    api.put("v/clone")
    api.delete("s/version/2/backend/b")
    assert backends(api, 2) == ["c"]
    api.put("s/version/2/backend/c", name="e")
    assert backends(api, 2) == ["e"]
    assert backends(api) == ["b", "c"], "version 1 is as it was"


def test_links_go_with_their_director(api: Api, linked: Any) -> None:
    api.delete("v/director/d")
    api.post("v/director", name="d")
    assert backends(api) == []


def test_one_main_vcl(api: Api) -> None:
    api.post("v/vcl", name="a", content="", main="1")
    made = api.post("v/vcl", name="b", content="")
    assert made["main"] is False
    assert api.put("v/vcl/b/main") == {**made, "main": True}
    assert [each["main"] for each in api.get("v/vcl")] == [False, True]
    api.put("v/vcl/a", main="true", name="c")
    assert [(each["name"], each["main"]) for each in api.get("v/vcl")] == [("c", True), ("b", False)]
    assert api.put("v/vcl/c", main="0")["main"] is False
    assert api.refused("PUT", "v/vcl/none/main")[1]["detail"].startswith("Couldn't find VCL '")
    api.put("v/lock")
    assert api.refused("PUT", "v/vcl/b/main")[0] == 422


def test_custom_vcl_that_is_not_used_is_not_checked_but_what_it_defines_is_known(api: Api) -> None:
    api.post("v/vcl", name="a", content="acl office {\n}\nbackend F_a {\n}\ntable t {\n}\nsub vcl_recv { no vcl }")
    api.post("v/vcl", name="b", content='sub vcl_recv { "')
    api.post("v/snippet", name="s", type="recv", content="if (client.ip ~ office) { set req.backend = F_a; }")
    assert api.get("v/validate")["status"] == "ok"
    assert api.get("v/validate")["msg"].startswith("Warning: No default director found")
    api.put("v/vcl/a/main")
    assert "Unexpected 'no'" in api.get("v/validate")["msg"]
    api.put("v/vcl/a", content="acl office {\n}\nbackend F_a {\n}\nsub vcl_recv { esi; }")
    assert api.get("v/validate")["msg"] is None
    assert api.put("v/activate")["active"] is True


def test_details_and_diff(api: Api, linked: Any) -> None:
    api.post("v/vcl", name="a", content="sub a {\n}\n")
    for kind in ("gzip", "cache_settings", "request_settings", "response_object"):
        api.post(f"v/{kind}", name="x")
    details = api.get("s/details")["version"]
    assert details["directors"][0] == {
        "backends": ["b"],
        "capacity": 100,
        "comment": "",
        "name": "d",
        "quorum": 75,
        "retries": 5,
        "shield": None,
        "type": 1,
    }
    assert details["vcls"] == [{"name": "a", "main": False}]
    for name in ("gzips", "cache_settings", "request_settings", "response_objects"):
        assert [each["name"] for each in details[name]] == ["x"]
    text = api.get("s/diff/from/1/to/1")["diff"]
    assert " directors:\n - name: d\n   backends:\n   - b\n   capacity: 100\n" in text
    assert " vcls:\n - name: a\n   content: |\n     sub a {\n     }\n   main: false\n" in text
    assert " cache_settings:\n - name: x\n   action:\n   cache_condition: ''\n   stale_ttl:\n   ttl:\n" in text
