"""Values as Python source: they mean the same, and formatters leave them alone."""

import ast
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastly_adopt.python_source import WIDTH, Code, call, comment, layout, literal, quoted, width

ALPHABET = "ab \"'\\\n\r\t\0\x1b{}%é日🙂\u200b\u0301\ud800\u2028"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", '"plain"'),
        ('say "hi"', "'say \"hi\"'"),
        ("it's", '"it\'s"'),
        ("\"'", '"\\"\'"'),
        ("a\\b", '"a\\\\b"'),
        ("a\nb", '"a\\nb"'),
        ("\x1b", '"\\x1b"'),
        ("日本", '"日本"'),
        (True, "True"),
        (5, "5"),
        (None, "None"),
        ([], "[]"),
        (["a", 1], '["a", 1]'),
        ({"a": "b"}, '{"a": "b"}'),
    ],
)
def test_literals(value: Any, expected: str) -> None:
    assert layout(literal(value)) == expected
    assert ast.literal_eval(expected) == value


def test_a_call_that_fits_is_one_line_and_else_has_an_argument_a_line() -> None:
    fits = call("f", [literal("a" * (WIDTH - 5))])
    assert width(layout(fits)) == WIDTH
    assert layout(fits).count("\n") == 0
    longer = call("f", [literal("a" * WIDTH)], {"b": literal(["c"]), "d": Code("e")})
    assert layout(longer, 1, before="x = ").splitlines() == [
        "    x = f(",
        f'        "{"a" * WIDTH}",',
        '        b=["c"],',
        "        d=e,",
        "    )",
    ]


def test_comments_are_wrapped_and_hold_no_line_breaks() -> None:
    assert comment("a\nb\x7f", 1) == ["    # a b\\x7f"]
    lines = comment("word " * 40)
    assert all(line.startswith("# word") and width(line) <= WIDTH for line in lines)
    assert len(lines) > 1


def test_random_values_are_stable_under_the_formatter(tmp_path: Path) -> None:
    rnd = random.Random(1)

    def text(most: int) -> str:
        return "".join(rnd.choice(ALPHABET) for _ in range(rnd.randint(0, most)))

    def value(depth: int) -> Any:
        kind = rnd.choice("sssnlm" if depth else "sn")
        if kind == "l":
            return [value(depth - 1) for _ in range(rnd.randint(0, 4))]
        if kind == "m":
            return {text(9): value(depth - 1) for _ in range(rnd.randint(0, 4))}
        return text(40) if kind == "s" else rnd.choice([1, True, None])

    for _ in range(500):
        found = text(30)
        assert ast.literal_eval(quoted(found)) == found
    values = [value(3) for _ in range(300)]
    lines = [layout(call("f", [literal(each)], {"name": literal(text(80))}), before="x = ") for each in values]
    file = tmp_path / "values.py"
    file.write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[:3000]
