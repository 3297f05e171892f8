"""Generated VCL in the eyes of falco, a linter and interpreter of VCL."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator.generated import Dialect
from fastly_emulator.generated.vcl_origins import UNKNOWN_TO_FALCO

from tests.generated_random import random_objects
from tests.generated_services import SMALL, make, make_every_case, make_realistic, text_of
from tests.real_falco import require_falco

if TYPE_CHECKING:
    from conftest import Api

FALCO = os.environ.get("FASTLY_FALCO_GO") or str(Path(__file__).parents[2] / ".engine" / "bin" / "falco-go")

KNOWN = re.compile(rf"Undefined backend property (?:{'|'.join(UNKNOWN_TO_FALCO)}) ")
"""Findings that are wrong: public generated VCL has these properties, and falco's list of them is not complete."""

every_dialect = pytest.mark.parametrize("dialect", Dialect, ids=lambda each: each.value)


@pytest.fixture(autouse=True)
def _falco() -> None:
    require_falco(found=shutil.which(FALCO) is not None, target="falco-go")


def errors(folder: Path, vcl: str) -> list[str]:
    """What falco refuses."""
    file = folder / "main.vcl"
    file.write_text(vcl, encoding="utf-8")
    # The file comes first: falco takes what follows the option for its value.
    command = [FALCO, "lint", str(file), "--generated"]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    lines = (said.stdout + said.stderr).split("\n")
    found = [line for line in lines if "[ERROR]" in line or "\N{COLLISION SYMBOL}" in line]
    assert found or "0 errors" in said.stdout + said.stderr, said
    return [line for line in found if not KNOWN.search(line)]


def test_errors_are_seen(tmp_path: Path) -> None:
    assert "Undefined" in errors(tmp_path, "sub vcl_recv {\n#FASTLY recv\n  set req.http.X = nothing.known;\n}\n")[0]
    assert "Undefined backend property hosts" in errors(tmp_path, 'backend b { .hosts = "a"; }\n')[0]
    assert errors(tmp_path, "sub {") != []


@every_dialect
@pytest.mark.parametrize("fill", [lambda api: make(api, SMALL), make_realistic], ids=["small", "realistic"])
def test_services(api: Api, tmp_path: Path, fill: Any, dialect: Dialect) -> None:
    assert errors(tmp_path, text_of(fill(api), dialect)) == []


@every_dialect
@pytest.mark.parametrize("stage", ["minimal", "full", "changed"])
def test_every_kind(api: Api, tmp_path: Path, stage: str, dialect: Dialect) -> None:
    assert errors(tmp_path, text_of(make_every_case(api, stage), dialect)) == []


@every_dialect
def test_the_boilerplate_as_custom_vcl(api: Api, tmp_path: Path, dialect: Dialect) -> None:
    make_realistic(api)
    api.post("v/vcl", name="main", main=1, content=api.send("GET", "v/boilerplate").text)
    assert errors(tmp_path, text_of(api, dialect)) == []


@every_dialect
@pytest.mark.parametrize("seed", range(20))
def test_random_services(api: Api, tmp_path: Path, seed: int, dialect: Dialect) -> None:
    make(api, random_objects(random.Random(seed)))
    for product in ("brotli_compression", "image_optimizer", "websockets"):
        if seed % 2:
            api.ok("PUT", f"/enabled-products/v1/{product}/services/{api.service}", json={})
    assert errors(tmp_path, text_of(api, dialect)) == []


INTERPRETED = """
// @scope: recv
sub test_recv {{
  set req.url = "{url}";
  testing.call_subroutine("vcl_recv");
  assert.equal(testing.state, "{state}");
  assert.equal(req.backend, {backend});
}}
// @scope: error
sub test_error {{
  set obj.status = 900;
  testing.call_subroutine("vcl_error");
  assert.equal(obj.status, 410);
  assert.equal(obj.response, "Gone");
}}
// @scope: hash
sub test_hash {{ testing.call_subroutine("vcl_hash"); }}
// @scope: miss
sub test_miss {{ testing.call_subroutine("vcl_miss"); assert.equal(bereq.http.X-Edge, "1"); }}
// @scope: fetch
sub test_fetch {{ testing.call_subroutine("vcl_fetch"); }}
// @scope: deliver
sub test_deliver {{
  testing.call_subroutine("vcl_deliver");
  assert.equal(resp.http.Strict-Transport-Security, "max-age=300");
}}
// @scope: log
sub test_log {{ testing.call_subroutine("vcl_log"); }}
"""


@pytest.mark.parametrize(
    ("url", "state", "backend"),
    [("/", "LOOKUP", "F_web_1"), ("/api/x", "LOOKUP", "F_API_origin"), ("/old", "ERROR", "F_web_1")],
)
def test_falco_runs_its_dialect(api: Api, tmp_path: Path, url: str, state: str, backend: str) -> None:
    make_realistic(api)
    api.put("v/request_settings/TLS", force_ssl=0)
    (tmp_path / "main.vcl").write_text(text_of(api, Dialect.EDGE), encoding="utf-8")
    tests = INTERPRETED.format(url=url, state=state, backend=backend)
    (tmp_path / "main.test.vcl").write_text(tests, encoding="utf-8")
    command = [FALCO, "test", str(tmp_path / "main.vcl")]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path)
    words = re.sub(r"\x1b\[[\d;]*m", "", said.stdout + said.stderr)  # in CI it colours
    assert "7 passed, 0 failed" in words, said
