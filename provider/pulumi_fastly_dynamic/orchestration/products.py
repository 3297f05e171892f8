"""Products of a service: on or off, some with a configuration. In no version: each call takes effect at once.

Pulumi's dynamic providers cannot record half of an operation, so one that fails puts back what it changed.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any

from ..api import BadRequest, FastlyError, Forbidden, JsonBody, path
from ..schema import Field, KindSchema, Value, form_value
from ..terminal import info
from .release_errors import ProductRefused
from .shared import SharedState

Configuration = Mapping[str, Value]
States = dict[str, Configuration | None]
"""By product, its configuration; ``None`` where it is off."""


class ServiceProducts:
    """The products of one service, by their names in the API."""

    def __init__(self, shared: SharedState, schema: KindSchema, service_id: str) -> None:
        self._shared = shared
        self._schema = schema
        self._service_id = service_id

    # ---------------------------------------------------------------- properties

    def wanted(self, inputs: Mapping[str, Any]) -> States:
        """The products that inputs name."""
        found: States = {}
        for product, switch in self._switches().items():
            on = switch.canonical(inputs.get(switch.name))
            if on is not None:
                given = {key: f.canonical(inputs.get(f.name)) for key, f in self._options(product).items()}
                found[product] = {key: value for key, value in given.items() if value is not None} if on else None
        return found

    def inputs(self, found: States, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs with what was found of the products that they name."""
        result = dict(inputs)
        for product, configuration in found.items():
            result[self._switches()[product].name] = configuration is not None
            for key, f in self._options(product).items():
                if configuration is not None and inputs.get(f.name) is not None and key in configuration:
                    result[f.name] = configuration[key]
        return result

    def _switches(self) -> dict[str, Field]:
        return {product: f for f in self._schema.fields for product, key in (f.wire_parts,) if not key}

    def _options(self, product: str) -> dict[str, Field]:
        """The properties that configure a product, by the keys of the API."""
        return {key: f for f in self._schema.fields for of, key in (f.wire_parts,) if of == product and key}

    # ---------------------------------------------------------------- reading

    def read(self, products: Iterable[str]) -> States:
        """The products as they are, read in parallel."""
        names = list(products)
        found = self._shared.together([partial(self._read, product) for product in names])
        return dict(zip(names, found, strict=True))

    def _read(self, product: str) -> Configuration | None:
        try:
            self._shared.client.get_object(self._url(product), keys=("product",))
            return self._configuration(product) if self._options(product) else {}
        except BadRequest as error:
            if error.is_gone:
                raise
            return None  # the API's answer for a product that is off

    def _configuration(self, product: str) -> Configuration:
        return self._configured(product, self._shared.client.get_object(self._url(product, "configuration")))

    def _configured(self, product: str, answer: Mapping[str, Any]) -> Configuration:
        row = answer.get("configuration") or {}
        found = {key: f.canonical(row.get(key)) for key, f in self._options(product).items()}
        return {key: value for key, value in found.items() if value is not None}

    def _url(self, product: str, *below: str) -> str:
        return path(*self._schema.segments, product, "services", self._service_id, *below)

    # ---------------------------------------------------------------- writing

    def write(self, wanted: States, given_up: Collection[str] = ()) -> States:
        """Switches products, and returns how all of them were before; or fails, and leaves all as they were.

        Those ``given_up`` are switched off too, but where Fastly refuses that, they stay on.
        """
        target: States = {**wanted, **dict.fromkeys(given_up)}
        before = self.read(target)
        # What the account may not use is refused before anything is switched off.
        todo = sorted(
            (product for product in target if _differs(before[product], target[product])),
            key=lambda product: (target[product] is None, product),
        )
        for number, product in enumerate(todo, 1):
            try:
                self._set(product, before[product], target[product])
            except (BadRequest, Forbidden) as error:
                if product in given_up and isinstance(error, BadRequest) and not error.is_gone:
                    info(f"product {product} of service {self._service_id} stays on: {error}")
                    continue
                self._put_back(todo[:number], before)
                if error.is_gone:
                    raise
                raise self._refused(product, target[product], error) from None
            except FastlyError:
                self._put_back(todo[:number], before)
                raise
        return before

    def _set(self, product: str, have: Configuration | None, want: Configuration | None) -> None:
        if want is None:
            self._switch_off(product)
            return
        if have is None:
            answer = self._shared.client.put(self._url(product), _body(want), repeatable=True, keys=("product",))
            have = self._configured(product, answer)
        if _differs(have, want):
            self._shared.client.patch(self._url(product, "configuration"), _body(want), repeatable=True)

    def _switch_off(self, product: str) -> None:
        try:
            self._shared.client.delete(self._url(product))
        except (BadRequest, Forbidden) as error:
            if error.is_gone or self._read(product) is not None:
                raise

    def _put_back(self, products: list[str], before: States) -> None:
        """What an operation that failed has changed, the last change first; read, since its outcome may be unknown."""
        failures: dict[str, FastlyError] = {}
        for product in reversed(products):
            try:
                now = self._read(product)
                if _differs(now, before[product]):
                    self._set(product, now, before[product])
            except FastlyError as error:
                failures[product] = error
        for product, failure in failures.items():
            info(f"product {product} of service {self._service_id} could not be put back as it was: {failure}")

    def _refused(self, product: str, wanted: Configuration | None, error: FastlyError) -> ProductRefused:
        what = "switched off" if wanted is None else "switched on, or configured like this,"
        return ProductRefused(
            f"product {product} of service {self._service_id} cannot be {what} by this account: {error}. The other "
            f"products are as they were: ask Fastly for the product, or remove {self._switches()[product].name} from "
            "the program"
        )


def _differs(have: Configuration | None, want: Configuration | None) -> bool:
    """Whether something must be written; what is not named of a configuration is left alone."""
    if have is None or want is None:
        return have is not want
    return any(have.get(key) != value for key, value in want.items())


def _body(configuration: Configuration) -> JsonBody:
    """The API takes, and answers, numbers as text."""
    return JsonBody({key: form_value(value) for key, value in configuration.items()})
