from .declared_kind import Declared

HEADER = Declared("header", name="x-api", action="set", type="request", dst="http.X-Api", src='"1"')


def test_references() -> None:
    assert {f.name: f.reference.type for f in HEADER.schema.fields if f.reference} == {
        "request_condition": "REQUEST",
        "cache_condition": "CACHE",
        "response_condition": "RESPONSE",
    }


def test_an_unknown_source_is_not_judged() -> None:
    unknown = object()
    values = {"name": "x", "action": "set", "type": "request", "dst": "http.X", "src": unknown}
    checked, problems = HEADER.schema.check(values, lambda value: value is unknown)
    assert problems == []
    assert checked["src"] is unknown
