"""Names in a program: of resources, variables, settings and files, each unique and readable."""

import builtins
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import count

RESERVED = frozenset({"fastly", "pulumi", "json", "release", "service", "config", "text", "declare", "parts"})
"""What a program calls its own parts."""
PLAIN = re.compile(r"[\w.*]([\w.*/+@ -]*[\w.*/+@-])?")
MOST = 100


def is_plain(name: str) -> bool:
    """Whether a name is one that people give to a resource: printable, short, without quotes, colons or line breaks."""
    return len(name) <= MOST and PLAIN.fullmatch(name) is not None and not keyword.iskeyword(name)


def words_of(name: str) -> list[str]:
    """The ASCII words of any text, in lower case."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", folded)


def slug(name: str, otherwise: str) -> str:
    """Words with dashes between them."""
    return "-".join(words_of(name))[:MOST].strip("-") or otherwise


def project(name: str) -> str:
    """The name of a Pulumi project, which YAML reads as a text."""
    text = slug(name, "service")
    return (
        text
        if text[0].isalpha() and text not in {"true", "false", "null", "yes", "no", "on", "off"}
        else f"fastly-{text}"
    )


def file_stem(name: str, otherwise: str) -> str:
    """The name of a file, without its suffix."""
    return name if len(name) <= MOST and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name) else slug(name, otherwise)


def identifier(name: str, kind: str) -> str:
    """A Python name."""
    text = "_".join(words_of(name))[:MOST].strip("_") or kind
    if text[0].isdigit():
        text = f"{kind}_{text}"
    return f"{text}_{kind}" if is_reserved(text) else text


def is_reserved(text: str) -> bool:
    """Whether Python or the program means something else by it."""
    return keyword.iskeyword(text) or keyword.issoftkeyword(text) or hasattr(builtins, text) or text in RESERVED


def setting(*parts: str) -> str:
    """A key of the stack's configuration: ``s3LogsSecretKey``."""
    words = [word for part in parts for word in words_of(part)] or ["secret"]
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:])


def unique(
    wanted: Sequence[str], taken: Iterable[str] = (), *, separator: str = "-", same: Callable[[str], str] = str
) -> list[str]:
    """The same names, with numbers where several are equal; ``same`` tells what counts as equal."""
    used = {same(name) for name in taken}
    given = Counter(map(same, wanted))
    result = []
    for name in wanted:
        stem, dot, suffix = name.rpartition(".")
        if not dot or "/" in suffix:
            stem, dot, suffix = name, "", ""
        candidates = (name if number == 1 else f"{stem}{separator}{number}{dot}{suffix}" for number in count(1))
        # A number must not make it the name that another one has by itself.
        free = next(each for each in candidates if same(each) not in used and (each == name or same(each) not in given))
        used.add(same(free))
        result.append(free)
    return result


def variables(objects: Sequence[tuple[str, str]]) -> list[str]:
    """A variable for each object, given as name and kind. Where two would be the same, both get their kind."""
    plain = [identifier(name, kind) for name, kind in objects]
    counts = Counter(plain)
    told = [
        f"{text}_{kind}" if counts[text] > 1 and not text.endswith(kind) else text
        for text, (_, kind) in zip(plain, objects, strict=True)
    ]
    return unique(told, separator="_")


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key to sort by: ``node-9`` before ``node-10``."""
    parts = re.findall(r"\d+|\D+", name)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.lower()) for part in parts]
