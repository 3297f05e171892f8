"""A small, honest stand-in for the VCL compiler.

It finds what is obviously not VCL: brackets and quotes that do not pair, statements without their semicolon, words that
start no statement, and backends, tables, ACLs, subroutines and included files that nothing defines. Everything else
passes: it must never refuse what Fastly takes. Wording of the errors: recordings and issue trackers of Fastly's clients
(2020-2026).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .generated import vcl_name
from .kinds import KINDS, Defines, Expression, Kind, Source
from .state import Record, Service, Version
from .vcl_files import compiled_files
from .vcl_lexer import NotVcl, Token, lex


@dataclass(slots=True)
class Report:
    """What the compiler has to say."""

    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Returns everything as one text; empty if there is nothing."""
        return "\n".join([*self.warnings, *self.errors])


@dataclass(slots=True)
class _Names:
    """What may be named, as VCL names it."""

    backend: set[str] = field(default_factory=set)
    table: set[str] = field(default_factory=set)
    acl: set[str] = field(default_factory=set)
    sub: set[str] = field(default_factory=set)
    vcl: set[str] = field(default_factory=set)
    """What may be included."""


_BLOCKS = frozenset({"if", "else", "elseif", "elsif", "switch"})
_STATEMENTS = _BLOCKS | {
    *("add", "break", "call", "case", "declare", "default", "error", "esi", "fallthrough", "goto", "import", "include"),
    *("log", "pragma", "purge", "remove", "restart", "return", "rollback", "set", "synthetic", "unset"),
}
_NEVER_INSIDE = frozenset({"add", "call", "declare", "remove", "restart", "return", "set", "unset"})
"""Words that start a statement and stand nowhere else, so that one in a statement means a missing semicolon."""
_MAY_FOLLOW_ANYTHING = frozenset({"call", "goto", "return", "sub"})
_DEFINITIONS = frozenset({"acl", "backend", "director", "table", "penaltybox", "ratecounter"})
_NAMED_AS = {"acl": "acl", "backend": "backend", "director": "backend", "sub": "sub", "table": "table"}
"""Words that define something, and what names it then."""
_OF_BACKENDS = frozenset({"req.backend", "bereq.backend"})
_GENERATED_DIRECTORS = ("autodirector_", "shield_", "ssl_shield_")
_ASSIGNMENTS = frozenset({"set", "add"})


def check(service: Service, version: Version) -> Report:
    """Checks everything in a version that is VCL."""
    report = Report()
    if service.type != "vcl":
        return report
    if not version.of("backend") and not any(file["main"] for file in version.of("vcl").values()):
        report.warnings.append("Warning: No default director found\nat: (input Line 1 Pos 1)")
    sources = list(_sources(service, version))
    if not sources:
        return report
    lexed: list[tuple[str, str, list[Token]]] = []
    for kind, text in sources:
        try:
            lexed.append((kind, text, lex(text)))
        except NotVcl as error:
            # What is rendered nowhere is not compiled, but what it defines may be named.
            if kind != "none":
                report.errors.append(error.quoting(text))
    names = _names(version, [tokens for *_, tokens in lexed])
    for kind, text, tokens in lexed:
        try:
            if kind != "none":
                _check_tokens(kind, tokens, names)
        except NotVcl as error:
            report.errors.append(error.quoting(text))
    return report


def _sources(service: Service, version: Version) -> Iterator[tuple[str, str]]:
    """Yields what is to be checked: (place of the statements or ``expression``, text)."""
    files = compiled_files(version)
    for kind in KINDS.values():
        for record in version.of(kind.path).values():
            match kind.vcl:
                case Source(name, place):
                    found = record[place] if place else files.get(record["name"], "none")
                    yield found, _text(service, kind, record, name)
                case Expression(name, (field, value)) if not field or record[field] != value:
                    yield "expression", record[name]


def _text(service: Service, kind: Kind, record: Record, name: str) -> str:
    if kind.live == "contents" and record["id"] in service.contents:
        record = service.contents[record["id"]]
    return record[name] or ""


def _names(version: Version, sources: Sequence[Sequence[Token]]) -> _Names:
    names = _Names()
    for kind in KINDS.values():
        if isinstance(kind.vcl, Defines):
            known: set[str] = getattr(names, kind.vcl.what)
            known.update(kind.vcl.prefix + vcl_name(name) for name in version.of(kind.path))
    for tokens in sources:
        for word, name in pairwise(tokens):
            if word.text in _NAMED_AS:
                defined: set[str] = getattr(names, _NAMED_AS[word.text])
                defined.add(name.text)
    names.sub.update(f"rl_{vcl_name(name)}_process" for name in version.of("rate-limiters"))
    names.vcl.update([*version.of("vcl"), *(f"snippet::{name}" for name in version.of("snippet"))])
    return names


