"""The calls of the design's table, in their order, on the real CLI."""

import re

import pytest

from .gated import Crowd, GatedStack
from .harness import Call, Result, Stack

SERVICE = """
www = fastly.Service("www", force_destroy=True)
with fastly.Release("www", service=www, comment={comment!r}) as release:
    fastly.Domain("www.example.com", release=release)
"""


def program(*backends: str, comment: str = "", port: int = 80) -> str:
    text = SERVICE.format(comment=comment)
    for name in backends:
        chosen = port if name == backends[0] else 80
        text += f'    fastly.Backend("{name}", release=release, address="{name}.example.com", port={chosen})\n'
    return text


def sequence(result: Result) -> list[str]:
    """Calls without ids; neighbouring reads, which go out together, sorted."""
    rows = [_line(call) for call in result.calls]
    return [row for group in _groups(rows) for row in group]


def _line(call: Call) -> str:
    path = re.sub(r"/(service|dictionary|acl)/[0-9A-Za-z]{20,22}", r"/\1/ID", call.path)
    return f"{call.method} {path}"


def _groups(rows: list[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for row in rows:
        if groups and row.startswith("GET") and groups[-1][-1].startswith("GET"):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [sorted(group) for group in groups]


@pytest.fixture
def served(stack: Stack) -> Stack:
    result = stack.up(program("origin", "spare"))
    assert result.ok, str(result)
    return stack


def test_new_service(stack: Stack) -> None:
    names = [f"b{n}" for n in range(10)]
    result = stack.up(program(*names))
    assert result.ok, str(result)
    assert sequence(result)[0] == "POST /service"
    posts = sequence(result)[1:12]
    assert sorted(posts) == ["POST /service/ID/version/1/backend"] * 10 + ["POST /service/ID/version/1/domain"]
    assert sequence(result)[12:] == [
        "GET /service/ID/details",
        "GET /service/ID/version/1/backend",
        "GET /service/ID/version/1/domain",
        "GET /service/ID/version/1/validate",
        "PUT /service/ID/version/1/activate",
    ]
    assert (len(result.calls), len(result.writes)) == (17, 13)


def test_nothing_changed(served: Stack) -> None:
    assert served.up().calls == []


def test_one_backend_changed(served: Stack) -> None:
    result = served.up(program("origin", "spare", port=8080))
    assert sequence(result) == [
        "GET /service/ID",
        "GET /service/ID/version/1/backend",
        "PUT /service/ID/version/1/clone",
        "PUT /service/ID/version/2",
        "PUT /service/ID/version/2/backend/origin",
        "GET /service/ID",
        "GET /service/ID/diff/from/1/to/2",
        "GET /service/ID/version/2/backend",
        "GET /service/ID/version/2/domain",
        "GET /service/ID/version/2/validate",
        "PUT /service/ID/version/2/activate",
    ], str(result)


def test_one_backend_removed(served: Stack) -> None:
    result = served.up(program("origin"))
    assert sequence(result) == [
        "GET /service/ID",
        "PUT /service/ID/version/1/clone",
        "PUT /service/ID/version/2",
        "DELETE /service/ID/version/2/backend/spare",
        "GET /service/ID",
        "GET /service/ID/diff/from/1/to/2",
        "GET /service/ID/version/2/backend",
        "GET /service/ID/version/2/domain",
        "GET /service/ID/version/2/validate",
        "PUT /service/ID/version/2/activate",
    ], str(result)


def test_one_backend_renamed(served: Stack) -> None:
    other = '    fastly.Backend("spare", name="other", release=release, address="spare.example.com")\n'
    result = served.up(program("origin") + other)
    assert sequence(result) == [
        "GET /service/ID",
        "GET /service/ID/version/1/backend",
        "PUT /service/ID/version/1/clone",
        "PUT /service/ID/version/2",
        "POST /service/ID/version/2/backend",
        "DELETE /service/ID/version/2/backend/spare",
        "GET /service/ID",
        "GET /service/ID/diff/from/1/to/2",
        "GET /service/ID/version/2/backend",
        "GET /service/ID/version/2/domain",
        "GET /service/ID/version/2/validate",
        "PUT /service/ID/version/2/activate",
    ], str(result)


def test_comment_alone(served: Stack) -> None:
    result = served.up(program("origin", "spare", comment="summer"))
    assert sequence(result) == ["GET /service/ID", "PUT /service/ID/version/1"], str(result)


def test_refresh(served: Stack) -> None:
    result = served.refresh()
    assert sequence(result) == [
        "GET /service/ID",
        "GET /service/ID/version/1/backend",
        "GET /service/ID/version/1/domain",
    ], str(result)


def test_destroy(served: Stack) -> None:
    result = served.destroy()
    assert sequence(result) == [
        "GET /service/ID",
        "PUT /service/ID/version/1/deactivate",
        "DELETE /service/ID",
    ], str(result)


TWENTY_KINDS = """
www = fastly.Service("www", force_destroy=True)
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    check = fastly.Healthcheck("alive", release=release, path="/")
    origin = fastly.Backend("origin", release=release, address="origin.example.com", port={port}, healthcheck=check)
    fastly.Director("origins", release=release, backends=[origin])
    fastly.Condition("api", release=release, type="REQUEST", statement='req.url ~ "^/api/"')
    fastly.Header("x", release=release, action="set", type="request", dst="http.X", src='"1"')
    fastly.Snippet("esi", release=release, type="fetch", content="esi;")
    fastly.Dictionary("redirects", release=release)
    fastly.Acl("office", release=release)
    fastly.Settings("settings", release=release, default_ttl=60)
    fastly.ResponseObject("closed", release=release, request_condition="api")
    fastly.Gzip("text", release=release)
    fastly.CacheSettings("short", release=release, ttl=60)
    fastly.RequestSettings("https", release=release, force_ssl=True)
    fastly.Vcl("robots", release=release, content="sub robots {{ esi; }}")
    fastly.RateLimiter("limit", release=release, action="log_only", logger_type="s3", client_key=["client.ip"],
                       http_methods=["GET"], rps_limit=100, window_size=10, penalty_box_duration=5)
    fastly.LoggingS3("s3", release=release, bucket="logs", iam_role="arn:aws:iam::123456789012:role/logs")
    fastly.LoggingHttps("https", release=release, url="https://logs.example.com/")
    fastly.LoggingSyslog("syslog", release=release, address="syslog.example.com")
    fastly.LoggingPapertrail("papertrail", release=release, address="logs.papertrailapp.com")
"""
KINDS, NOT_IN_A_DIFF = 20, 5
"""Logging and rate limiters: Fastly's diff leaves them out, so a change reads those lists of the base too."""


def test_one_change_in_a_release_of_twenty_kinds(gated: GatedStack) -> None:
    first = gated.up(TWENTY_KINDS.format(port=80))
    assert first.ok, str(first)
    (service_id,) = {str(row["id"]) for row in gated.emulator.services()}
    # All that verification reads: the service, the diff and the lists.
    crowd = Crowd(f"PUT /service/{service_id}/version/2/backend/origin", 2 + KINDS + NOT_IN_A_DIFF)
    gated.gate.crowd = crowd
    result = gated.up(TWENTY_KINDS.format(port=8080))
    assert result.ok, str(result)
    lists = KINDS + NOT_IN_A_DIFF
    assert (len(result.calls), len(result.writes), result.activations) == (9 + lists, 4, 1), str(result)
    assert (crowd.gathered, crowd.came_apart) == (crowd.size, False)
    gated.gate.crowd = None
    refreshed = gated.refresh()
    assert len(refreshed.calls) == 1 + KINDS, str(refreshed)


def test_two_thousand_items(stack: Stack) -> None:
    text = SERVICE.format(comment="") + '    table = fastly.Dictionary("table", release=release)\n'
    assert stack.up(text).ok
    items = '    fastly.DictionaryItems("i", dictionary=table, items={f"k{n}": "v" for n in range(2000)})\n'
    result = stack.up(text + items)
    assert sequence(result) == ["PATCH /service/ID/dictionary/ID/items"] * 2, str(result)
