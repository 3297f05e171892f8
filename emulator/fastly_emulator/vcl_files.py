"""Files of custom VCL that a version compiles."""

from collections.abc import Iterator
from itertools import pairwise

from .state import Version
from .vcl_lexer import NotVcl, lex


def compiled_files(version: Version) -> dict[str, str]:
    """The place of each file of custom VCL that is compiled: the main one, and what it includes."""
    files = version.of("vcl")
    places = {name: "init" for name, file in files.items() if file["main"]}
    pending = list(places)
    while pending:
        for name, place in _includes(files[pending.pop()]["content"] or ""):
            if name in files and name not in places:
                places[name] = place
                pending.append(name)
    return places


def _includes(text: str) -> Iterator[tuple[str, str]]:
    """Yields the files that a text includes: among its definitions, or inside a subroutine."""
    try:
        tokens = lex(text)
    except NotVcl:  # which is reported where the text is checked
        return
    depth = 0
    for token, following in pairwise(tokens):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.text == "include" and following.kind == "string":
            yield following.text.strip('"'), "recv" if depth else "init"
