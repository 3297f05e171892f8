"""The report knows the schema table alone, and needs no engine."""

import ast
from pathlib import Path

REPORT = Path(__file__).parents[2] / "report" / "fastly_report"


def imported() -> set[str]:
    found: set[str] = set()
    for file in REPORT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module or "")
    return found


def test_of_the_provider_it_imports_the_schema_table_alone():
    of_provider = {module for module in imported() if module.startswith("pulumi_fastly_dynamic")}
    assert of_provider == {"pulumi_fastly_dynamic", "pulumi_fastly_dynamic.schema"}, "the root fills the table"


def test_it_knows_neither_pulumi_nor_the_emulator():
    assert not [module for module in imported() if module.split(".")[0] in {"pulumi", "fastly_emulator", "subprocess"}]
