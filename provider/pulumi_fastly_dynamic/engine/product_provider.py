"""The provider of products of a service."""

from collections.abc import Mapping
from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from ..api import FastlyError
from ..orchestration import ServiceProducts
from ..schema import Group
from .provider import Properties, Provider, differs, is_unknown, pick, user_facing_errors

SWITCHED_ON = "switched_on"
"""Output: the products that this resource switched on. Only these are switched off when it gives them up."""


class ProductProvider(Provider, group=Group.PRODUCTS):
    """Switches the products that one resource names, and no others."""

    def _products(self, props: Mapping[str, Any]) -> ServiceProducts:
        return ServiceProducts(self.process, self.schema, str(props["service_id"]))

    @user_facing_errors
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        result = self.checked(news, ("service_id",))
        service_id = result.inputs.get("service_id")
        if not is_unknown(service_id):
            named = {f.wire for f in self.schema.fields if result.inputs.get(f.name) is not None}
            self.process.declared_products.setdefault(str(service_id), set()).update(named)
        return result

    @user_facing_errors
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        old, new = _olds.get("service_id"), _news.get("service_id")
        # In a preview the id of a service that changes in any way is unknown, and it keeps its id.
        replaces = ["service_id"] if old != new and not is_unknown(new) else []
        changed = any(differs(f, _olds.get(f.name), _news.get(f.name)) for f in self.schema.fields)
        return DiffResult(changes=None if changed or old != new else False, replaces=replaces)

    @user_facing_errors
    def create(self, props: Properties) -> CreateResult:
        return CreateResult(f"{props['service_id']}/products", self._switch({}, props))

    @user_facing_errors
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        return UpdateResult(self._switch(_olds, _news))

    def _switch(self, olds: Properties, news: Properties) -> Properties:
        """Switches what differs from the inputs before, and returns the outputs."""
        products = self._products(news)
        had, wanted = products.wanted(olds), products.wanted(news)
        ours = set(olds.get(SWITCHED_ON) or ())
        changed = {name: want for name, want in wanted.items() if name not in had or had[name] != want}
        before = products.write(changed, ours - wanted.keys())
        ours |= {name for name, want in changed.items() if want is not None and before[name] is None}
        return self._outputs(news, {name for name in ours if wanted.get(name) is not None})

    @user_facing_errors
    def read(self, id_: str, props: Properties) -> ReadResult:
        products = self._products(props)
        try:
            found = products.read(products.wanted(props))
        except FastlyError as error:
            if error.is_gone:
                return ReadResult(None, {})
            raise
        inputs = products.inputs(found, pick(props, "service_id", *(f.name for f in self.schema.fields)))
        return ReadResult(id_, self._outputs(inputs, props.get(SWITCHED_ON) or ()), inputs)

    @user_facing_errors
    def delete(self, _id: str, _props: Properties) -> None:
        declared = self.process.declared_products.get(str(_props["service_id"]), set())
        try:
            self._products(_props).write({}, set(_props.get(SWITCHED_ON) or ()) - declared)
        except FastlyError as error:
            if not error.is_gone:
                raise

    def _outputs(self, inputs: Mapping[str, Any], ours: Any) -> Properties:
        return {**self.non_default(inputs), **pick(inputs, "service_id"), SWITCHED_ON: sorted(ours)}
