"""The versions of a service as values. Words: `active`, `locked`, `ours FROM` (marked), `left` (marked, abandoned)."""

import itertools

import pytest
from pulumi_fastly_dynamic.orchestration.marker import Marker
from pulumi_fastly_dynamic.orchestration.versions import (
    Draft,
    FirstVersion,
    Head,
    OpenedNow,
    Resumed,
    VersionInfo,
    VersionTable,
)

US, THEM = "1", "2"


def table(*versions: str) -> VersionTable:
    """Versions 1, 2, ... each in words: `active`, `locked`, `ours 3`, `theirs 3`, `left 3`, `copied 3`."""
    return VersionTable({number: _info(number, words) for number, words in enumerate(versions, 1)}, US)


def _info(number: int, words: str) -> VersionInfo:
    flags = words.split()
    comment = ""
    for word, base in itertools.pairwise(flags):
        if word in {"ours", "theirs", "left", "copied"}:
            owner = f"org/project/stack#{THEM if word == 'theirs' else US}"
            comment = f"text {Marker(owner, int(base) if word == 'copied' else number, int(base), word == 'left')}"
    return VersionInfo(number, "active" in flags, "locked" in flags or "active" in flags, comment)


@pytest.mark.parametrize(
    ("versions", "base"),
    [
        ([], 0),
        ([""], 1),
        (["active"], 1),
        (["active", "locked", ""], 1),
        (["locked", "active", "locked"], 2),
        (["locked", "locked", ""], 2),  # nobody deactivated 2: it is the highest locked
        (["", "", ""], 3),
        (["", "ours 1"], 1),
        (["", "left 1"], 1),
        (["", "theirs 1"], 2),
        (["", "copied 1"], 2),
        (["ours 0"], 0),
    ],
)
def test_base(versions: list[str], base: int) -> None:
    assert table(*versions).base == base


@pytest.mark.parametrize(
    ("versions", "leftover"),
    [
        (["active"], None),
        (["active", "ours 1"], 2),
        (["active", "theirs 1"], None),
        (["active", "copied 1"], None),  # a clone copies comments
        (["active", "left 1"], None),
        (["active", "locked ours 1"], None),
        (["locked", "active", "ours 1"], None),  # its base is not the base any more
        (["active", "ours 1", "ours 1"], 3),
        (["active", "ours 1", "left 1"], 2),
        (["", "ours 1"], 2),
    ],
)
def test_leftover(versions: list[str], leftover: int | None) -> None:
    assert table(*versions).leftover == leftover


@pytest.mark.parametrize(
    ("versions", "lineage"),
    [
        (["active"], []),
        (["locked", "active ours 1"], [1]),
        (["locked", "locked ours 1", "active ours 2"], [2, 1]),
        (["locked", "locked", "active ours 1"], [1]),
        (["locked", "locked theirs 1", "active ours 2"], [2]),
        (["locked", "left 1", "active ours 2"], [2]),
        (["locked", "active left 1"], []),
        (["locked", "active copied 1"], []),
        (["active ours 3", "", ""], []),  # a base is older: no walk in circles
        (["active ours 1"], []),
    ],
)
def test_lineage(versions: list[str], lineage: list[int]) -> None:
    newest = len([words for words in versions if words])
    found = table(*versions)
    assert list(found.lineage(newest)) == lineage
    assert found.start_of(newest) == [newest, *lineage][-1]


@pytest.mark.parametrize(
    ("versions", "service_is_adopted", "expected", "behind"),
    [
        ([""], False, True, False),
        (["active"], False, True, False),
        (["active"], True, False, False),  # taken over: someone else activated it
        (["locked", "active ours 1"], False, True, False),
        (["locked", "active ours 1"], True, True, False),
        (["active", "locked ours 1"], False, False, True),  # a rollback, or an answer that is late
        (["active", "locked ours 1"], True, False, True),
        (["active", "ours 1"], False, True, False),  # a draft was never active
        (["active", "ours 1"], True, False, False),
        (["locked", "locked ours 1", "active"], False, False, False),
        (["locked", "active theirs 1"], True, False, False),
        (["locked", "locked ours 1"], False, False, True),  # deactivated, or an answer that is late
        (["locked", "locked ours 1"], True, False, True),
        (["locked"], False, False, True),
        (["locked"], True, True, False),  # nothing of it was ever this stack's
        (["locked", "ours 1"], True, True, False),
    ],
)
def test_who_activated_what_serves(versions: list[str], service_is_adopted: bool, expected: bool, behind: bool) -> None:
    found = table(*versions)
    assert found.is_expected(service_is_adopted=service_is_adopted) is expected
    assert found.is_behind(service_is_adopted=service_is_adopted) is behind


@pytest.mark.parametrize(
    ("versions", "service_is_adopted", "cloned", "draft"),
    [
        ([""], False, None, FirstVersion()),
        ([""], True, None, None),
        (["active"], False, None, None),
        (["locked"], False, None, None),
        (["", ""], False, None, None),  # someone made another one
        (["active", "ours 1"], False, None, Resumed(2, 1)),
        (["active", "ours 1"], False, 2, OpenedNow(2, 1)),
        (["active", "ours 1", "ours 1"], False, 2, Resumed(3, 1)),
        (["active", "left 1"], False, 2, None),
        (["active", "theirs 1"], False, None, None),
    ],
)
def test_head(versions: list[str], service_is_adopted: bool, cloned: int | None, draft: Draft | None) -> None:
    found = table(*versions)
    head = Head.find(found, service_is_adopted=service_is_adopted, cloned=cloned)
    assert head.draft == draft
    assert head.number == (draft.number if draft else found.base)
    assert head.base == (draft.base if draft else found.base)
    assert head.active == found.active


@pytest.mark.parametrize(
    ("number", "contains"),
    [
        (5, True),  # the draft
        (4, True),  # the base
        (3, True),  # below the base, and locked: it was active once
        (2, False),  # never activated: left behind
        (6, False),  # above: another draft
        (9, False),  # unknown
    ],
)
def test_what_the_head_still_contains(number: int, contains: bool) -> None:
    versions = table("locked", "ours 1", "locked", "active", "ours 4", "left 4")
    assert Head(versions, OpenedNow(5, 4)).still_contains(number) is contains


def test_a_locked_version_above_the_base_is_not_in_the_head() -> None:
    """After a rollback."""
    assert not Head(table("active", "locked"), None).still_contains(2)


def test_versions_as_the_api_answers_them() -> None:
    row = {"number": "2", "active": None, "locked": True, "comment": None}
    assert VersionInfo.parse(row) == VersionInfo(2, active=False, locked=True, comment="")
    service = {"id": "S", "versions": [{"number": 1}, row]}
    found = VersionTable.parse(service, US)
    assert (list(found.infos), found.service) == ([1, 2], service)
    assert VersionTable.parse({}, US).infos == {}


def test_an_activation_moves_the_flag_and_locks() -> None:
    before = table("active", "ours 1")
    after = before.activated(2)
    assert (before.active, after.active, after.is_locked(1), after.is_locked(2)) == (1, 2, True, True)
    assert after.marker(2) == before.marker(2)


def test_a_version_that_does_not_exist() -> None:
    found = table("active")
    assert (found.comment(7), found.marker(7), found.is_locked(7)) == ("", None, False)
