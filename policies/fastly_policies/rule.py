"""What a rule is, and the one wrapper around all of them that makes a policy of it."""

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyConfigSchema,
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from .marks import marked
from .resource import Finding, Resource, Stack, Unknown, kind_of, plain

MANDATORY = EnforcementLevel.MANDATORY
ADVISORY = EnforcementLevel.ADVISORY
DISABLED = EnforcementLevel.DISABLED

Settings = Mapping[str, Any]
"""The rule's parameters: what is configured, else the defaults."""
ResourceCheck = Callable[[Resource, Settings], Iterable[Finding]]
StackCheck = Callable[[Resource, Stack, Settings], Iterable[Finding]]
Remedy = Callable[[Resource, Settings], Mapping[str, Any]]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a rule, in camelCase."""

    schema: Mapping[str, Any]
    """JSON schema; the engine refuses what does not fit."""
    default: Any
    text: str
    """What it is for."""


TEXTS = {"type": "array", "items": {"type": "string"}}
EXEMPT = Parameter(TEXTS, [], "names of Pulumi resources that the rule leaves alone; `*` matches anything")
"""Every rule has it: one resource with a good reason need not switch off the rule for all."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule. Its checks are told apart so that what one of them cannot know yet does not silence the others."""

    name: str
    """In kebab-case."""
    description: str
    """Why. Shown with every violation."""
    level: EnforcementLevel
    kinds: tuple[str, ...]
    """What it judges: ``Backend``, ..."""
    reports: str = ""
    """What it finds, for a table of rules."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def all_parameters(self) -> dict[str, Parameter]:
        """The rule's own parameters, and those that every rule has."""
        return {**self.parameters, "exempt": EXEMPT}

    def settings(self, configured: Mapping[str, Any] | None = None) -> Settings:
        """The parameters with their defaults."""
        defaults = {name: parameter.default for name, parameter in self.all_parameters.items()}
        return {**defaults, **plain(configured or {})}

    def policy(self) -> Policy:
        """The rule as the policy SDK takes it."""
        raise NotImplementedError

    def judges(self, resource: Resource, settings: Settings) -> bool:
        """Whether the resource is of a kind that the rule is for, and not exempt."""
        exempt = any(fnmatchcase(resource.name, pattern) for pattern in settings["exempt"])
        return resource.kind in self.kinds and not exempt

    def _schema(self) -> PolicyConfigSchema:
        return PolicyConfigSchema(
            properties={
                name: {**parameter.schema, "default": parameter.default, "description": parameter.text}
                for name, parameter in self.all_parameters.items()
            }
        )

    def _guarded(self, resource: Resource, check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
        """The findings of a check; nothing of what is unknown, and a finding where the rule itself is broken."""
        try:
            yield from check()
        except Unknown:
            return
        except Exception as error:  # noqa: BLE001 - uncaught, it would end the preview without naming the rule
            # Not the exception's text: it may quote a value.
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(where.filename).name}:{where.lineno}"
            yield Finding(resource, f"the rule {self.name} itself failed: {type(error).__name__} in {place}")


@dataclass(frozen=True, kw_only=True)
class ResourceRule(Rule):
    """A rule that looks at one resource at a time, before it is created or changed."""

    checks: tuple[ResourceCheck, ...]
    remedy: Remedy | None = None
    """The properties to change where there is one right answer; only asked at the level ``remediate``."""

    def findings(self, resource: Resource, settings: Settings) -> Iterator[Finding]:
        """What the rule has against the resource."""
        if self.judges(resource, settings):
            for check in self.checks:
                yield from self._guarded(resource, lambda check=check: check(resource, settings))  # type: ignore[misc]

    def policy(self) -> Policy:
        """The rule as the policy SDK takes it."""

        def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
            for finding in self.findings(_resource(args), self.settings(args.get_config())):
                report(str(finding), None)

        return ResourceValidationPolicy(
            name=self.name,
            description=self.description,
            enforcement_level=self.level,
            config_schema=self._schema(),
            validate=validate,
            remediate=self._remediate if self.remedy else None,
        )

    def changes(self, resource: Resource, settings: Settings) -> Mapping[str, Any]:
        """The properties that the remedy sets; nothing where it fails: then the check says what is wrong."""
        if self.remedy is None or not self.judges(resource, settings):
            return {}
        try:
            return self.remedy(resource, settings)
        except Exception:  # noqa: BLE001 - as in _guarded
            return {}

    def _remediate(self, args: ResourceValidationArgs) -> Any:
        changes = self.changes(_resource(args), self.settings(args.get_config()))
        # Written into the SDK's own mapping: a copy of it would lose what marks secrets.
        props: Any = args.props
        for name, value in changes.items():
            props[name] = value
        return props if changes else None


@dataclass(frozen=True, kw_only=True)
class StackRule(Rule):
    """A rule that looks across resources, at the end of a preview or update."""

    checks: tuple[StackCheck, ...]

    def findings(self, stack: Stack, settings: Settings) -> Iterator[Finding]:
        """What the rule has against the resources of the stack."""
        for resource in stack.resources:
            if self.judges(resource, settings):
                for check in self.checks:
                    yield from self._guarded(resource, lambda check=check, it=resource: check(it, stack, settings))  # type: ignore[misc]

    def policy(self) -> Policy:
        """The rule as the policy SDK takes it."""

        def validate(args: StackValidationArgs, report: ReportViolation) -> None:
            for finding in self.findings(_stack(args), self.settings(args.get_config())):
                report(str(finding), finding.resource.urn)

        return StackValidationPolicy(
            name=self.name,
            description=self.description,
            enforcement_level=self.level,
            config_schema=self._schema(),
            validate=validate,
        )


def _resource(args: ResourceValidationArgs | PolicyResource) -> Resource:
    return Resource(
        kind=kind_of(args.resource_type),
        name=args.name,
        urn=args.urn,
        props=args.props,
        protect=bool(args.opts.protect),
        secrets=(*args.opts.additional_secret_outputs, *marked(args.urn)),
    )


def _stack(args: StackValidationArgs) -> Stack:
    resources = {given.urn: _resource(given) for given in args.resources}
    for given in args.resources:
        resource = resources[given.urn]
        resource.dependencies = [resources[other.urn] for other in given.dependencies]
        resource.property_dependencies = {
            name: [resources[other.urn] for other in others] for name, others in given.property_dependencies.items()
        }
    return Stack(list(resources.values()))
