"""What stands in the place of ``#FASTLY recv`` and the other macros."""

from collections.abc import Callable, Iterator

from . import rate_limits
from .by_condition import rendered
from .fixed import (
    BROTLI,
    FAILED,
    FETCHED,
    MAY_SHIELD,
    STALE,
    STALE_OR_AGAIN,
    TIMER,
    TO_BACKEND,
    TO_CLIENT,
    TO_HTTPS,
)
from .logs import LOGGED, LOGGED_AT_DELIVERY
from .requests import HASHED, RECEIVED, SENT_TO_BACKEND, generation
from .responses import AFTER_FETCH, AT_DELIVERY, ON_ERROR
from .source import Source
from .vcl_origins import backend_name, shield_name
from .writing import Lines, block, comment, string, vcl_name


def snippets(source: Source, place: str) -> Lines:
    """The snippets of a subroutine, by priority, with the content that dynamic ones have now."""
    lines: Lines = []
    for record in source.by_priority("snippet"):
        if record["type"] == place:
            head = comment(f"Snippet {record['name']} : {record['priority']}")
            content = source.content(record).strip("\n")
            lines.append("\n".join([head, content, comment(f"Snippet {record['name']} end")]))
    return lines


# -- Requests ---------------------------------------------------------------------------------------------------------


def _recv(source: Source) -> Iterator[str]:
    yield from TIMER
    if source.has_product("brotli_compression"):
        yield from BROTLI
    host = source.version.settings["general.default_host"]
    if host:
        yield "set req.http.Fastly-Orig-Host = req.http.host;"
        yield f"set req.http.host = {string(host)};"
    if not source.is_edge:
        yield from MAY_SHIELD
    if source.version.singletons.get("http3") is not None:
        yield "h3.alt_svc();"  # Assumed: the place.
    yield from snippets(source, "recv")
    always, conditional = rendered(source, RECEIVED, "Request")
    yield comment("Without condition")
    yield from always
    yield from conditional
    if not source.is_edge:
        yield from _shields(source)


def _shields(source: Source) -> Iterator[str]:
    origins = [(backend_name(each["name"]), each["shield"], each["use_ssl"]) for each in source.of("backend")]
    # Assumed: that the shield of a director is asked with TLS.
    origins += [(vcl_name(each["name"]), each["shield"], True) for each in source.of("director") if each["backends"]]
    for origin, shield, tls in origins:
        if shield:
            chosen = f"fastly.try_select_shield({shield_name(shield, tls=tls)}, {origin})"
            test = f"if (req.backend == {origin} && var.fastly_req_do_shield)"
            yield from block("", block(test, [f"set req.backend = {chosen};"]))


def _hash(source: Source, *, custom: bool) -> Iterator[str]:
    always, conditional = rendered(source, HASHED, "Request")
    yield from snippets(source, "hash")
    yield from conditional
    yield from always
    if custom:
        yield comment("A purge of everything changes this part of the key.")
        yield f"set req.hash += {generation(source)};"
    elif not always:
        parts = ("req.url", "req.http.host", generation(source))
        yield from block("", [*(f"set req.hash += {part};" for part in parts), "return(hash);"])


# -- To the backend ---------------------------------------------------------------------------------------------------


def _headers_to_backend(source: Source) -> Lines:
    always, conditional = rendered(source, SENT_TO_BACKEND, "Request")
    return [*always, *conditional]


def _miss(source: Source) -> Iterator[str]:
    yield comment("It was no hit after all.")
    yield "unset req.http.Fastly-Tmp-Obj-TTL;"
    yield "unset req.http.Fastly-Tmp-Obj-Grace;"
    check = block("if (req.http.Fastly-Check-SHA1)", ['error 550 "Doesnt exist";'])
    kept = 'set req.http.Fastly-Cachetype = "MISS";'
    yield from block("", [*check, *TO_BACKEND, *_headers_to_backend(source), kept])
    yield from rate_limits.calls(source)
    yield from snippets(source, "miss")


def _pass(source: Source) -> Iterator[str]:
    kept = 'set req.http.Fastly-Cachetype = "PASS";'
    yield from block("", [*TO_BACKEND, *_headers_to_backend(source), kept])
    yield from rate_limits.calls(source)
    yield from snippets(source, "pass")


def _pipe(source: Source) -> Iterator[str]:
    ends = ['set req.http.Fastly-Cachetype = "PIPE";', 'set bereq.http.connection = "close";']
    yield from block("", [*TO_BACKEND, *_headers_to_backend(source), *ends])


# -- Responses --------------------------------------------------------------------------------------------------------


def _hit(source: Source) -> Iterator[str]:
    yield comment("vcl_deliver cannot see them.")
    yield "set req.http.Fastly-Tmp-Obj-TTL = obj.ttl;"
    yield "set req.http.Fastly-Tmp-Obj-Grace = obj.grace;"
    yield from block("", ['set req.http.Fastly-Cachetype = "HIT";'])
    yield from snippets(source, "hit")


def _fetch(source: Source) -> Iterator[str]:
    settings = source.version.settings
    if settings["general.stale_if_error"]:
        if not source.is_edge:
            yield from STALE_OR_AGAIN
        yield f"set beresp.stale_if_error = {settings['general.stale_if_error_ttl']}s;"
    yield from FETCHED
    yield from snippets(source, "fetch")
    always, conditional = rendered(source, AFTER_FETCH, "Cache")
    yield from always
    yield from conditional


def _deliver(source: Source) -> Iterator[str]:
    yield from TO_CLIENT
    yield from snippets(source, "deliver")
    always, conditional = rendered(source, (*AT_DELIVERY, *LOGGED_AT_DELIVERY), "Response")
    yield comment("Without condition")
    yield from always
    yield from conditional


def _error(source: Source) -> Iterator[str]:
    if source.version.settings["general.stale_if_error"] and not source.is_edge:
        yield from STALE
    yield from TO_HTTPS
    yield from rate_limits.responses(source)
    yield from snippets(source, "error")
    always, _ = rendered(source, ON_ERROR, "Response")
    yield from always
    yield from FAILED


def _log(source: Source) -> Iterator[str]:
    yield from snippets(source, "log")
    always, conditional = rendered(source, LOGGED, "Response")
    yield comment("Without condition")
    yield from always
    yield from conditional


_MACROS: dict[str, Callable[[Source], Iterator[str]]] = {
    "recv": _recv,
    "fetch": _fetch,
    "hit": _hit,
    "miss": _miss,
    "deliver": _deliver,
    "error": _error,
    "pipe": _pipe,
    "pass": _pass,
    "log": _log,
}

SUBROUTINES = (*_MACROS, "hash")
"""The subroutines of every service, in the order of generated VCL."""


def expanded(source: Source, name: str, *, custom: bool) -> Lines:
    """What a macro stands for. In ``vcl_hash`` it is less where the subroutine is written by hand."""
    lines = _hash(source, custom=custom) if name == "hash" else _MACROS[name](source)
    word = name.upper()
    return [f"#--FASTLY {word} BEGIN", *lines, f"#--FASTLY {word} END"]
