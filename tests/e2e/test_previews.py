"""`preview --diff`: just the properties that change and what is replaced, and no records of a Version."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.cases import Code

from .harness import Stack
from .lifecycle import backend, edit, let, of, www

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nx"
KEY = "-----BEGIN PRIVATE KEY-----\n"
TYPE = r"(?:pulumi-python:dynamic/)?(fastly:[\w:]+)"


@dataclass(frozen=True)
class Planned:
    """What a preview says of one resource: the operation, and the properties it lists."""

    operation: str
    properties: tuple[str, ...] = ()


def planned(text: str) -> dict[str, Planned]:
    """The resources of a preview; of an update or a replace with the changed properties."""
    found: dict[str, Planned] = {}
    blocks = re.split(rf"^ *(?=(?:[~+-]|\+-) ?{TYPE}: \()", text.partition("\nResources:")[0], flags=re.MULTILINE)
    for block in blocks:
        head = re.match(rf"(?:[~+-]|\+-) ?{TYPE}: \((\w+)\)", block)
        name = re.search(r"\[urn=\S+::([^\]]+)\]", block)
        if not head or not name:
            continue
        kind = head[1].rpartition(":")[2]
        properties: tuple[str, ...] = ()
        if head[2] in {"update", "replace"}:
            rows = re.findall(r"^( *)[~+-] (\w+) *: ", block, flags=re.MULTILINE)
            shallow = min((len(indent) for indent, _ in rows), default=0)
            properties = tuple(sorted({row for indent, row in rows if len(indent) == shallow}))
        found[f"{kind} {name[1]}"] = Planned(head[2], properties)
    return found


def program(*lines: str, port: int = 80, secret: str = "sesame", **dictionary: object) -> str:
    """A release with an object of each sort; secrets among them."""
    return www(
        backend("origin", port=port, ssl_client_cert=CERTIFICATE, ssl_client_key=KEY + secret),
        let("t", of("Dictionary", "t", **dictionary)),
        'fastly.DictionaryItems("i", dictionary=t, items={"a": "1", "b": "2"})',
        let("w", of("Dictionary", "w", write_only=True)),
        f'fastly.DictionaryItems("wi", dictionary=w, items={{"key": {secret!r}}})',
        *lines,
    )


RELEASED = Planned("update")
"""A Version's update: what it releases, the objects show."""


def expect(stack: Stack, text: str, plan: Mapping[str, Planned]) -> str:
    """The preview says just that, makes no call and shows no secret."""
    result = stack.preview(text)
    assert result.ok, str(result)
    assert planned(result.output) == plan, result.output
    assert result.calls == []
    assert "revision" not in result.output
    assert "sesame" not in result.output
    assert "open" not in result.output.replace("opening", "")
    return result.output


def test_diffs_show_nothing_internal(stack: Stack) -> None:
    for text in (program(), program(port=81)):
        stack.write(text)
        result = stack.run("up", "--yes", "--skip-preview", "--diff")
        assert result.ok
        assert not re.search(r"revision|record\b|stack_key|secret_inputs|declared_at|__\w+ *:", result.output), (
            result.output
        )


def test_first_preview(stack: Stack) -> None:
    result = stack.preview(program())
    assert result.ok
    assert {row.operation for row in planned(result.output).values()} == {"create"}
    assert len(planned(result.output)) == 9
    assert "ssl_client_key       : [secret]" in result.output
    assert re.search(r"items +: \[secret\]", result.output)
    assert "sesame" not in result.output
    assert result.calls == []


def test_changes(stack: Stack) -> None:
    spare, snippet = backend("spare"), of("DynamicSnippet", "s", type="recv", content="# one")
    condition = of("Condition", "c", type="REQUEST", statement="req.url")
    assert stack.up(program(spare, snippet, condition)).ok

    nothing = expect(stack, program(spare, snippet, condition), {})
    assert "unchanged" in nothing

    changed = expect(
        stack,
        program(backend("spare", weight=50), snippet.replace("one", "two"), condition, port=81),
        {
            "Backend origin": Planned("update", ("port",)),
            "Backend spare": Planned("update", ("weight",)),
            "DynamicSnippet s": Planned("update", ("content",)),
            "Version www": RELEASED,
        },
    )
    assert "~ port: 80 => 81" in changed

    secrets = expect(
        stack,
        program(spare, snippet, condition, secret="opensesame"),
        {
            "Backend origin": Planned("update", ("ssl_client_key",)),
            "DictionaryItems wi": Planned("update", ("items",)),
            "Version www": RELEASED,
        },
    )
    assert "~ ssl_client_key: [secret] => [secret]" in secrets
    assert "~ items: [secret] => [secret]" in secrets

    expect(
        stack,
        program(snippet, condition, backend("other")),
        {
            "Backend spare": Planned("delete"),
            "Backend other": Planned("create"),
            "Version www": RELEASED,
        },
    )
    # A type that the API cannot change is one update: deleted and posted again inside the draft.
    expect(
        stack,
        program(spare.replace("release,", "release, name='renamed',"), snippet, condition.replace("REQUEST", "CACHE")),
        {
            "Backend spare": Planned("replace", ("name",)),
            "Condition c": Planned("update", ("type",)),
            "Version www": RELEASED,
        },
    )
    expect(
        stack,
        program(spare, of("DynamicSnippet", "s", name="renamed", type="recv", content="# one"), condition),
        {"DynamicSnippet s": Planned("update", ("name",)), "Version www": RELEASED},
    )


def test_live_items(stack: Stack) -> None:
    """Changed items alone change no Version; a container renamed in place keeps its items."""
    assert stack.up(program()).ok
    output = expect(
        stack,
        program().replace("'1'", "'3'").replace('"1"', '"3"'),
        {"DictionaryItems i": Planned("update", ("items",))},
    )
    assert '~ a: "1" => "3"' in output
    assert '"2"' not in output
    plan = planned(stack.preview(program(name="renamed")).output)
    assert plan["Dictionary t"] == Planned("update", ("name",))
    assert plan["Version www"] == RELEASED
    assert plan["DictionaryItems i"] == Planned("update", ("dictionary_id",))


def test_flags(stack: Stack) -> None:
    """A flag is a change of the object, so that the manifest has it."""
    assert stack.up(www(backend("origin"))).ok
    expect(
        stack,
        www(backend("origin", opts=Code("pulumi.ResourceOptions(protect=True)"))),
        {"Backend origin": Planned("update", ("protect",)), "Version www": RELEASED},
    )


def test_drift(stack: Stack) -> None:
    """`preview --refresh` shows what someone else changed."""
    assert stack.up(www(backend("origin"))).ok
    edit(("PUT", "backend/origin", {"port": "99"}))(stack)
    result = stack.preview(None, "--refresh")
    assert result.ok, str(result)
    assert "~ port: 99 => 80" in result.output
    assert result.writes == []
