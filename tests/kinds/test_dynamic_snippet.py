import pytest
from pulumi_fastly_dynamic.schema import Identity

from tests.cases import CASES

from .declared_kind import Declared

SNIPPET = Declared("dynamic_snippet", name="live", type="deliver", content="#vcl")
AS_ANSWERED = CASES["dynamic_snippet"].row(SNIPPET.least.get("name", ""), SNIPPET.least)


def test_fields() -> None:
    assert SNIPPET.fields() == {
        **{name: (name, "string", "required") for name in ("name", "type")},
        "content": ("content", "text", None),
        "priority": ("priority", "integer", 100),
        "force_destroy": ("force_destroy", "boolean", False),
    }
    assert [f.name for f in SNIPPET.schema.unversioned] == ["content"]
    assert SNIPPET.schema.identity is Identity.ID
    assert SNIPPET.schema.id_property == "snippet_id"


def test_content_is_sent_on_creation_and_in_no_version() -> None:
    assert SNIPPET.post() == {
        "name": "live",
        "type": "deliver",
        "content": "#vcl",
        "priority": "100",
        "dynamic": "1",
    }
    assert SNIPPET.put(AS_ANSWERED, content="other") == {}
    values = SNIPPET.schema.from_inputs(SNIPPET.check())
    assert SNIPPET.schema.digest(values, "") == SNIPPET.schema.digest(SNIPPET.schema.from_row(AS_ANSWERED), "")


@pytest.mark.parametrize("dynamic", ["1", 1, True])
def test_it_is_told_from_a_regular_one(dynamic: object) -> None:
    assert SNIPPET.schema.matches({**AS_ANSWERED, "dynamic": dynamic})
    assert not SNIPPET.schema.matches({**AS_ANSWERED, "dynamic": "0"})


@pytest.mark.parametrize(("content", "kept"), [("", {"content": ""}), (None, {})])
def test_empty_content_is_managed_and_none_is_not(content: str | None, kept: dict[str, str]) -> None:
    """Another system writes the content that is left out. A new snippet is empty in both cases."""
    checked = SNIPPET.check(content=content)
    assert {name: value for name, value in checked.items() if name == "content"} == kept
    assert SNIPPET.schema.live_from_inputs(checked) == kept
    assert "content" not in SNIPPET.post(content=content)


def test_null_of_the_api_is_empty_content() -> None:
    assert SNIPPET.schema.live_from_row({"content": None}) == {"content": ""}
