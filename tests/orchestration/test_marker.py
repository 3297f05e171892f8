"""The marker in a version's comment, and who it names."""

import pytest
from pulumi_fastly_dynamic.orchestration import Owner
from pulumi_fastly_dynamic.orchestration.marker import Marker, join, split
from pulumi_fastly_dynamic.orchestration.versions import VersionInfo, VersionTable

OWNER = Owner("org/project/stack", "0123456789abcdef")
MARKER = Marker(OWNER.mark, 3, 2)


@pytest.mark.parametrize("marker", [MARKER, MARKER.abandon()])
@pytest.mark.parametrize("text", ["", "spring", "a [b] c", "two\nlines", "[pulumi x v1 from v0]", " "])
def test_a_comment_and_its_marker_are_told_apart(text: str, marker: Marker) -> None:
    assert split(join(text, marker)) == (text, marker)


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "spring",
        "[pulumi o v3 from v2] and more",
        "[pulumi o v3]",
        "[pulumi o vX from v2]",
        "[pulumi o p v3 from v2]",
        "[pulumi o v3 from v2 gone]",
        "pulumi o v3 from v2",
    ],
)
def test_other_comments_hold_no_marker(comment: str) -> None:
    assert split(comment) == (comment, None)


def test_no_comment() -> None:
    assert split(None) == ("", None)


def test_a_marker_counts_only_on_its_own_version() -> None:
    assert VersionInfo(3, comment=str(MARKER)).marker == MARKER
    assert VersionInfo(4, comment=str(MARKER)).marker is None  # a clone copies comments


def test_a_marker_counts_only_for_its_owner() -> None:
    infos = {3: VersionInfo(3, comment=str(MARKER))}
    assert VersionTable(infos, OWNER.fingerprint).marker(3) == MARKER
    assert VersionTable(infos, Owner(OWNER.stack, "another").fingerprint).marker(3) is None


def test_stacks_of_one_name_have_marks_of_their_own() -> None:
    """Every self-managed backend has the same organization."""
    marks = {Owner(OWNER.stack, key).mark for key in ("", "a", "b", OWNER.key)}
    assert len(marks) == 4
    assert all(mark.startswith(f"{OWNER.stack}#") for mark in marks)
    assert Owner(OWNER.stack, OWNER.key).mark == OWNER.mark


def test_the_key_is_shown_nowhere() -> None:
    shown = [OWNER.mark, repr(OWNER), str(OWNER), str(MARKER), repr(MARKER)]
    assert not any(OWNER.key[start : start + 6] in text for text in shown for start in range(len(OWNER.key) - 6))
