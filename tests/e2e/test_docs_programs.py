"""The programs in the README and the pages for users run on the real CLI."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import FOR_USERS, README, page, programs

from .harness import Emulator, new_stack, running_emulator

PROGRAMS = [
    pytest.param(program, id=f"{path.stem}-{number}")
    for path in FOR_USERS
    if path.stem != "reference"
    for number, program in enumerate(programs(path.read_text()), 1)
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_previews(tmp_path: Path, emulator: Emulator, program: str) -> None:
    result = new_stack(tmp_path, emulator).preview(program)
    assert result.ok, str(result)
    reads = re.findall(r"^.*\bfastly\.(?:get|check)_\w+(?<!_output)\(", program, re.MULTILINE)
    assert [call.method for call in result.calls] == ["GET"] * len(reads), "a preview calls for functions only"


def test_the_first_program_goes_live(tmp_path: Path, emulator: Emulator) -> None:
    stack = new_stack(tmp_path, emulator)
    result = stack.up(programs(README.read_text())[0])
    assert result.ok, str(result)
    assert result.activations == 1
    assert stack.outputs() == {"version": 1}
    assert stack.up().calls == []
    assert stack.destroy().ok


def test_the_program_with_functions_goes_live(tmp_path: Path, emulator: Emulator) -> None:
    (program,) = [each for each in programs(page("functions")) if "get_stats_output" in each]
    stack = new_stack(tmp_path, emulator)
    assert "get_ip_ranges reads from Fastly in a preview too" in stack.preview(program).output
    result = stack.up()
    assert result.ok, str(result)
    assert result.activations == 1
    service_id = emulator.service_id("tenants")
    (acl,) = emulator.objects(service_id, "acl").values()
    known = emulator.get("/public-ip-list")
    assert set(emulator.entries(service_id, acl["id"])) == {*known["addresses"], *known["ipv6_addresses"]}
    assert emulator.objects(service_id, "backend")["origin"]["shield"] == "frankfurt-de"
    assert stack.outputs() == {"requests": 0}
    again = stack.up()
    assert again.ok, str(again)
    assert again.writes == []


def test_the_program_of_the_automation_api_goes_live(tmp_path: Path) -> None:
    (program,) = re.findall(r"^```python\n(.*?)^```", page("automation-api"), re.MULTILINE | re.DOTALL)
    (tmp_path / "deploy.py").write_text(program)
    with running_emulator() as emulator:
        stack = new_stack(tmp_path, emulator)
        run = subprocess.run(
            [sys.executable, "deploy.py"],
            cwd=tmp_path,
            env=stack.environ(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert [call for call in emulator.calls() if call.path.endswith("/activate")]
