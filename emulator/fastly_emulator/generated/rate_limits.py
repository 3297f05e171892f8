"""Rate limiters: their counters, the subroutine that counts, and what a client gets that asks too often."""

from base64 import b64encode

from ..state import Record
from .source import Source
from .writing import Lines, block, comment, long_string, string, text, vcl_name

_STATUS = 829
"""Stands for the response of a rate limiter, until ``vcl_error`` replaces it."""


def declarations(source: Source) -> Lines:
    """Counters, methods and the subroutine of each."""
    lines: Lines = []
    for record in source.of("rate-limiters"):
        name = _prefix(record)
        lines.append(comment(f"Rate limiter {record['name']}"))
        lines += [f"penaltybox {name}_pb {{}}", f"ratecounter {name}_rc {{}}"]
        lines += block(f"table {name}_methods", [f'"{method}": "true",' for method in record["http_methods"]])
        lines += block(f"sub {name}_process", _count(source, record))
    return lines


def _prefix(record: Record) -> str:
    return f"rl_{vcl_name(record['name'])}"


def _count(source: Source, record: Record) -> Lines:
    name, entry = _prefix(record), f"var.{_prefix(record)}_entry"
    tests = ["req.restarts == 0", "fastly.ff.visits_this_service == 0", f"table.contains({name}_methods, req.method)"]
    if record["uri_dictionary_name"]:
        tests.append(f"table.contains({vcl_name(record['uri_dictionary_name'])}, req.url.path)")
    tests.append(f"std.strlen({entry}) > 0")
    arguments = [entry, f"{name}_rc", "1", f"var.{name}_window", f"var.{name}_limit", f"{name}_pb"]
    check = f"ratelimit.check_rate({', '.join([*arguments, f'var.{name}_ttl'])})"
    return [
        *text(f"""
            declare local var.{name}_limit INTEGER;
            declare local var.{name}_window INTEGER;
            declare local var.{name}_ttl TIME;
            declare local var.{name}_entry STRING;
            set var.{name}_limit = {record["rps_limit"]};
            set var.{name}_window = {record["window_size"]};
            set var.{name}_ttl = {record["penalty_box_duration"]}m;
            set var.{name}_entry = {" ".join(record["client_key"])};
        """),
        *block(f"if ({' && '.join(tests)})", block(f"if ({check})", _penalty(source, record))),
    ]


def _penalty(source: Source, record: Record) -> Lines:
    marked = 'set req.http.Fastly-SEC-RateLimit = "true";'
    match record["action"]:
        case "log_only":
            # Assumed: what is logged.
            endpoint = long_string(f" {record['logger_type']} :: ")
            line = f"{string(_reason(record) + ' from ')} var.{_prefix(record)}_entry"
            return [marked, f'log {{"syslog "}} req.service_id {endpoint} {line};']
        case "response_object" if record["response_object_name"] in source.version.of("response_object"):
            status = source.internal_status(record["response_object_name"])
            return [marked, f'error {status} "Fastly Internal";']
    return [marked, f"error {_STATUS} {string(_reason(record))};"]


def _reason(record: Record) -> str:
    return f"Rate limiter: Too many requests for {record['name']}"


def calls(source: Source) -> Lines:
    """In ``vcl_miss`` and ``vcl_pass``: only what the cache does not answer counts."""
    return [f"call {_prefix(record)}_process;" for record in source.of("rate-limiters")]


def responses(source: Source) -> Lines:
    """In ``vcl_error``."""
    lines: Lines = []
    for record in source.of("rate-limiters"):
        response = record["response"]
        if record["action"] == "response" and response:
            statements = [f"set obj.status = {response['status'] or 429};", 'set obj.response = "Too Many Requests";']
            if response["content_type"]:
                statements.append(f"set obj.http.Content-Type = {string(response['content_type'])};")
            content = b64encode((response["content"] or "").encode()).decode()
            statements += [f'synthetic.base64 "{content}";', "return(deliver);"]
            lines += block(f"if (obj.status == {_STATUS} && obj.response == {string(_reason(record))})", statements)
    return lines
