"""Services, versions, settings, the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator.kinds import DETAILS

if TYPE_CHECKING:
    from conftest import Api, Clock

NOW = "2023-11-14T22:13:20Z"
LATER = "2023-11-14T22:13:30Z"


def version(api: Api, number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a version as it is answered, with changes."""
    shown = {
        "active": False,
        "comment": "",
        "created_at": NOW,
        "deleted_at": None,
        "deployed": False,
        "environments": [],
        "locked": False,
        "number": number,
        "service_id": api.service,
        "staging": False,
        "testing": False,
        "updated_at": NOW,
    }
    return shown | changes


def production(api: Api, number: int) -> list[dict[str, Any]]:
    return [{"name": "production", "service_id": api.service, "active_version": number}]


# -- Services ---------------------------------------------------------------------------------------------------------


def test_a_new_service(api: Api) -> None:
    made = api.get("s/")
    assert made == {
        "comment": "",
        "created_at": NOW,
        "customer_id": made["customer_id"],
        "deleted_at": None,
        "environments": [],
        "id": api.service,
        "name": "shop",
        "paused": False,
        "publish_key": "",
        "type": "vcl",
        "updated_at": NOW,
        "versions": [version(api)],
    }


def test_list_search_details_lack_fields(api: Api) -> None:
    service = api.get("s/")
    without_key = {name: value for name, value in service.items() if name != "publish_key"}
    assert api.get("/service") == [{**without_key, "version": 1}]
    del without_key["paused"]
    assert api.get("/service/search?name=shop") == without_key
    assert api.refused("GET", "/service/search?name=none")[0] == 404
    details = api.get("s/details")
    assert details.keys() == without_key.keys() | {"active_version", "version"}


def test_version_in_the_list_is_the_active_else_the_last(api: Api) -> None:
    api.put("v/clone")
    assert api.get("/service")[0]["version"] == 2
    api.put("v/activate")
    assert api.get("/service")[0]["version"] == 1
    assert api.get("s/")["environments"] == production(api, 1)


def test_update_of_a_service(api: Api, clock: Clock) -> None:
    clock.now += 10
    assert api.put("s/", comment="a")["updated_at"] == NOW
    assert api.put("s/", name="new")["updated_at"] == LATER
    service = api.get("s/")
    assert (service["name"], service["comment"], service["updated_at"]) == ("new", "a", LATER)
    api.post("/service", name="other")
    assert api.refused("PUT", "s/", name="other")[0] == 409
    assert api.put("s/", name="new")["name"] == "new"


@pytest.mark.parametrize(
    ("form", "status", "body"),
    [
        ({}, 400, {"msg": "Bad request", "detail": "Name can't be blank"}),
        ({"name": "a", "type": "x"}, 400, {"msg": "Type must be one of: vcl, wasm"}),
        ({"name": "shop"}, 409, {"msg": "Duplicate record", "detail": "Duplicate service: 'shop'"}),
    ],
)
def test_refused_services(api: Api, form: dict[str, str], status: int, body: dict[str, str]) -> None:
    assert api.refused("POST", "/service", **form) == (status, body)


def test_delete_of_a_service(api: Api) -> None:
    api.post("v/domain", name="www.example.com")
    api.put("v/activate")
    refused = (400, {"msg": "Bad request", "detail": "Cannot delete service with active version"})
    assert api.refused("DELETE", "s/") == refused
    api.put("v/deactivate")
    assert api.delete("s/") == {"status": "ok"}
    deleted = (400, {"msg": "Bad request", "detail": f"Service '{api.service}' is deleted"})
    for method, path in (("DELETE", "s/"), ("GET", "s/"), ("GET", "v/backend"), ("POST", "s/version"), ("PUT", "s/")):
        assert api.refused(method, path) == deleted
    assert api.get("s/domain") == []
    assert api.get("/service") == []
    assert api.emulator.services[api.service].deleted_at == NOW
    assert api.post("/service", name="shop")["id"] != api.service, "the name is free again"


def test_a_missing_service(api: Api) -> None:
    detail = "Service 'SU1Z0isxPaozGVKXdv0eYx' is deleted"
    assert api.refused("GET", "/service/SU1Z0isxPaozGVKXdv0eYx") == (400, {"msg": "Bad request", "detail": detail})


def test_domains_of_a_service(api: Api) -> None:
    domain = api.post("v/domain", name="www.example.com")
    assert api.get("s/domain") == [domain]
    api.put("v/activate")
    api.put("v/clone")
    api.delete("/service/" + api.service + "/version/2/domain/www.example.com")
    assert api.get("s/domain") == [domain], "those of the active version"


PAGES = [
    ("?page=1&per_page=2", ["a", "b"], [("last", 3), ("next", 2)]),
    ("?page=2&per_page=2", ["c", "d"], [("last", 3), ("next", 3), ("prev", 1), ("first", 1)]),
    ("?page=3&per_page=2", ["e"], [("prev", 2), ("first", 1)]),
    ("?page=1&per_page=5", ["a", "b", "c", "d", "e"], []),
    ("?per_page=2&direction=descend&sort=created", ["e", "d"], [("last", 3), ("next", 2)]),
    ("?sort=name&direction=descend", ["e", "d", "c", "b", "a"], []),
    ("", ["a", "b", "c", "d", "e"], []),
]


