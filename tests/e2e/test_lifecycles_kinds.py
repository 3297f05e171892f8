"""What single kinds do on the real CLI that no other kind does."""

from typing import Any

from .harness import Stack
from .lifecycle import ADOPT, NO_DRIFT, REFRESH, Step, existing, let, live, of, www


def test_dynamic_snippet(stack: Stack) -> None:
    """Its content is live; it is renamed in place."""
    ids: set[str] = set()

    def same_id(content: str) -> Any:
        def check(stack: Stack) -> None:
            service_id = stack.emulator.service_id()
            [row] = stack.emulator.objects(service_id, "snippet").values()
            ids.add(row["id"])
            assert len(ids) == 1
            assert stack.emulator.get(f"/service/{service_id}/snippet/{row['id']}")["content"] == content

        return check

    def snippet(**arguments: Any) -> str:
        return www(of("DynamicSnippet", "s", **{"type": "recv", "content": "# one", **arguments}))

    live(
        stack,
        Step(snippet(), activations=1, check=same_id("# one")),
        Step(snippet(content="# two"), activations=0, writes=1, check=same_id("# two")),
        NO_DRIFT,
        Step(
            snippet(content="# two", name="renamed"),
            writes=["clone", "comment", "PUT snippet/s", "activate"],
            serves={"snippet": {"renamed": {}}},
            check=same_id("# two"),
        ),
        Step(snippet(content="# three", name="renamed", priority=7), activations=1, check=same_id("# three")),
        NO_DRIFT,
    )


def test_content_of_a_dynamic_snippet_that_another_tool_writes(stack: Stack) -> None:
    """It survives the take-over, a refresh, a rename, and an update that would remove the snippet."""

    def snippet_of(stack: Stack) -> str:
        service_id = stack.emulator.service_id()
        [row] = stack.emulator.objects(service_id, "snippet").values()
        return f"/service/{service_id}/snippet/{row['id']}"

    def writes(content: str) -> Any:
        return lambda stack: stack.emulator.send("PUT", snippet_of(stack), content=content)

    def holds(content: str) -> Any:
        def check(stack: Stack) -> None:
            assert stack.emulator.get(snippet_of(stack))["content"] == content

        return check

    def program(**arguments: Any) -> str:
        return www(of("DynamicSnippet", "waf", type="recv", **arguments), service=ADOPT, release="adopt=True")

    there = existing(("snippet", {"name": "waf", "type": "recv", "dynamic": "1", "content": "# theirs"}))
    live(
        stack,
        Step(program(), other=there, writes=0, check=holds("# theirs")),
        Step(program(priority=7), other=writes("# two"), activations=1, check=holds("# two")),
        Step(command=REFRESH, other=writes("# three"), writes=0, check=holds("# three")),
        NO_DRIFT,
        Step(program(priority=7, name="renamed"), activations=1, check=holds("# three")),
        Step(
            www(service=ADOPT, release="adopt=True"), fails="still holds content", activations=0, check=holds("# three")
        ),
        Step(program(priority=7, name="renamed", content="# ours"), activations=0, check=holds("# ours")),
        Step(program(priority=7, name="renamed"), activations=0, writes=0, check=holds("# ours")),
        Step(program(priority=7, name="renamed", content=""), activations=0, writes=1, check=holds("")),
        NO_DRIFT,
    )


def test_acl_entries(stack: Stack) -> None:
    """Texts, `!` and arguments with comments; none of it needs an activation."""
    acl = let("office", of("Acl", "office"))

    def program(*entries: str) -> str:
        return www(acl, f"fastly.AclEntries('office', acl=office, entries=[{', '.join(entries)}])")

    args = "fastly.AclEntryArgs(ip='198.51.100.0', subnet=24, negated={}, comment={!r})"
    live(
        stack,
        Step(
            program("'192.0.2.0/24'", "'!192.0.2.13'", "'2001:DB8::/32'", args.format(True, "lab")),
            activations=1,
            entries={
                "office": {
                    "192.0.2.0/24": {"negated": "0", "comment": ""},
                    "192.0.2.13": {"negated": "1"},
                    "2001:db8::/32": {"negated": "0"},
                    "198.51.100.0/24": {"negated": "1", "comment": "lab"},
                }
            },
        ),
        NO_DRIFT,
        Step(
            program("'!192.0.2.0/24'", "'192.0.2.14'", args.format(False, "")),
            writes=["PATCH acl/entries"],
            entries={
                "office": {
                    "192.0.2.0/24": {"negated": "1"},
                    "192.0.2.14": {"negated": "0"},
                    "198.51.100.0/24": {"negated": "0", "comment": ""},
                }
            },
        ),
        NO_DRIFT,
        Step(program(), writes=["PATCH acl/entries"], entries={"office": {}}),
        Step(www(acl), activations=0),
    )


def test_single_items_and_entries(stack: Stack) -> None:
    containers = (let("t", of("Dictionary", "t")), let("office", of("Acl", "office")))

    def program(key: str, value: str, entry: str, comment: str) -> str:
        return www(
            *containers,
            f"fastly.DictionaryItem('i', dictionary=t, key={key!r}, value={value!r})",
            f"fastly.AclEntry('e', acl=office, entry={entry!r}, comment={comment!r})",
        )

    live(
        stack,
        Step(
            program("a", "1", "!192.0.2.0/24", "lab"),
            activations=1,
            items={"t": {"a": "1"}},
            entries={"office": {"192.0.2.0/24": {"negated": "1", "comment": "lab"}}},
        ),
        NO_DRIFT,
        Step(
            program("a", "2", "!192.0.2.0/24", ""),
            activations=0,
            writes=2,
            items={"t": {"a": "2"}},
            entries={"office": {"192.0.2.0/24": {"negated": "1", "comment": ""}}},
        ),
        NO_DRIFT,
        Step(
            program("b", "2", "192.0.2.0/25", "lab"),
            activations=0,
            items={"t": {"b": "2"}},
            entries={"office": {"192.0.2.0/25": {"negated": "0", "comment": "lab"}}},
        ),
        Step(
            program("b", "", "!192.0.2.0/25", "lab"),
            activations=0,
            items={"t": {"b": ""}},
            entries={"office": {"192.0.2.0/25": {"negated": "1", "comment": "lab"}}},
        ),
        NO_DRIFT,
        Step(www(*containers), activations=0, items={"t": {}}, entries={"office": {}}),
    )
