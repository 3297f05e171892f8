"""The provider of objects of a version."""

import secrets
from collections.abc import Collection
from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult
from typing_extensions import override

from ..api import FastlyError
from ..orchestration import DesiredObject, EnsuredObject, PreviousObject, Revision, ensure_object, read_object
from ..schema import Group, Identity, Values
from .provider import (
    ADOPTED_KEY,
    MARKED_KEY,
    STACK_KEY,
    Properties,
    Provider,
    differs,
    marked_secret,
    pick,
    service_is_adopted,
    user_facing_errors,
)

INTERNAL = ("service_id", ADOPTED_KEY, "adopt", "protect", "retain_on_delete", MARKED_KEY, STACK_KEY)
"""Inputs that the release and the stack transform hand over."""
FLAGS = ("protect", "retain_on_delete")
SET_ELSEWHERE = "(set by someone else)"
"""Stands for a secret that the API has and the program does not."""


class ObjectProvider(Provider, group=Group.OBJECT):
    """Check and diff without any I/O; the rest in terms of the orchestration."""

    @override
    def hidden_inputs(self, news: Properties) -> Collection[str] | None:
        return marked_secret(news)

    @user_facing_errors
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        return self.checked(news, INTERNAL)

    @user_facing_errors
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        olds, news = _olds, _news
        changed = [f.name for f in self.schema.fields if differs(f, olds.get(f.name), news.get(f.name))]
        changed += [flag for flag in FLAGS if bool(olds.get(flag)) != bool(news.get(flag))]
        changed += [name for name in (STACK_KEY,) if (olds.get(name) or "") != (news.get(name) or "")]
        replaces = [] if olds["service_id"] == news["service_id"] else ["service_id"]
        if self.schema.identity is Identity.NAME and "name" in changed:
            replaces.append("name")
        if self.schema.identity is Identity.ID and not replaces and self.process.updating:
            object_id = olds[self.schema.id_property or ""]
            free = self.process.ids.is_free(object_id, _id) if changed else self.process.ids.claim(object_id, _id)
            if not free:
                return DiffResult(changes=True)  # only outputs show it
        if not changed and not replaces:
            return DiffResult(changes=False)
        return DiffResult(changes=None, replaces=replaces)

    @user_facing_errors
    def create(self, props: Properties) -> CreateResult:
        holder = f"{props['service_id']}/{self.schema.kind}/{props.get('name', self.schema.kind)}"
        if self.schema.identity is Identity.ID:
            holder += f"#{secrets.token_hex(3)}"  # tells two resources that meet the same object apart
        ensured = ensure_object(self.session(props), self.schema, _desired(props, holder))
        return CreateResult(holder, self._outputs(props, ensured))

    @user_facing_errors
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        previous = PreviousObject(
            values=_olds,
            object_id=_olds.get(self.schema.id_property or ""),
            protect=bool(_olds.get("protect")),
            owned=bool(_olds.get("owned")),
        )
        ensured = ensure_object(self.session(_news), self.schema, _desired(_news, _id), previous)
        return UpdateResult(self._outputs(_news, ensured))

    def _outputs(self, inputs: Properties, ensured: EnsuredObject) -> Properties:
        outputs = self.non_default(inputs) | pick(inputs, *INTERNAL)
        record: Properties = {"name": ensured.found.name, "revision": str(ensured.revision)}
        if self.schema.id_property:
            outputs[self.schema.id_property] = record["id"] = ensured.found.ref.key
        if len(self.schema.live_from_inputs(inputs)) < len(self.schema.unversioned):
            record["unmanaged"] = True
        if ensured.owned:
            outputs["owned"] = True
        outputs["__record"] = record | {flag: True for flag in (*FLAGS, "force_destroy") if inputs.get(flag)}
        return outputs

    @user_facing_errors
    def read(self, id_: str, props: Properties) -> ReadResult:
        try:
            ensured = read_object(
                self.session(props),
                self.schema,
                service_is_adopted=service_is_adopted(props),
                revision=Revision.parse(props["__record"]["revision"]),
                name=props.get("name"),
                object_id=props.get(self.schema.id_property or ""),
                owned=bool(props.get("owned")),
                managed=self.schema.live_from_inputs(props),
            )
        except FastlyError as error:
            if not error.is_gone:
                raise
            ensured = None
        if ensured is None:
            return ReadResult(None, {})
        inputs = {**self.schema.to_inputs(self._values(props, ensured)), **pick(props, *INTERNAL)}
        return ReadResult(id_, self._outputs(inputs, ensured), inputs)

    def _values(self, props: Properties, ensured: EnsuredObject) -> Values:
        values: Values = {**ensured.found.values, **ensured.live}
        for field in self.schema.fields:
            if field.client_only:
                values[field.name] = props.get(field.name, field.default)
            elif field.secret:
                is_set = bool(values[field.name])
                values[field.name] = _secret(props.get(field.name), is_set=is_set, holds=ensured.holds)
        return values

    @user_facing_errors
    def delete(self, _id: str, _props: Properties) -> None:
        """Writes nothing: the Version has removed the object in its draft, or the whole release is being removed."""


def _secret(ours: Any, *, is_set: bool, holds: bool) -> Any:
    """What a refresh says of a secret, whose value it must not compare."""
    if ours and is_set and holds:
        return ours
    return SET_ELSEWHERE if is_set and not ours else None


def _desired(props: Properties, urn: str) -> DesiredObject:
    return DesiredObject(
        inputs=props,
        owner_urn=urn,
        service_is_adopted=service_is_adopted(props),
        adopt=bool(props.get("adopt")),
        protect=bool(props.get("protect")),
        force_destroy=bool(props.get("force_destroy")),
        secrets=frozenset(props.get(MARKED_KEY) or ()),
    )
