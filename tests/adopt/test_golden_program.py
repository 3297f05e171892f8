"""The program of a realistic service, and a large one: formatted, typed, without secrets."""

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fastly_adopt.planning import plan_of
from fastly_adopt.program_files import write_new
from fastly_adopt.program_writing import files_of
from fastly_adopt.service_content import FoundObject, ServiceContent
from fastly_adopt.service_reading import read_service
from fastly_adopt.trial import load, stand_ins

from tests.pages import REPO, page

from .conftest import Account
from .golden import PROGRAM, plan, shop
from .random_services import Maker


def test_the_program_of_a_realistic_service() -> None:
    there = {str(path.relative_to(PROGRAM)): path.read_bytes().decode() for path in PROGRAM.rglob("*.*")}
    del there[".fastly-adopt.json"]
    assert there == files_of(plan())


def test_the_documentation_shows_it() -> None:
    assert (PROGRAM / "__main__.py").read_text() in page("adopt")


def test_no_file_has_a_secret() -> None:
    files = "".join(files_of(plan()).values())
    assert len(plan().secrets) == 3
    assert not [each for each in plan().secrets if each.value and each.value in files]


def test_a_copy_of_a_copy_gives_the_same_program(account: Account) -> None:
    """What is loaded into the emulator is what was read."""
    first = load(account.emulator, shop(), stand_ins(plan()))
    content = read_service(account.client, first, progress=lambda *_: None)
    again = files_of(plan_of(content))
    expected = files_of(plan_of(shop(left_alone=[])))
    changed = {"adopt_id=": "", "from version": ""}
    for files in (again, expected):
        lines = files["__main__.py"].splitlines()
        files["__main__.py"] = "\n".join(line for line in lines if not any(word in line for word in changed))
    assert again == expected


def large() -> ServiceContent:
    """A service with more objects than a person reads in one file, of all families."""
    backends = [
        FoundObject("backend", {"name": f"b{n}", "address": "a.example.com", "request_condition": f"c{n % 9}"})
        for n in range(160)
    ]
    conditions = [FoundObject("condition", {"name": f"c{n}", "type": "REQUEST", "statement": "true"}) for n in range(9)]
    return replace(shop(), objects=(*shop().objects, *backends, *conditions))


def all_kinds(account: Account) -> ServiceContent:
    service_id = Maker(account.http, random.Random(1)).make(1)
    return read_service(account.client, service_id, progress=lambda *_: None)


@pytest.mark.parametrize("size", ["realistic", "large", "all kinds"])
def test_formatter_and_type_checker_have_nothing_to_say(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, account: Account, size: str
) -> None:
    content = {"realistic": shop, "large": large, "all kinds": lambda: all_kinds(account)}[size]()
    files = files_of(plan_of(content))
    assert ("parts/origins.py" in files) == (size == "large")
    write_new(tmp_path / "program", "S", files)

    def run(*command: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", *command, "."], cwd=tmp_path / "program", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout

    run("ruff", "format", "--isolated", "--diff")
    config = [
        "--config-file",
        str(REPO / "pyproject.toml"),
        "--cache-dir",
        str(tmp_path_factory.getbasetemp() / "mypy"),
    ]
    run("mypy", "--strict", *config)
