"""Products of a service in a program."""

from typing import Any

import pulumi
import pulumi_fastly_dynamic as fastly
import pytest

from .mocked import run


def test_inputs() -> None:
    def program() -> None:
        www = fastly.Service("www")
        fastly.ProductEnablement("www", service=www, brotli_compression=True, websockets=False, fanout=None)

    registered = run(program)["ProductEnablement", "www"]
    assert registered.inputs == {"service_id": "www-id", "brotli_compression": True, "websockets": False}
    assert registered.deleted_with == "www"
    assert [each.rpartition(":")[2] for each in registered.dependencies] == ["www"]


@pytest.mark.parametrize("inside", [True, False])
def test_the_version_waits_for_the_products(inside: bool) -> None:
    def program() -> None:
        www = fastly.Service("www")
        if not inside:
            fastly.ProductEnablement("products", service=www, image_optimizer=True)
        with fastly.Release("www", service=www) as release:
            origin = fastly.Backend("origin", release=release, address="a.example.com")
            if inside:
                opts = pulumi.ResourceOptions(depends_on=[origin])
                fastly.ProductEnablement("products", service=www, image_optimizer=True, opts=opts)

    version = run(program)["Version", "www"]
    assert any(each.endswith(":ProductEnablement::products") for each in version.dependencies)


def two(www: fastly.Service) -> None:
    fastly.ProductEnablement("a", service=www, fanout=True)
    fastly.ProductEnablement("b", service=www, websockets=True)


MISTAKES: list[tuple[Any, str]] = [
    (
        two,
        r"ProductEnablement\('b'\): the products of service 'www' are declared .* \(test_product_resource.py:\d+\)",
    ),
    (lambda _: fastly.ProductEnablement("a"), "missing the required argument 'service'"),  # type: ignore[call-arg]
    (lambda _: fastly.ProductEnablement("a", service="S"), "service must be a Service, not a str"),  # type: ignore[arg-type]
    (
        lambda www: fastly.ProductEnablement("a", service=www, brotli=True),  # type: ignore[call-arg]
        r"unexpected keyword argument 'brotli'",
    ),
]


@pytest.mark.parametrize(("mistake", "text"), MISTAKES)
def test_mistakes(mistake: Any, text: str) -> None:
    with pytest.raises(fastly.ProgramError, match=text):
        run(lambda: mistake(fastly.Service("www")))


def test_two_services_have_products_of_their_own() -> None:
    def program() -> None:
        for name in ("a", "b"):
            fastly.ProductEnablement(name, service=fastly.Service(name), websockets=True)

    assert run(program)["ProductEnablement", "b"].inputs["service_id"] == "b-id"
