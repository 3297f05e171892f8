"""The provider of products: what it switched on, it switches off again."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.engine import restore
from pulumi_fastly_dynamic.orchestration import ProductRefused, ProviderState

from .conftest import UNKNOWN, Api

PROVIDER = restore("product_enablement", "org/project/stack")


def switch(api: Api, product: str, method: str = "PUT") -> None:
    """Someone else switches a product."""
    url = f"/enabled-products/v1/{product}/services/{api.service}"
    assert api.http.request(method, url, json={}).is_success


def on(api: Api) -> set[str]:
    names = ("brotli_compression", "websockets", "image_optimizer", "ddos_protection", "domain_inspector")
    urls = {name: f"/enabled-products/v1/{name}/services/{api.service}" for name in names}
    return {name for name, url in urls.items() if api.http.get(url).is_success}


def created(api: Api, **inputs: Any) -> dict[str, Any]:
    return PROVIDER.create({"service_id": api.service, **inputs}).outs or {}


def updated(api: Api, olds: dict[str, Any], **inputs: Any) -> dict[str, Any]:
    return PROVIDER.update("ID", olds, {"service_id": api.service, **inputs}).outs or {}


def test_check_notes_the_products_that_the_program_names(process: ProviderState) -> None:
    news = {"service_id": "S", "brotli_compression": True, "websockets": False, "fanout": UNKNOWN}
    assert PROVIDER.check({}, news).inputs == news
    assert process.declared_products == {"S": {"brotli_compression", "websockets", "fanout"}}
    assert process.used == {"S"}


REFUSED = [
    ({"ddos_protection_mode": "log"}, "ddos_protection_mode needs ddos_protection=True: set it, or remove"),
    ({"ddos_protection": False, "ddos_protection_mode": "log"}, "ddos_protection_mode needs ddos_protection=True"),
    ({"ddos_protection": True, "ddos_protection_mode": "on"}, "ddos_protection_mode must be 'off', 'log' or 'block'"),
    ({"ngwaf": True}, "ngwaf_workspace_id is missing: ngwaf=True needs it"),
    ({"ngwaf": True, "ngwaf_workspace_id": "W", "ngwaf_traffic_ramp": 101}, "ngwaf_traffic_ramp must be at most 100"),
    ({"brotli_compression": "perhaps"}, "brotli_compression must be True or False"),
]


@pytest.mark.parametrize(("inputs", "text"), REFUSED, ids=str)
def test_check_names_property_and_fix(inputs: dict[str, Any], text: str) -> None:
    (failure,) = PROVIDER.check({}, {"service_id": "S", **inputs}).failures or []
    assert text in failure.reason


@pytest.mark.parametrize(
    "inputs",
    [
        {"ddos_protection": UNKNOWN, "ddos_protection_mode": "log"},
        {"ddos_protection": True, "ddos_protection_mode": UNKNOWN},
        {"ngwaf": True, "ngwaf_workspace_id": UNKNOWN},
        {"ngwaf": UNKNOWN},
    ],
    ids=["switch", "mode", "workspace", "waf"],
)
def test_check_lets_unknowns_pass(inputs: dict[str, Any]) -> None:
    assert not PROVIDER.check({}, {"service_id": UNKNOWN, **inputs}).failures


DIFFS = [
    ({"websockets": True}, {"websockets": True}, False, []),
    ({"websockets": True}, {"websockets": False}, None, []),
    ({"websockets": False}, {}, None, []),
    ({"ngwaf_traffic_ramp": 50.0}, {"ngwaf_traffic_ramp": 50}, False, []),
    ({}, {"service_id": "T"}, None, ["service_id"]),
    ({}, {"service_id": UNKNOWN}, None, []),
]


@pytest.mark.parametrize(("old", "new", "changes", "replaces"), DIFFS)
def test_diff(old: dict[str, Any], new: dict[str, Any], changes: bool | None, replaces: list[str]) -> None:
    result = PROVIDER.diff("ID", {"service_id": "S", **old}, {"service_id": "S", **new})
    assert (result.changes, result.replaces) == (changes, replaces)


def test_what_it_switched_on_it_switches_off(api: Api) -> None:
    switch(api, "image_optimizer")
    state = created(api, brotli_compression=True, websockets=True, image_optimizer=True)
    assert state["switched_on"] == ["brotli_compression", "websockets"]
    state = updated(api, state, websockets=True)
    assert on(api) == {"websockets", "image_optimizer"}
    PROVIDER.delete("ID", state)
    assert on(api) == {"image_optimizer"}


def test_what_was_on_and_is_said_to_be_off_is_switched_off(api: Api) -> None:
    switch(api, "image_optimizer")
    state = created(api, image_optimizer=False)
    assert on(api) == set()
    state = updated(api, state, image_optimizer=True)
    assert state["switched_on"] == ["image_optimizer"]
    state = updated(api, state, image_optimizer=False)
    assert (state["switched_on"], on(api)) == ([], set())


def test_an_update_writes_only_what_changed(api: Api) -> None:
    """What someone else did to the rest is for a refresh to show."""
    state = created(api, brotli_compression=True)
    switch(api, "brotli_compression", "DELETE")
    state = updated(api, state, brotli_compression=True, websockets=True)
    assert on(api) == {"websockets"}
    assert state["switched_on"] == ["brotli_compression", "websockets"]


def test_a_refresh_finds_each_product(api: Api) -> None:
    state = created(api, brotli_compression=True, websockets=False, ddos_protection=True, ddos_protection_mode="log")
    switch(api, "brotli_compression", "DELETE")
    switch(api, "websockets")
    switch(api, "domain_inspector")
    url = f"/enabled-products/v1/ddos_protection/services/{api.service}/configuration"
    assert api.http.patch(url, json={"mode": "block"}).is_success
    result = PROVIDER.read("ID", state)
    found = {"brotli_compression": False, "websockets": True, "ddos_protection": True, "ddos_protection_mode": "block"}
    assert result.inputs == {"service_id": api.service, **found}
    assert result.outs == {**result.inputs, "switched_on": ["brotli_compression", "ddos_protection"]}


def test_a_failed_update_leaves_the_state_true(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    state = created(api, brotli_compression=True)
    with pytest.raises(ProductRefused, match="product fanout"):
        updated(api, state, websockets=True, fanout=True)
    assert on(api) == {"brotli_compression"}
    assert updated(api, state, websockets=True)["switched_on"] == ["websockets"]
    assert on(api) == {"websockets"}


def test_a_renamed_resource_leaves_its_products_to_the_new_one(api: Api) -> None:
    state = created(api, brotli_compression=True, websockets=True)
    api.forget()
    news = {"service_id": api.service, "brotli_compression": True}
    PROVIDER.create(PROVIDER.check({}, news).inputs)
    PROVIDER.delete("ID", state)
    assert on(api) == {"brotli_compression"}


def test_a_service_that_is_gone_has_none(api: Api) -> None:
    state = created(api, brotli_compression=True)
    api.http.delete(f"/service/{api.service}").raise_for_status()
    assert PROVIDER.read("ID", state).id is None
    PROVIDER.delete("ID", state)
