"""What objects do to a request: backend, headers, request settings, response objects."""

from ..state import Record
from .by_condition import Render, Rule
from .source import Source
from .vcl_origins import automatic, automatic_director, backend_name
from .writing import Lines, block, comment, either, raw, string

FORCE_TLS_STATUS = 801
"""Stands for a redirect to the same URL with https."""


def select_backend(source: Source, record: Record) -> Lines:
    """The backend of a condition. Of several the last one counts, but without condition it is the first."""
    condition = record["request_condition"] or ""
    if record["auto_loadbalance"]:
        first = automatic(source)[condition][0]
        return [f"set req.backend = {automatic_director(condition)};"] if record is first else []
    if not condition and record is not _default(source):
        return []
    return [f"set req.backend = {backend_name(record['name'])};"]


def _default(source: Source) -> Record:
    return next(record for record in source.of("backend") if not record["request_condition"])


_OBJECTS = {"request": "req", "fetch": "bereq", "cache": "beresp", "response": "resp"}
"""The word of VCL for each type of header."""


def header(type_: str) -> Render:
    """A header of that type; headers of other types are rendered elsewhere."""

    def render(_source: Source, record: Record) -> Lines:
        if record["type"] != type_:
            return []
        variable = f"{_OBJECTS[type_]}.{record['dst']}"
        statements = _statements(variable, record)
        if str(record["ignore_if_set"]) == "1":
            statements = block(f"if (!{variable})", statements)
        return [comment(f"Header rewrite {record['name']} : {record['priority']}"), *statements]

    return render


def _statements(variable: str, record: Record) -> Lines:
    source = record["src"]
    match record["action"]:
        case "delete":
            return [f"unset {variable};"]
        case "append":
            # Assumed: nothing between what was there and what is appended.
            return either(variable, [f"set {variable} = {variable} {source};"], [f"set {variable} = {source};"])
        case "regex" | "regex_repeat" as action:
            function = "regsub" if action == "regex" else "regsuball"
            return [f"set {variable} = {function}({source}, {raw(record['regex'])}, {raw(record['substitution'])});"]
        case _:
            return [f"set {variable} = {source};"]


_FORWARDED = "req.http.X-Forwarded-For"
_KEPT_FORWARDED = "req.http.Fastly-Temp-XFF"
"""Becomes X-Forwarded-For of the request to the backend; where it is empty there is none."""
_AS_IT_IS = [f"set {_KEPT_FORWARDED} = {_FORWARDED};"]
_CLIENT = [f"set {_KEPT_FORWARDED} = client.ip;"]
_APPENDED = either(_FORWARDED, [f'set {_KEPT_FORWARDED} = {_FORWARDED} ", " client.ip;'], _CLIENT)
# At a second node of Fastly, the first one has appended already.
_FORWARDED_FOR = {
    "append": either("!req.http.Fastly-FF", _APPENDED, _AS_IT_IS),
    "append_all": _APPENDED,
    "clear": [f'set {_KEPT_FORWARDED} = "";'],
    "leave": _AS_IT_IS,
    "overwrite": either("!req.http.Fastly-FF", _CLIENT, _AS_IT_IS),
}
_GEO_HEADERS = [
    "set req.http.Fastly-Geo-Country = client.geo.country_code;",
    "set req.http.Fastly-Geo-City = client.geo.city;",
    "set req.http.Fastly-Geo-Region = client.geo.region;",
]


def request_settings(_source: Source, record: Record) -> Lines:
    """Request settings, but for the keys of the hash. The timer is always on."""
    lines: Lines = []
    if _is_on(record["force_ssl"]):
        lines += block("if (!req.http.Fastly-SSL)", [f'error {FORCE_TLS_STATUS} "Force SSL";'])
    lines += _FORWARDED_FOR.get(record["xff"] or "", [])
    if _is_on(record["bypass_busy_wait"]):
        lines.append("set req.hash_ignore_busy = true;")
    if _is_on(record["force_miss"]):
        lines.append("set req.hash_always_miss = true;")
    if record["max_stale_age"] is not None:
        lines.append(f"set req.grace = {record['max_stale_age']}s;")
    if record["default_host"]:
        lines.append(f"set req.http.host = {string(record['default_host'])};")
    if _is_on(record["geo_headers"]):
        lines += _GEO_HEADERS
    if record["action"]:
        lines.append(f"return({record['action']});")
    return lines


def _is_on(flag: object) -> bool:
    return str(flag) == "1"


def hash_keys(source: Source, record: Record) -> Lines:
    """The keys of the cache that a request setting has instead of host and URL."""
    keys = [key.strip() for key in (record["hash_keys"] or "").split(",") if key.strip()]
    if not keys:
        return []
    return [*(f"set req.hash += {key};" for key in keys), f"set req.hash += {generation(source)};", "return(hash);"]


def generation(source: Source) -> str:
    """What a purge of the whole service changes in every key of the cache. falco has it in a type that it refuses."""
    return '"1"' if source.is_edge else "req.vcl.generation"


def raise_response(source: Source, record: Record) -> Lines:
    """A response object begins as an error."""
    status = source.internal_status(record["name"])
    return [comment(f"ResponseObject: {record['name']}"), f'error {status} "Fastly Internal";']


RECEIVED = (
    Rule("backend", select_backend, ("request_condition",)),
    Rule("header", header("request"), ("request_condition",)),
    Rule("request_settings", request_settings, ("request_condition",)),
    # One with a condition of the cache begins when the backend has answered.
    Rule(
        "response_object",
        lambda source, record: [] if record["cache_condition"] else raise_response(source, record),
        ("request_condition",),
    ),
)
"""In ``vcl_recv``."""

SENT_TO_BACKEND = (Rule("header", header("fetch"), ("request_condition", "cache_condition")),)
"""In ``vcl_miss`` and ``vcl_pass``. Assumed: which conditions count there."""

HASHED = (Rule("request_settings", hash_keys, ("request_condition",)),)
"""In ``vcl_hash``."""
