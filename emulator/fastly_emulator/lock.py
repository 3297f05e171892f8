"""One emulator for each state file: two would overwrite what the other wrote."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds a file's lock, which the system frees however this process ends; a ValueError if it is held already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Beside the state file, because that one is replaced with each write. It stays: removing it would free the name
    # while another emulator is about to lock it.
    beside = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(beside, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(f"{path} is in use by another emulator; stop that one or name another file") from None
        yield
    finally:
        os.close(beside)
