"""Items and entries."""

from typing import Any

import pulumi
import pulumi_fastly_dynamic as fastly
import pytest

from .mocked import Program, run


def dictionary(write_only: Any = None, **values: Any) -> Program:
    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www")) as release:
            redirects = fastly.Dictionary("redirects", release=release, write_only=write_only)
            fastly.DictionaryItems("all", dictionary=redirects, items=values.get("items", {"/old": "/new"}))
            fastly.DictionaryItem("one", dictionary=redirects, key="/one", value="")

    return run(program)


def test_items() -> None:
    program = dictionary()
    steering = {"service_id": "www-id", "dictionary_id": "Dictionary-id"}
    assert program["DictionaryItems", "all"].inputs == {"items": {"/old": "/new"}, **steering}
    assert program["DictionaryItem", "one"].inputs == {"key": "/one", "value": "", **steering}
    assert program["DictionaryItems", "all"].secrets == set()


@pytest.mark.parametrize("write_only", [True, pulumi.Output.from_input(True)], ids=["plain", "output"])
def test_items_of_a_write_only_dictionary_are_secret(write_only: Any) -> None:
    program = dictionary(write_only=write_only)
    for label, name, secret in (("DictionaryItems", "all", "items"), ("DictionaryItem", "one", "value")):
        found = program[label, name]
        assert secret in found.secrets
        assert set(found.secret_outputs) == {secret, "__stack_key"}
        assert found.inputs["write_only"] is True


def test_items_with_outputs_inside() -> None:
    program = dictionary(items={"/old": pulumi.Output.from_input("/new")})
    assert program["DictionaryItems", "all"].inputs["items"] == {"/old": "/new"}


def test_entries() -> None:
    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www")) as release:
            office = fastly.Acl("office", release=release)
            fastly.AclEntries(
                "all",
                acl=office,
                entries=[
                    "192.0.2.0/24",
                    pulumi.Output.from_input("!192.0.2.13"),
                    fastly.AclEntryArgs(ip="2001:db8::", subnet=pulumi.Output.from_input(32), negated=True),
                ],
            )
            fastly.AclEntry("one", acl=office, entry="198.51.100.1", comment="door")

    found = run(program)
    assert found["AclEntries", "all"].inputs == {
        "entries": ["192.0.2.0/24", "!192.0.2.13", {"ip": "2001:db8::", "subnet": 32, "negated": True, "comment": ""}],
        "service_id": "www-id",
        "acl_id": "Acl-id",
    }
    assert found["AclEntry", "one"].inputs["comment"] == "door"


def test_keys_of_different_containers_do_not_meet() -> None:
    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www")) as release:
            for name in ("one", "other"):
                container = fastly.Dictionary(name, release=release)
                fastly.DictionaryItem(name, dictionary=container, key="a", value="b")

    assert len(run(program).of("DictionaryItem")) == 2


def test_the_version_gets_the_flags_of_all_items() -> None:
    def program() -> None:
        with fastly.Release("www", service=fastly.Service("www")) as release:
            redirects = fastly.Dictionary("redirects", release=release)
            protected = pulumi.ResourceOptions(protect=True)
            fastly.DictionaryItems("all", dictionary=redirects, items={"/old": "/new"}, opts=protected)
            fastly.AclEntry("door", acl=fastly.Acl("office", release=release), entry="192.0.2.1")

    found = run(program)
    assert found["DictionaryItems", "all"].inputs["protect"] is True
    assert "protect" not in found["AclEntry", "door"].inputs
    assert found["Version", "www"].inputs["__items"] == {
        "dictionary_items/all": {"protect": True},
        "acl_entry/door": {},
    }
