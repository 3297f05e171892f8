"""Runs a policy pack, and refuses configuration that names what the pack does not have."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import grpc
from pulumi.runtime.proto import analyzer_pb2_grpc
from pulumi_policy import Policy, PolicyPack

from .marks import note_secrets
from .rule import Rule
from .stack_configuration import note_configuration


def serve(name: str, rules: Sequence[Rule | Policy]) -> None:
    """Runs a pack of these rules until the engine ends it. The only call of a pack's ``__main__.py``."""
    check_configuration()
    note_secrets()
    note_configuration()
    PolicyPack(name=name, policies=[rule.policy() if isinstance(rule, Rule) else rule for rule in rules])


def check_configuration() -> None:
    """Has the pack look at its configuration as it arrives.

    The engine ignores names that it does not know, so a typing mistake would leave a rule off without a word. The
    engine's call ``Configure`` is the one place where those names can be seen, and refusing it is how a pack says so.
    """
    register = analyzer_pb2_grpc.add_AnalyzerServicer_to_server

    def add(servicer: Any, server: Any) -> None:
        servicer.Configure = _refusing_unknown_names(servicer, servicer.Configure)
        register(servicer, server)

    # pulumi_policy looks it up in this module when it starts its server.
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server = add


def unknown_names(configured: Mapping[str, Iterable[str]], known: Mapping[str, Iterable[str] | None]) -> Iterator[str]:
    """What is wrong with names of rules and, by rule, of parameters. ``None``: it does not say."""
    for rule, parameters in sorted(configured.items()):
        if rule == "all":
            continue
        if rule not in known:
            yield f"there is no rule '{rule}'{_hint(rule, known)}"
            continue
        names = known[rule]
        for parameter in () if names is None else sorted(set(parameters) - set(names)):
            yield f"the rule '{rule}' has no parameter '{parameter}'{_hint(parameter, names or ())}"


def _refusing_unknown_names(servicer: Any, configure: Callable[..., Any]) -> Callable[..., Any]:
    def checked(request: Any, context: grpc.ServicerContext) -> Any:
        info = servicer.GetAnalyzerInfo(None, None)
        known = {each.name: list(each.configSchema.properties) or None for each in info.policies}
        configured = {rule: list(config.properties) for rule, config in request.policyConfig.items()}
        problems = list(unknown_names(configured, known))
        if problems:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "; ".join(problems))
        return configure(request, context)

    return checked


def _hint(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
