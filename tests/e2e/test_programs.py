"""How programs may be written: coroutines, transforms at any place, references by an output, two services."""

import os
import signal
import subprocess
import textwrap

import pytest

from .harness import Result, Stack
from .lifecycle import www

HANGS_AFTER_SECONDS = 120
"""A program that takes some 5 seconds is not just slow after these."""


def finish(stack: Stack, program: str, *arguments: str) -> Result:
    """Runs a command that may hang, and ends what it started if it does."""
    stack.write(program)
    stack.emulator.clear_log()
    process = stack.start(*arguments)
    try:
        output, _ = process.communicate(timeout=HANGS_AFTER_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        pytest.fail(f"the program hangs:\n{output}")
    return Result(process.returncode, output, stack.emulator.calls())


# -------------------------------------------------------------------- coroutines and apply

MAKE = textwrap.indent(www('fastly.Backend("origin", release=release, address="o.example.com")'), "    ")

COROUTINE = f"""
async def main():
{MAKE}
    return 1
pulumi.export("done", pulumi.Output.from_input(main()))
"""

SERVICE_ALONE = """
async def main():
    fastly.Service("www", force_destroy=True)
    return 1
pulumi.export("done", pulumi.Output.from_input(main()))
"""

APPLY = f"""
def make(value):
{MAKE}
    return value
pulumi.export("done", pulumi.Output.from_input("x").apply(make))
"""

COMPONENT = f"""
class Site(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("my:index:Site", name)
        self.make()

    def make(self):
{textwrap.indent(MAKE, "    ")}

async def main():
    Site("site")
    return 1
pulumi.export("done", pulumi.Output.from_input(main()))
"""

LATE = f"""
async def main():
    import asyncio
    await asyncio.sleep(0)
{MAKE}
    await asyncio.sleep(0)
    return release.version.number
pulumi.export("done", pulumi.Output.from_input(main()))
"""


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(COROUTINE, id="coroutine"),
        pytest.param(LATE, id="coroutine-that-waits"),
        pytest.param(APPLY, id="apply"),
        pytest.param(COMPONENT, id="component-in-a-coroutine"),
    ],
)
def test_a_release_can_be_made_in(stack: Stack, program: str) -> None:
    result = finish(stack, program, "up", "--yes")
    assert result.ok, str(result)
    assert result.activations == 1, str(result)
    assert "warning" not in result.output.lower(), str(result)
    assert stack.emulator.objects(stack.emulator.service_id(), "backend").keys() == {"origin"}


def test_a_service_can_be_previewed_in_a_coroutine(stack: Stack) -> None:
    result = finish(stack, SERVICE_ALONE, "preview")
    assert result.ok, str(result)


# -------------------------------------------------------------------- transforms

TRANSFORM = """
def flag(args):
    if args.type_.endswith(":Backend") and args.name == "old":
        options = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(FLAG=True))
        return pulumi.ResourceTransformResult(args.props, options)
"""
REGISTER = "pulumi.runtime.register_resource_transform(flag)"
OLD = 'fastly.Backend("old", release=release, address="old.example.com")'

PLACES = {
    "before-the-service": (REGISTER, "", "", ""),
    "before-the-release": ("", REGISTER, "", ""),
    "first-in-the-release": ("", "", REGISTER, ""),
    "between-objects": ("", "", "", REGISTER),
    "everywhere": (REGISTER, REGISTER, REGISTER, REGISTER),
}


def flagged(place: str, flag: str, old: str = OLD) -> str:
    """A program whose backend ``old`` gets the flag from a transform registered at that place."""
    first, second, third, fourth = PLACES[place]
    return f"""{TRANSFORM.replace("FLAG", flag)}
{first}
www = fastly.Service("www", force_destroy=True)
{second}
with fastly.Release("www", service=www) as release:
    {third or "pass"}
    fastly.Domain("www.example.com", release=release)
    fastly.Backend("origin", release=release, address="o.example.com")
    {fourth or "pass"}
    {old or "pass"}
"""


