"""What the user marked as secret: in no refusal, and not to be guessed from what the state has in plain."""

import hashlib
import json
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS

from tests.cases import Code

from .harness import Stack
from .lifecycle import ADOPT, backend, existing, let, of, www

SECRETS = {
    "address": "hidden-origin.example.net",
    "statement": 'req.http.X-Pin == "4711"',
    "entry": "203.0.113.77",
}


def secret(value: str) -> Code:
    return Code(f"pulumi.Output.secret({value!r})")


PROGRAM = www(
    backend("origin", address=secret(SECRETS["address"]), port=8443),
    of("Condition", "pin", type="REQUEST", statement=secret(SECRETS["statement"])),
    let("office", of("Acl", "office")),
    f"fastly.AclEntry('one', acl=office, entry={secret(SECRETS['entry'])})",
)


def test_refused_value_is_not_shown(stack: Stack) -> None:
    values = {
        "Backend resource 'origin' has a problem: address": backend(
            "origin", address=secret("https://u:ADDRSECRET@o.example.com")
        ),
        "Backend resource 'tls' has a problem: ssl_cert_hostname": backend(
            "tls", ssl_cert_hostname=secret("a:HOSTSECRET/")
        ),
        "AclEntry resource 'e' has a problem: entry": f"fastly.AclEntry('e', acl=a, entry={secret('ONESECRET')})",
    }
    for problem, line in values.items():
        stack.write(www(let("a", of("Acl", "a")), line))
        for result in (stack.preview(), stack.up()):
            assert not result.ok
            assert problem in result.output, str(result)
            assert "SECRET" not in result.output, str(result)
            assert "Traceback" not in result.output
            assert result.activations == 0


def texts(value: Any) -> list[str]:
    """Every string in a document, keys too."""
    if isinstance(value, dict):
        return [text for key, row in value.items() for text in [key, *texts(row)]]
    if isinstance(value, list):
        return [text for row in value for text in texts(row)]
    return [value] if isinstance(value, str) else []


def resources(state: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = state["deployment"]["resources"]
    return rows


def digests(kind: str, **fields: str) -> set[str]:
    """What anybody could compute without the key: of the whole object, in the form of a revision, and of a value."""
    schema = KINDS[kind]
    values = {name: value for name, value in schema.from_inputs(fields).items() if name in fields}
    hashes = [hashlib.sha256(text.encode()) for text in (json.dumps(values, sort_keys=True), *fields.values())]
    return {schema.digest(schema.from_inputs(fields), ""), *(each.hexdigest()[:12] for each in hashes)}


def revisions(state: dict[str, Any]) -> dict[str, str]:
    """The digests that the state has in plain, by resource."""
    return {
        row["urn"].rpartition("::")[2]: row["outputs"]["__record"]["revision"].partition("-")[2]
        for row in resources(state)
        if "__record" in row.get("outputs", {})
    }


def test_state_does_not_tell_what_is_secret(stack: Stack) -> None:
    up = stack.up(PROGRAM)
    assert up.ok, str(up)
    state = stack.state()
    for value in SECRETS.values():
        assert value not in up.output
        assert not [text for text in texts(state) if value in text]
    [entry] = [row for row in resources(state) if row["type"].endswith(":AclEntry")]
    assert entry["id"].rpartition("/")[0].endswith("/acl_entry"), entry["id"]
    guesses = digests("condition", name="pin", type="REQUEST", statement=SECRETS["statement"])
    guesses |= digests("acl_entry", entry=SECRETS["entry"])
    assert not [text for text in texts(state) for guess in guesses if guess in text]

    # The keys are random: of the same objects, another stack's digests and ids are others.
    assert stack.destroy().ok
    assert stack.up().ok
    again = stack.state()
    assert revisions(state).keys() == revisions(again).keys() >= {"origin", "pin", "office"}
    assert not set(revisions(state).values()) & set(revisions(again).values())
    [other] = [row for row in resources(again) if row["type"].endswith(":AclEntry")]
    assert entry["id"].rpartition("/")[2] != other["id"].rpartition("/")[2]


def keys_in_plain(state: dict[str, Any]) -> list[str]:
    """The places where a key of the stack stands unencrypted."""
    return [
        f"{row['urn']} {part}"
        for row in resources(state)
        for part in ("inputs", "outputs")
        if isinstance(row.get(part, {}).get("__stack_key"), str)
    ]


def test_key_of_the_stack_is_encrypted_everywhere(stack: Stack) -> None:
    """Created or taken over, in inputs and outputs, also after a refresh."""
    for program in (PROGRAM, ""):
        assert stack.up(program or None).ok
        state = stack.state()
        holders = [row for row in resources(state) if "__stack_key" in row.get("outputs", {})]
        assert len(holders) > len(SECRETS)
        assert keys_in_plain(state) == []
        assert stack.refresh().ok
        assert keys_in_plain(stack.state()) == []
    assert stack.destroy().ok
    existing(("backend", {"name": "origin", "address": "origin.example.com"}))(stack)
    taken = stack.up(www(backend("origin"), service=ADOPT))
    assert taken.ok, str(taken)
    assert keys_in_plain(stack.state()) == []
