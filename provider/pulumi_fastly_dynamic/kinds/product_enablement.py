"""Products of a service."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, MinLen

from ..resource import Products, Prop, prop
from ..schema import Problem

CONFIGURATION = {
    "ngwaf_workspace_id": "ngwaf",
    "ngwaf_traffic_ramp": "ngwaf",
    "ddos_protection_mode": "ddos_protection",
}
"""Properties that configure a product, and the product."""


def _configuration_of_what_is_on(values: Mapping[str, Any]) -> Iterator[Problem]:
    for name, product in CONFIGURATION.items():
        if values.get(name) is not None and product in values and values[product] is not True:
            yield Problem(name, f"{name} needs {product}=True: set it, or remove {name}")


def _workspace_of_ngwaf(values: Mapping[str, Any]) -> Iterator[Problem]:
    if values.get("ngwaf") is True and "ngwaf_workspace_id" in values and not values["ngwaf_workspace_id"]:
        yield Problem("ngwaf_workspace_id", "ngwaf_workspace_id is missing: ngwaf=True needs it")


class ProductEnablement(
    Products,
    kind="product_enablement",
    path="enabled-products/v1",
    rules=(_configuration_of_what_is_on, _workspace_of_ngwaf),
):
    """Switches products of a service on or off. A service has one such resource.

    ``True`` switches a product on, ``False`` switches it off. A product that is not named is left alone. Products are
    billed, and the account must be allowed to use them. **If a property is removed, or the resource is, the products
    that it switched on are switched off again**; a product that was on before stays on.

    See https://www.fastly.com/documentation/reference/api/products/
    """

    brotli_compression: Prop[bool | None] = prop(default=None)
    """Brotli compression."""
    domain_inspector: Prop[bool | None] = prop(default=None)
    """Domain Inspector: metrics per domain."""
    origin_inspector: Prop[bool | None] = prop(default=None)
    """Origin Inspector: metrics per origin."""
    image_optimizer: Prop[bool | None] = prop(default=None)
    """Image Optimizer. Fastly requires backends with ``shield`` for it."""
    websockets: Prop[bool | None] = prop(default=None)
    """WebSockets."""
    fanout: Prop[bool | None] = prop(default=None)
    """Fanout, for Compute services."""
    bot_management: Prop[bool | None] = prop(default=None)
    """Bot Management."""
    log_explorer_insights: Prop[bool | None] = prop(default=None)
    """Log Explorer and Insights."""
    api_discovery: Prop[bool | None] = prop(default=None)
    """API Discovery."""
    ddos_protection: Prop[bool | None] = prop(default=None)
    """DDoS Protection."""
    ddos_protection_mode: Prop[Literal["off", "log", "block"] | None] = prop(default=None, wire="ddos_protection[mode]")
    """What DDoS Protection does with an attack. Default: as it is at Fastly, which starts with ``log``."""
    ngwaf: Prop[bool | None] = prop(default=None)
    """Next-Gen WAF. ``True`` needs ``ngwaf_workspace_id``."""
    ngwaf_workspace_id: Prop[Annotated[str, MinLen(1)] | None] = prop(default=None, wire="ngwaf[workspace_id]")
    """The id of the workspace of the Next-Gen WAF."""
    ngwaf_traffic_ramp: Prop[Annotated[int, Ge(0), Le(100)] | None] = prop(default=None, wire="ngwaf[traffic_ramp]")
    """The percentage of traffic that the Next-Gen WAF inspects. Default: as it is at Fastly, which starts
    with 100."""
