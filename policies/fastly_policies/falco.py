"""falco, the linter of VCL, where it is installed.

Its exit codes mean nothing: what counts is whether it gave a report. It takes a Terraform plan, so pieces of VCL are
handed over as the files and snippets of one service.
"""

import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

VARIABLE = "FASTLY_FALCO"
TIMEOUT_SECONDS = 30
RETURNS = {
    "recv": "return(lookup);",
    "hash": "set req.hash += req.url;\nset req.hash += req.http.host;\nreturn(hash);",
    "hit": "return(deliver);",
    "miss": "return(fetch);",
    "pass": "return(pass);",
    "fetch": "return(deliver);",
    "error": "return(deliver);",
    "deliver": "return(deliver);",
    "log": "",
}
# A subroutine that is missing here, or that lacks its macro, has its snippets silently left out.
FRAME = "\n".join(f"sub vcl_{name} {{\n#FASTLY {name}\n{end}\n}}" for name, end in RETURNS.items())
MAIN, FILE, NONE = "main", "file", "none"
"""Types of pieces that are no part of a macro: the file that runs, other files, and snippets that files include."""
FRAME_NAME, DIRECTORS = "#frame", "#directors"
"""A file and a snippet of ours, under names that no VCL includes."""
CUSTOM_SUB = re.compile(r"^[ \t]*sub[ \t]+([A-Za-z_]\w*)", re.MULTILINE)
NO_WORD = re.compile(r"[^A-Za-z0-9_]")
MISTAKES = re.compile(r'^Return statement ("upgrade"|.* is invalid in UNKNOWN\b)')
"""What this falco says of right VCL: it does not know the statement, or lost its way at an ``include``."""
NEWER = re.compile(r"\bswitch\s*\(|^[ \t]*pragma\b", re.MULTILINE)
"""VCL that Fastly takes and that falco, which is of 2023, calls a parse error."""
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True)
class Piece:
    """A piece of VCL: what a snippet holds, or what an object becomes."""

    type: str
    """As a snippet's: ``recv``, ``deliver``, ``init``, ...; of a file ``MAIN`` or ``FILE``."""
    vcl: str
    lines_above: int = 0
    """Lines before the user's, and as many after them, that are not the user's."""
    name: str = ""
    """The name by which files include it; empty for what is part of a macro."""

    @property
    def is_included(self) -> bool:
        """Whether what it may hold depends on the place where another file includes it."""
        return self.type in {FILE, NONE}

    @property
    def include(self) -> str:
        """The statement that includes it."""
        return f'include "{"snippet::" if self.type == NONE else ""}{self.name}";'

    def line(self, line: int) -> int:
        """A line as the user counts; what is wrong with an end shows on the line after it."""
        lines = self.vcl.count("\n") + 1 - 2 * self.lines_above
        return min(max(1, line - self.lines_above), lines)

    def is_in_own_sub(self, line: int) -> bool:
        """Whether a line is in a subroutine that is not Fastly's. falco takes the scope of all of these for recv."""
        above = "\n".join(self.vcl.split("\n")[:line])
        names = CUSTOM_SUB.findall(above)
        return bool(names) and not names[-1].startswith("vcl_")


@dataclass(frozen=True)
class Complaint:
    """One thing that falco says of a piece."""

    piece: int
    """Which one, counted from 0."""
    line: int
    text: str
    fatal: bool
    """Whether it is a parse or a scope error. falco does not know Fastly's newer names, so the rest is advice."""
    is_syntax: bool = False
    """Whether it does not parse."""
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Names:
    """What VCL may refer to."""

    backends: tuple[str, ...] = ()
    acls: tuple[str, ...] = ()
    dictionaries: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()


def executable() -> str | None:
    """Where falco is: named in ``FASTLY_FALCO``, on the PATH, or in a ``node_modules`` here or above."""
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named)
    return shutil.which("falco") or next(filter(None, map(_of_npm, [Path.cwd(), *Path.cwd().parents])), None)


def _of_npm(folder: Path) -> str | None:
    """The binary in the npm package falco-js, whose own script does not pass standard input on."""
    machine = platform.machine()
    name = f"falco-{platform.system().lower()}-{ARCHITECTURES.get(machine, machine)}"
    return shutil.which(str(folder / "node_modules" / "falco-js" / "bin" / name))


