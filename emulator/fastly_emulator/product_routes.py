"""Products of services.

See products/ in https://www.fastly.com/documentation/reference/api/. No recording shows them. The refusals are in the
words that Fastly's own Terraform provider looks for. The mode ``log`` of DDoS Protection is Fastly's default
since 2025-11. The configuration of Bot Management is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from . import api_error
from .calls import Call, RouteTable
from .state import Record, Service


@dataclass(frozen=True, slots=True)
class Product:
    """A product. A value of its configuration is text, also a number."""

    types: frozenset[str] = frozenset({"vcl", "wasm"})
    """The types of services that can have it."""
    configuration: Mapping[str, str] = field(default_factory=dict)
    """Its configuration where nothing was sent."""
    required: frozenset[str] = frozenset()
    """What must be sent to switch it on."""
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)


_CDN, _COMPUTE = frozenset({"vcl"}), frozenset({"wasm"})
PRODUCTS = {
    "api_discovery": Product(),
    "bot_management": Product(),
    "brotli_compression": Product(_CDN),
    "ddos_protection": Product(configuration={"mode": "log"}, choices={"mode": frozenset({"off", "log", "block"})}),
    "domain_inspector": Product(),
    "fanout": Product(_COMPUTE),
    # Assumed: that it is switched on for a service without a shield.
    "image_optimizer": Product(_CDN),
    "log_explorer_insights": Product(),
    "ngwaf": Product(
        configuration={"workspace_id": "", "traffic_ramp": "100"},
        required=frozenset({"workspace_id"}),
        choices={"traffic_ramp": frozenset(str(number) for number in range(101))},
    ),
    "origin_inspector": Product(),
    "websockets": Product(),
}


def read(call: Call, name: str, service_id: str) -> Record:
    """Answers ``GET /enabled-products/v1/PRODUCT/services/ID``."""
    service = call.service(service_id)
    _product(name)
    _require_on(name, service)
    return _shown(name, service)


def enable(call: Call, name: str, service_id: str) -> Record:
    """Answers ``PUT /enabled-products/v1/PRODUCT/services/ID``; one that is on keeps what is not sent (assumed)."""
    service, product = call.service(service_id), _product(name)
    if name in call.emulator.limits.refused_products:
        raise api_error.bad_request("customer is not entitled to enable product")  # Assumed: the rest of the sentence.
    if service.type not in product.types:
        # Assumed: everything but that there is a refusal.
        raise api_error.bad_request(f"product {name} is not supported for {service.type} services")
    sent = _sent(call, product)
    have = service.products.get(name, product.configuration)
    missing = sorted(key for key in product.required if not {**have, **sent}.get(key))
    if missing:
        raise api_error.bad_request(f"missing required field: {missing[0]}")  # Assumed: the wording.
    _store(call, service, name, {**have, **sent})
    return {**_shown(name, service), **_configuration(product, service.products[name])}


def disable(call: Call, name: str, service_id: str) -> None:
    """Answers ``DELETE /enabled-products/v1/PRODUCT/services/ID``, also where the product is off (assumed)."""
    service = call.service(service_id)
    _product(name)
    if name in call.emulator.limits.refused_products:
        raise api_error.bad_request("customer is not entitled to disable product")  # Assumed: the rest of the sentence.
    if service.products.pop(name, None) is not None:
        call.emulator.changed(service)
    call.status = HTTPStatus.NO_CONTENT


def configuration(call: Call, name: str, service_id: str) -> Record:
    """Answers ``GET .../configuration``."""
    service, product = call.service(service_id), _configurable(call, name)
    _require_on(name, service)
    return {**_shown(name, service), **_configuration(product, service.products[name])}


def configure(call: Call, name: str, service_id: str) -> Record:
    """Answers ``PATCH .../configuration``; what is not sent stays (assumed)."""
    service, product = call.service(service_id), _configurable(call, name)
    _require_on(name, service)
    _store(call, service, name, {**service.products[name], **_sent(call, product)})
    return configuration(call, name, service_id)


def _product(name: str) -> Product:
    product = PRODUCTS.get(name)
    if product is None:
        raise api_error.record_not_found(f"Cannot find product '{name}'")  # Assumed: everything.
    return product


def _configurable(call: Call, name: str) -> Product:
    product = _product(name)
    if not product.configuration:
        raise api_error.no_such_path(call.path)
    return product


def _require_on(name: str, service: Service) -> None:
    if name not in service.products:
        raise api_error.bad_request(f"product {name} is not enabled")  # Assumed: the wording.


def _sent(call: Call, product: Product) -> Record:
    sent = {key: value for key, value in call.sent.items() if key in product.configuration}
    for key, value in sent.items():
        choices = product.choices.get(key)
        if not isinstance(value, str) or not value or (choices is not None and value not in choices):
            raise api_error.bad_request(f"invalid value for field: {key}")  # Assumed: the wording.
    return sent


def _store(call: Call, service: Service, name: str, stored: Record) -> None:
    if service.products.get(name) != stored:
        service.products[name] = stored
        call.emulator.changed(service)


def _shown(name: str, service: Service) -> Record:
    return {"product": {"id": name, "object": "product"}, "service": {"id": service.id, "object": "service"}}


def _configuration(product: Product, stored: Record) -> dict[str, Any]:
    return {"configuration": dict(stored)} if product.configuration else {}


_PATH = "/enabled-products/v1/*/services/*"
ROUTES: RouteTable = {
    _PATH: {"GET": read, "PUT": enable, "DELETE": disable},
    f"{_PATH}/configuration": {"GET": configuration, "PATCH": configure},
}
