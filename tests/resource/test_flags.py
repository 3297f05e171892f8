"""The effective `protect` and `retain_on_delete`."""

from typing import Any

import pulumi
import pytest
from pulumi_fastly_dynamic.resource import flags


def transform(label: str, props: dict[str, Any], **options: Any) -> dict[str, Any] | None:
    args = pulumi.ResourceTransformArgs(
        custom=True,
        type_=f"{flags.PREFIX}{label}" if ":" not in label else label,
        name="x",
        props=props,
        opts=pulumi.ResourceOptions(**options),
    )
    found = flags._write_flags(args)
    return None if found is None else dict(found.props)


@pytest.mark.parametrize(
    ("props", "options", "outcome"),
    [
        ({"a": 1}, {"protect": True}, {"a": 1, "protect": True}),
        ({"a": 1}, {"retain_on_delete": True}, {"a": 1, "retain_on_delete": True}),
        ({"protect": True}, {}, {}),  # a transformation took it off
        ({"protect": True}, {"retain_on_delete": True}, {"retain_on_delete": True}),
        ({"protect": True}, {"protect": True}, None),
        ({"a": 1}, {}, None),
        ({"a": 1}, {"protect": False}, None),
    ],
    ids=str,
)
def test_flags_are_written_as_they_are_in_the_end(
    props: dict[str, Any], options: dict[str, Any], outcome: dict[str, Any] | None
) -> None:
    assert transform("Backend", props, **options) == outcome


@pytest.mark.parametrize("label", ["Service", "Version", "AclEntry", "aws:s3/bucket:Bucket", "fastly:index:Release"])
def test_only_objects_of_a_version_have_them(label: str) -> None:
    assert transform(label, {"a": 1}, protect=True) is None


def test_without_an_engine_nothing_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mocks have no transforms, and raise what they like: programs under test must still run."""

    def no_transforms(_transform: object) -> None:
        raise RuntimeError("no transforms here")

    stack = pulumi.ComponentResource.__new__(pulumi.ComponentResource)
    monkeypatch.setattr(flags, "register_resource_transform", no_transforms)
    monkeypatch.setattr(pulumi.runtime, "get_root_resource", lambda: stack)
    monkeypatch.setattr(pulumi.log, "debug", lambda _text: None)
    flags.watch_flags()
    assert stack in flags._registered


def test_it_is_registered_once_a_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    registered: list[object] = []
    stack = pulumi.ComponentResource.__new__(pulumi.ComponentResource)
    monkeypatch.setattr(flags, "register_resource_transform", registered.append)
    monkeypatch.setattr(pulumi.runtime, "get_root_resource", lambda: stack)
    flags.watch_flags()
    flags.watch_flags()
    assert registered == [flags._write_flags]
