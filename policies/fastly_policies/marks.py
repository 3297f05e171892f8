"""Which properties the user marked as secret.

The engine sends the marks, and the policy SDK drops them before it calls a rule. So they are noted when a request
arrives.
"""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from pulumi.runtime.proto import analyzer_pb2_grpc
from pulumi_policy.deserialize import SPECIAL_SECRET_SIG, SPECIAL_SIG_KEY

_marked: ContextVar[Mapping[str, tuple[str, ...]]] = ContextVar("marked", default=MappingProxyType({}))
"""The properties by URN, of the request that this thread answers."""


def marked(urn: str) -> tuple[str, ...]:
    """The properties of a resource that hold a secret."""
    return _marked.get().get(urn, ())


def note_secrets() -> None:
    """Has the server of the policy SDK note the marks of each request."""
    register = analyzer_pb2_grpc.add_AnalyzerServicer_to_server

    def add(servicer: Any, server: Any) -> None:
        servicer.Analyze = _noting(servicer.Analyze, lambda request: [request])
        servicer.Remediate = _noting(servicer.Remediate, lambda request: [request])
        servicer.AnalyzeStack = _noting(servicer.AnalyzeStack, lambda request: request.resources)
        register(servicer, server)

    # pulumi_policy looks it up in this module when it starts its server.
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server = add


def _noting(answer: Callable[..., Any], resources_of: Callable[[Any], Iterable[Any]]) -> Callable[..., Any]:
    def noted(request: Any, context: Any) -> Any:
        token = _marked.set({each.urn: _secrets(each.properties) for each in resources_of(request)})
        try:
            return answer(request, context)
        finally:
            _marked.reset(token)

    return noted


def _secrets(properties: Any) -> tuple[str, ...]:
    return tuple(name for name, value in properties.fields.items() if _holds_secret(value))


def _holds_secret(value: Any) -> bool:
    """Whether a protobuf value is marked, or holds one that is."""
    match value.WhichOneof("kind"):
        case "struct_value":
            fields = value.struct_value.fields
            is_marked = SPECIAL_SIG_KEY in fields and fields[SPECIAL_SIG_KEY].string_value == SPECIAL_SECRET_SIG
            return is_marked or any(map(_holds_secret, fields.values()))
        case "list_value":
            return any(map(_holds_secret, value.list_value.values))
        case _:
            return False
