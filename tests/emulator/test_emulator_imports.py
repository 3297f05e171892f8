"""The emulator's modules import each other in one direction only, imports for types included."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import fastly_emulator

PACKAGE = Path(fastly_emulator.__file__).parent
NAMES = {
    ".".join((PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


def imported(module: str) -> set[str]:
    """Return the emulator's modules that a module names in its imports, wherever in the file they are."""
    package = module if NAMES[module].name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(NAMES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package)
            # What is imported from a package may be a module of it, or a name in its `__init__`.
            names = [f"{source}.{alias.name}" for alias in node.names]
            found |= {name if name in NAMES else source for name in names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & NAMES.keys() - {module}


def test_no_circles() -> None:
    order = list(TopologicalSorter({module: imported(module) for module in NAMES}).static_order())
    assert len(order) == len(NAMES)


def test_they_import_each_other() -> None:
    """So that the test above reads what there is."""
    assert "fastly_emulator.api_error" in imported("fastly_emulator.kinds.declaration")
    assert "fastly_emulator.emulator" in imported("fastly_emulator")


def test_no_file_is_named_like_one_of_the_provider() -> None:
    """So that a search for a file has one answer."""
    of_provider = {path.name for path in (PACKAGE.parents[1] / "provider").rglob("*.py")}
    assert {path.name for path in NAMES.values()} & of_provider == {"__init__.py"}