@pytest.mark.parametrize("place", PLACES)
def test_retain_on_delete_counts_wherever_the_transform_is_registered(stack: Stack, place: str) -> None:
    assert stack.up(flagged(place, "retain_on_delete")).ok
    result = stack.up(flagged(place, "retain_on_delete", old=""))
    assert result.ok, str(result)
    assert not [call for call in result.writes if call.method == "DELETE"], str(result)
    assert stack.emulator.objects(stack.emulator.service_id(), "backend").keys() == {"origin", "old"}
    again = stack.up()
    assert again.ok, str(again)
    assert not again.calls, str(again)


@pytest.mark.parametrize("place", ["before-the-service", "between-objects"])
def test_protect_of_items_stops_the_update_before_it_activates(stack: Stack, place: str) -> None:
    """What changed beside them is in the draft; nothing is live of it, and the items are still there."""
    redirects = 'redirects = fastly.Dictionary("redirects", release=release)'
    items = 'fastly.DictionaryItems("old", dictionary=redirects, items={"/a": "/b"})'
    program = flagged(place, "protect", f"{redirects}\n    {items}").replace(":Backend", ":DictionaryItems")
    assert stack.up(program).ok
    result = stack.up(program.replace(items, "pass").replace("o.example.com", "changed.example.com"))
    assert not result.ok, str(result)
    assert "ProtectedObject: DictionaryItems 'old'" in result.output, str(result)
    assert not [call for call in result.writes if call.path.endswith(("/activate", "/items"))], str(result)
    service_id = stack.emulator.service_id()
    dictionary = stack.emulator.objects(service_id, "dictionary")["redirects"]
    assert stack.emulator.items(service_id, dictionary["id"]) == {"/a": "/b"}


@pytest.mark.parametrize("place", PLACES)
def test_protect_counts_wherever_the_transform_is_registered(stack: Stack, place: str) -> None:
    assert stack.up(flagged(place, "protect")).ok
    result = stack.up(flagged(place, "protect", old=""))
    assert not result.ok, str(result)
    assert "ProtectedObject" in result.output, str(result)
    assert not result.writes, str(result)


def test_a_transform_after_the_last_object_is_too_late_for_the_engine_too(stack: Stack) -> None:
    program = flagged("before-the-service", "protect").replace(REGISTER, "", 1) + f"    {REGISTER}\n"
    assert stack.up(program).ok
    assert stack.up(program.replace(OLD, "pass")).ok
    assert stack.emulator.objects(stack.emulator.service_id(), "backend").keys() == {"origin"}


def test_a_late_transform_may_change_properties(stack: Stack) -> None:
    """And options that are set afterwards still count: the outcome of all of them does."""
    program = """
def port(args):
    if args.type_.endswith(":Backend"):
        options = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(retain_on_delete=True))
        return pulumi.ResourceTransformResult({**args.props, "port": 8080}, options)

def drop(args):
    if args.type_.endswith(":Backend") and args.name == "origin":
        args.opts.retain_on_delete = False
        props = {key: value for key, value in args.props.items() if key != "retain_on_delete"}
        return pulumi.ResourceTransformResult(props, args.opts)

www = fastly.Service("www", force_destroy=True)
pulumi.runtime.register_resource_transform(port)
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    kept = fastly.Backend("kept", release=release, address="kept.example.com", comment=pulumi.Output.secret("hidden"))
    pulumi.runtime.register_resource_transform(drop)
    fastly.Backend("origin", release=release, address="o.example.com")
"""
    assert stack.up(program).ok
    served = stack.emulator.objects(stack.emulator.service_id(), "backend")
    assert {name: int(row["port"]) for name, row in served.items()} == {"kept": 8080, "origin": 8080}
    inputs = {
        row["urn"].split("::")[-1]: row["inputs"]
        for row in stack.state()["deployment"]["resources"]
        if row["type"].endswith(":Backend")
    }
    assert inputs["kept"]["retain_on_delete"] is True
    assert "retain_on_delete" not in inputs["origin"]
    assert isinstance(inputs["kept"]["comment"], dict)  # still a secret


