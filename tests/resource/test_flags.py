"""The effective `protect` and `retain_on_delete`, and that the transform which writes them is the last one."""

import asyncio
from collections.abc import Coroutine
from typing import Any, cast

import pulumi
import pytest
from pulumi.runtime.proto import callback_pb2, resource_pb2_grpc
from pulumi_fastly_dynamic import ProgramError
from pulumi_fastly_dynamic.resource import flags, monitor
from pulumi_fastly_dynamic.resource.monitor import Monitor


class Stub(resource_pb2_grpc.ResourceMonitorStub):
    """An engine that takes transforms, and the SDK's server of them."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.servers = 0

    def RegisterStackTransform(self, callback: callback_pb2.Callback) -> None:  # noqa: N802 - gRPC's name
        self.tokens.append(callback.token)

    async def callbacks(self) -> "Stub":
        self.servers += 1
        await asyncio.sleep(0)
        return self

    def register_stack_transform(self, transform: object) -> None:
        self.RegisterStackTransform(callback_pb2.Callback(token=f"{transform}"))


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    found = Stub()
    monkeypatch.setattr(monitor, "_get_callbacks", found.callbacks)
    monkeypatch.setattr(monitor, "get_monitor", lambda: found)
    return found


@pytest.fixture
def engine(stub: Stub) -> Monitor:
    return Monitor(stub)


def finish(work: Coroutine[Any, Any, object]) -> None:
    """Unlike ``asyncio.run`` it leaves the loop that other tests use."""
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(work)
    finally:
        loop.close()


def put_last(engine: Monitor, name: str) -> None:
    finish(engine.put_last(cast("monitor.Transform", name)))


def transform(engine: Monitor, label: str, props: dict[str, Any], **options: Any) -> dict[str, Any] | None:
    args = pulumi.ResourceTransformArgs(
        custom=True,
        type_=f"{flags.PREFIX}{label}" if ":" not in label else label,
        name="x",
        props=props,
        opts=pulumi.ResourceOptions(**options),
    )
    found = flags.FlagWriter(engine)(args)
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
    engine: Monitor, props: dict[str, Any], options: dict[str, Any], outcome: dict[str, Any] | None
) -> None:
    put_last(engine, "ours")
    assert transform(engine, "Backend", props, **options) == outcome


@pytest.mark.parametrize("label", ["DictionaryItems", "DictionaryItem", "AclEntries", "AclEntry"])
def test_of_items_only_protect_counts(engine: Monitor, label: str) -> None:
    put_last(engine, "ours")
    assert transform(engine, label, {"a": 1}, protect=True, retain_on_delete=True) == {"a": 1, "protect": True}


@pytest.mark.parametrize("label", ["Service", "Version", "aws:s3/bucket:Bucket", "fastly:index:Release"])
def test_other_resources_have_no_flags(engine: Monitor, label: str) -> None:
    put_last(engine, "ours")
    assert transform(engine, label, {"a": 1}, protect=True) is None


def test_the_transform_is_registered_once(stub: Stub, engine: Monitor) -> None:
    for name in ("ours", "unused"):
        put_last(engine, name)
    assert stub.tokens == ["ours"]


def test_it_is_registered_again_after_another_one(stub: Stub, engine: Monitor) -> None:
    stub.RegisterStackTransform(callback_pb2.Callback(token="before"))
    put_last(engine, "ours")
    stub.RegisterStackTransform(callback_pb2.Callback(token="theirs"))
    put_last(engine, "ours again")
    put_last(engine, "unused")
    assert stub.tokens == ["before", "ours", "theirs", "ours again"]


def test_resources_that_come_at_once_share_one_server(stub: Stub, engine: Monitor) -> None:
    async def many() -> None:
        await asyncio.gather(*(engine.put_last(cast("monitor.Transform", f"ours {i}")) for i in range(9)))

    finish(many())
    assert (stub.servers, len(stub.tokens)) == (1, 1)


def test_a_transform_that_comes_while_a_resource_is_registered_is_refused(stub: Stub, engine: Monitor) -> None:
    put_last(engine, "ours")
    stub.RegisterStackTransform(callback_pb2.Callback(token="theirs"))
    with pytest.raises(ProgramError, match=r"Backend\('x'\): a transform was registered at the same time"):
        transform(engine, "Backend", {})
    assert transform(engine, "aws:s3/bucket:Bucket", {}) is None


def test_an_engine_has_one_monitor_and_mocks_have_none(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    found = monitor.monitor()
    assert found is not None
    assert monitor.monitor() is found
    monkeypatch.setattr(monitor, "get_monitor", object)
    assert monitor.monitor() is None
