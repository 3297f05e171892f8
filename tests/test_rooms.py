"""The rooms of the package, and that imports point one way: down."""

import ast
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROVIDER = ROOT / "provider" / "pulumi_fastly_dynamic"
EMULATOR = ROOT / "emulator" / "fastly_emulator"
ABOVE = (ROOT / "policies" / "fastly_policies", ROOT / "report" / "fastly_report")
"""Of the provider they import the schema table alone."""

ROOMS = ("kinds", "resource", "engine", "orchestration", "schema", "api")
"""Top to bottom; each imports only from rooms below it."""
WITHOUT_PULUMI = ("orchestration", "schema", "api")
FLOOR = len(ROOMS)
"""Below all rooms: modules that lie in the package itself, such as `failure`."""
TOP = -1
"""Above all rooms: the package's `__init__`."""


@dataclass(frozen=True)
class Import:
    """One import of one file."""

    file: Path
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.module}"


def modules(package: Path) -> list[Path]:
    """Every module of a package."""
    return sorted(package.rglob("*.py"))


def imports(file: Path) -> Iterator[Import]:
    """Every import of a file, wherever in the file it is, as an absolute module."""
    package = ".".join(file.relative_to(file_root(file)).parent.parts)
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                module = importlib.util.resolve_name("." * node.level + module, package).rstrip(".")
            # `from . import services` names a module, `from .errors import Refusal` a class: both are below `module`.
            for alias in node.names:
                yield Import(file, node.lineno, f"{module}.{alias.name}")


def file_root(file: Path) -> Path:
    """The folder that is on the path: `provider`, `emulator` ..."""
    return next(package.parent for package in (PROVIDER, EMULATOR, *ABOVE) if package in file.parents)


def floor_of(path: tuple[str, ...]) -> int:
    """How far down a module of the package is, given its path below the package."""
    if not path:
        return TOP
    return ROOMS.index(path[0]) if path[0] in ROOMS else FLOOR


def is_of(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_every_folder_is_a_room() -> None:
    assert {path.parent.name for path in PROVIDER.glob("*/__init__.py")} == set(ROOMS)


@pytest.mark.parametrize("file", modules(PROVIDER), ids=lambda file: str(file.relative_to(PROVIDER)))
def test_imports_point_down(file: Path) -> None:
    own = file.relative_to(PROVIDER).with_suffix("").parts
    own = own[:-1] if own[-1] == "__init__" else own
    wrong = [
        str(found)
        for found in imports(file)
        if is_of(found.module, PROVIDER.name) and floor_of(tuple(found.module.split(".")[1:])) < floor_of(own)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", WITHOUT_PULUMI)
def test_lower_rooms_know_no_pulumi(room: str) -> None:
    found = [str(each) for file in modules(PROVIDER / room) for each in imports(file) if is_of(each.module, "pulumi")]
    assert not found


def test_the_floor_knows_no_pulumi() -> None:
    files = [file for file in PROVIDER.glob("*.py") if file.name != "__init__.py"]
    assert files
    assert not [str(each) for file in files for each in imports(file) if is_of(each.module, "pulumi")]


@pytest.mark.parametrize("package", ABOVE, ids=lambda package: package.name)
def test_rules_and_report_know_the_schema_table_alone(package: Path) -> None:
    assert modules(package)
    found = [each for file in modules(package) for each in imports(file)]
    allowed = (PROVIDER.name, f"{PROVIDER.name}.schema")
    wrong = [
        str(each)
        for each in found
        if is_of(each.module, EMULATOR.name)
        or (is_of(each.module, PROVIDER.name) and each.module != allowed[0] and not is_of(each.module, allowed[1]))
    ]
    assert not wrong, "\n".join(wrong)


def test_emulator_and_provider_do_not_know_each_other() -> None:
    """The emulator writes the API's shapes down a second time, so that the two check each other."""
    of_emulator = [each for file in modules(EMULATOR) for each in imports(file)]
    of_provider = [each for file in modules(PROVIDER) for each in imports(file)]
    assert not [str(each) for each in of_emulator if is_of(each.module, PROVIDER.name)]
    assert not [str(each) for each in of_emulator if is_of(each.module, "pulumi")]
    assert not [str(each) for each in of_provider if is_of(each.module, EMULATOR.name)]


def test_the_resolver_sees_all_forms_of_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "provider" / "pulumi_fastly_dynamic"
    (package / "api").mkdir(parents=True)
    file = package / "api" / "example.py"
    file.write_text(
        "import pulumi.dynamic\nfrom .. import kinds\nfrom ..schema.kind import Field\nfrom . import client\n"
        "def late():\n    from pulumi_fastly_dynamic import Backend\n"
    )
    monkeypatch.setattr(f"{__name__}.PROVIDER", package)
    assert [each.module for each in imports(file)] == [
        "pulumi.dynamic",
        "pulumi_fastly_dynamic.kinds",
        "pulumi_fastly_dynamic.schema.kind.Field",
        "pulumi_fastly_dynamic.api.client",
        "pulumi_fastly_dynamic.Backend",
    ]
