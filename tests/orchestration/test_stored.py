"""An answer that is not what the program asked for is refused, in words that show no secret."""

import pytest
from pulumi_fastly_dynamic.orchestration import StoredDifferently
from pulumi_fastly_dynamic.orchestration.snapshot import difference
from pulumi_fastly_dynamic.orchestration.stored import refuse_difference
from pulumi_fastly_dynamic.schema import KINDS

from .verdicts import Rows, backend, found, header, settings


def refused(asked: Rows, stored: Rows, *secrets: str) -> str:
    made = found(stored)
    with pytest.raises(StoredDifferently) as refusal:
        refuse_difference(made, difference(made.schema, found(asked).values, made.values), 7, "S", secrets)
    assert refusal.value.objects == [made.ref]
    return str(refusal.value)


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        (backend(), backend()),
        (backend(), backend(port="80", use_ssl="0", comment=None, hostname="a.example.com")),
        (backend(ssl_client_key="a"), backend(ssl_client_key="b")),  # of a secret only whether it is set
        (settings(), settings(**{"general.default_pci": 1})),
    ],
)
def test_what_is_stored_as_asked_passes(asked: Rows, stored: Rows) -> None:
    refuse_difference(
        found(stored), difference(found(stored).schema, found(asked).values, found(stored).values), 7, "S"
    )


@pytest.mark.parametrize(
    ("asked", "stored", "words"),
    [
        (backend(weight=1), backend(weight=100), "weight was asked to be 1, stored is 100"),
        (backend(comment="a"), backend(), "comment was asked to be 'a', stored is None"),
        (backend(use_ssl=True), backend(), "use_ssl was asked to be True, stored is False"),
        (header(src="'a'"), header(src="a"), "src was asked to be \"'a'\", stored is 'a'"),
        (
            settings(**{"general.default_ttl": 5}),
            settings(**{"general.default_ttl": 6}),
            "default_ttl was asked to be 5, stored is 6",
        ),
        (backend(weight=1, port=81), backend(), "port was asked to be 81, stored is 80; weight was asked to be 1,"),
    ],
)
def test_property_asked_and_stored_value_are_named(asked: Rows, stored: Rows, words: str) -> None:
    text = refused(asked, stored)
    assert words in text
    assert text.startswith(f"{found(stored)} in version 7 of service S: ")
    assert "Nothing was activated" in text


@pytest.mark.parametrize(
    ("asked", "stored"), [(backend(ssl_client_key="hush"), backend()), (backend(), backend(ssl_client_key="hush"))]
)
def test_secrets_are_not_shown(asked: Rows, stored: Rows) -> None:
    text = refused(asked, stored)
    assert "ssl_client_key is not stored as asked" in text
    assert "hush" not in text


def test_what_the_user_marked_as_secret_is_not_shown() -> None:
    text = refused(backend(address="hush", weight=1), backend(address="psst"), "address")
    assert "address is not stored as asked; weight was asked to be 1, stored is 100" in text
    assert "hush" not in text
    assert "psst" not in text


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.collection and kind.fields], ids=lambda kind: kind.kind
)
def test_no_secret_of_any_kind_is_shown(kind) -> None:
    for field in kind.fields:
        if field.secret:
            stored = found((kind.collection, {"name": "x", "id": "X"}))
            differing = difference(stored.schema, {**stored.values, field.name: "hush"}, stored.values)
            with pytest.raises(StoredDifferently) as refusal:
                refuse_difference(stored, differing, 7, "S")
            assert "hush" not in str(refusal.value)
