"""The emulator's modules import each other in one direction only, imports for types included."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import fastly_emulator

PACKAGE = Path(fastly_emulator.__file__).parent
NAMES = {
    ".".join((PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


def imported(module: str) -> set[str]:
    """Return the emulator's modules that a module names in its imports, wherever in the file they are."""
    found = set()
    for node in ast.walk(ast.parse(NAMES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            # What is imported from a package may be a module of it, or a name in its `__init__`.
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in NAMES else node.module for name in names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & NAMES.keys() - {module}


def test_no_circles() -> None:
    order = list(TopologicalSorter({module: imported(module) for module in NAMES}).static_order())
    assert len(order) == len(NAMES)
