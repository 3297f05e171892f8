"""The provider of services."""

from pulumi.dynamic import CheckFailure, CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from ..api import FastlyError
from ..orchestration import services
from ..terminal import tell
from .base import Properties, Provider, check_result, given, is_unknown, reported

MANAGED = ("name", "comment")


class ServiceProvider(Provider):
    """A service, created here or taken over by ``adopt_id``."""

    @reported
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        inputs, problems = self.schema.check(news, is_unknown)
        result = check_result(self.schema, inputs, problems)
        adopted = inputs.get("adopt_id")
        if adopted and not is_unknown(adopted):
            self.process.used.add(adopted)
        if _olds and not is_unknown(adopted) and (_olds.get("adopt_id") or None) != (adopted or None):
            reason = "adopt_id of a Service cannot be changed in place: give the resource another name"
            result.failures.append(CheckFailure("adopt_id", reason))
        return result

    @reported
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        names = [f.name for f in self.schema.fields if f.name != "adopt_id"]
        changed = any(
            is_unknown(_news.get(name)) or (_olds.get(name) or None) != (_news.get(name) or None) for name in names
        )
        return DiffResult(changes=None if changed else False)

    @reported
    def create(self, props: Properties) -> CreateResult:
        if props.get("adopt_id"):
            service = services.adopt(self.process, self.owner, props["adopt_id"], _form(props))
        else:
            service = services.create(self.process, self.owner, _form(props))
        return CreateResult(service["id"], self._outputs(props))

    @reported
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        form = _form(_news)
        if form != _form(_olds):
            services.update(self.process, self.owner, {"id": _id}, form)
        self.process.used.add(_id)
        return UpdateResult(self._outputs(_news))

    @reported
    def read(self, id_: str, props: Properties) -> ReadResult:
        try:
            service = services.read(self.process, self.owner, id_, created_here=not props.get("adopt_id"))
        except FastlyError as error:
            if error.is_gone:
                return ReadResult(None, {})
            raise
        managed = MANAGED if not props.get("adopt_id") else tuple(given(props, *MANAGED))
        actual = {name: service.get(name) for name in managed if service.get(name)}
        inputs = {**given(props, "adopt_id", "force_destroy"), **actual}
        return ReadResult(id_, self._outputs(inputs), inputs)

    @reported
    def delete(self, _id: str, _props: Properties) -> None:
        if _props.get("adopt_id"):
            tell(f"service {_id} was taken over by adopt_id, and is left in place")
            return
        services.delete(self.process, self.owner, _id, force_destroy=bool(_props.get("force_destroy")))

    def _outputs(self, inputs: Properties) -> Properties:
        return given(inputs, *(f.name for f in self.schema.fields))


def _form(props: Properties) -> dict[str, str]:
    """What the program manages: everything of its own service, of an adopted one only what is given."""
    if props.get("adopt_id"):
        return {name: str(value) for name, value in given(props, *MANAGED).items()}
    return {"name": str(props["name"]), "comment": str(props.get("comment") or "")}
