"""What is declared, and what is left alone and why."""

from typing import Any

import pytest
from fastly_adopt.planning import plan_of
from fastly_adopt.program_plan import DataFile, Declaration, Entries, Literal, SecretSetting, TextFile
from fastly_adopt.program_writing import files_of
from fastly_adopt.service_content import FoundObject, ServiceContent


def content(*objects: FoundObject, **changed: Any) -> ServiceContent:
    values = {"service_id": "S", "name": "www", "comment": "", "version": 1, "is_active": True, **changed}
    return ServiceContent(objects=objects, **values)


def found(kind: str, *, items: tuple[dict[str, Any], ...] | None = None, **row: Any) -> FoundObject:
    return FoundObject(kind, row, items=items)


def only(service: ServiceContent) -> Declaration:
    [declaration] = plan_of(service).declarations
    return declaration


BACKEND = found("backend", name="origin", address="a.example.com")


def test_only_what_differs_from_the_defaults() -> None:
    row = {"port": 80, "weight": "100", "use_ssl": False, "comment": "", "shield": None, "max_conn": 300}
    declared = only(content(found("backend", name="origin", address="a.example.com", **row)))
    assert declared.arguments == {"address": Literal("a.example.com"), "max_conn": Literal(300)}
    assert declared.variable == ""


@pytest.mark.parametrize(
    ("name", "resource_name", "argument"),
    [
        ("origin", "origin", None),
        ('"o"', "o", '"o"'),
        ("日", "日", None),
        ("::", "backend", "::"),
        ("a\nb", "a-b", "a\nb"),
    ],
)
def test_odd_names_are_arguments(name: str, resource_name: str, argument: str | None) -> None:
    declared = only(content(found("backend", name=name, address="a.example.com")))
    assert declared.resource_name == resource_name
    assert declared.arguments.get("name") == (Literal(argument) if argument else None)


def test_odd_names_that_become_one_name() -> None:
    names = ["a b!", "a b?", "a-b"]
    plan = plan_of(content(*(found("backend", name=name, address="a.example.com") for name in names)))
    assert sorted(each.resource_name for each in plan.declarations) == ["a-b", "a-b-2", "a-b-3"]


def test_what_is_referred_to_stands_above() -> None:
    plan = plan_of(
        content(
            found("header", name="h", action="delete", type="request", dst="http.X", request_condition="used"),
            found("condition", name="used", type="REQUEST", statement="true"),
            found("condition", name="unused", type="REQUEST", statement="true"),
            found("director", name="d", backends=["origin"]),
            found("domain", name="www.example.com"),
            BACKEND,
        )
    )
    assert [(each.resource_name, each.variable) for each in plan.declarations] == [
        ("www.example.com", ""),
        ("unused", ""),
        ("origin", "origin"),
        ("d", ""),
        ("used", "used"),
        ("h", ""),
    ]
    assert not plan.adopts


def test_a_reference_to_nothing_is_a_name() -> None:
    plan = plan_of(content(found("backend", name="origin", address="a.example.com", healthcheck="gone")))
    assert plan.declarations[0].arguments["healthcheck"] == Literal("gone")
    assert plan.adopts


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (found("backend", name="bad", address="a b"), "Backend 'bad': address must be a host name"),
        (
            found("backend", name="bad", address="a.example.com", port="http"),
            "Backend 'bad': a value has an unexpected",
        ),
        (found("backend", name="origin", address="b.example.com"), "Backend 'origin': another one has the same name"),
        (found("healthcheck", name="bad", threshold=9, window=5), "threshold must not be greater than window"),
    ],
)
def test_what_cannot_be_declared_is_left_alone(bad: FoundObject, why: str) -> None:
    plan = plan_of(content(BACKEND, bad))
    assert [each.resource_name for each in plan.declarations] == ["origin"]
    assert why in plan.left_alone[0]
    assert plan.adopts
    assert "# Not declared here, and left as it is at Fastly:" in files_of(plan)["__main__.py"]


# -------------------------------------------------------------------- secrets


PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"


@pytest.mark.parametrize("value", [None, "***", "[secret]", "(sensitive value)"])
def test_a_secret_that_is_not_given_back_is_asked_for(value: str | None) -> None:
    plan = plan_of(
        content(found("backend", name="o 1", address="a.example.com", ssl_client_cert=PEM, ssl_client_key=value))
    )
    [declared] = plan.declarations
    assert declared.arguments["ssl_client_key"] == SecretSetting("o1SslClientKey")
    assert [(each.key, each.value) for each in plan.secrets] == [("o1SslClientKey", None)]
    assert "Fastly does not show ssl_client_key" in declared.comments[0]
    assert plan.adopts


