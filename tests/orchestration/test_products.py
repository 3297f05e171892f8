"""Products of a service: what is read, what is sent, and what is put back."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.api import BadRequest, FastlyError
from pulumi_fastly_dynamic.orchestration import ProductRefused, ProviderState, ServiceProducts
from pulumi_fastly_dynamic.schema import KINDS

from .conftest import Stack

WAF = {"workspace_id": "W1", "traffic_ramp": 50}


@pytest.fixture
def products(stack: Stack) -> ServiceProducts:
    return ServiceProducts(ProviderState(stack.connect), KINDS["product_enablement"], stack.service)


def on(stack: Stack) -> dict[str, Any]:
    return dict(stack.emulator.services[stack.service].products)


def calls(stack: Stack) -> list[str]:
    """The calls since the last look, those that were dropped too; reads in any order."""
    rows = [
        f"{row['method']} {row['path'].removeprefix('/enabled-products/v1/')}" for row in stack.emulator.control.log
    ]
    stack.clear()
    shown = [row.replace(f"/services/{stack.service}", "") for row in rows]
    reads = sorted(row for row in shown if row.startswith("GET"))
    return reads + [row for row in shown if not row.startswith("GET")]


INPUTS = [
    ({}, {}),
    ({"fanout": True, "websockets": False}, {"fanout": {}, "websockets": None}),
    ({"ngwaf": True, "ngwaf_workspace_id": "W1", "ngwaf_traffic_ramp": 50.0}, {"ngwaf": WAF}),
    ({"ddos_protection": True, "ddos_protection_mode": "log"}, {"ddos_protection": {"mode": "log"}}),
]


@pytest.mark.parametrize(("inputs", "wanted"), INPUTS, ids=str)
def test_inputs_and_products_are_the_same_thing(
    products: ServiceProducts, inputs: dict[str, Any], wanted: dict[str, Any]
) -> None:
    assert products.wanted(inputs) == wanted
    assert products.inputs(products.wanted(inputs), inputs) == inputs


def test_a_write_reads_first_and_sends_what_differs(stack: Stack, products: ServiceProducts) -> None:
    assert products.write({"brotli_compression": {}, "websockets": None}) == {
        "brotli_compression": None,
        "websockets": None,
    }
    assert calls(stack) == ["GET brotli_compression", "GET websockets", "PUT brotli_compression"]
    assert products.write({"brotli_compression": {}}) == {"brotli_compression": {}}
    assert calls(stack) == ["GET brotli_compression"]
    products.write({"brotli_compression": None})
    assert calls(stack) == ["GET brotli_compression", "DELETE brotli_compression"]
    assert on(stack) == {}


def test_a_configuration_goes_with_the_product(stack: Stack, products: ServiceProducts) -> None:
    products.write({"ngwaf": WAF})
    assert calls(stack) == ["GET ngwaf", "PUT ngwaf"]
    assert on(stack) == {"ngwaf": {"workspace_id": "W1", "traffic_ramp": "50"}}
    products.write({"ngwaf": {"workspace_id": "W1", "traffic_ramp": 0}})
    assert calls(stack) == ["GET ngwaf", "GET ngwaf/configuration", "PATCH ngwaf/configuration"]
    assert products.read(["ngwaf", "fanout"]) == {"ngwaf": {"workspace_id": "W1", "traffic_ramp": 0}, "fanout": None}


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize(
    ("method", "wanted"),
    [("PUT", {"websockets": {}}), ("DELETE", {"brotli_compression": None}), ("PATCH", {"ngwaf": {"traffic_ramp": 1}})],
)
def test_a_lost_answer_is_settled_by_another_try(
    stack: Stack, products: ServiceProducts, method: str, wanted: Any, drop: str
) -> None:
    products.write({"brotli_compression": {}, "ngwaf": WAF})
    stack.fault(method=method, drop=drop)
    products.write(wanted)
    ((product, target),) = wanted.items()
    found = products.read([product])[product]
    assert (found is None) == (target is None)
    assert (found or {}).items() >= (target or {}).items()


FAILURES = [
    ({"method": "PUT", "path": "*/image_optimizer/*", "status": 400}, ProductRefused, "image_optimizer"),
    ({"method": "PUT", "path": "*/image_optimizer/*", "status": 403}, ProductRefused, "image_optimizer"),
    ({"method": "PATCH", "path": "*/ngwaf/*", "status": 400}, ProductRefused, "ngwaf"),
    ({"method": "DELETE", "path": "*/websockets/*", "status": 400}, ProductRefused, "websockets"),
    ({"method": "DELETE", "path": "*/websockets/*", "status": 500}, FastlyError, "websockets"),
    ({"method": "PUT", "path": "*/image_optimizer/*", "drop": "after", "times": 4}, FastlyError, "image_optimizer"),
]


@pytest.mark.parametrize(("fault", "error", "product"), FAILURES, ids=str)
def test_a_failure_leaves_all_as_it_was(
    stack: Stack, products: ServiceProducts, fault: dict[str, Any], error: type[Exception], product: str
) -> None:
    products.write({"ngwaf": WAF, "websockets": {}, "ddos_protection": {"mode": "log"}, "domain_inspector": {}})
    before = on(stack)
    stack.fault(**fault)
    wanted: Any = {
        "brotli_compression": {},
        "image_optimizer": {},
        "ngwaf": {"traffic_ramp": 1},
        "ddos_protection": None,
        "domain_inspector": None,
        "websockets": None,
    }
    with pytest.raises(error, match=product):
        products.write(wanted)
    assert on(stack) == before
    products.write(wanted)
    assert on(stack).keys() == {"brotli_compression", "image_optimizer", "ngwaf"}


def test_what_cannot_be_put_back_is_told(
    stack: Stack, products: ServiceProducts, capsys: pytest.CaptureFixture[str]
) -> None:
    stack.fault(method="PUT", path="*/image_optimizer/*", status=400)
    stack.fault(method="DELETE", status=500)
    with pytest.raises(ProductRefused):
        products.write({"brotli_compression": {}, "image_optimizer": {}})
    assert "product brotli_compression" in capsys.readouterr().out


def test_a_refusal_says_what_to_do(stack: Stack, products: ServiceProducts) -> None:
    stack.fault(method="PUT", path="*/image_optimizer/*", status=403)
    with pytest.raises(
        ProductRefused, match=r"product image_optimizer .* 403 .* ask Fastly for the product, or remove"
    ):
        products.write({"image_optimizer": {}})


def test_what_is_given_up_may_stay_on(
    stack: Stack, products: ServiceProducts, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that nobody is stuck with a product that the account may not switch."""
    products.write({"image_optimizer": {}, "websockets": {}})
    stack.fault(method="DELETE", path="*/image_optimizer/*", status=400)
    products.write({}, ["image_optimizer", "websockets"])
    assert on(stack).keys() == {"image_optimizer"}
    assert "product image_optimizer" in capsys.readouterr().out


