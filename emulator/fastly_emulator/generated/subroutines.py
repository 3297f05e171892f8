"""The subroutines around the macros: those of a service without custom VCL, and those that custom VCL starts from."""

from .source import Source
from .writing import Lines, block, text

Subroutine = tuple[Lines, Lines]
"""The statements before the macro, and those after it."""

_NOT_CACHEABLE = text("""
    if (req.request != "HEAD" && req.request != "GET" && req.request != "FASTLYPURGE") {
      return(pass);
    }
    return(lookup);
""")
_RESTARTS = text("""
    if (req.restarts > 0) {
      set beresp.http.Fastly-Restarts = req.restarts;
    }
""")
_ONCE_MORE = text("""
    if ((beresp.status == 500 || beresp.status == 503) && req.restarts < 1 && \
(req.request == "GET" || req.request == "HEAD")) {
      restart;
    }
""")
_TIME_TO_LIVE = """
    if (beresp.http.Set-Cookie) {{
      set req.http.Fastly-Cachetype = "SETCOOKIE";
      return(pass);
    }}
    if (beresp.http.Cache-Control ~ "private") {{
      set req.http.Fastly-Cachetype = "PRIVATE";
      return(pass);
    }}
    if (beresp.status == 500 || beresp.status == 503) {{
      set req.http.Fastly-Cachetype = "ERROR";
      set beresp.ttl = 1s;
      set beresp.grace = 5s;
      return(deliver);
    }}
    if (beresp.http.Expires || beresp.http.Surrogate-Control ~ "max-age" || \
beresp.http.Cache-Control ~ "(?:s-maxage|max-age)") {{
      # The backend says how long.
    }} else {{
      set beresp.ttl = {ttl}s;
    }}
    return(deliver);
"""
_HIT = text("""
    if (!obj.cacheable) {
      return(pass);
    }
    return(deliver);
""")


def around_macro(source: Source, name: str) -> Subroutine:
    """A subroutine of a service without custom VCL."""
    match name:
        case "recv":
            return [], _NOT_CACHEABLE
        case "fetch":
            return _around_fetch(source)
        case "hit":
            return [], _HIT
        case "miss":
            return [], ["return(fetch);"]
        case "deliver":
            return [], ["return(deliver);"]
    return [], []


def _around_fetch(source: Source) -> Subroutine:
    flag = "var.fastly_disable_restart_on_error"
    # Image Optimizer cannot repeat a request.
    off = [f"set {flag} = true;"] if source.has_product("image_optimizer") else []
    return [f"declare local {flag} BOOL;"], [
        *off,
        *block(f"if (!{flag})", _ONCE_MORE),
        *_RESTARTS,
        *_time_to_live(source),
    ]


def _time_to_live(source: Source) -> Lines:
    return text(_TIME_TO_LIVE.format(ttl=source.version.settings["general.default_ttl"]))


def boilerplate(source: Source) -> Lines:
    """What custom VCL starts from: subroutines with macros, and the time to live of the settings."""
    subroutines: dict[str, Subroutine] = {
        "recv": ([], _NOT_CACHEABLE),
        "hash": (["set req.hash += req.url;", "set req.hash += req.http.host;"], ["return(hash);"]),
        "hit": ([], ["return(deliver);"]),
        "miss": ([], ["return(fetch);"]),
        "pass": ([], ["return(pass);"]),
        "fetch": ([], [*_ONCE_MORE, *_RESTARTS, *_time_to_live(source)]),
        "error": ([], ["return(deliver);"]),
        "deliver": ([], ["return(deliver);"]),
        "log": ([], []),
    }
    lines: Lines = []
    for name, (before, after) in subroutines.items():
        lines += ["", *block(f"sub vcl_{name}", [*before, f"#FASTLY {name}", *after])]
    return lines[1:]