@pytest.mark.parametrize(("query", "names", "rels"), PAGES)
def test_pages_of_services(api: Api, query: str, names: list[str], rels: list[tuple[str, int]]) -> None:
    api.delete("s/")
    for name in "abcde":
        api.post("/service", name=name)
    answer = api.send("GET", f"/service{query}")
    assert [service["name"] for service in answer.json()] == names
    links = answer.headers.get("link", "")
    assert [part.partition("rel=")[2].strip('"') for part in links.split(", ") if part] == [rel for rel, _ in rels]
    for rel, page in rels:
        assert answer.links[rel]["url"].startswith("http://emulator/service?")
        assert f"page={page}" in answer.links[rel]["url"].replace("?", "&").split("&")


@pytest.mark.parametrize("query", ["page=0", "per_page=x", "page=-1"])
def test_no_such_page(api: Api, query: str) -> None:
    assert api.refused("GET", f"/service?{query}")[0] == 400


# -- Details ----------------------------------------------------------------------------------------------------------


def test_details(api: Api) -> None:
    api.post("v/domain", name="www.example.com", comment="a")
    api.post("v/backend", name="b", address="a.example.com")
    api.post("v/snippet", name="s", type="recv", content="esi;")
    api.post("v/dictionary", name="d", write_only="1")
    api.put("v/activate")
    api.put("v/clone")
    details = api.get("s/details")
    assert [each["number"] for each in details["versions"]] == [1, 2]
    assert details["version"]["number"] == 2
    assert details["active_version"]["number"] == 1
    for full in (details["version"], details["active_version"]):
        assert full.keys() == version(api).keys() | DETAILS.keys() | {"settings"}
        assert full["domains"] == [{"name": "www.example.com", "comment": "a"}]
        assert full["dictionaries"] == [{"name": "d"}]
        assert full["snippets"] == [{"name": "s", "dynamic": "0", "priority": "100", "type": "recv"}]
        assert full["settings"]["general.default_ttl"] == 3600
        assert full["gzips"] == full["wordpress"] == full["vcls"] == full["directors"] == []
    absent = {
        *("service_id", "version", "locked", "created_at", "updated_at", "deleted_at", "share_key", "keepalive_time"),
        *("tcp_keepalive_enable", "tcp_keepalive_interval", "tcp_keepalive_probes", "tcp_keepalive_time"),
    }
    assert not details["version"]["backends"][0].keys() & absent
    assert details["version"]["backends"][0]["address"] == "a.example.com"


def test_details_of_a_version(api: Api) -> None:
    api.put("v/clone")
    assert api.get("s/details?version=1")["version"]["number"] == 1
    assert api.get("s/details")["active_version"] is None
    assert api.refused("GET", "s/details?version=9")[0] == 404
    filtered = {"active": [1, 2], "latest_draft": [2]}
    for name, numbers in filtered.items():
        versions = api.get(f"s/details?filter[versions.{name}]=true")["versions"]
        assert [each["number"] for each in versions] == numbers


# -- Versions ---------------------------------------------------------------------------------------------------------


def test_create_a_version(api: Api) -> None:
    api.post("v/dictionary", name="d")
    assert api.post("s/version") == {"number": 2, "service_id": api.service}
    assert api.post("s/version", comment="c") == {"number": 3, "service_id": api.service, "comment": "c"}
    assert api.get("s/version") == [version(api), version(api, 2), version(api, 3, comment="c")]
    assert api.get("s/version/3") == version(api, 3, comment="c")
    assert api.get("s/version/2/dictionary") == []


def test_clone(api: Api, clock: Clock) -> None:
    api.put("v/", comment="first")
    made = api.post("v/dictionary", name="d")
    snippet = api.post("v/snippet", name="s", type="recv", dynamic="1", content="esi;")
    api.put("v/settings", **{"general.default_ttl": "60"})
    api.put("v/activate")
    clock.now += 10
    copy = api.put("v/clone")
    assert copy == version(api, 2, comment="first", created_at=NOW, updated_at=LATER)
    assert api.get("s/version/2/dictionary/d") == {**made, "version": 2}
    assert api.get("s/version/2/snippet/s") == {**snippet, "version": "2"}
    assert api.get("s/version/2/settings")["general.default_ttl"] == 60
    api.delete("s/version/2/dictionary/d")
    assert api.get("v/dictionary/d") == made
    assert api.put("v/clone")["number"] == 3


def test_comment_of_a_locked_version(api: Api, clock: Clock) -> None:
    api.put("v/activate")
    clock.now += 10
    answer = api.put("v/", comment="new")
    assert (answer["comment"], answer["updated_at"], answer["active"]) == ("new", NOW, True)
    assert api.get("v/")["updated_at"] == LATER
    assert api.put("v/")["comment"] == "new"
    assert api.put("v/", locked="0", active="0")["locked"] is True, "nothing but the comment is taken"