def _check_tokens(kind: str, tokens: list[Token], names: _Names) -> None:
    if kind == "expression":
        _check_expression(tokens)
    elif kind == "init":
        _check_definitions(tokens)
    else:
        _check_statements(tokens, 0)
    _check_names(tokens, names)


def _check_expression(tokens: Sequence[Token]) -> None:
    if len(tokens) == 1:
        raise NotVcl("Syntax error: Expected an expression", tokens[0])
    for token in tokens:
        if token.kind == "semicolon" or token.text in ("{", "}"):
            raise NotVcl(f"Syntax error: Unexpected '{token.text}'", token)


def _check_definitions(tokens: list[Token]) -> None:
    """Checks the subroutines among the definitions that stand outside of any subroutine."""
    index = 0
    while tokens[index].kind != "end":
        if tokens[index].text == "sub":
            while tokens[index].text != "{":
                if tokens[index].kind in ("end", "semicolon"):
                    raise NotVcl("Syntax error: Expected '{'", tokens[index])
                index += 1
            index = _check_statements(tokens, index + 1)
        else:
            index += 1


def _check_statements(tokens: list[Token], index: int) -> int:
    """Checks statements up to the end of the text, or of the block, and returns the index after it."""
    while True:
        token = tokens[index]
        if token.kind == "end":
            return index
        if token.text == "}":
            return index + 1
        index = _check_statement(tokens, index)


def _check_statement(tokens: list[Token], index: int) -> int:
    """Checks one statement and returns the index of the next."""
    first = tokens[index]
    following = tokens[index + 1] if first.kind != "end" else first
    if first.kind == "semicolon":
        return index + 1
    if first.text == "{":
        return _check_statements(tokens, index + 1)
    known = first.text in _STATEMENTS or first.text in _DEFINITIONS
    # A call of a function, a label.
    known = known or following.text in ("(", ":") or ":" in first.text
    if first.kind != "word" or not known:
        raise NotVcl(f"Syntax error: Unexpected '{first.text}'", first)
    if following.text == ":" and first.text != "default":
        return index + 2
    return _rest_of_statement(tokens, index)


def _rest_of_statement(tokens: list[Token], start: int) -> int:
    first, depth, index, assigned = tokens[start], 0, start + 1, False
    while True:
        token, before = tokens[index], tokens[index - 1]
        if token.kind == "end" or (token.text == "}" and depth == 0):
            raise NotVcl("Syntax error: Expected ';'", token)
        if token.kind == "semicolon" and depth == 0:
            if first.text in _ASSIGNMENTS and not (assigned and before.kind != "operator"):
                raise NotVcl("Syntax error: Expected an assignment", token)
            return index + 1
        if token.text == "{" and depth == 0:
            return _block(tokens, start, index)
        if token.kind == "operator" and token.text == ":" and first.text in ("case", "default"):
            return index + 1
        if depth == 0 and token.text in _NEVER_INSIDE and before.text not in _MAY_FOLLOW_ANYTHING:
            raise NotVcl("Syntax error: Expected ';'", token)
        assigned = assigned or token.text.endswith("=")
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        index += 1


def _block(tokens: list[Token], start: int, index: int) -> int:
    first = tokens[start]
    if first.text in _DEFINITIONS:
        depth = 0
        while True:
            depth += {"{": 1, "}": -1}.get(tokens[index].text, 0)
            index += 1
            if depth == 0:
                return index
    if first.text not in _BLOCKS:
        raise NotVcl("Syntax error: Expected ';'", tokens[index])
    return _check_statements(tokens, index + 1)


def _check_names(tokens: Sequence[Token], names: _Names) -> None:
    before = before_that = Token("end", "", 1, 1)
    for token, following in pairwise(tokens):
        if token.kind == "word" and "." not in token.text and following.text != "(":
            if token.text.startswith("F_") and not _known(token, names.backend) and before.text not in _DEFINITIONS:
                raise _undefined("backend", token)
            if before.text in ("~", "!~") and not _known(token, names.acl):
                raise _undefined("acl", token)
            if before.text == "=" and before_that.text in _OF_BACKENDS and not _is_backend(token, names):
                raise _undefined("backend", token)
            if before.text == "(" and before_that.text.startswith("table.") and not _known(token, names.table):
                raise _undefined("table", token)
        # Assumed: the wording of these two, after that of backends.
        if before.text == "call" and token.text not in names.sub and not token.text.startswith("vcl_"):
            raise _undefined("sub", token)
        if before.text == "include" and token.kind == "string" and token.text.strip('"') not in names.vcl:
            raise _undefined("vcl", token)
        before_that, before = before, token


def _is_backend(token: Token, names: _Names) -> bool:
    return token.text.startswith(_GENERATED_DIRECTORS) or _known(token, names.backend)


def _known(token: Token, names: set[str]) -> bool:
    return token.text in names or vcl_name(token.text) in names


def _undefined(kind: str, token: Token) -> NotVcl:
    return NotVcl(f"Undefined `{kind} {token.text}`", token)
