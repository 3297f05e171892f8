"""falco, the linter of VCL, where it is installed.

Its exit codes mean nothing: what counts is whether it gave a report. It takes a Terraform plan, so pieces of VCL are
handed over as the snippets of one service.
"""

import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
MAIN = "\n".join(f"sub vcl_{name} {{\n#FASTLY {name}\n{end}\n}}" for name, end in RETURNS.items())
NEWER = re.compile(r"\bswitch\s*\(|^[ \t]*pragma\b", re.MULTILINE)
"""VCL that Fastly takes and that falco, which is of 2023, calls a parse error."""
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True)
class Piece:
    """A piece of VCL: what a snippet holds, or what an object becomes."""

    type: str
    """As a snippet's: ``recv``, ``deliver``, ``init``, ..."""
    vcl: str
    lines_above: int = 0
    """Lines before the user's, and as many after them, that are not the user's."""

    def line(self, line: int) -> int:
        """A line as the user counts; what is wrong with an end shows on the line after it."""
        lines = self.vcl.count("\n") + 1 - 2 * self.lines_above
        return min(max(1, line - self.lines_above), lines)


@dataclass(frozen=True)
class Complaint:
    """One thing that falco says of a piece."""

    piece: int
    """Which one, counted from 0."""
    line: int
    text: str
    fatal: bool
    """Whether it is a parse or a scope error. falco does not know Fastly's newer names, so the rest is advice."""


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
def lint(pieces: tuple[Piece, ...], names: Names = Names()) -> tuple[Complaint, ...] | None:
    """What falco says of the pieces together; ``None`` where it is not installed or gives nothing usable.

    A parse error hides what else there is to say, so ask for each piece alone first.
    """
    program = executable()
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the program that the user installed
            [program, "-json", "terraform"],
            input=json.dumps(_plan(pieces, names)),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        return complaints(json.loads(done.stdout), pieces)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, subprocess.SubprocessError):
        return None


def complaints(report: Mapping[str, Any], pieces: tuple[Piece, ...]) -> tuple[Complaint, ...]:
    """A report of falco, by piece. Raises what a report of another form makes Python raise."""
    if report["ParseErrors"] and any(NEWER.search(piece.vcl) for piece in pieces):
        raise ValueError("newer than falco")
    parse = [(file, error, True) for file, error in report["ParseErrors"].items()]
    lint_ = [(file, error, _out_of_scope(error)) for file, errors in report["LintErrors"].items() for error in errors]
    found = [_complaint(file, error, fatal, pieces) for file, error, fatal in (*parse, *lint_)]
    return tuple(sorted(filter(None, found), key=lambda each: (each.piece, each.line, each.text)))


def _complaint(file: str, error: Mapping[str, Any], fatal: bool, pieces: tuple[Piece, ...]) -> Complaint | None:  # noqa: FBT001 - one of a table's columns
    name = file.removeprefix("snippet::").removeprefix("piece")
    if not name.isdigit():
        return None  # of the main VCL around the pieces
    token, piece = error["Token"], int(name)
    text = str(error["Message"]).partition("\n")[0].strip()
    if token["Type"] == "STRING":  # a text in a program may be a credential
        text = text.replace(str(token["Literal"]), "...")
    return Complaint(piece, pieces[piece].line(int(token["Line"])), text, fatal)


def _out_of_scope(error: Mapping[str, Any]) -> bool:
    text = str(error["Message"])
    in_words = "could not access in scope of" in text or "is not available in scope" in text
    return in_words or str(error["Rule"]).endswith("/scope")


def _directors(names: Names) -> str:
    """Declares the directors in VCL, since falco ignores those of a plan. Any backend will do as their member."""
    member = next((f"F_{_spelled(name)}" for name in names.backends), None)
    if member is None:
        return ""
    body = f"{{ {{ .backend = {member}; .weight = 1; }} }}"
    return "".join(f"director {_spelled(name)} random {body}\n" for name in names.directors)


def _spelled(name: str) -> str:
    """A name as VCL spells it."""
    return re.sub(r"\W", "_", name, flags=re.ASCII)


def _plan(pieces: Iterable[Piece], names: Names) -> dict[str, Any]:
    service = {
        "name": "service",
        "vcl": [{"name": "main", "main": True, "content": _directors(names) + MAIN}],
        "backend": [{"name": name} for name in names.backends],
        "acl": [{"name": name} for name in names.acls],
        "dictionary": [{"name": name} for name in names.dictionaries],
        "snippet": [
            {"name": f"piece{index}", "type": piece.type, "content": piece.vcl} for index, piece in enumerate(pieces)
        ],
    }
    provider = "registry.terraform.io/fastly/fastly"
    resource = {"provider_name": provider, "type": "fastly_service_vcl", "name": "service", "values": service}
    return {"planned_values": {"root_module": {"resources": [resource]}}}
