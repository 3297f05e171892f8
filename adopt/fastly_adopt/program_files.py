"""A program's files in a folder. What a person has changed is never overwritten."""

import difflib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_fastly_dynamic.failure import Failure

RECORD = ".fastly-adopt.json"
"""The service, and digests of the files that were written. Texts and data cannot carry a digest themselves: they are
what Fastly has."""


@dataclass(frozen=True)
class Update:
    """What a second run did to a folder."""

    written: tuple[str, ...]
    kept: Mapping[str, str]
    """Files that a person has changed, and how they differ from what would be written."""
    unused: tuple[str, ...]
    """Files of an earlier run that the program does not use any more."""


def refuse_existing(folder: Path) -> None:
    """Refuses a folder that has anything in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failure(f"{folder} exists already: name another folder with --out, or write again with --update")


def write_new(folder: Path, service_id: str, files: Mapping[str, str]) -> None:
    """Writes a program into a folder of its own."""
    _write(folder, files)
    _remember(folder, service_id, {name: _digest(text) for name, text in files.items()})


def update(folder: Path, service_id: str, files: Mapping[str, str]) -> Update:
    """Writes the files that no person has changed, and tells how the others differ."""
    digests = _digests(folder, service_id)
    kept: dict[str, str] = {}
    wanted: dict[str, str] = {}
    for name, text in files.items():
        there = _read(folder / name)
        if there is None or there == text or _digest(there) == digests.get(name):
            wanted[name] = text
        else:
            kept[name] = _difference(name, there, text)
    written = {name: text for name, text in wanted.items() if _read(folder / name) != text}
    unused = tuple(name for name in digests if name not in files and (folder / name).exists())
    _write(folder, written)
    kept_digests = {name: digests[name] for name in kept if name in digests}
    _remember(folder, service_id, {**kept_digests, **{name: _digest(text) for name, text in wanted.items()}})
    return Update(tuple(written), kept, unused)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    except OSError as error:
        raise Failure(f"{error.filename or folder} cannot be written: {error.strerror}") from None


def _remember(folder: Path, service_id: str, digests: Mapping[str, str]) -> None:
    record = {"service_id": service_id, "files": dict(sorted(digests.items()))}
    _write(folder, {RECORD: json.dumps(record, indent=2) + "\n"})


def _digests(folder: Path, service_id: str) -> dict[str, str]:
    """The digests of an earlier run for the same service."""
    text = _read(folder / RECORD)
    if text is None:
        return {}
    try:
        record = json.loads(text)
        written_for, digests = str(record["service_id"]), dict(record["files"])
    except (ValueError, TypeError, KeyError):
        raise Failure(f"{folder / RECORD} cannot be read: remove it, and all files count as changed by you") from None
    if written_for != service_id:
        raise Failure(f"{folder} was written for service {written_for}, not for {service_id}: name another folder")
    return digests


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode(errors="surrogateescape")
    except FileNotFoundError:
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:16]


def _difference(name: str, there: str, text: str) -> str:
    lines = difflib.unified_diff(
        there.splitlines(keepends=True), text.splitlines(keepends=True), f"{name} (yours)", f"{name} (from Fastly)"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
