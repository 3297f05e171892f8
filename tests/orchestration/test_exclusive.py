"""A flag that one object of a version has at most: the main VCL. A call of its own gives it."""

from functools import partial

import pytest
from pulumi_fastly_dynamic.orchestration import Refusal

from .conftest import Program, Stack

CODE = "sub vcl_recv {\n#FASTLY recv\n}\n"


def program(main: str = "", **content: str) -> Program:
    return {f"vcl/{name}": {"content": content.get(name, CODE), "main": name == main} for name in ("a", "b")}


def mains(stack: Stack) -> list[str]:
    files = stack.emulator.services[stack.service].versions[stack.active or 0].of("vcl").values()
    return [file["name"] for file in files if file["main"]]


def writes(stack: Stack) -> list[str]:
    return [row for row in stack.writes if "/vcl" in row]


def test_a_new_main_file(stack: Stack) -> None:
    stack.up(program("a"))
    assert mains(stack) == ["a"]
    assert [row for row in writes(stack) if row.endswith("/main")] == ["PUT version/1/vcl/a/main"]


def test_a_change_of_the_flag_alone(stack: Stack) -> None:
    stack.up(program())
    stack.clear()
    stack.up(program("b"))
    assert mains(stack) == ["b"]
    assert writes(stack) == ["PUT version/2/vcl/b/main"]


@pytest.mark.parametrize(("before", "after"), [("a", "b"), ("b", "a")])
def test_another_file_becomes_the_main_one(stack: Stack, before: str, after: str) -> None:
    stack.up(program(before))
    stack.up(program(after))
    assert mains(stack) == [after]
    stack.clear()
    stack.up(program(after))
    assert stack.writes == []


def test_no_file_is_the_main_one_any_more(stack: Stack) -> None:
    stack.up(program("a"))
    stack.clear()
    stack.up(program())
    assert mains(stack) == []
    assert writes(stack) == ["DELETE version/2/vcl/a", "POST version/2/vcl"]


def test_a_new_content_keeps_the_flag(stack: Stack) -> None:
    stack.up(program("a"))
    stack.clear()
    stack.up(program("a", a=CODE + "#"))
    assert mains(stack) == ["a"]
    assert writes(stack) == ["PUT version/2/vcl/a"]


def test_the_main_file_leaves_the_program(stack: Stack) -> None:
    stack.up(program("a"))
    stack.up({"vcl/b": {"content": CODE, "main": True}})
    assert (mains(stack), stack.names("vcl")) == (["b"], ["b"])


def test_a_lost_answer_is_settled_by_a_look(stack: Stack) -> None:
    stack.fault(method="PUT", path="*/vcl/a/main", drop="after")
    stack.up(program("a"))
    assert mains(stack) == ["a"]


def test_an_undeclared_file_loses_the_flag_to_a_declared_one(stack: Stack) -> None:
    """That is not someone else's change: the program asked for it."""
    stack.api("POST", "version/1/vcl", name="theirs", content=CODE, main="1")
    stack.api("PUT", "version/1/activate")
    stack.adopt = True
    stack.take_over()
    stack.up(program("a"))
    assert mains(stack) == ["a"]
    assert sorted(stack.names("vcl")) == ["a", "b", "theirs"]


def test_an_undeclared_file_that_someone_changes_is_refused_all_the_same(stack: Stack) -> None:
    stack.api("POST", "version/1/vcl", name="theirs", content=CODE, main="1")
    stack.api("PUT", "version/1/activate")
    stack.adopt = True
    stack.take_over()
    theirs = partial(stack.api, "PUT", "version/2/vcl/theirs", content=CODE + "#")
    with pytest.raises(Refusal, match="Vcl 'theirs'"):
        stack.up(program("a"), meanwhile=theirs)
