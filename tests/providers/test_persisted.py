"""What users' stacks hold for ever: the pickled reference to a provider.

The strings in `golden_providers.json` were written into states. Never change one; add one where a kind is new.
"""

import base64
import json
import subprocess
import sys
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

import dill  # type: ignore[import-untyped]
import pulumi_fastly_dynamic
import pytest
from pulumi.dynamic.dynamic import serialize_provider
from pulumi_fastly_dynamic.engine import restore
from pulumi_fastly_dynamic.schema import KINDS

DATA = Path(__file__).parents[1] / "data"
OWNER = "org/project/stack"

GOLDEN: dict[str, tuple[str, str]] = {
    kind: (row["provider"], row["pickled"])
    for kind, row in json.loads((DATA / "golden_providers.json").read_text()).items()
}
"""By kind: the provider's class, and what `serialize_provider` made of it when the kind was new."""

CASES = [pytest.param(kind, *GOLDEN[kind], id=kind) for kind in GOLDEN]


def test_the_names_of_kinds_are_frozen() -> None:
    missing = set(KINDS) - set(GOLDEN)
    assert not missing, f"new kinds need a string of their own in golden_providers.json: {missing}"
    assert set(GOLDEN) == set(KINDS), "a kind that states may hold is gone"


@pytest.mark.parametrize(("kind", "provider", "state"), CASES)
def test_states_written_before_still_load(kind: str, provider: str, state: str) -> None:
    restored = dill.loads(base64.b64decode(state))
    assert type(restored).__name__ == provider
    assert restored.schema is KINDS[kind]
    assert restored.owner == OWNER


def test_they_load_in_a_process_that_imported_nothing() -> None:
    """The engine's provider process: unpickling alone must fill the table of kinds."""
    program = (
        "import base64, dill, json, sys\n"
        "assert 'pulumi_fastly_dynamic' not in sys.modules\n"
        "found = {}\n"
        "for kind, text in json.load(sys.stdin).items():\n"
        "    provider = dill.loads(base64.b64decode(text))\n"
        "    found[kind] = [type(provider).__name__, provider.schema.kind, provider.owner]\n"
        "print(json.dumps(found))\n"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        input=json.dumps({kind: state for kind, (_, state) in GOLDEN.items()}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(result.stdout) == {kind: [provider, kind, OWNER] for kind, (provider, _) in GOLDEN.items()}


@pytest.mark.parametrize(("kind", "provider", "state"), CASES)
def test_todays_serialization_is_the_same(kind: str, provider: str, state: str) -> None:
    """Another string would be an update of every resource of every stack."""
    assert serialize_provider(restore(kind, OWNER)) == state


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_it_is_a_reference_and_nothing_else(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No code, no key: the path of one function and its arguments."""
    monkeypatch.setenv("FASTLY_API_KEY", "key-of-the-account")
    provider: Any = restore(kind, OWNER)
    provider.client = object()  # whatever a provider may come to hold
    pickled = base64.b64decode(serialize_provider(provider))
    assert len(pickled) < 200
    assert b"pulumi_fastly_dynamic.engine.persisted" in pickled
    assert b"key-of-the-account" not in pickled
    for trace_of_code in (b"_create_function", b"CodeType", b"dill"):
        assert trace_of_code not in pickled
    assert restore(kind, OWNER).__reduce__() == (restore, (kind, OWNER))


def test_providers_are_not_secret() -> None:
    """Else the state holds them encrypted, and previews show them as changed."""
    assert not any(restore(kind, OWNER).serialize_as_secret_always for kind in KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_type_tokens_are_frozen(kind: str) -> None:
    label = KINDS[kind].label
    assert label == "".join(part.title() for part in kind.split("_"))
    resource = getattr(pulumi_fastly_dynamic, label)
    assert resource._resource_type_name == f"dynamic/fastly:{label}"


def test_the_type_token_of_a_release_is_frozen() -> None:
    from pulumi_fastly_dynamic.resource import release  # noqa: PLC0415

    assert release.TYPE == "fastly:index:Release"


def test_pulumi_is_told_that_this_is_no_plugin() -> None:
    """Else `pulumi` tries to download a plugin named like the distribution."""
    text = resources.files("pulumi_fastly_dynamic").joinpath("pulumi-plugin.json").read_text()
    assert json.loads(text) == {"resource": False}


def test_the_wheel_says_so_too(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=Path(__file__).parents[2], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {"pulumi_fastly_dynamic/pulumi-plugin.json", "pulumi_fastly_dynamic/py.typed"} <= {*archive.namelist()}
