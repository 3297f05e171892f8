"""Policies for Fastly's configuration: rules, and what it takes to write more of them.

    serve("our-policies", [*RULES, ResourceRule(name="our-rule", ...)])

A rule is a name, a description that says why, a level, parameters with a schema, and about ten lines of check.
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or find_spec("pulumi_policy"):
    from .all_rules import RULES
    from .pack import serve
    from .resource import Finding, Resource, Stack
    from .rule import ADVISORY, DISABLED, MANDATORY, Parameter, ResourceRule, Rule, Settings, StackRule
else:  # the command can be imported all the same, to say this in one line

    def __getattr__(name: str) -> Any:
        if name in __all__:
            message = "fastly_policies needs pulumi_policy: pip install 'pulumi-fastly-dynamic[policies]'"
            raise ModuleNotFoundError(message, name="pulumi_policy")
        raise AttributeError(name)


__all__ = [
    "ADVISORY",
    "DISABLED",
    "MANDATORY",
    "RULES",
    "Finding",
    "Parameter",
    "Resource",
    "ResourceRule",
    "Rule",
    "Settings",
    "Stack",
    "StackRule",
    "serve",
]
