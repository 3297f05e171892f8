"""Writes tests/data/pulumi_fastly_properties.json from a wheel of pulumi-fastly.

The wheel: ``pip download --no-deps pulumi-fastly``. It is read, not installed.
"""

import argparse
import ast
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "tests" / "data" / "pulumi_fastly_properties.json"
HEAD = "Written by tools/pulumi_fastly_wheel.py: the arguments of ServiceVcl and of its blocks in pulumi-fastly."
RESOURCE = "ServiceVcl"


def _arguments(source: str) -> Iterator[tuple[str, list[str]]]:
    """Each class of arguments of the resource, without ``Args``, and its keyword arguments."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and node.name.startswith(RESOURCE) and node.name.endswith("Args"):
            (init,) = (each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__")
            yield node.name.removesuffix("Args"), [argument.arg for argument in init.args.kwonlyargs]


def described(wheel: Path) -> dict[str, Any]:
    """The whole content of the file."""
    with zipfile.ZipFile(wheel) as archive:
        sources = [archive.read(f"pulumi_fastly/{name}.py").decode() for name in ("_inputs", "service_vcl")]
    classes = {name: arguments for source in sources for name, arguments in _arguments(source)}
    return {"about": HEAD, "version": wheel.name.split("-")[1], "classes": dict(sorted(classes.items()))}


def main() -> int:
    """Writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    TARGET.write_text(json.dumps(described(parser.parse_args().wheel), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
