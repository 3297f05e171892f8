"""What holds for every kind: all documented fields, docstrings, references."""

import ast
import inspect
import sys
from typing import Any

import pulumi_fastly_dynamic as fastly
import pytest
from fastly_emulator.masking import secrets_of
from pulumi_fastly_dynamic.resource import Kind
from pulumi_fastly_dynamic.schema import KINDS, Group, KindSchema

SECRETS = [(schema, each.wire) for schema in KINDS.values() for each in schema.fields if each.secret]
CLASSES = [getattr(fastly, schema.label) for schema in KINDS.values()]


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
    assert len(lines) < 170


@pytest.mark.parametrize("schema", KINDS.values(), ids=lambda schema: schema.kind)
def test_references_name_kinds(schema) -> None:  # type: ignore[no-untyped-def]
    for field in schema.fields:
        if field.reference:
            assert field.reference.kind in KINDS
            assert not field.default


@pytest.mark.parametrize("schema", KINDS.values(), ids=lambda schema: schema.kind)
def test_defaults_pass_their_own_check(schema) -> None:  # type: ignore[no-untyped-def]
    for field in schema.fields:
        value, problems = field.validate(field.default)
        assert field.required or not problems
        assert value == field.canonical(field.default)


@pytest.mark.parametrize("schema", KINDS.values(), ids=lambda schema: schema.kind)
def test_a_property_that_a_kind_declares_again_is_there_once(schema) -> None:  # type: ignore[no-untyped-def]
    names = [field.name for field in schema.fields]
    assert len(names) == len(set(names))


SEGMENTS = [
    (kind, "name")
    for kind, schema in KINDS.items()
    if schema.group is not Group.RECORD and any(f.name == "name" for f in schema.fields)
] + [
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


@pytest.mark.parametrize("schema", [each for each in KINDS.values() if each.fields], ids=lambda schema: schema.kind)
def test_problems_are_in_our_words(schema) -> None:  # type: ignore[no-untyped-def]
    values: list[Any] = ["", "x" * 9000, -1, 10**30, 1.5, [], [1], {}, {"": "", "a": 1}, [{"ip": 1, "x": 1}], object()]
    told = [problem.text for f in schema.fields for value in values for problem in f.validate(value)[1]]
    assert told
    assert not [each for each in told if " should " in each or "valid" in each.replace("valid IPv4 address", "")]


@pytest.mark.parametrize(("schema", "wire"), SECRETS, ids=[f"{schema.label}.{wire}" for schema, wire in SECRETS])
def test_the_emulator_masks_what_is_secret(schema: KindSchema, wire: str) -> None:
    path = "/".join(["/service/id/version/1", *schema.segments])
    assert all(secrets_of({}, below).fullmatch(wire) for below in (path, f"{path}/name"))
