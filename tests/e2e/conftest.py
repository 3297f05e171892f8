"""Fixtures of the end-to-end tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .gated import GatedStack, prepare
from .harness import Emulator, Stack, new_stack, running_emulator
from .updates import BASE, CHANGED, NEW, Case, case


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


@pytest.fixture
def gated(tmp_path: Path) -> Iterator[GatedStack]:
    """A stack whose emulator can be stopped at a call."""
    with prepare(tmp_path) as stack:
        yield stack


@pytest.fixture(scope="session")
def update(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """An update of a service that serves already."""
    return case(tmp_path_factory.mktemp("update"), BASE, CHANGED)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The first ``up`` of a new service."""
    return case(tmp_path_factory.mktemp("first"), "", NEW)
