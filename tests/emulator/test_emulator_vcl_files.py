"""VCL files: the main one, the text alone, and the text as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Api

TEXT = """\
backend default {
  .port = "80";
}

sub vcl_recv {
  # <b>
  set req.http.X-A += {"a"b"} 10;
}
"""
HTML = """\
<div class="highlight"><pre>\
<span class="n">backend</span> <span class="n">default</span> <span class="p">{</span>
  <span class="o">.</span><span class="n">port</span> <span class="o">=</span> \
<span class="s">&quot;80&quot;</span><span class="p">;</span>
<span class="p">}</span>

<span class="k">sub </span><span class="nf">vcl_recv</span> <span class="p">{</span>
  <span class="c"># &lt;b&gt;</span>
  <span class="n">set</span> <span class="n">req</span><span class="o">.</span><span class="n">http</span>\
<span class="o">.</span><span class="n">X</span><span class="o">-</span><span class="n">A</span> \
<span class="o">+=</span> <span class="s">{&quot;a&quot;b&quot;}</span> <span class="mi">10</span>\
<span class="p">;</span>
<span class="p">}</span>
</pre></div>
"""


def test_download(api: Api) -> None:
    api.post("v/vcl", name="a/b", content=f"{TEXT}ü")
    answer = api.send("GET", "v/vcl/a%2Fb/download")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain")
    assert answer.content == f"{TEXT}ü".encode()


def test_content(api: Api) -> None:
    api.post("v/vcl", name="x", content=TEXT)
    assert api.get("v/vcl/x/content") == {"content": HTML}


def test_content_with_line_numbers(api: Api) -> None:
    api.post("v/vcl", name="x", content="\n# a\n\n# b\n")
    plain = ['<div class="highlight"><pre><span class="c"># a</span>', "", '<span class="c"># b</span>', "</pre></div>"]
    assert api.get("v/vcl/x/content?lineno=false")["content"].splitlines() == plain
    assert api.get("v/vcl/x/content?lineno=true")["content"].splitlines() == [
        '<div class="highlight"><pre><span class="lineno">1 </span><span class="c"># a</span>',
        '<span class="lineno">2 </span>',
        '<span class="lineno">3 </span><span class="c"># b</span>',
        "</pre></div>",
    ]


@pytest.mark.parametrize("text", ["", '"', "/* a", 'sub"', "{", "\x00ü"])
def test_content_that_is_no_vcl(api: Api, text: str) -> None:
    api.post("v/vcl", name="x", content=text)
    assert api.get("v/vcl/x/content")["content"].startswith('<div class="highlight"><pre>')
    assert api.send("GET", "v/vcl/x/download").text == text


def test_no_content(api: Api) -> None:
    made = api.post("v/vcl", name="x", content=TEXT)
    del made["content"]
    assert api.get("v/vcl/x?no_content=1") == made
    assert api.get("v/vcl/x?no_content=0")["content"] == api.get("v/vcl/x")["content"] == TEXT


def test_main(api: Api) -> None:
    for name in ("a", "b"):
        api.post("v/vcl", name=name, content=TEXT)
        assert api.put(f"v/vcl/{name}/main")["main"] is True
    assert [each["main"] for each in api.get("v/vcl")] == [False, True]


@pytest.mark.parametrize("path", ["x", "x/content", "x/download"])
def test_a_missing_file(api: Api, path: str) -> None:
    status, body = api.refused("GET", f"v/vcl/{path}")
    assert (status, body["msg"]) == (404, "Record not found")
    assert body["detail"].startswith("Couldn't find VCL '{ deleted => 0000-00-00 00:00:00, name => x, ")
