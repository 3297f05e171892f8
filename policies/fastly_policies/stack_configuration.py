"""The stack's configuration, which the engine sends to a pack.

The policy SDK drops it, so it is noted when it arrives. It has secrets, such as the API key, in plain text.
"""

from collections.abc import Callable
from typing import Any

from pulumi.runtime.proto import analyzer_pb2_grpc

_values: dict[str, str] = {}


def configured(key: str) -> str | None:
    """The value of a key, such as ``fastly:apiKey``."""
    return _values.get(key)


def note_configuration() -> None:
    """Has the server of the policy SDK note the stack's configuration."""
    register = analyzer_pb2_grpc.add_AnalyzerServicer_to_server

    def add(servicer: Any, server: Any) -> None:
        servicer.ConfigureStack = _noting(servicer.ConfigureStack)
        register(servicer, server)

    # pulumi_policy looks it up in this module when it starts its server.
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server = add


def _noting(configure: Callable[..., Any]) -> Callable[..., Any]:
    def noted(request: Any, context: Any) -> Any:
        _values.clear()
        _values.update(request.config)
        return configure(request, context)

    return noted
