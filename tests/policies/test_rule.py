"""The wrapper around every rule."""

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from fastly_policies import (
    ADVISORY,
    DISABLED,
    MANDATORY,
    RULES,
    Finding,
    Resource,
    ResourceRule,
    Rule,
    Settings,
    Stack,
    StackRule,
)
from fastly_policies.resource import UNKNOWNS, Unknown, kind_of, plain, show
from fastly_policies.tls import BACKEND_TLS
from pulumi_policy import (
    EnforcementLevel,
    PolicyCustomTimeouts,
    PolicyResource,
    PolicyResourceOptions,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.deserialize import deserialize_properties, serialize_properties
from pulumi_policy.proxy import unknown_checking_proxy

from .seen import UNKNOWN, backend, release, seen, told, told_of

SECRET_MARK = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
BACKEND = "pulumi-python:dynamic/fastly:Backend"


def rule(*checks: Callable[[Resource, Settings], Iterator[Finding]]) -> ResourceRule:
    return ResourceRule(name="ours", description="Why.", level=MANDATORY, kinds=("Backend",), checks=checks)


def args(props: dict[str, Any], type_: str = BACKEND, config: dict[str, Any] | None = None) -> ResourceValidationArgs:
    options = PolicyResourceOptions(False, [], None, [], PolicyCustomTimeouts(0, 0, 0), [])
    return ResourceValidationArgs(
        type_, unknown_checking_proxy(props), f"urn:pulumi:dev::shop::{type_}::it", "it", options, None, config
    )


def broken(backend: Resource, settings: Settings) -> Iterator[Finding]:
    yield backend.finding("port", "choose another", value=backend.get("port"))
    raise ValueError(f"could not read {backend.get('address')}")


def looks(backend: Resource, settings: Settings) -> Iterator[Finding]:
    yield backend.finding("weight", "use one", value=backend.get("weight"))


def test_an_exception_becomes_a_violation_that_names_the_rule():
    first, second = told(rule(broken), backend())
    assert first == "Backend 'origin': port is 443; choose another"
    assert re.fullmatch(r"Backend 'origin': the rule ours itself failed: ValueError in test_rule\.py:\d+", second)


def test_a_broken_check_does_not_silence_the_others():
    assert len(told(rule(broken, looks), backend(weight=1.0))) == 3


def test_the_unknown_is_silent():
    assert told(rule(looks), backend(weight=UNKNOWN)) == []
    assert told(rule(looks, broken), backend(weight=UNKNOWN))


def test_a_stack_rule_goes_on_with_the_next_resource():
    def check(resource: Resource, stack: Stack, settings: Settings) -> Iterator[Finding]:
        yield resource.finding("weight", "use one", value=resource.get("weight"))

    ours = StackRule(name="ours", description="Why.", level=ADVISORY, kinds=("Backend",), checks=(check,))
    objects = [backend("a", weight=UNKNOWN), backend("b", weight=2.0), backend("c", weight=3.0)]
    assert told_of(ours, release("www", *objects), exempt=["c"]) == ["Backend 'b': weight is 2; use one"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (443.0, 443),
        (0.5, 0.5),
        (True, True),
        ("1.0", "1.0"),
        ([1.0, {"a": 2.0}], [1, {"a": 2}]),
        (None, None),
    ],
)
def test_values_are_plain(raw: Any, value: Any):
    found = seen("Backend", thing=raw).get("thing")
    assert found == value
    assert type(found) is type(value)
    assert plain(raw) == value


def test_unknown_parts_are_left_out_and_an_unknown_whole_raises():
    resource = seen(
        "AclEntries", entries=["a", UNKNOWN, {"ip": UNKNOWN, "subnet": 8.0}], items={"a": UNKNOWN, "b": "1"}
    )
    assert resource.get("entries") == ["a", {"subnet": 8}]
    assert resource.get("items") == {"b": "1"}
    for sentinel in UNKNOWNS:
        with pytest.raises(Unknown):
            seen("Backend", thing=sentinel).get("thing")
        # In a remedy nothing raises by itself.
        with pytest.raises(Unknown):
            Resource("Backend", "it", "urn", {"thing": sentinel}).get("thing")


def test_secrets_are_not_shown():
    key = backend(ssl_client_key="PRIVATE")
    assert str(key.finding("ssl_client_key", "renew it", value="PRIVATE")) == (
        "Backend 'origin': ssl_client_key (secret): renew it"
    )
    declared = Resource("Backend", "it", "urn", {"comment": "PRIVATE"}, secrets=("comment",))
    assert "PRIVATE" not in str(declared.finding("comment", "renew it", value="PRIVATE"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "not set"), ("", "not set"), ("a\nb", r"'a\nb'"), (False, "False"), ("x" * 200, "'" + "x" * 99 + "...")],
)
def test_values_in_messages(value: Any, shown: str):
    assert show(value) == shown


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        (BACKEND, "Backend"),
        ("fastly:index:Release", "Release"),
        ("pulumi:pulumi:Stack", "Stack"),
        ("pulumi:providers:pulumi-python", ""),
        ("aws:s3/bucket:Bucket", ""),
    ],
)
def test_kinds(token: str, kind: str):
    assert kind_of(token) == kind


