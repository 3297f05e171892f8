"""Rules of VCL: files, snippets, and the objects that become VCL, as falco sees them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import falco
from .falco import Names, Piece
from .resource import Finding, Resource, Stack, Unknown
from .rule import ADVISORY, MANDATORY, ResourceRule, Settings, StackRule

CONDITIONS = {"REQUEST": ["recv"], "CACHE": ["fetch"], "RESPONSE": ["deliver", "log"], "PREFETCH": ["miss"]}
"""Where conditions are evaluated. Those of logging endpoints, which are RESPONSE conditions, in vcl_log."""
HEADERS = {
    "request": ("recv", "req"),
    "fetch": ("miss", "bereq"),
    "cache": ("fetch", "beresp"),
    "response": ("deliver", "resp"),
}


def _file(vcl: Resource) -> Piece:
    return Piece(falco.MAIN if vcl.get("main") else falco.FILE, vcl.text("content"), name=vcl.text("name"))


def _snippet(snippet: Resource) -> Piece:
    type_ = snippet.text("type")
    return Piece(type_, snippet.text("content"), name=snippet.text("name") if type_ == falco.NONE else "")


def _condition(condition: Resource) -> Piece | None:
    vcl = f"if (\n{condition.text('statement')}\n) {{ }}"
    pieces = [Piece(scope, vcl, lines_above=1) for scope in CONDITIONS.get(condition.text("type"), [])]
    return next((piece for piece in pieces if not _is_wrong(piece)), next(iter(pieces), None))


def _is_wrong(piece: Piece) -> bool:
    return any(complaint.fatal for complaint in falco.lint_alone(piece) or ())


def _header(header: Resource) -> Piece | None:
    scope, thing = HEADERS[header.text("type")]
    target, source = f"{thing}.{header.text('dst')}", header.text("src")
    match header.get("action"):
        case "delete":
            return Piece(scope, f"unset {target};")
        case "regex" | "regex_repeat" as action:
            function = "regsub" if action == "regex" else "regsuball"
            # Long strings, which may hold quotes.
            texts = ", ".join(f'{{"{header.text(name)}"}}' for name in ("regex", "substitution"))
            return Piece(scope, f"set {target} = {function}({source or target}, {texts});")
        case _:
            return Piece(scope, f"set {target} = {source};")


CAPTURES = "Regex captured variable may override older one"
"""What falco says of any two regular expressions with groups. That matters inside one object only."""

PIECES: Mapping[str, tuple[tuple[str, ...], Callable[[Resource], Piece | None]]] = {
    "Vcl": (("content",), _file),
    "Snippet": (("content",), _snippet),
    "DynamicSnippet": (("content",), _snippet),
    "Condition": (("statement",), _condition),
    "Header": (("src", "dst", "regex", "substitution"), _header),
}
"""By kind, the properties that are in the VCL, and the VCL. A finding names the first of them."""


def _piece(thing: Resource) -> Piece | None:
    return PIECES[thing.kind][1](thing)


def _finding(thing: Resource, complaint: falco.Complaint) -> Finding:
    sources = PIECES[thing.kind][0]
    is_secret = any(map(thing.is_secret, sources))
    text = "falco's words are not shown, since they may quote a secret" if is_secret else complaint.text
    return thing.finding(sources[0], f"line {complaint.line}: {text}")


def _parses(thing: Resource, _settings: Settings) -> Iterator[Finding]:
    piece = _piece(thing)
    if piece is None or piece.type == falco.NONE:
        return  # which is part of nothing until a file includes it
    for complaint in falco.lint_alone(piece) or ():
        if complaint.fatal:
            yield _finding(thing, complaint)


VCL_LINT = ResourceRule(
    name="vcl-lint",
    reports="VCL in files, snippets, conditions and headers that does not parse, or uses a variable out of its scope",
    description="Fastly rejects a version whose VCL does not parse, or uses a variable where it is not available.",
    level=MANDATORY,
    kinds=tuple(PIECES),
    checks=(_parses,),
)


def _names(stack: Stack, version: Resource) -> Names:
    backends, acls, dictionaries, directors = (
        tuple(str(each.peek("name")) for each in stack.objects(version, kind))
        for kind in ("Backend", "Acl", "Dictionary", "Director")
    )
    return Names(backends, acls, dictionaries, directors)


@dataclass(frozen=True)
class _Linted:
    """What falco says of a release as a whole."""

    advice: tuple[tuple[Resource, falco.Complaint], ...] = ()
    """What no other rule reports."""
    usable: bool = True


def _lint(stack: Stack, version: Resource) -> _Linted:
    """Looks at a release; raises ``Unknown`` where some of its VCL is not known yet."""
    pieces = {thing: piece for thing in stack.objects(version, *PIECES) if (piece := _piece(thing))}
    alone = {thing: falco.lint_alone(piece) for thing, piece in pieces.items()}
    sound = {thing for thing, said in alone.items() if said is not None and not any(each.fatal for each in said)}
    custom = {thing for thing, piece in pieces.items() if piece.name}
    # What does not parse would hide what else there is to say. Files without one that they include mean nothing.
    things = [thing for thing in pieces if thing in (sound if custom <= sound else sound - custom)]
    together = falco.lint(tuple(pieces[thing] for thing in things), _names(stack, version)) if things else ()
    found = [(things[complaint.piece], complaint) for complaint in together or ()]
    found = [row for row in found if row[1].text != CAPTURES or _has(alone[row[0]], CAPTURES)]
    has_main = any(piece.type == falco.MAIN for piece in pieces.values())
    included = [thing for thing, piece in pieces.items() if has_main and piece.type == falco.NONE]
    found += [(thing, complaint) for thing in included for complaint in alone[thing] or ()]
    advice = tuple(row for row in found if _is_advice(pieces[row[0]], row[1]))
    return _Linted(advice, usable=together is not None and None not in alone.values())


def _has(complaints: Iterable[falco.Complaint] | None, text: str) -> bool:
    return any(complaint.text == text for complaint in complaints or ())


def _is_advice(piece: Piece, complaint: falco.Complaint) -> bool:
    """Whether it is worth a line and no other rule says it, which looks at pieces alone."""
    if complaint.fatal:
        return piece.type == falco.NONE or (piece.is_included and not complaint.is_syntax)
    # NULL is falco's type of a name that it does not know, of which it complains by itself.
    return " NULL" not in complaint.text


def _is_unusable(stack: Stack, version: Resource) -> bool:
    try:
        return not _lint(stack, version).usable
    except Unknown:
        return False


def _whether_linted(root: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    """Says once that VCL was not looked at: silence would read as "clean"."""
    versions = [version for version in stack.of_kind("Version") if stack.objects(version, *PIECES)]
    if root.kind != "Stack" or not versions:
        return
    if falco.executable() is None:
        fix = f"put it on the PATH, or its path into {falco.VARIABLE}"
        yield Finding(root, f"VCL is not linted, since falco is not installed: {fix}")
    elif any(_is_unusable(stack, version) for version in versions):
        yield Finding(root, "falco gave nothing usable for some of the VCL, which is not linted")


def _advice(version: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    if version.kind == "Version":
        for thing, complaint in _lint(stack, version).advice:
            yield _finding(thing, complaint)


VCL_LINT_ADVICE = StackRule(
    name="vcl-lint-advice",
    reports="all other falco findings; also reports when VCL could not be linted",
    description="Findings of the linter other than errors: undefined names, types that do not match, unused code.",
    level=ADVISORY,
    kinds=("Stack", "Version"),
    checks=(_whether_linted, _advice),
)
