"""Takes VCL apart into words and signs."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n]*|//[^\n]*|/\*.*?\*/)
    | (?P<long>\{(?P<tag>[A-Za-z0-9_]*)".*?"(?P=tag)\})
    | (?P<string>"[^"]*")
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:[.:-]+[A-Za-z0-9_]+)*)
    | (?P<number>[0-9][0-9A-Za-z_.]*)
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<semicolon>;)
    | (?P<comma>,)
    | (?P<operator>[!<>=+\-*/%|&^~:]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PAIRS = {")": "(", "}": "{", "]": "["}

_DEEPEST = 100
"""Brackets in brackets; more would exceed Python's stack."""


class NotVcl(Exception):
    """A text is not VCL."""

    def __init__(self, what: str, token: "Token") -> None:
        super().__init__(what)
        self.token = token

    def quoting(self, text: str) -> str:
        """The message with the line that it is about, as the compiler does."""
        line = text.split("\n")[self.token.line - 1]
        before, length = self.token.position - 1, len(self.token.text.split("\n")[0]) or 1
        marker = "-" * before + "#" * length + "-" * (len(line) - before - length)
        return f"{self}\nat: (input Line {self.token.line} Pos {self.token.position})\n{line}\n{marker}"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign."""

    kind: str
    """One of: string, word, number, open, close, semicolon, comma, operator, other, end."""
    text: str
    line: int
    position: int


def words_and_signs(text: str) -> list[re.Match[str]]:
    """The matches of ``TOKEN`` without space and comments. The brackets need not pair."""
    return [match for match in TOKEN.finditer(text) if match.lastgroup not in ("space", "comment")]


def lex(text: str) -> list[Token]:
    """The words and signs of a text, if its brackets pair; the last one is its end."""
    tokens: list[Token] = []
    pairs: list[Token] = []
    line, start_of_line = 1, 0
    for match in TOKEN.finditer(text):
        kind, part = str(match.lastgroup), match.group()
        if match.group("long") is not None:
            kind = "string"
        if kind not in ("space", "comment"):
            token = Token(kind, part, line, match.start() - start_of_line + 1)
            _match_pairs(pairs, token)
            tokens.append(token)
        if "\n" in part:
            line += part.count("\n")
            start_of_line = match.start() + part.rindex("\n") + 1
    end = Token("end", "", line, len(text) - start_of_line + 1)
    if pairs:
        raise NotVcl(f"Syntax error: '{pairs[-1].text}' is never closed", pairs[-1])
    return [*tokens, end]


def _match_pairs(pairs: list[Token], token: Token) -> None:
    if token.kind == "open":
        if len(pairs) == _DEEPEST:
            raise NotVcl("Syntax error: nested too deeply", token)
        pairs.append(token)
    elif token.kind == "close":
        if not pairs or pairs[-1].text != _PAIRS[token.text]:
            raise NotVcl(f"Syntax error: Unexpected '{token.text}'", token)
        pairs.pop()
    elif token.text == '"':
        raise NotVcl("Syntax error: Unterminated _string_", token)
