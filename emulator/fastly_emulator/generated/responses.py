"""What objects do to a response: headers, cache settings, compression, response objects."""

import re

from ..state import Record
from .by_condition import Rule
from .requests import header, raise_response
from .source import Source
from .writing import Lines, block, comment, either, long_string, string


def cache_settings(_source: Source, record: Record) -> Lines:
    """How long a response is kept, and whether."""
    lines = [comment(record["name"])]
    if record["ttl"] is not None:
        lines.append(f"set beresp.ttl = {record['ttl']}s;")
    if record["stale_ttl"] is not None:
        lines.append(f"set beresp.grace = {record['stale_ttl']}s;")
    match record["action"]:
        case "pass":
            lines.append("return(pass);")
        case "cache":
            lines.append("return(deliver);")
        case "restart":
            lines.append("restart;")
    return lines


_NOT_PLAIN = re.compile(r"[.+*?()\[\]{}^$|\\]")


def _alternatives(words: str) -> str:
    return "|".join(_NOT_PLAIN.sub(r"\\\g<0>", word) for word in words.split())


def gzip(source: Source, record: Record) -> Lines:
    """Compression by type and extension."""
    types, extensions = _alternatives(record["content_types"] or ""), _alternatives(record["extensions"] or "")
    tests = [rf'beresp.http.content-type ~ "^(?:{types})\s*(?:$|;)"'] if types else []
    tests += [rf'req.url ~ "\.(?:{extensions})(?:$|\?)"'] if extensions else []
    if not tests:
        return []
    vary = either(
        "beresp.http.Vary",
        ['set beresp.http.Vary = beresp.http.Vary ", Accept-Encoding";'],
        ['set beresp.http.Vary = "Accept-Encoding";'],
    )
    compressed = block('if (req.http.Accept-Encoding == "gzip")', ["set beresp.gzip = true;"])
    if source.has_product("brotli_compression"):
        brotli = ['if (req.http.Accept-Encoding == "br") {', "  set beresp.brotli = true;"]
        compressed = [*brotli, f"}} els{compressed[0]}", *compressed[1:]]
    return [
        comment(f"Gzip {record['name']}"),
        *block(
            f"if ((beresp.status == 200 || beresp.status == 404) && ({' || '.join(tests)}))",
            [*block('if (!beresp.http.Vary ~ "Accept-Encoding")', vary), *compressed],
        ),
    ]


def _raise_after_fetch(source: Source, record: Record) -> Lines:
    return raise_response(source, record) if record["cache_condition"] else []


def delivered_status(source: Source, record: Record) -> Lines:
    """The status and the reason of a response object. falco has them set in ``vcl_error``."""
    if source.is_edge:
        return []
    return block(f"if (resp.status == {source.internal_status(record['name'])})", _status("resp", record))


def synthetic(source: Source, record: Record) -> Lines:
    """The content of a response object."""
    lines = _status("obj", record) if source.is_edge else []
    if record["content_type"]:
        lines.append(f"set obj.http.Content-Type = {string(record['content_type'])};")
    if record["content"]:
        lines.append(f"synthetic {long_string(record['content'])};")
    lines.append("return(deliver);")
    return [
        comment(f"ResponseObject: {record['name']}"),
        *block(f"if (obj.status == {source.internal_status(record['name'])})", lines),
    ]


def _status(word: str, record: Record) -> Lines:
    return [f"set {word}.status = {record['status']};", f"set {word}.response = {string(record['response'])};"]


AFTER_FETCH = (
    Rule("header", header("cache"), ("cache_condition",)),
    Rule("cache_settings", cache_settings, ("cache_condition",)),
    Rule("response_object", _raise_after_fetch, ("cache_condition",)),
    Rule("gzip", gzip, ("cache_condition",)),
)
"""In ``vcl_fetch``."""

AT_DELIVERY = (Rule("header", header("response"), ("response_condition",)), Rule("response_object", delivered_status))
"""In ``vcl_deliver``."""

ON_ERROR = (Rule("response_object", synthetic),)
"""In ``vcl_error``."""
