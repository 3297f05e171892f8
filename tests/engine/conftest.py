"""Fixtures of the engine tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness import Emulator, Stack, new_stack, running_emulator


@pytest.fixture(scope="session")
def emulator_process() -> Iterator[Emulator]:
    with running_emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(emulator_process: Emulator) -> Emulator:
    emulator_process.reset()
    return emulator_process


@pytest.fixture
def stack(tmp_path: Path, emulator: Emulator) -> Stack:
    return new_stack(tmp_path, emulator)
