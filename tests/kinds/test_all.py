"""What holds for every kind: all documented fields, docstrings, references."""

import ast
import inspect
import sys
from typing import Any

import pulumi_fastly_dynamic as fastly
import pytest
from pulumi_fastly_dynamic.resource import Kind
from pulumi_fastly_dynamic.schema import KINDS, Group

ANSWERED_ONLY = {"service_id", "version", "id", "created_at", "updated_at", "deleted_at", "locked"}

DOCUMENTED = {
    "acl": "name",
    "acl_entry": "ip subnet negated comment acl_id",
    "backend": (
        "address auto_loadbalance between_bytes_timeout client_cert comment connect_timeout error_threshold "
        "first_byte_timeout healthcheck hostname ipv4 ipv6 locked max_conn max_tls_version min_tls_version name port "
        "request_condition service_id shield ssl_ca_cert ssl_cert_hostname ssl_check_cert ssl_ciphers ssl_client_cert "
        "ssl_client_key ssl_hostname ssl_sni_hostname use_ssl version weight "
        # from recordings of the API
        "keepalive_time max_lifetime max_use override_host prefer_ipv6 share_key tcp_keepalive_enable "
        "tcp_keepalive_interval tcp_keepalive_probes tcp_keepalive_time created_at updated_at deleted_at"
    ),
    "condition": "comment name priority service_id statement type version",
    "dictionary": "created_at deleted_at id name service_id updated_at version write_only",
    "dictionary_item": "created_at deleted_at dictionary_id item_key item_value service_id updated_at",
    "domain": "comment name service_id version",
    "dynamic_snippet": "name dynamic type content priority id",
    "header": (
        "action cache_condition dst ignore_if_set name priority regex request_condition response_condition service_id "
        "src substitution type version"
    ),
    "healthcheck": (
        "check_interval comment expected_response host http_version initial method name path service_id threshold "
        "timeout version window headers"
    ),
    "settings": (
        "general.default_host general.default_ttl service_id version "
        "general.default_pci general.stale_if_error general.stale_if_error_ttl"
    ),
    "snippet": "name dynamic type content priority id",
}
"""Every field of Fastly's API reference, its OpenAPI description and recordings of the API."""

LEFT_OUT = {
    "backend": {"client_cert": "unused", "hostname": "from address", "ipv4": "from address", "ipv6": "from address"},
    "settings": {"general.default_pci": "read-only"},
    "acl_entry": dict.fromkeys(("ip", "subnet", "negated"), "spelt in entry") | {"acl_id": "the property acl"},
    "dictionary_item": {
        "item_key": "the property key",
        "item_value": "the property value",
        "dictionary_id": "the property dictionary",
    },
    "dynamic_snippet": {"dynamic": "the kind says it"},
    "snippet": {"dynamic": "the kind says it"},
}
"""Those that are no property, and why."""

CLASSES = [getattr(fastly, schema.label) for schema in KINDS.values()]


@pytest.mark.parametrize("kind", DOCUMENTED)
def test_every_documented_field_is_there(kind: str) -> None:
    wanted = set(DOCUMENTED[kind].split()) - ANSWERED_ONLY - LEFT_OUT.get(kind, {}).keys()
    have = {f.wire for f in KINDS[kind].fields if not f.local}
    if KINDS[kind].group is Group.ITEMS:
        assert wanted <= have
    else:
        assert have == wanted


def test_every_kind_of_object_is_documented() -> None:
    assert {kind for kind, schema in KINDS.items() if schema.group is Group.OBJECT} <= DOCUMENTED.keys()


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_docstrings(cls: type[Kind]) -> None:
    """They become the reference; each property has its own, and each class says where it is from."""
    assert "\n    See https://www.fastly.com/documentation/reference/api/" in (cls.__doc__ or "")
    (tree,) = ast.parse(inspect.getsource(cls)).body
    assert isinstance(tree, ast.ClassDef)
    undocumented = []
    for here, following in zip(tree.body, [*tree.body[1:], None], strict=True):
        if isinstance(here, ast.AnnAssign) and isinstance(here.target, ast.Name):
            has = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
            undocumented += [] if has else [here.target.id]
    assert undocumented == []


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_one_file_a_kind(cls: type[Kind]) -> None:
    lines = inspect.getsource(sys.modules[cls.__module__]).splitlines()
    assert len(lines) < 160


@pytest.mark.parametrize("schema", KINDS.values(), ids=lambda schema: schema.kind)
def test_references_name_kinds(schema) -> None:  # type: ignore[no-untyped-def]
    for field in schema.fields:
        if field.reference:
            assert field.reference.kind in KINDS
            assert field.default is None


@pytest.mark.parametrize("schema", KINDS.values(), ids=lambda schema: schema.kind)
def test_defaults_pass_their_own_check(schema) -> None:  # type: ignore[no-untyped-def]
    for field in schema.fields:
        value, problems = field.validate(field.default)
        assert field.required or not problems
        assert value == field.canonical(field.default)


SEGMENTS = [(kind, "name") for kind, schema in KINDS.items() if any(f.name == "name" for f in schema.fields)] + [
    ("dictionary_item", "key"),
    ("service", "adopt_id"),
]
"""Properties whose values become a part of URLs."""


@pytest.mark.parametrize(("kind", "name"), SEGMENTS)
@pytest.mark.parametrize("value", ["", ".", ".."])
def test_names_that_urls_cannot_hold(kind: str, name: str, value: str) -> None:
    (field,) = (f for f in KINDS[kind].fields if f.name == name)
    _, problems = field.validate(value)
    assert [problem.property for problem in problems] == [name]
    assert problems[0].text.startswith((f"{name} must not be", f"{name} must be", f"{name} is empty"))


@pytest.mark.parametrize("schema", [each for each in KINDS.values() if each.fields], ids=lambda schema: schema.kind)
def test_no_problem_quotes_the_value(schema) -> None:  # type: ignore[no-untyped-def]
    """The program may have marked any value as secret, and a provider cannot know that."""
    text = "c4nary:1 / [c4nary] \xfc"
    values: list[Any] = [text, [text], {text: 1}, {text * 300: text}, [{"ip": text}], {"a": text * 5000}]
    told = [problem.text for f in schema.fields for value in values for problem in f.validate(value)[1]]
    assert told
    assert not [each for each in told if "c4nary" in each]