def test_every_rule_is_well_formed():
    assert len({each.name for each in RULES}) == len(RULES)
    for each in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", each.name)
        assert each.description.endswith(".")
        assert len(each.description) > 40
        assert each.kinds
        for name, parameter in each.all_parameters.items():
            assert re.fullmatch(r"[a-z]+([A-Z][a-z]+)*\d?", name), name
            assert parameter.text
            assert set(parameter.schema) & {"type", "enum"}


LEVELS = {
    "backend-tls": MANDATORY,
    "backend-tls-names": MANDATORY,
    "backend-min-tls": MANDATORY,
    "tls-port": ADVISORY,
    "backend-public-address": MANDATORY,
    "backend-healthcheck": ADVISORY,
    "backend-timeouts": ADVISORY,
    "shield-exists": ADVISORY,
    "acl-open-to-all": MANDATORY,
    "dictionary-secrets": MANDATORY,
    "vcl-lint": MANDATORY,
    "vcl-lint-advice": ADVISORY,
    "security-headers": ADVISORY,
    "logging-tls": MANDATORY,
    "logging-secrets": ADVISORY,
    "logging-format": ADVISORY,
    "condition-used": ADVISORY,
    "release-complete": MANDATORY,
    "release-domain": ADVISORY,
    "destroy-guard": MANDATORY,
    "naming": DISABLED,
}


def test_the_levels():
    assert {each.name: each.level for each in RULES} == LEVELS
    assert EnforcementLevel.REMEDIATE not in LEVELS.values()


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.name)
def test_rules_as_policies(each: Rule):
    policy = each.policy()
    assert (policy.name, policy.description, policy.enforcement_level) == (each.name, each.description, each.level)
    assert policy.config_schema is not None
    assert set(policy.config_schema.properties) == set(each.all_parameters)
    for name, schema in policy.config_schema.properties.items():
        assert schema["default"] == each.all_parameters[name].default


def test_a_resource_policy():
    policy = cast(ResourceValidationPolicy, BACKEND_TLS.policy())
    said: list[tuple[str, str | None]] = []
    policy.validate(args({"use_ssl": False}), lambda text, urn=None: said.append((text, urn)))
    policy.validate(args({"use_ssl": False}, "aws:s3/bucket:Bucket"), lambda text, urn=None: said.append((text, urn)))
    policy.validate(args({}, config={"exempt": ["i?"]}), lambda text, urn=None: said.append((text, urn)))
    assert [text for text, _ in said] == [
        "Backend 'it': use_ssl is False; set use_ssl=True, and port to the origin's TLS port, mostly 443"
    ]


def test_a_remedy_keeps_secrets_secret():
    policy = cast(ResourceValidationPolicy, BACKEND_TLS.policy())
    props = {"use_ssl": True, "ssl_check_cert": False, "ssl_client_key": {**SECRET_MARK, "value": "PRIVATE"}}
    given = args({})
    given.props = unknown_checking_proxy(deserialize_properties(props, proxy_secrets=True))
    changed = policy.remediate(given)
    assert serialize_properties(cast("dict[str, Any]", changed)) == {**props, "ssl_check_cert": True}


def test_a_remedy_that_fails_changes_nothing():
    def remedy(resource: Resource, settings: Settings) -> dict[str, Any]:
        raise ValueError

    ours = ResourceRule(
        name="ours", description="Why.", level=MANDATORY, kinds=("Backend",), checks=(looks,), remedy=remedy
    )
    assert ours.changes(backend(), ours.settings()) == {}
    assert not cast(ResourceValidationPolicy, rule(looks).policy()).has_remediation()
    assert cast(ResourceValidationPolicy, ours.policy()).remediate(args({})) is None


def test_a_stack_policy_joins_by_dependencies():
    def check(resource: Resource, stack: Stack, settings: Settings) -> Iterator[Finding]:
        assert resource.property_dependencies["__objects"] == stack.objects(resource, "Backend")
        yield Finding(stack.objects(resource)[0], "found")

    def given(kind: str) -> PolicyResource:
        it = args({}, f"pulumi-python:dynamic/fastly:{kind}")
        return PolicyResource(it.resource_type, {}, it.urn, kind.lower(), it.opts, None, None, [], {})

    one, version = given("Backend"), given("Version")
    version.dependencies, version.property_dependencies = [one], {"__objects": [one]}
    ours = StackRule(name="ours", description="Why.", level=ADVISORY, kinds=("Version",), checks=(check,))
    said: list[tuple[str, str | None]] = []
    policy = cast(StackValidationPolicy, ours.policy())
    policy.validate(StackValidationArgs([version, one]), lambda text, urn=None: said.append((text, urn)))
    assert said == [("Backend 'backend': found", one.urn)]
