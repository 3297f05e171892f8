"""The provider of services."""

import secrets
from dataclasses import asdict

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from ..api import FastlyError
from ..orchestration import Acknowledged, services
from ..schema import Group, Problem
from ..terminal import info
from .provider import STACK_KEY, Properties, Provider, check_result, is_unknown, pick, user_facing_errors

MANAGED = ("name", "comment")
ACKNOWLEDGED = "__acknowledged"
"""Output: the version that a take-over or a refresh found serving, where this stack had not activated it last."""


class ServiceProvider(Provider, group=Group.SERVICE):
    """A service, created here or taken over by ``adopt_id``."""

    @user_facing_errors
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        is_empty = news.get("adopt_id") == ""
        inputs, problems = self.schema.check({**news, "adopt_id": None} if is_empty else news, is_unknown)
        adopted = inputs.get("adopt_id")
        if is_empty:
            reason = "adopt_id is given but has no value: the output or setting that it comes from is empty"
            problems.append(Problem("adopt_id", reason))
        if adopted and not is_unknown(adopted):
            self.process.used.add(adopted)
        if _olds and not is_unknown(adopted) and (_olds.get("adopt_id") or None) != (adopted or None):
            reason = "adopt_id of a Service cannot be changed in place: give the resource another name"
            problems.append(Problem("adopt_id", reason))
        return check_result(news, inputs, problems)

    @user_facing_errors
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        self._acknowledge(_id, _olds)
        names = [f.name for f in self.schema.fields if f.name != "adopt_id"]
        changed = any(
            is_unknown(_news.get(name)) or (_olds.get(name) or None) != (_news.get(name) or None) for name in names
        )
        return DiffResult(changes=None if changed else False)

    def _acknowledge(self, service_id: str, olds: Properties) -> None:
        """The other resources of the service are checked against what the state knows to serve."""
        row = olds.get(ACKNOWLEDGED)
        known = Acknowledged(int(row["active"]), int(row["newest"])) if row else None
        self.process.acknowledged[service_id] = known

    @user_facing_errors
    def create(self, props: Properties) -> CreateResult:
        key = secrets.token_hex(16)
        owner = self.stack_owner({STACK_KEY: key})
        acknowledged = None
        if props.get("adopt_id"):
            service, acknowledged = services.adopt(self.process, owner, props["adopt_id"], _form(props))
        else:
            service = services.create(self.process, owner, _form(props))
            self.process.acknowledged[service["id"]] = None
        return CreateResult(service["id"], self._outputs({**props, STACK_KEY: key, **_row(acknowledged)}))

    @user_facing_errors
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        form = _form(_news)
        if form != _form(_olds):
            services.update(self.process, self.stack_owner(_olds), {"id": _id}, form)
        self.process.used.add(_id)
        return UpdateResult(self._outputs({**_news, **pick(_olds, STACK_KEY, ACKNOWLEDGED)}))

    @user_facing_errors
    def read(self, id_: str, props: Properties) -> ReadResult:
        try:
            service_is_adopted = bool(props.get("adopt_id"))
            service, acknowledged = services.read(
                self.process, self.stack_owner(props), id_, service_is_adopted=service_is_adopted
            )
        except FastlyError as error:
            if not error.is_gone:
                raise
            info(f"{self.process.client.endpoint} has no service {id_}: the refresh removes it from the state")
            return ReadResult(None, {})
        managed = MANAGED if not props.get("adopt_id") else tuple(pick(props, *MANAGED))
        actual = {name: service.get(name) for name in managed if service.get(name)}
        inputs = {**pick(props, "adopt_id", "force_destroy"), **actual}
        outputs = self._outputs({**inputs, **pick(props, STACK_KEY), **_row(acknowledged)})
        return ReadResult(id_, outputs, inputs)

    @user_facing_errors
    def delete(self, _id: str, _props: Properties) -> None:
        if _props.get("adopt_id"):
            info(f"service {_id} was taken over by adopt_id, and is left in place")
            return
        services.delete(self.process, self.stack_owner(_props), _id, force_destroy=bool(_props.get("force_destroy")))

    def _outputs(self, inputs: Properties) -> Properties:
        return pick(inputs, *(f.name for f in self.schema.fields), STACK_KEY, ACKNOWLEDGED)


def _row(acknowledged: Acknowledged | None) -> Properties:
    return {ACKNOWLEDGED: asdict(acknowledged)} if acknowledged else {}


def _form(props: Properties) -> dict[str, str]:
    """What the program manages: everything of its own service, of an adopted one only what is given."""
    if props.get("adopt_id"):
        return {name: str(value) for name, value in pick(props, *MANAGED).items()}
    return {"name": str(props["name"]), "comment": str(props.get("comment") or "")}
