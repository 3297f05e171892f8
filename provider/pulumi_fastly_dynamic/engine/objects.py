"""The provider of objects of a version."""

import secrets
from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from ..api import FastlyError
from ..orchestration import Found, Previous, Wanted, ensure, look, revision_digest, revision_number
from ..schema import Field, Identity
from .base import Properties, Provider, given, is_unknown, reported

STEERING = ("service_id", "adopted_service", "adopt", "protect", "retain_on_delete")
"""Inputs that the release and the stack transform hand over."""
FLAGS = ("protect", "retain_on_delete")
SET_ELSEWHERE = "(set by somebody else)"
"""Stands for a secret that the API has and the program does not."""


class ObjectProvider(Provider):
    """Check and diff without any I/O; the rest in terms of the orchestration."""

    @reported
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        return self.checked(news, STEERING)

    @reported
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        olds, news = _olds, _news
        changed = [f.name for f in self.schema.fields if _differs(f, olds.get(f.name), news.get(f.name))]
        changed += [flag for flag in FLAGS if bool(olds.get(flag)) != bool(news.get(flag))]
        replaces = [] if olds["service_id"] == news["service_id"] else ["service_id"]
        if self.schema.identity is Identity.NAME and "name" in changed:
            replaces.append("name")
        if self.schema.identity is Identity.ID and not replaces and self.process.updating:
            object_id = olds[self.schema.id_property or ""]
            free = self.process.claims.is_free(object_id, _id) if changed else self.process.claims.take(object_id, _id)
            if not free:
                return DiffResult(changes=True)  # only outputs show it
        if not changed and not replaces:
            return DiffResult(changes=False)
        return DiffResult(changes=None, replaces=replaces)

    @reported
    def create(self, props: Properties) -> CreateResult:
        holder = f"{props['service_id']}/{self.schema.kind}/{props.get('name', self.schema.kind)}"
        if self.schema.identity is Identity.ID:
            holder += f"#{secrets.token_hex(3)}"  # tells two resources that meet the same object apart
        found = ensure(self.work(props["service_id"]), self.schema, _wanted(props, holder))
        return CreateResult(holder, self._outputs(props, found))

    @reported
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        previous = Previous(
            values=_olds,
            object_id=_olds.get(self.schema.id_property or ""),
            protect=bool(_olds.get("protect")),
        )
        found = ensure(self.work(_news["service_id"]), self.schema, _wanted(_news, _id), previous)
        return UpdateResult(self._outputs(_news, found))

    def _outputs(self, inputs: Properties, found: Found) -> Properties:
        # The API's defaults are left out: the engine writes the state often, and `Prop` knows them.
        told = {f.name: inputs[f.name] for f in self.schema.fields if not f.is_default(inputs.get(f.name))}
        outputs = told | given(inputs, *STEERING)
        record = {"name": self.schema.name_of(found.row), "revision": found.revision}
        if self.schema.id_property:
            outputs[self.schema.id_property] = record["id"] = found.row["id"]
        outputs["record"] = record | {flag: True for flag in (*FLAGS, "force_destroy") if inputs.get(flag)}
        return outputs

    @reported
    def read(self, id_: str, props: Properties) -> ReadResult:
        try:
            found = look(
                self.work(props["service_id"]),
                self.schema,
                created_here=_created_here(props),
                revision=props["record"]["revision"],
                name=props.get("name"),
                object_id=props.get(self.schema.id_property or ""),
            )
        except FastlyError as error:
            if not error.is_gone:
                raise
            found = None
        if found is None:
            return ReadResult(None, {})
        return self._read_result(id_, props, found)

    def _read_result(self, id_: str, props: Properties, found: Found) -> ReadResult:
        values: dict[str, Any] = {**found.values, **found.live}
        holds = (
            self.work(props["service_id"]).head(created_here=True).holds(revision_number(props["record"]["revision"]))
        )
        for field in self.schema.fields:
            if field.local:
                values[field.name] = props.get(field.name, field.default)
            elif field.secret:
                values[field.name] = _secret(props.get(field.name), there=bool(values[field.name]), holds=holds)
        inputs = {**self.schema.to_inputs(values), **given(props, *STEERING)}
        outputs = self._outputs(inputs, found)
        if holds and found.digest == revision_digest(props["record"]["revision"]):
            outputs["record"]["revision"] = props["record"]["revision"]
        return ReadResult(id_, outputs, inputs)

    @reported
    def delete(self, _id: str, _props: Properties) -> None:
        """Writes nothing: the Version has removed the object in its draft, or the whole release is being removed."""


def _differs(field: Field, old: Any, new: Any) -> bool:
    if old == new:
        return False
    return is_unknown(new) or field.canonical(old) != field.canonical(new)


def _secret(ours: Any, *, there: bool, holds: bool) -> Any:
    """What a refresh says of a secret, whose value it must not compare."""
    if ours and there and holds:
        return ours
    return SET_ELSEWHERE if there and not ours else None


def _created_here(props: Properties) -> bool:
    return not props.get("adopted_service")


def _wanted(props: Properties, holder: str) -> Wanted:
    return Wanted(
        inputs=props,
        holder=holder,
        created_here=_created_here(props),
        adopt=bool(props.get("adopt")),
        protect=bool(props.get("protect")),
        force_destroy=bool(props.get("force_destroy")),
    )
