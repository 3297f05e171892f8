"""Policies know of the package's rooms the schema table alone, and nothing knows them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imports(folder: str) -> Iterator[str]:
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield node.module or ""


def test_policies_know_the_schema_table_alone():
    found = {name for name in imports("policies") if name.split(".")[0] in {"pulumi_fastly_dynamic", "fastly_emulator"}}
    # Importing the package fills the table.
    assert found == {"pulumi_fastly_dynamic", "pulumi_fastly_dynamic.schema"}


def test_nothing_knows_the_policies():
    for folder in ("provider", "emulator", "report"):
        assert not [name for name in imports(folder) if name.split(".")[0] == "fastly_policies"]
