"""A second run overwrites nothing that a person has changed."""

from pathlib import Path

import pytest
from fastly_adopt import program_files
from fastly_adopt.program_files import RECORD
from pulumi_fastly_dynamic.failure import Failure

FILES = {"__main__.py": "one\n", "vcl/main.vcl": "a\r\nb\n"}


def there(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_bytes().decode()
        for path in folder.rglob("*")
        if path.is_file() and path.name != RECORD
    }


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_an_existing_folder_is_refused(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "x"
    if kind == "file":
        target.write_text("mine")
    else:
        (target / "sub").mkdir(parents=True)
    with pytest.raises(Failure, match="exists already: name another folder with --out"):
        program_files.refuse_existing(target)
    program_files.refuse_existing(tmp_path / "new")


def test_line_ends_are_kept(tmp_path: Path) -> None:
    program_files.write_new(tmp_path / "x", "S", FILES)
    assert there(tmp_path / "x") == FILES


def test_an_update_writes_what_no_person_has_changed(tmp_path: Path) -> None:
    program_files.write_new(
        tmp_path, "S", {**FILES, "data/old.json": "{}\n", "same.txt": "same\n", "lost.txt": "lost\n"}
    )
    (tmp_path / "__main__.py").write_text("mine\n")
    (tmp_path / "lost.txt").unlink()
    new = {
        "__main__.py": "two\n",
        "vcl/main.vcl": "c\n",
        "vcl/new.vcl": "new\n",
        "same.txt": "same\n",
        "lost.txt": "x\n",
    }
    found = program_files.update(tmp_path, "S", new)
    assert sorted(found.written) == ["lost.txt", "vcl/main.vcl", "vcl/new.vcl"]
    assert found.unused == ("data/old.json",)
    assert list(found.kept) == ["__main__.py"]
    assert "-mine\n+two\n" in found.kept["__main__.py"]
    assert there(tmp_path) == {**new, "__main__.py": "mine\n", "data/old.json": "{}\n"}


def test_what_a_person_has_changed_stays_theirs_in_later_updates(tmp_path: Path) -> None:
    program_files.write_new(tmp_path, "S", FILES)
    (tmp_path / "__main__.py").write_text("mine\n")
    for _ in range(2):
        assert list(program_files.update(tmp_path, "S", {**FILES, "__main__.py": "two\n"}).kept) == ["__main__.py"]
    (tmp_path / "__main__.py").write_text("one\n")
    assert program_files.update(tmp_path, "S", {**FILES, "__main__.py": "two\n"}).written == ("__main__.py",)


def test_a_file_of_someone_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text("theirs\n")
    found = program_files.update(tmp_path, "S", FILES)
    assert (list(found.kept), found.written) == (["__main__.py"], ("vcl/main.vcl",))


def test_a_folder_of_another_service(tmp_path: Path) -> None:
    program_files.write_new(tmp_path, "S", FILES)
    with pytest.raises(Failure, match="was written for service S, not for T"):
        program_files.update(tmp_path, "T", FILES)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Failure, match="cannot be written: "):
        program_files.write_new(tmp_path / "file" / "x", "S", FILES)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"service_id": "S", "files": 7}'])
def test_a_record_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    (tmp_path / RECORD).write_text(text)
    with pytest.raises(Failure, match=r"\.fastly-adopt\.json cannot be read: remove it"):
        program_files.update(tmp_path, "S", FILES)