def test_a_key_that_may_not_switch_does_not_give_up(stack: Stack, products: ServiceProducts) -> None:
    """A 403 is mostly about the key: with another one it works."""
    products.write({"websockets": {}})
    stack.fault(method="DELETE", status=403)
    with pytest.raises(ProductRefused):
        products.write({}, ["websockets"])


def test_off_already_is_fine(stack: Stack, products: ServiceProducts) -> None:
    """An account that may not switch a product is refused even that."""
    stack.fault(method="DELETE", status=400)
    stack.fault(method="GET", path="*/websockets/*", status=400, skip=1)
    products.write({"websockets": {}})
    products.write({"websockets": None})


@pytest.mark.parametrize("status", [401, 403, 500])
def test_only_a_400_means_off(stack: Stack, products: ServiceProducts, status: int) -> None:
    stack.fault(method="GET", status=status)
    with pytest.raises(FastlyError, match=str(status)):
        products.read(["websockets"])


def test_a_deleted_service_has_no_products(stack: Stack, products: ServiceProducts) -> None:
    stack.http.delete(f"/service/{stack.service}").raise_for_status()
    for attempt in (lambda: products.read(["websockets"]), lambda: products.write({"websockets": {}})):
        with pytest.raises(BadRequest) as caught:
            attempt()
        assert caught.value.is_gone
