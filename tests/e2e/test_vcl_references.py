"""Custom VCL that names what the same update removes does not compile: nothing goes live, and nothing is lost."""

import pytest

from .harness import Stack
from .lifecycle import backend, let, of, www

SUBROUTINE = """sub vcl_recv {{
  #FASTLY recv
  {}
  return(lookup);
}}
"""
NAMES = {
    "backend": (backend("second"), "set req.backend = F_second;", "F_second"),
    "dictionary": (
        of("Dictionary", "paths", force_destroy=True),
        'set req.http.X = table.lookup(paths, req.url, "");',
        "paths",
    ),
    "acl": (of("Acl", "office", force_destroy=True), "if (client.ip ~ office) { return(pass); }", "office"),
    "director": (
        f'{let("pooled", backend("pooled"))}\nfastly.Director("pool", release=release, backends=[pooled])',
        "set req.backend = pool;",
        "pool",
    ),
}


@pytest.mark.parametrize("kind", NAMES)
def test_vcl_that_names_what_is_removed(stack: Stack, kind: str) -> None:
    line, statement, name = NAMES[kind]
    main = of("Vcl", "main", main=True, content=SUBROUTINE.format(statement))
    assert stack.up(www(backend("origin"), line, main)).ok
    service_id = stack.emulator.service_id()
    before = stack.emulator.objects(service_id, kind)
    result = stack.up(www(backend("origin"), main))
    assert not result.ok
    assert "InvalidVersion" in result.output
    assert "Vcl 'main'" in result.output, str(result)
    assert name in result.output
    assert result.activations == 0
    assert stack.emulator.active(service_id) == 1
    assert stack.emulator.objects(service_id, kind) == before
    fixed = www(backend("origin"), of("Vcl", "main", main=True, content=SUBROUTINE.format("")))
    result = stack.up(fixed)
    assert result.ok, str(result)
    assert result.activations == 1
    assert name not in stack.emulator.objects(service_id, kind)