# -------------------------------------------------------------------- outputs without a value


@pytest.mark.parametrize("name", ["", 'name="surprise", '])
def test_an_adopt_id_without_a_value_creates_no_service(stack: Stack, name: str) -> None:
    result = stack.up(f'fastly.Service("x", {name}adopt_id=pulumi.Output.from_input(None))\n')
    assert not result.ok, str(result)
    assert "adopt_id is given but has no value" in result.output, str(result)
    assert not result.writes, str(result)


# -------------------------------------------------------------------- references


@pytest.mark.parametrize(
    "reference",
    [
        "api.name.apply(lambda name: name)",
        'pulumi.Output.from_input("is api")',
        "later()",
    ],
)
def test_a_reference_that_is_known_late_waits_for_what_it_may_mean(stack: Stack, reference: str) -> None:
    """Without the wait the API refuses the header: the condition is not there yet."""
    stack.emulator.fault("POST", "/service/*/version/*/condition", delay_ms=700)
    result = stack.up(
        "async def later():\n    return 'is api'\n"
        + www(
            'api = fastly.Condition("api", name="is api", release=release, type="REQUEST", statement="true")',
            'fastly.Header("x", release=release, action="delete", type="request", dst="http.X",'
            f" request_condition={reference})",
        ),
    )
    assert result.ok, str(result)
    assert result.activations == 1


# -------------------------------------------------------------------- two services

TWO = """
class Site(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__(f"my:index:{name}", name)

for name in ("www", "api"):
    options = OPTIONS
    service = fastly.Service(name, force_destroy=True)
    with fastly.Release(name, service=service, opts=options) as release:
        fastly.Domain(f"{name}.example.com", release=release)
        fastly.Backend("origin", release=release, address="o.example.com")
"""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(
            "",
            "Backend('origin'): another release of this program has a Backend resource named 'origin' already (Pulumi "
            "names must be unique): write Backend('api-origin', name='origin', release=...)",
            id="name",
        ),
        pytest.param(
            'fastly.Settings("settings", release=release)',
            "named 'settings' already (Pulumi names must be unique): write Settings('api-settings', release=...)",
            id="no-name",
        ),
        pytest.param(
            'fastly.AclEntry("one", acl=fastly.Acl(f"{name}_acl", release=release), entry="192.0.2.1")',
            "AclEntry('one'): this program has another AclEntry resource named 'one' (Pulumi names must be "
            "unique): write AclEntry('api-one', acl=...)",
            id="items",
        ),
    ],
)
def test_one_name_in_two_releases_is_refused_with_the_way_out(stack: Stack, line: str, words: str) -> None:
    program = TWO.replace("OPTIONS", "None")
    if line:
        program = program.replace('"origin", release', 'f"{name}-origin", release') + f"        {line}\n"
    result = stack.up(program)
    assert not result.ok, str(result)
    assert f"{words} (__main__.py:" in " ".join(result.output.split()), str(result)
    assert result.calls == []  # found while the program runs, before anything is registered
    assert "Duplicate" not in result.output, str(result)


def test_one_name_below_components_of_one_type_is_refused(stack: Stack) -> None:
    """Types of parents are part of a URN; their names are not."""
    program = TWO.replace('f"my:index:{name}"', '"my:index:Site"').replace("OPTIONS", "RO(parent=Site(name))")
    result = stack.preview("RO = pulumi.ResourceOptions\n" + program)
    assert not result.ok, str(result)
    assert "another release of this program has a Backend resource named 'origin' already" in result.output, str(result)
    assert "Duplicate" not in result.output, str(result)


def test_one_name_is_allowed_below_components_of_different_types(stack: Stack) -> None:
    """Since then the URNs differ."""
    result = stack.up(TWO.replace("OPTIONS", "pulumi.ResourceOptions(parent=Site(name))"))
    assert result.ok, str(result)
    assert result.activations == 2, str(result)
