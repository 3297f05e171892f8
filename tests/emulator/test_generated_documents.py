"""Whole texts of generated VCL, custom VCL with macros and includes, and the endpoints."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastly_emulator.generated import Dialect

from tests.generated_services import SMALL, folded, make, make_realistic, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Api

GOLDEN = Path(__file__).parents[1] / "data" / "generated"
"""Texts to be read; UPDATE_GENERATED=1 writes them anew."""


def small(api: Api) -> Api:
    return make(api, SMALL)


@pytest.mark.parametrize(
    ("name", "fill", "dialect"),
    [
        ("small", small, Dialect.FASTLY),
        ("realistic", make_realistic, Dialect.FASTLY),
        ("realistic_edge", make_realistic, Dialect.EDGE),
    ],
)
def test_whole_texts(api: Api, name: str, fill: Callable[[Api], Api], dialect: Dialect) -> None:
    same_as_file(f"{name}.vcl", text_of(fill(api), dialect))


def same_as_file(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("UPDATE_GENERATED"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_the_same_objects_give_the_same_text(api: Api) -> None:
    make_realistic(api)
    assert text_of(api) == text_of(api)
    number = api.ok("PUT", "v/clone")["number"]
    original, copy = (api.get(f"s/version/{each}/generated_vcl") for each in (1, number))
    assert original["content"] == copy["content"]


# -- Endpoints --------------------------------------------------------------------------------------------------------


def test_generated_vcl(api: Api) -> None:
    small(api)
    answer = api.get("v/generated_vcl")
    assert answer["content"] == text_of(api)
    assert {key: answer[key] for key in ("main", "service_id", "version")} == {
        "main": False,
        "service_id": api.service,
        "version": 1,
    }
    assert len(answer["name"]) == 32


def test_content_is_html(api: Api) -> None:
    small(api)
    content = api.get("v/generated_vcl/content")["content"]
    assert content.startswith('<div class="highlight"><pre>')
    assert '<span class="n">backend</span> <span class="n">F_origin</span>' in content
    assert "lineno" not in content
    assert '<span class="lineno">1 </span>' in api.get("v/generated_vcl/content?lineno=true")["content"]


def test_boilerplate(api: Api) -> None:
    api.put("v/settings", **{"general.default_ttl": 77})
    answer = api.send("GET", "v/boilerplate")
    assert answer.headers["content-type"] == "text/plain"
    assert "set beresp.ttl = 77s;" in answer.text
    same_as_file("boilerplate.vcl", answer.text)


def test_the_boilerplate_is_custom_vcl_that_is_valid(api: Api) -> None:
    small(api)
    api.post("v/vcl", name="main", main=1, content=api.send("GET", "v/boilerplate").text)
    assert api.get("v/validate")["status"] == "ok"
    vcl = folded(text_of(api))
    assert "#FASTLY" not in vcl
    assert "set req.backend = F_origin;" in vcl


@pytest.mark.parametrize("path", ["generated_vcl", "generated_vcl/content", "boilerplate"])
def test_refusals(api: Api, path: str) -> None:
    status, body = api.refused("GET", f"s/version/2/{path}")
    assert (status, body["msg"]) == (404, "Record not found")
    api.delete("s")
    status, body = api.refused("GET", f"v/{path}")
    assert (status, body["detail"]) == (400, f"Service '{api.service}' is deleted")


# -- Custom VCL -------------------------------------------------------------------------------------------------------


def custom(api: Api, content: str) -> str:
    """The generated VCL, folded, with that main file."""
    api.post("v/vcl", name="main", main=1, content=content)
    return folded(text_of(api))


def test_macros_are_expanded(api: Api) -> None:
    make(api, [*SMALL, ("snippet", {"name": "s", "type": "recv", "content": "esi;"})])
    vcl = custom(api, 'sub vcl_recv {\n  set req.http.A = {"#FASTLY recv"};\n#FASTLY recv\n  return(lookup);\n}\n')
    before, _, after = vcl.partition('set req.http.A = {"#FASTLY recv"};')
    assert before.rstrip().endswith("sub vcl_recv {")
    assert "backend F_origin {" in before
    assert after.index("esi;") < after.index("set req.backend = F_origin;") < after.index("return(lookup); }")


@pytest.mark.parametrize("macro", ["#FASTLY recv", "# FASTLY RECV", "#fastly  recv "])
def test_spellings_of_macros(api: Api, macro: str) -> None:
    assert "set req.backend = F_origin;" in custom(small(api), f"sub vcl_recv {{\n{macro}\n}}\n")


@pytest.mark.parametrize("comment", ["# FASTLY is fast", "#FASTLY unknown", "// FASTLY recv x"])
def test_other_comments_are_no_macros(api: Api, comment: str) -> None:
    assert "F_origin;" not in custom(small(api), f"sub vcl_recv {{\n{comment}\n}}\n")


@pytest.mark.parametrize(
    "content",
    ["sub vcl_deliver {\n  return(deliver);\n}\n", "sub a { esi; } sub\nvcl_hit { esi; }", "# sub vcl_log {\n", ""],
)
def test_subroutines_that_custom_vcl_lacks_are_added(api: Api, content: str) -> None:
    vcl = custom(small(api), content)
    names = ("recv", "fetch", "hit", "miss", "deliver", "error", "pipe", "pass", "log", "hash")
    assert {name: vcl.count(f"sub vcl_{name} {{") for name in names} == dict.fromkeys(names, 1), vcl


def test_the_hash_of_custom_vcl_is_what_it_says(api: Api) -> None:
    vcl = custom(small(api), "sub vcl_hash {\n  set req.hash += req.url;\n#FASTLY hash\n  return(hash);\n}\n")
    assert "sub vcl_hash { set req.hash += req.url; #--FASTLY HASH BEGIN set req.hash += req.vcl.generation;" in vcl
    assert "req.http.host;" not in vcl.partition("sub vcl_hash")[2].partition("sub ")[0]


def test_includes_are_in_place(api: Api) -> None:
    api.post("v/vcl", name="tables", content='table t { "a": "b" }\ninclude "more";\n')
    api.post("v/vcl", name="more", content="sub vcl_log {\n#FASTLY log\n}\n")
    api.post("v/vcl", name="unused", content="sub unused { esi; }")
    api.post("v/snippet", name="shared", type="none", content="sub shared { esi; }")
    vcl = custom(api, '# include "unused";\ninclude "tables";\ninclude "snippet::shared";\nsub vcl_hit { esi; }\n')
    assert 'table t { "a": "b" } sub vcl_log { #--FASTLY LOG BEGIN' in vcl
    assert "sub shared { esi; } sub vcl_hit { esi; }" in vcl
    assert "include" not in vcl
    assert "sub unused" not in vcl


def test_an_include_that_is_missing_or_circular_stays(api: Api) -> None:
    api.post("v/vcl", name="part", content='include "main";\ninclude "gone";\n')
    assert 'include "main"; include "gone";' in custom(api, 'include "part";\n')
