"""Runs a program against Pulumi's mocks, and says what it registered."""

import asyncio
import atexit
import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pulumi
from google.protobuf import json_format  # type: ignore[import-untyped]
from pulumi.runtime.mocks import MockMonitor, MockResourceArgs, Mocks, set_mocks

TYPE = "pulumi-python:dynamic/fastly:"
SECRET = "4dabf18193072939515e22adb298388d"
"""The key by which Pulumi marks a secret on the wire."""


@dataclass
class Registered:
    """A resource as the engine is asked to register it."""

    type: str
    name: str
    raw: dict[str, Any]
    """Its inputs, secrets as they are on the wire."""
    parent: str
    dependencies: list[str]
    deleted_with: str
    secret_outputs: list[str]
    protect: bool
    dependencies_of: dict[str, list[str]] = field(default_factory=dict)
    """By input, the resources it is from."""

    @property
    def inputs(self) -> dict[str, Any]:
        """Its inputs in plain, without the provider."""
        return {name: plain(value) for name, value in self.raw.items() if name != "__provider"}

    @property
    def secrets(self) -> set[str]:
        """The inputs that are secret on the wire. (The provider must not be one.)"""
        return {name for name, value in self.raw.items() if is_secret(value)}


def is_secret(value: Any) -> bool:
    return isinstance(value, dict) and SECRET in value


def plain(value: Any) -> Any:
    return value["value"] if is_secret(value) else value


@dataclass
class Program:
    """What a program registered, in order."""

    resources: list[Registered] = field(default_factory=list)

    def __getitem__(self, key: tuple[str, str]) -> Registered:
        """By class and resource name."""
        (found,) = [each for each in self.resources if (each.type, each.name) == (TYPE + key[0], key[1])]
        return found

    def of(self, label: str) -> list[Registered]:
        """Those of a class."""
        return [each for each in self.resources if each.type == TYPE + label]


class Answers(Mocks):
    """Answers as the provider would: the inputs, an id, a record."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str, dict[str, Any]]:
        label = args.typ.removeprefix(TYPE)
        computed: dict[str, Any] = {"__record": {"name": args.inputs.get("name", label), "revision": "1-abc"}}
        for id_property in ("acl_id", "dictionary_id", "snippet_id"):
            if args.inputs.get(id_property) is None:
                computed[id_property] = f"{label}-id"
        if "Item" in label or "Entr" in label:
            computed = {"__flags": {"protect": True} if args.inputs.get("protect") else {}}
        if label == "Version":
            computed = {"number": 7.0, "released": 7.0, "activated": True, "kept": {}}
        return f"{args.name}-id", {**args.inputs, **computed}

    def call(self, args: Any) -> Any:
        raise NotImplementedError(args.token)


class Monitor(MockMonitor):
    """Keeps the requests."""

    def __init__(self, program: Program) -> None:
        super().__init__(Answers())
        self.program = program

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - gRPC's name
        if request.type != "pulumi:pulumi:Stack":
            self.program.resources.append(
                Registered(
                    request.type,
                    request.name,
                    json_format.MessageToDict(request.object),
                    request.parent.split("::")[-1],
                    [urn.split("::", 2)[2] for urn in request.dependencies],
                    request.deletedWith.split("::")[-1],
                    list(request.additionalSecretOutputs),
                    request.protect,
                    {
                        name: [urn.split("::")[-1] for urn in found.urns]
                        for name, found in request.propertyDependencies.items()
                    },
                )
            )
        return super().RegisterResource(request)  # type: ignore[no-untyped-call]


LOOP = asyncio.new_event_loop()
atexit.register(LOOP.close)


def run(program: Callable[[], Any], *, preview: bool = False) -> Program:
    """Runs it to its end, all registrations and outputs included; raises what it raises."""
    recorded = Program()
    # Pulumi takes the thread's loop, and `asyncio.run` in an earlier test leaves the thread without one.
    asyncio.set_event_loop(LOOP)
    set_mocks(Answers(), "project", "stack", preview=preview, organization="org", monitor=Monitor(recorded))
    try:
        pulumi.runtime.test(program)()  # type: ignore[no-untyped-call]
    finally:
        gc.collect()  # a coroutine that an error left behind must not warn in another test
    return recorded


def value_of(output: pulumi.Output[Any], into: list[Any]) -> None:
    """Appends the output's value once it is there."""
    output.apply(into.append)
