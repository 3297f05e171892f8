"""Products of a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator import Emulator
from fastly_emulator.product_routes import PRODUCTS
from fastly_emulator.state import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Api

    NewApi = Callable[[Emulator], Api]


def place(api: Api, product: str) -> str:
    return f"/enabled-products/v1/{product}/services/{api.service}"


def body(product: str) -> dict[str, str]:
    return {"workspace_id": "W"} if product == "ngwaf" else {}


@pytest.mark.parametrize("product", sorted(PRODUCTS.keys() - {"fanout"}))
def test_on_and_off(api: Api, product: str) -> None:
    url = place(api, product)
    assert api.refused("GET", url)[0] == 400
    made = api.ok("PUT", url, json=body(product))
    assert made["product"] == {"id": product, "object": "product"}
    assert made["service"] == {"id": api.service, "object": "service"}
    assert api.ok("PUT", url, json={}) == made, "it is on already"
    assert api.get(url) == {key: made[key] for key in ("product", "service")}
    for _ in range(2):
        answer = api.send("DELETE", url)
        assert (answer.status_code, answer.content) == (204, b"")
    assert api.refused("GET", url)[0] == 400


CONFIGURATIONS = [
    ("ngwaf", {"workspace_id": "W", "traffic_ramp": "100"}, {"traffic_ramp": "0"}),
    ("ddos_protection", {"mode": "log"}, {"mode": "block"}),
]


@pytest.mark.parametrize(("product", "first", "change"), CONFIGURATIONS)
def test_a_configuration(api: Api, product: str, first: dict[str, str], change: dict[str, str]) -> None:
    url = f"{place(api, product)}/configuration"
    assert api.refused("GET", url)[0] == api.refused("PATCH", url, json=change)[0] == 400
    assert api.ok("PUT", place(api, product), json=body(product))["configuration"] == first
    assert api.get(url)["configuration"] == first
    assert api.ok("PATCH", url, json=change)["configuration"] == {**first, **change}
    assert api.get(url)["configuration"] == {**first, **change}


REFUSED: list[tuple[str, str, dict[str, Any], int]] = [
    ("PUT", "ngwaf", {}, 400),
    ("PUT", "fanout", {}, 400),
    ("PUT", "ddos_protection", {"mode": "loud"}, 400),
    ("PUT", "ngwaf", {"workspace_id": "W", "traffic_ramp": 50}, 400),
    ("PUT", "surprise", {}, 404),
]


@pytest.mark.parametrize(("method", "product", "sent", "status"), REFUSED, ids=str)
def test_refused(api: Api, method: str, product: str, sent: dict[str, Any], status: int) -> None:
    assert api.refused(method, place(api, product), json=sent)[0] == status


def test_a_product_without_configuration(api: Api) -> None:
    assert api.refused("GET", f"{place(api, 'websockets')}/configuration")[0] == 404


def test_a_product_that_the_account_may_not_use(new_api: NewApi) -> None:
    api = new_api(Emulator(limits=Limits(refused_products=frozenset({"image_optimizer"}))))
    for method, word in (("PUT", "enable"), ("DELETE", "disable")):
        status, told = api.refused(method, place(api, "image_optimizer"), json={})
        assert (status, told["detail"]) == (400, f"customer is not entitled to {word} product")
    api.ok("PUT", place(api, "websockets"), json={})


def test_products_survive_a_restart_and_not_the_service(new_api: NewApi, tmp_path: Path) -> None:
    api = new_api(Emulator(tmp_path / "state.json"))
    api.ok("PUT", place(api, "ngwaf"), json={"workspace_id": "W"})
    again = Emulator(tmp_path / "state.json")
    assert again.services[api.service].products == {"ngwaf": {"workspace_id": "W", "traffic_ramp": "100"}}
    api.delete(f"/service/{api.service}")
    assert "is deleted" in api.refused("GET", place(api, "ngwaf"))[1]["detail"]
    assert api.emulator.services[api.service].products == {}
