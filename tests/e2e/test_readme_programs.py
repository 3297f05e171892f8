"""The README's programs run."""

from pathlib import Path

import pytest

from tests.test_readme import PROGRAMS

from .harness import new_stack, running_emulator


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.splitlines()[0])
def test_programs_preview_on_the_real_engine(tmp_path: Path, program: str) -> None:
    with running_emulator() as emulator:
        stack = new_stack(tmp_path, emulator)
        result = stack.preview(program)
        assert result.ok, str(result)
        assert result.calls == []


def test_the_first_program_goes_live(tmp_path: Path) -> None:
    with running_emulator() as emulator:
        stack = new_stack(tmp_path, emulator)
        result = stack.up(PROGRAMS[0])
        assert result.ok, str(result)
        assert result.activations == 1
        assert stack.outputs() == {"version": 1}
        assert stack.up().calls == []
        assert stack.destroy().ok