def test_secrets_are_in_no_file() -> None:
    row = {"name": "s3", "bucket_name": "b", "access_key": "AKIA-hush", "secret_key": "hush-hush"}
    other = {"name": "s3", "token": "hush-token", "url": "https://example.com/"}
    plan = plan_of(content(found("logging_s3", **row), found("logging_loggly", **other)))
    assert [each.key for each in plan.secrets] == ["s3Token", "s3AccessKey", "s3SecretKey"]
    assert "hush" not in "".join(files_of(plan).values())
    assert "hush" not in repr(plan)


def test_two_settings_of_one_name_have_their_kinds() -> None:
    plan = plan_of(
        content(
            found("logging_loggly", name="x", token="a"), found("logging_heroku", name="x", token="b", url="https://x/")
        )
    )
    assert sorted(each.key for each in plan.secrets) == ["loggingHerokuXToken", "loggingLogglyXToken"]


# -------------------------------------------------------------------- texts, items, live


@pytest.mark.parametrize(
    ("text", "file"),
    [("one line", None), ("one line\n", None), ("two\nlines", "vcl/a-b.vcl"), ("a\r\nb\r\n", "vcl/a-b.vcl")],
)
def test_texts_of_more_lines_are_files(text: str, file: str | None) -> None:
    plan = plan_of(content(found("vcl", name="a/b", content=text)))
    assert plan.declarations[0].arguments["content"] == (TextFile(file) if file else Literal(text))
    assert dict(plan.texts) == ({file: text} if file else {})


def test_a_text_that_no_file_can_hold_stays_in_the_program() -> None:
    assert (
        "\\ud800\\nb"
        in files_of(plan_of(content(found("response_object", name="a", content="\ud800\nb"))))["__main__.py"]
    )


def items(number: int) -> tuple[dict[str, Any], ...]:
    return tuple({"item_key": f"k{n}", "item_value": str(n)} for n in range(number))


@pytest.mark.parametrize(("number", "kind"), [(12, Literal), (13, DataFile)])
def test_many_items_are_a_file(number: int, kind: type) -> None:
    plan = plan_of(content(found("dictionary", name="t", id="D", items=items(number))))
    table, rows = plan.declarations
    assert table.variable == "t"
    assert isinstance(rows.arguments["items"], kind)
    assert list(plan.data) == (["data/t.json"] if number > 12 else [])


def test_entries() -> None:
    rows = (
        {"ip": "192.0.2.0", "subnet": "24", "negated": "0", "comment": ""},
        {"ip": "192.0.2.9", "subnet": None, "negated": 1, "comment": None},
        {"ip": "::1", "subnet": 128, "negated": "1", "comment": "us"},
    )
    _, declared = plan_of(content(found("acl", name="office", id="A", items=rows))).declarations
    argument = declared.arguments["entries"]
    assert isinstance(argument, Entries)
    assert argument.entries[:2] == ("192.0.2.0/24", "!192.0.2.9")
    assert (
        'fastly.AclEntryArgs("::1", subnet=128, negated=True, comment="us")'
        in files_of(plan_of(content(found("acl", name="office", id="A", items=rows))))["__main__.py"]
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [({"write_only": True}, "Write-only: Fastly does not show its items"), ({}, "Its items are left to others")],
)
def test_items_that_are_left_to_others(row: dict[str, Any], words: str) -> None:
    declared = only(content(found("dictionary", name="t", id="D", **row)))
    assert declared.comments[0].startswith(words)


def test_an_empty_container_has_no_items() -> None:
    assert only(content(found("dictionary", name="t", id="D", items=()))).comments == ()


@pytest.mark.parametrize(
    ("live", "argument", "comments"),
    [
        ({"content": "# x"}, Literal("# x"), ()),
        ({"content": ""}, Literal(""), ()),
        ({}, None, ("Its content is left to others.",)),
    ],
)
def test_dynamic_content_is_declared_unless_it_is_left_to_others(
    live: dict[str, Any], argument: Literal | None, comments: tuple[str, ...]
) -> None:
    row = {"id": "D", "name": "s", "type": "recv", "content": "# of the row"}
    declared = only(content(FoundObject("dynamic_snippet", row, live)))
    assert (declared.arguments.get("content"), declared.comments) == (argument, comments)


def test_a_version_that_does_not_serve_is_not_activated() -> None:
    assert "activate=False" in files_of(plan_of(content(BACKEND, is_active=False)))["__main__.py"]


def test_names_of_another_tool_are_comments() -> None:
    origin = FoundObject("domain", {"name": "a.example.com"}, origin='fastly_service_vcl.www domain "a"')
    assert only(content(origin)).comments == ('Was fastly_service_vcl.www domain "a".',)