def test_lock(api: Api) -> None:
    assert api.put("v/lock") == version(api, locked=True)
    assert api.get("v/") == version(api, locked=True)
    assert api.refused("PUT", "v/settings", **{"general.default_ttl": "1"})[0] == 422


def test_activate_and_deactivate(api: Api) -> None:
    api.post("v/backend", name="b", address="a.example.com")
    answer = api.put("v/activate")
    assert answer == version(api, active=True, locked=True, msg=None), "environments as they were before"
    serving = version(api, active=True, locked=True, environments=production(api, 1))
    assert api.get("v/") == serving
    assert api.put("v/activate") == {**serving, "msg": None}, "again: nothing happens"
    api.put("v/clone")
    assert api.put("s/version/2/activate")["active"] is True
    assert api.get("v/") == version(api, locked=True)
    assert api.put("v/activate")["active"] is True, "a rollback"
    assert [each["active"] for each in api.get("s/version")] == [True, False]
    assert api.put("v/deactivate") == {**serving, "active": False}, "environments as they were before"
    assert api.get("v/") == version(api, locked=True)
    assert api.put("v/deactivate") == version(api, locked=True), "again: nothing happens"


def test_activate_without_backend_and_domain(api: Api) -> None:
    assert api.put("v/activate")["msg"].startswith("Warning: No default director found\nat: (input Line ")


def test_activate_a_compute_service(api: Api) -> None:
    service = api.post("/service", name="compute", type="wasm")["id"]
    assert api.put(f"/service/{service}/version/1/activate")["msg"] is None, "no VCL, no warnings about it"


def test_activate_what_does_not_compile(api: Api) -> None:
    api.post("v/snippet", name="s", type="recv", content='set req.http.X = "a"')
    status, body = api.refused("PUT", "v/activate")
    assert (status, body["msg"]) == (400, "Bad request")
    assert "Syntax error: Expected ';'\nat: (input Line 1 Pos 21)" in body["detail"]
    assert api.get("v/") == version(api)


def test_validate(api: Api) -> None:
    api.post("v/backend", name="b", address="a.example.com")
    lists: dict[str, list[str]] = {"errors": [], "messages": [], "warnings": []}
    assert api.get("v/validate") == {"status": "ok", "msg": None, **lists}
    api.post("v/snippet", name="s", type="recv", content="set req.backend = F_b; set req.backend = F_x;")
    quoted = f"set req.backend = F_b; set req.backend = F_x;\n{'-' * 41}###-"
    wrong = f"Undefined `backend F_x`\nat: (input Line 1 Pos 42)\n{quoted}"
    assert api.get("v/validate") == {"status": "error", "msg": wrong, **lists}


@pytest.mark.parametrize("number", ["9", "x", "0"])
def test_a_missing_version(api: Api, number: str) -> None:
    keys = f"deleted => 0000-00-00 00:00:00, number => {number}, service => {api.service}"
    detail = f"Couldn't find Version '{{ {keys} }}'"
    for path in ("", "/backend", "/settings"):
        refused = api.refused("GET", f"s/version/{number}{path}")
        assert refused == (404, {"msg": "Record not found", "detail": detail})


# -- Settings ---------------------------------------------------------------------------------------------------------


def test_settings(api: Api) -> None:
    defaults = {
        "general.default_host": "",
        "general.default_pci": 0,
        "general.default_ttl": 3600,
        "general.stale_if_error": False,
        "general.stale_if_error_ttl": 43200,
        "service_id": api.service,
        "version": 1,
    }
    assert api.get("v/settings") == defaults
    changes = {"general.default_host": "a.example.com", "general.default_ttl": "0", "general.stale_if_error": "1"}
    changed = {"general.default_host": "a.example.com", "general.default_ttl": 0, "general.stale_if_error": True}
    assert api.put("v/settings", **changes, **{"general.default_pci": "1"}) == {**defaults, **changed}
    assert api.put("v/settings") == api.get("v/settings") == {**defaults, **changed}
    assert api.put("v/settings", **{"general.default_host": ""})["general.default_host"] == ""
    assert api.refused("PUT", "v/settings", **{"general.default_ttl": "x"})[0] == 400


# -- Token, unknown paths ---------------------------------------------------------------------------------------------


def test_token(api: Api) -> None:
    token = api.get("/tokens/self")
    assert token["scopes"] == ["global"]
    assert "access_token" not in token


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", "v/wordpress"),
        ("PATCH", "v/backend"),
        ("POST", "s/"),
        ("DELETE", "v/"),
        ("GET", "/"),
    ],
)
def test_unknown_paths_and_methods(api: Api, method: str, path: str) -> None:
    status, body = api.refused(method, path)
    assert (status, body["msg"]) == (404, "Record not found")
    assert body["detail"].startswith("Cannot find '")
