"""Dictionary items, ACL entries, content of dynamic snippets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator import Emulator, Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Api, Clock

NOW = "2023-11-14T22:13:20Z"
LATER = "2023-11-14T22:13:30Z"
OK = {"status": "ok"}


@pytest.fixture
def items(api: Api) -> str:
    """Return the path of an empty dictionary."""
    return f"s/dictionary/{api.post('v/dictionary', name='d')['id']}"


@pytest.fixture
def entries(api: Api) -> str:
    """Return the path of an empty ACL."""
    return f"s/acl/{api.post('v/acl', name='a')['id']}"


# -- Dictionary items -------------------------------------------------------------------------------------------------


def test_items(api: Api, clock: Clock, items: str) -> None:
    made = api.post(f"{items}/item", item_key="a b/c", item_value="1")
    identity = {"dictionary_id": items.rpartition("/")[2], "service_id": api.service, "item_key": "a b/c"}
    times = {"created_at": NOW, "updated_at": NOW, "deleted_at": None}
    assert made == {**identity, **times, "item_value": "1"}
    path = f"{items}/item/a%20b%2Fc"
    assert api.get(path) == made
    clock.now += 10
    assert api.put(path, item_value="2") == {**identity, "item_value": "2"}, "no times"
    assert api.ok("PATCH", path, item_value="3") == {**made, "item_value": "3", "updated_at": LATER}
    assert api.put(f"{items}/item/new", item_value="")["item_value"] == ""
    assert [each["item_key"] for each in api.get(f"{items}/items")] == ["a b/c", "new"]
    assert api.delete(path) == OK
    keys = f"deleted => 0000-00-00 00:00:00, dictionary_id => {identity['dictionary_id']}, item_key => a b/c"
    detail = f"Couldn't find DictionaryItem '{{ {keys}, service => {api.service} }}'"
    for method in ("GET", "PATCH", "DELETE"):
        assert api.refused(method, path) == (404, {"msg": "Record not found", "detail": detail})


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"item_key": "k", "item_value": "v"}, 409),
        ({"item_value": "v"}, 400),
        ({"item_key": "x" * 257, "item_value": "v"}, 400),
        ({"item_key": "l", "item_value": "v" * 8001}, 400),
    ],
)
def test_refused_items(api: Api, items: str, form: dict[str, str], status: int) -> None:
    api.post(f"{items}/item", item_key="k", item_value="v")
    assert api.refused("POST", f"{items}/item", **form)[0] == status


def test_longest_item(api: Api, items: str) -> None:
    assert api.post(f"{items}/item", item_key="x" * 256, item_value="v" * 8000)["item_value"] == "v" * 8000


def test_batch_of_items(api: Api, items: str) -> None:
    operations = [
        {"op": "create", "item_key": "a", "item_value": "1"},
        {"op": "upsert", "item_key": "b", "item_value": "2"},
        {"op": "update", "item_key": "a", "item_value": "3"},
        {"op": "upsert", "item_key": "a", "item_value": "4"},
        {"op": "delete", "item_key": "b"},
    ]
    assert api.ok("PATCH", f"{items}/items", json={"items": operations}) == OK
    assert [(each["item_key"], each["item_value"]) for each in api.get(f"{items}/items")] == [("a", "4")]


BAD_BATCHES: list[tuple[Any, int]] = [
    ([{"op": "create", "item_key": "n"}, {"op": "create", "item_key": "k"}], 409),
    ([{"op": "create", "item_key": "n"}, {"op": "update", "item_key": "none"}], 404),
    ([{"op": "create", "item_key": "n"}, {"op": "delete", "item_key": "none"}], 404),
    ([{"op": "create", "item_key": "n"}, {"op": "replace", "item_key": "k"}], 400),
    ([{"op": "create", "item_key": "n"}, {"op": "upsert", "item_key": ""}], 400),
    ([{"op": "upsert", "item_key": f"{number}"} for number in range(1001)], 400),
    ("x", 400),
]


@pytest.mark.parametrize(("operations", "status"), BAD_BATCHES)
def test_a_refused_batch_changes_nothing(api: Api, items: str, operations: Any, status: int) -> None:
    api.post(f"{items}/item", item_key="k", item_value="v")
    assert api.refused("PATCH", f"{items}/items", json={"items": operations})[0] == status
    assert [each["item_key"] for each in api.get(f"{items}/items")] == ["k"]


def test_pages_of_items(api: Api, items: str) -> None:
    operations = [{"op": "create", "item_key": f"k{number:03}", "item_value": "v"} for number in range(250)]
    api.ok("PATCH", f"{items}/items", json={"items": operations})
    assert len(api.get(f"{items}/items")) == 250
    found: list[str] = []
    answer = api.send("GET", f"{items}/items?page=1&per_page=100&sort=item_key&direction=ascend")
    found += [each["item_key"] for each in answer.json()]
    while "next" in answer.links:
        answer = api.client.get(answer.links["next"]["url"])
        found += [each["item_key"] for each in answer.json()]
    assert found == [f"k{number:03}" for number in range(250)]
    assert api.get(f"{items}/items?page=4&per_page=100") == []
    assert api.get(f"{items}/items?sort=item_key&direction=descend&per_page=1")[0]["item_key"] == "k249"


def test_info(api: Api, items: str) -> None:
    identifier = items.rpartition("/")[2]
    empty = api.get(f"v/dictionary/{identifier}/info")
    assert (empty["item_count"], empty["last_updated"]) == (0, None)
    api.post(f"{items}/item", item_key="k", item_value="v")
    info = api.get(f"v/dictionary/{identifier}/info")
    assert (info["item_count"], info["last_updated"], len(info["digest"])) == (1, "2023-11-14 22:13:20", 64)
    assert info["digest"] != empty["digest"]
    assert api.refused("GET", "v/dictionary/d/info")[0] == 404, "by id, not by name"


def test_write_only_dictionary(api: Api) -> None:
    identifier = api.post("v/dictionary", name="d", write_only="1")["id"]
    api.post(f"s/dictionary/{identifier}/item", item_key="k", item_value="v")
    detail = "Not allowed to read contents of write_only dictionary"
    for path in ("items", "item/k"):
        refused = api.refused("GET", f"s/dictionary/{identifier}/{path}")
        assert refused == (400, {"msg": "Bad request", "detail": detail})
    assert api.get(f"v/dictionary/{identifier}/info")["item_count"] == 1


# -- ACL entries ------------------------------------------------------------------------------------------------------


def test_entries(api: Api, clock: Clock, entries: str) -> None:
    made = api.post(f"{entries}/entry", ip="192.0.2.0", subnet="24", negated="1", comment="office")
    assert made == {
        "acl_id": entries.rpartition("/")[2],
        "comment": "office",
        "created_at": NOW,
        "id": made["id"],
        "ip": "192.0.2.0",
        "negated": 1,
        "service_id": api.service,
        "subnet": 24,
        "updated_at": NOW,
    }
    path = f"{entries}/entry/{made['id']}"
    read = {**made, "negated": "1"}
    assert api.get(path) == read
    assert api.get(f"{entries}/entries") == [read]
    clock.now += 10
    changed = api.ok("PATCH", path, json={"negated": False, "subnet": None, "comment": ""})
    assert changed == {**made, "negated": 0, "subnet": None, "comment": "", "updated_at": LATER}
    assert api.delete(path) == OK
    assert api.refused("DELETE", path)[0] == 404
    assert api.get(f"{entries}/entries") == []


def test_defaults_of_an_entry(api: Api, entries: str) -> None:
    made = api.ok("POST", f"{entries}/entry", json={"ip": "2001:db8::1"})
    assert (made["subnet"], made["negated"], made["comment"]) == (None, 0, "")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"ip": "192.0.2.0", "subnet": "24"}, 409),
        ({"ip": "192.0.2.0", "subnet": "24", "negated": "1", "comment": "other"}, 409),
        ({"ip": "192.0.2"}, 400),
        ({}, 400),
        ({"ip": "192.0.2.0", "subnet": "33"}, 400),
        ({"ip": "2001:db8::", "subnet": "129"}, 400),
        ({"ip": "192.0.2.0", "subnet": "x"}, 400),
        ({"ip": "192.0.2.0", "negated": "maybe"}, 400),
    ],
)
def test_refused_entries(api: Api, entries: str, form: dict[str, str], status: int) -> None:
    api.post(f"{entries}/entry", ip="192.0.2.0", subnet="24")
    assert api.refused("POST", f"{entries}/entry", **form)[0] == status
    api.post(f"{entries}/entry", ip="192.0.2.0", subnet="25")
    api.post(f"{entries}/entry", ip="192.0.2.0")


def test_batch_of_entries(api: Api, entries: str) -> None:
    batch = [{"op": "create", "ip": f"192.0.2.{number}", "negated": "1"} for number in range(3)]
    assert api.ok("PATCH", f"{entries}/entries", json={"entries": batch}) == OK
    ids = {each["ip"]: each["id"] for each in api.get(f"{entries}/entries")}
    second = [
        {"op": "update", "id": ids["192.0.2.1"], "ip": "192.0.2.9", "subnet": 32, "negated": False, "comment": "c"},
        {"op": "create", "ip": "192.0.2.1"},
        {"op": "delete", "id": ids["192.0.2.2"]},
    ]
    api.ok("PATCH", f"{entries}/entries", json={"entries": second})
    after = {each["ip"]: each for each in api.get(f"{entries}/entries")}
    assert after.keys() == {"192.0.2.0", "192.0.2.1", "192.0.2.9"}
    changed = after["192.0.2.9"]
    assert (changed["id"], changed["subnet"], changed["negated"]) == (ids["192.0.2.1"], 32, "0")


@pytest.mark.parametrize("deletes_first", [True, False])
def test_deleting_and_creating_a_pair_in_one_batch(api: Api, entries: str, deletes_first: bool) -> None:
    made = api.post(f"{entries}/entry", ip="192.0.2.0", subnet="24")
    batch = [{"op": "delete", "id": made["id"]}, {"op": "create", "ip": "192.0.2.0", "subnet": 24}]
    status, _ = api.refused("PATCH", f"{entries}/entries", json={"entries": batch[:: 1 if deletes_first else -1]})
    assert status == 409
    assert [each["id"] for each in api.get(f"{entries}/entries")] == [made["id"]]


@pytest.mark.parametrize(
    ("operations", "status"),
    [
        ([{"op": "create", "ip": "192.0.2.1"}, {"op": "create", "ip": "192.0.2.1"}], 409),
        ([{"op": "create", "ip": "192.0.2.1"}, {"op": "update", "id": "none"}], 404),
        ([{"op": "create", "ip": "192.0.2.1"}, {"op": "delete", "id": "none"}], 404),
        ([{"op": "create", "ip": "192.0.2.1"}, {"op": "upsert", "ip": "192.0.2.2"}], 400),
        ([{"op": "create", "ip": f"2001:db8::{number:x}"} for number in range(1001)], 400),
    ],
)
def test_a_refused_batch_of_entries_changes_nothing(api: Api, entries: str, operations: Any, status: int) -> None:
    assert api.refused("PATCH", f"{entries}/entries", json={"entries": operations})[0] == status
    assert api.get(f"{entries}/entries") == []


def test_pages_of_entries(api: Api, entries: str) -> None:
    batch = [{"op": "create", "ip": f"192.0.2.{number}"} for number in range(5)]
    api.ok("PATCH", f"{entries}/entries", json={"entries": batch})
    pages = [api.get(f"{entries}/entries?page={page}&per_page=2&sort=created&direction=descend") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({each["id"] for page in pages for each in page}) == 5


# -- Dynamic snippets -------------------------------------------------------------------------------------------------


def test_dynamic_snippet(api: Api, clock: Clock) -> None:
    made = api.post("v/snippet", name="s", type="recv", dynamic="1", content="esi;")
    assert made["content"] is None
    content = f"s/snippet/{made['id']}"
    times = {"created_at": NOW, "updated_at": NOW}
    live = {"snippet_id": made["id"], "service_id": api.service, "content": "esi;", **times}
    assert api.get(content) == live
    api.put("v/activate")
    clock.now += 10
    assert api.put(content, content="#new") == {**live, "content": "#new"}, "with the time before the update"
    assert api.get(content) == {**live, "content": "#new", "updated_at": LATER}
    api.put("v/clone")
    path = f"/service/{api.service}/version/2/snippet"
    assert api.put(f"{path}/s", name="t", content="ignored")["content"] is None
    assert api.get(content)["content"] == "#new"
    api.delete(f"{path}/t")
    assert api.get(content)["content"] == "#new", "version 1 still has it"
    assert api.refused("GET", "s/snippet/none")[0] == 404


def test_a_dynamic_snippet_without_content(api: Api) -> None:
    made = api.post("v/snippet", name="s", type="recv", dynamic="1")
    assert made["content"] is None
    assert api.get(f"s/snippet/{made['id']}")["content"] == ""
    assert api.get("v/validate")["status"] == "ok"


def test_content_of_a_versioned_snippet_is_not_live(api: Api) -> None:
    made = api.post("v/snippet", name="s", type="recv", content="esi;")
    assert made["content"] == "esi;"
    assert api.refused("GET", f"s/snippet/{made['id']}")[0] == 404


# -- Life of containers -----------------------------------------------------------------------------------------------


def test_a_container_lives_as_long_as_a_version_has_it(api: Api, items: str) -> None:
    api.post(f"{items}/item", item_key="k", item_value="v")
    api.put("v/activate")
    api.put("v/clone")
    draft = f"/service/{api.service}/version/2/dictionary"
    api.put(f"{draft}/d", name="e")
    assert len(api.get(f"{items}/items")) == 1
    api.delete(f"{draft}/e")
    assert len(api.get(f"{items}/items")) == 1
    again = api.post(draft, name="d")["id"]
    assert again != items.rpartition("/")[2]
    assert api.get(f"s/dictionary/{again}/items") == []


def test_a_container_that_no_version_has(api: Api, items: str, entries: str) -> None:
    api.delete("v/dictionary/d")
    api.delete("v/acl/a")
    assert api.refused("GET", f"{items}/items")[0] == 404
    assert api.refused("POST", f"{entries}/entry", ip="192.0.2.1")[0] == 404


def test_limits(new_api: Callable[[Emulator], Api]) -> None:
    limits = Limits(max_backends=1, max_domains=1, max_items=1, max_entries=1)
    api = new_api(Emulator(limits=limits))
    for number in "12":
        forms = {
            "v/backend": {"name": number, "address": "a.example.com"},
            "v/domain": {"name": f"{number}.example.com"},
        }
        for path, form in forms.items():
            api.send("POST", path, **form)
    details = [api.refused("POST", path, **form)[1]["detail"] for path, form in forms.items()]
    assert details == ["Exceeding max_backends: 1", "Exceeding max number of domains: 1"]
    dictionary, acl = api.post("v/dictionary", name="d")["id"], api.post("v/acl", name="a")["id"]
    api.post(f"s/dictionary/{dictionary}/item", item_key="1")
    assert api.refused("POST", f"s/dictionary/{dictionary}/item", item_key="2")[0] == 400
    api.post(f"s/acl/{acl}/entry", ip="192.0.2.1")
    assert api.refused("POST", f"s/acl/{acl}/entry", ip="192.0.2.2")[0] == 400
    batch = {"entries": [{"op": "create", "ip": "192.0.2.2"}]}
    assert api.refused("PATCH", f"s/acl/{acl}/entries", json=batch)[0] == 400


def test_an_item_keeps_its_time_if_no_value_is_sent(api: Api, clock: Clock) -> None:
    path = f"s/dictionary/{api.post('v/dictionary', name='d')['id']}/item"
    made = api.post(path, item_key="k", item_value="v")
    clock.now += 10
    assert api.ok("PATCH", f"{path}/k") == made
    assert api.get(f"{path}/k") == made
