"""The command: its input, its exit codes, its words."""

import subprocess
import sys
from pathlib import Path

import pytest
from fastly_report.__main__ import main
from fastly_report.render.html import _template

from .previews import text_of


@pytest.fixture
def file(tmp_path: Path):
    def write(name: str) -> str:
        path = tmp_path / name
        path.write_text(text_of(name))
        return str(path)

    return write


def test_reads_a_file(file, capsysbinary):
    assert main([file("one-change.jsonl")]) == 0
    assert capsysbinary.readouterr().out.startswith(b"## Pulumi preview of `shop/test`")


def test_reads_standard_input():
    done = subprocess.run(
        [sys.executable, "-m", "fastly_report", "--format", "text"],
        input=text_of("one-change.json"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "port: 443 → 8443" in done.stdout
    assert not done.stderr


@pytest.mark.parametrize(
    ("name", "reasons", "code"),
    [
        ("removed.jsonl", "removed", 1),
        ("removed.jsonl", "replaced,error", 0),
        ("replaced.jsonl", "replaced", 1),
        ("replaced.jsonl", "removed", 0),
        ("moved.jsonl", "removed,replaced", 0),
        ("dictionary-anew.jsonl", "replaced", 1),
        ("policies.jsonl", "policy", 1),
        ("policies.jsonl", "removed,replaced", 0),
        ("failed-check.jsonl", "error", 1),
        ("failed-check.json", "error", 1),
        ("policies-kept.jsonl", "policy", 0),
        ("one-change.jsonl", "removed,replaced,error", 0),
        ("one-change.jsonl", "", 0),
        ("destroyed.jsonl", "removed", 1),
        ("release-removed.jsonl", "removed", 1),
    ],
)
def test_fails_where_asked(file, capsysbinary, name: str, reasons: str, code: int):
    assert main([file(name), "--fail-on", reasons]) == code
    assert capsysbinary.readouterr().out


def test_a_failed_preview_is_a_report_all_the_same(file, capsysbinary):
    assert main([file("failed-check.jsonl")]) == 0
    assert b"The preview failed" in capsysbinary.readouterr().out


def test_policies_cannot_be_judged_by_a_document(file, capsysbinary):
    assert main([file("policies.json"), "--fail-on", "policy"]) == 2
    out, err = capsysbinary.readouterr()
    assert out
    assert b"--fail-on policy cannot tell" in err


@pytest.mark.parametrize("name", ["one-change.jsonl", "failed-check.jsonl"])
def test_policies_cannot_be_judged_where_no_pack_ran(file, capsysbinary, name: str):
    assert main([file(name), "--fail-on", "policy"]) == 2
    assert b"no policy pack ran" in capsysbinary.readouterr().err


@pytest.mark.parametrize("text", ["", "Previewing update", "[]", text_of("one-change.jsonl")[:5000]])
def test_bad_input_is_one_line_and_exit_code_2(tmp_path: Path, capsysbinary, text: str):
    path = tmp_path / "input"
    path.write_text(text)
    assert main([str(path)]) == 2
    out, err = capsysbinary.readouterr()
    assert not out
    assert err.startswith(b"fastly-preview: ")
    assert err.count(b"\n") == 1


def test_no_file(tmp_path: Path, capsysbinary):
    assert main([str(tmp_path / "none")]) == 2
    assert b"No such file" in capsysbinary.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--format", "pdf"], ["--fail-on", "rain"], ["--max-bytes", "10"], ["--max-bytes", "x"]]
)
def test_wrong_arguments_exit_with_2(arguments: list[str], capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err


def test_max_bytes(file, capsysbinary):
    name = file("many.jsonl")
    assert main([name, "--max-bytes", "5000"]) == 0
    assert len(capsysbinary.readouterr().out) <= 5000
    assert main([name, "--format", "text"]) == 0
    assert len(capsysbinary.readouterr().out) > 5000


def test_html_says_what_it_needs(file, capsysbinary, monkeypatch: pytest.MonkeyPatch):
    _template.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert main([file("one-change.jsonl"), "--format", "html"]) == 2
    assert b"needs jinja2: pip install 'pulumi-fastly-dynamic[report]'" in capsysbinary.readouterr().err


def test_a_bug_quotes_no_values(file, capsysbinary, monkeypatch: pytest.MonkeyPatch):
    def broken(_model):
        raise KeyError("TOP-SECRET")

    monkeypatch.setattr("fastly_report.__main__.document_of", broken)
    assert main([file("one-change.jsonl")]) == 2
    _, err = capsysbinary.readouterr()
    assert b"KeyError in test_command.py" in err
    assert b"TOP-SECRET" not in err
