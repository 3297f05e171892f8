"""Names that differ from those of pulumi-fastly: each is in a table, and each row of a table is needed."""

import json

from fastly_adopt import names_elsewhere as names

from tests.tool_modules import load_tool

TOOL = load_tool("pulumi_fastly_names")
THEIRS = TOOL.known()["classes"]
BLOCKS = {name.removeprefix("ServiceVcl"): properties for name, properties in THEIRS.items() if name != "ServiceVcl"}
OURS = TOOL.properties()
OUTPUTS = {("Acl", "acl_id"), ("Dictionary", "dictionary_id"), ("DynamicSnippet", "snippet_id")}


def test_the_page_is_fresh() -> None:
    assert TOOL.TARGET.read_text() == TOOL.text(), "run `python tools/pulumi_fastly_names.py`"


def test_every_class_has_one_here() -> None:
    assert {names.our_class(name) for name in BLOCKS} <= OURS.keys()


def test_every_block_has_its_names() -> None:
    assert names.BLOCKS.keys() == BLOCKS.keys() - names.NESTED
    plurals = [plural for _, plural in names.BLOCKS.values()]
    assert sorted(plurals) == sorted(
        name for name in THEIRS["ServiceVcl"] if name not in names.SERVICE and name not in OURS["Service"]
    )
    terraform = (TOOL.ROOT / "tools" / "terraform_names.txt").read_text().splitlines()
    assert {name for name, _ in names.BLOCKS.values()} <= {line.split(" ")[0] for line in terraform}


def test_every_property_has_one_here_or_a_reason() -> None:
    unknown = [
        (block, name)
        for block, properties in BLOCKS.items()
        for cls in (names.our_class(block),)
        for name in properties
        if (ours := names.our_property(block, name)) and ours not in OURS[cls] and (cls, ours) not in OUTPUTS
    ]
    assert unknown == []


def test_every_row_is_needed() -> None:
    assert names.CLASSES.keys() <= BLOCKS.keys()
    assert not [name for name in names.CLASSES if name in OURS]
    for block, name in names.PROPERTY_NAMES:
        assert name in BLOCKS[block]
        assert name not in OURS[names.our_class(block)] or block in names.NESTED


def test_defaults_are_those_of_the_kinds() -> None:
    for (block, name), (_, ours) in names.DEFAULTS.items():
        assert name in THEIRS[f"ServiceVcl{block}"]
        (field,) = (field for field in TOOL.fields_of(names.our_class(block) or "Service") if field.name == name)
        default = "required" if field.required else "none" if field.default is None else json.dumps(field.default)
        assert ours == default


def test_arguments_of_the_service() -> None:
    lists = {name for name in THEIRS["ServiceVcl"] if name not in names.SERVICE and name not in OURS["Service"]}
    assert len(lists) == len(BLOCKS.keys() - names.NESTED)
    assert names.SERVICE.keys() <= set(THEIRS["ServiceVcl"])
    for row in names.SERVICE.values():
        cls, _, name = row.ours.partition(".")
        assert cls in {"", "Release"} or not name or name in OURS[cls]