@cache
def lint(pieces: tuple[Piece, ...], names: Names = Names(), frame: str = FRAME) -> tuple[Complaint, ...] | None:
    """What falco says of the pieces together; ``None`` where it is not installed or gives nothing usable.

    A parse error hides what else there is to say, so ask for each piece alone first. The frame runs where no piece is
    the file that does.
    """
    program = executable()
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the program that the user installed
            [program, "-json", "terraform"],
            input=json.dumps(_plan(pieces, names, frame)),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        return complaints(json.loads(done.stdout), pieces)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, subprocess.SubprocessError):
        return None


def lint_alone(piece: Piece) -> tuple[Complaint, ...] | None:
    """What falco says of a piece by itself, as ``lint`` does.

    Of what other files include it tells only what is wrong in any place: among declarations, and in a subroutine.
    """
    if not piece.is_included:
        return lint((piece,))
    in_sub = FRAME.replace("#FASTLY recv", f"#FASTLY recv\n{piece.include}")
    tried = [lint((piece,), frame=frame) for frame in (f"{piece.include}\n{FRAME}", in_sub)]
    if None in tried:
        return None
    wrong = [[each for each in found or () if each.is_syntax] for found in tried]
    # In the wrong place it stops at the first line.
    return max(map(tuple, wrong), key=lambda found: (found[0].line, found[0].column)) if all(wrong) else ()


def complaints(report: Mapping[str, Any], pieces: tuple[Piece, ...]) -> tuple[Complaint, ...]:
    """A report of falco, by piece. Raises what a report of another form makes Python raise."""
    if report["ParseErrors"] and any(NEWER.search(piece.vcl) for piece in pieces):
        raise ValueError("newer than falco")
    numbers = {_reported_name(piece, number): number for number, piece in enumerate(pieces)}
    syntax = [(file, error, True) for file, error in report["ParseErrors"].items()]
    rest = [(file, error, False) for file, errors in report["LintErrors"].items() for error in errors]
    found = [
        _complaint(error, numbers[name], pieces[numbers[name]], is_syntax=is_syntax)
        for file, error, is_syntax in (*syntax, *rest)
        if (name := file.removeprefix("snippet::")) in numbers  # others are ours
    ]
    return tuple(sorted(filter(None, found), key=lambda each: (each.piece, each.line, each.text)))


def _module_name(piece: Piece, number: int) -> str:
    return piece.name or f"piece{number}"


def _reported_name(piece: Piece, number: int) -> str:
    name = _module_name(piece, number)
    return name if piece.type not in {MAIN, FILE} or name.endswith(".vcl") else f"{name}.vcl"


def _complaint(error: Mapping[str, Any], number: int, piece: Piece, *, is_syntax: bool) -> Complaint | None:
    token, line = error["Token"], int(error["Token"]["Line"])
    text = str(error["Message"]).partition("\n")[0].strip()
    is_out_of_scope = not is_syntax and _out_of_scope(error)
    if MISTAKES.match(text) or (is_out_of_scope and piece.is_in_own_sub(line)):
        return None
    if token["Type"] == "STRING":  # a text in a program may be a credential
        text = text.replace(str(token["Literal"]), "...")
    return Complaint(
        number, piece.line(line), text, is_syntax or is_out_of_scope, is_syntax, int(token.get("Position", 0))
    )


def _out_of_scope(error: Mapping[str, Any]) -> bool:
    text = str(error["Message"])
    in_words = "could not access in scope of" in text or "is not available in scope" in text
    return in_words or str(error["Rule"]).endswith("/scope")


def _plan(pieces: tuple[Piece, ...], names: Names, frame: str) -> dict[str, Any]:
    main = next((piece for piece in pieces if piece.type == MAIN), Piece(MAIN, frame, name=FRAME_NAME))
    files = [main, *(piece for piece in pieces if piece.type == FILE)]
    directors = "\n".join(f"director {NO_WORD.sub('_', name)} random {{ }}" for name in names.directors)
    snippets = [(_module_name(piece, at), piece) for at, piece in enumerate(pieces) if piece.type not in {MAIN, FILE}]
    snippets.append((DIRECTORS, Piece("init", directors)))
    service = {
        "name": "service",
        "vcl": [{"name": each.name, "main": each is main, "content": each.vcl} for each in files],
        "backend": [{"name": name} for name in names.backends],
        "acl": [{"name": name} for name in names.acls],
        "dictionary": [{"name": name} for name in names.dictionaries],
        "snippet": [{"name": name, "type": piece.type, "content": piece.vcl} for name, piece in snippets],
    }
    provider = "registry.terraform.io/fastly/fastly"
    resource = {"provider_name": provider, "type": "fastly_service_vcl", "name": "service", "values": service}
    return {"planned_values": {"root_module": {"resources": [resource]}}}
