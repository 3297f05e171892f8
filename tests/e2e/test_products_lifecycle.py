"""Products of a service on the real CLI."""

from .harness import Call, Result, Stack
from .lifecycle import backend, www

REFUSED = "product image_optimizer of service"


def program(products: str, *objects: str, service: str = "force_destroy=True") -> str:
    """A service with products, declared before its release."""
    head, release = www(*objects, service=service).split("\n", 1)
    declared = f'fastly.ProductEnablement("products", service=www, {products})' if products else ""
    return f"{head}\n{declared}\n{release}"


def switched(result: Result) -> list[str]:
    """The writes to products, in few words."""
    return [_words(call) for call in result.writes if call.path.startswith("/enabled-products/")]


def _words(call: Call) -> str:
    product, _, rest = call.path.removeprefix("/enabled-products/v1/").partition("/")
    return f"{call.method} {product}{'/configuration' if rest.endswith('/configuration') else ''}"


def state_of(stack: Stack, product: str) -> int:
    url = f"/enabled-products/v1/{product}/services/{stack.emulator.service_id()}"
    return stack.emulator.http.get(url).status_code


def test_products_come_change_drift_and_go(stack: Stack) -> None:
    two = 'brotli_compression=True, ddos_protection=True, ddos_protection_mode="log"'
    first = stack.up(program(two), preview=True)
    assert first.ok, first
    assert sorted(switched(first)) == ["PUT brotli_compression", "PUT ddos_protection"]
    paths = [call.path for call in first.writes]
    activated = next(number for number, path in enumerate(paths) if path.endswith("/activate"))
    assert max(number for number, path in enumerate(paths) if "/enabled-products/" in path) < activated

    assert not stack.up().calls

    changed = stack.up(program(two.replace("log", "block") + ", websockets=True"))
    assert changed.ok, changed
    assert (switched(changed), changed.activations) == (["PATCH ddos_protection/configuration", "PUT websockets"], 0)

    url = f"/enabled-products/v1/brotli_compression/services/{stack.emulator.service_id()}"
    stack.emulator.http.delete(url).raise_for_status()
    refreshed = stack.refresh("--diff")
    assert refreshed.ok, refreshed
    assert "brotli_compression: true => false" in refreshed.output, refreshed
    assert sum(call.path.startswith("/enabled-products/") for call in refreshed.calls) == 4, refreshed
    again = stack.up()
    assert switched(again) == ["PUT brotli_compression"], again

    dropped = stack.up(program('ddos_protection=True, ddos_protection_mode="block", websockets=False'))
    assert switched(dropped) == ["DELETE brotli_compression", "DELETE websockets"], dropped

    removed = stack.up(program(""))
    assert switched(removed) == ["DELETE ddos_protection"], removed


def test_a_destroyed_service_takes_its_products_along(stack: Stack) -> None:
    assert stack.up(program("websockets=True", service="")).ok
    refused = stack.destroy()
    assert "ServiceIsActive" in refused.output
    assert state_of(stack, "websockets") == 200, "what still serves keeps its products"
    assert stack.up(program("websockets=True")).ok
    destroyed = stack.destroy()
    assert destroyed.ok, destroyed
    assert not switched(destroyed)
    assert stack.emulator.services() == []


def test_a_refused_product_changes_nothing(stack: Stack) -> None:
    assert stack.up(program("brotli_compression=True", backend("origin"))).ok
    stack.emulator.fault("PUT", "/enabled-products/v1/image_optimizer/*", status=400)
    wanted = program("brotli_compression=True, websockets=True, image_optimizer=True", backend("origin", port=81))
    result = stack.up(wanted)
    assert not result.ok
    assert f"ProductRefused: {REFUSED}" in result.output, result
    assert "ask Fastly for the product" in result.output
    assert "Traceback" not in result.output
    assert result.activations == 0, "a version that may need the product does not go live"
    assert state_of(stack, "websockets") == 400
    settled = stack.up()
    assert settled.ok, settled
    assert sorted(switched(settled)) == ["PUT image_optimizer", "PUT websockets"]
    assert settled.activations == 1


def test_a_renamed_resource_keeps_the_products_on(stack: Stack) -> None:
    assert stack.up(program("websockets=True")).ok
    renamed = stack.up(program("websockets=True").replace('"products"', '"others"'))
    assert renamed.ok, renamed
    assert not switched(renamed)
    assert state_of(stack, "websockets") == 200
