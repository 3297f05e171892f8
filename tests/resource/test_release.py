"""The component, its Version, and mistakes that are told at once."""

from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_fastly_dynamic as fastly
import pytest
from pulumi_fastly_dynamic import ProgramError

from .mocked import run, value_of


def service() -> fastly.Service:
    return fastly.Service("www", name="www.example.com")


def whole() -> None:
    with fastly.Release("www", service=service(), comment="spring") as release:
        fastly.Domain("www.example.com", release=release)
        fastly.Backend("origin", release=release, address="origin.example.com")
        redirects = fastly.Dictionary("redirects", release=release)
        fastly.DictionaryItems("redirects", dictionary=redirects, items={"/old": "/new"})
        office = fastly.Acl("office", release=release)
        fastly.AclEntry("door", acl=office, entry="192.0.2.1")


def test_the_version_comes_last_and_depends_on_everything() -> None:
    program = run(whole)
    version = program["Version", "www"]
    assert program.resources[-1] is version
    for label in ("Service", "Domain", "Backend", "Dictionary", "DictionaryItems", "Acl", "AclEntry"):
        assert any(f"fastly:{label}::" in each for each in version.dependencies), label


def test_the_manifest_has_one_record_an_object() -> None:
    version = run(whole)["Version", "www"]
    assert version.inputs["__objects"].keys() == {
        "domain/www.example.com",
        "backend/origin",
        "dictionary/redirects",
        "acl/office",
    }
    assert version.inputs["__objects"]["backend/origin"] == {"name": "origin", "revision": "1-abc"}
    assert version.inputs["comment"] == "spring"
    assert version.inputs["activate"] is True
    assert version.inputs["service_id"] == "www-id"


def test_the_manifest_is_a_map_of_outputs() -> None:
    """So that a preview shows only the entries that change."""
    version = run(whole)["Version", "www"]
    assert isinstance(version.raw["__objects"], dict)
    assert all(isinstance(record, dict) for record in version.raw["__objects"].values())


def test_everything_is_a_child_of_the_release_and_goes_with_the_service() -> None:
    program = run(whole)
    children = [each for each in program.resources if each.type != "fastly:index:Release"][1:]
    assert len(children) == 7
    assert {each.parent for each in children} == {"www"}
    release = next(each for each in program.resources if each.type == "fastly:index:Release")
    assert release.deleted_with == "www"
    assert program["DictionaryItems", "redirects"].deleted_with == "redirects"
    assert program["AclEntry", "door"].deleted_with == "office"


def test_outputs() -> None:
    numbers: list[Any] = []

    def program() -> None:
        with fastly.Release("www", service=service()) as release:
            acl = fastly.Acl("office", release=release)
            value_of(acl.acl_id, numbers)
            value_of(acl.revision, numbers)
        value_of(release.version.number, numbers)

    run(program)
    assert set(numbers) == {"Acl-id", "1-abc", 7}
    assert float not in map(type, numbers)


def test_an_exception_inside_the_block_registers_no_version() -> None:
    seen: list[Any] = []

    def program() -> None:
        try:
            with fastly.Release("www", service=service()) as release:
                fastly.Domain("www.example.com", release=release)
                raise LookupError("of the program")  # noqa: TRY301 - what is tested
        except LookupError as error:
            seen.append(error)
            assert not hasattr(release, "version")

    assert run(program).of("Version") == []
    assert len(seen) == 1


def test_a_service_that_is_taken_over() -> None:
    def program() -> None:
        old = fastly.Service("old", adopt_id="SU1Z0isxPaozGVKXdv0eY")
        with fastly.Release("old", service=old, adopt=True) as release:
            fastly.Domain("www.example.com", release=release)

    registered = run(program)
    assert "name" not in registered["Service", "old"].inputs
    domain = registered["Domain", "www.example.com"].inputs
    assert (domain["service_id"], domain["__service_is_adopted"], domain["adopt"]) == (
        "SU1Z0isxPaozGVKXdv0eY",
        True,
        True,
    )
    assert registered["Version", "old"].inputs["__service_is_adopted"] is True


def test_an_own_service() -> None:
    domain = run(whole)["Domain", "www.example.com"].inputs
    assert {"__service_is_adopted", "adopt", "protect", "retain_on_delete"}.isdisjoint(domain)


# -------------------------------------------------------------------- mistakes

Mistake = Callable[[], object]


def never_entered() -> None:
    release = fastly.Release("www", service=service())
    fastly.Domain("www.example.com", release=release)


def left() -> None:
    with fastly.Release("www", service=service()) as release:
        pass
    fastly.Domain("www.example.com", release=release)


def items_after_it_is_left() -> None:
    with fastly.Release("www", service=service()) as release:
        acl = fastly.Acl("office", release=release)
    fastly.AclEntry("door", acl=acl, entry="192.0.2.1")


def entered_twice() -> None:
    release = fastly.Release("www", service=service())
    with release:
        pass
    with release:
        pass


def twins() -> None:
    with fastly.Release("www", service=service()) as release:
        fastly.Backend("one", release=release, name="origin", address="a.example.com")
        fastly.Backend("origin", release=release, address="b.example.com")


def two_settings() -> None:
    with fastly.Release("www", service=service()) as release:
        fastly.Settings("one", release=release)
        fastly.Settings("other", release=release)


def two_of_one_list() -> None:
    with fastly.Release("www", service=service()) as release:
        fastly.Snippet("vcl", release=release, type="recv", content="#")
        fastly.DynamicSnippet("live", name="vcl", release=release, type="recv", content="#")


def two_mains() -> None:
    with fastly.Release("www", service=service()) as release:
        fastly.Vcl("one", release=release, content="#", main=True)
        fastly.Vcl("other", release=release, content="#", main=True)


def two_releases() -> None:
    www = service()
    with fastly.Release("one", service=www):
        pass
    with fastly.Release("other", service=www):
        pass


def later_object() -> None:
    with fastly.Release("www", service=service()) as release:
        fastly.Backend("origin", release=release, address="a.example.com", request_condition="api")
        fastly.Condition("api", release=release, type="REQUEST", statement="true")


def wrong_condition_type() -> None:
    with fastly.Release("www", service=service()) as release:
        late = fastly.Condition("late", release=release, type="CACHE", statement="true")
        fastly.Backend("origin", release=release, address="a.example.com", request_condition=late)


def wrong_condition_type_by_name() -> None:
    with fastly.Release("www", service=service()) as release:
        fastly.Condition("late", release=release, type="CACHE", statement="true")
        fastly.Backend("origin", release=release, address="a.example.com", request_condition="late")


def another_releases_condition() -> None:
    with fastly.Release("www", service=service()) as release:
        api = fastly.Condition("api", release=release, type="REQUEST", statement="true")
    with fastly.Release("other", service=fastly.Service("other")) as other:
        fastly.Backend("origin", release=other, address="a.example.com", request_condition=api)


def backend_for_condition() -> None:
    with fastly.Release("www", service=service()) as release:
        origin = fastly.Backend("origin", release=release, address="a.example.com")
        wrong: Any = origin
        fastly.Backend("other", release=release, address="a.example.com", request_condition=wrong)


def service_for_condition() -> None:
    www = service()
    with fastly.Release("www", service=www) as release:
        wrong: Any = www
        fastly.Backend("other", release=release, address="a.example.com", request_condition=wrong)


def mistyped_reference() -> None:
    with fastly.Release("www", service=service()) as release:
        fastly.Condition("api", release=release, type="REQUEST", statement="true")
        fastly.Backend("origin", release=release, address="a.example.com", request_condition="apj")


def unknown_argument() -> None:
    with fastly.Release("www", service=service()) as release:
        fastly.Backend("origin", release=release, address="a.example.com", prt=1)  # type: ignore[call-arg]


def missing_argument() -> None:
    with fastly.Release("www", service=service()) as release:
        fastly.Backend("origin", release=release)  # type: ignore[call-arg]


def missing_value_of_a_secret_item() -> None:
    with fastly.Release("www", service=service()) as release:
        hidden = fastly.Dictionary("hidden", release=release, write_only=True)
        fastly.DictionaryItem("one", dictionary=hidden, key="a")  # type: ignore[call-arg]


def no_release() -> None:
    fastly.Backend("origin", address="a.example.com")  # type: ignore[call-arg]


def name_for_release() -> None:
    fastly.Backend("origin", release="www", address="a.example.com")  # type: ignore[arg-type]


def no_service() -> None:
    fastly.Release("www", service="www")  # type: ignore[arg-type]


def acl_for_dictionary() -> None:
    with fastly.Release("www", service=service()) as release:
        acl: Any = fastly.Acl("office", release=release)
        fastly.DictionaryItem("one", dictionary=acl, key="a", value="b")


def item_twins() -> None:
    with fastly.Release("www", service=service()) as release:
        redirects = fastly.Dictionary("redirects", release=release)
        fastly.DictionaryItems("all", dictionary=redirects, items={"/old": "/new"})
        fastly.DictionaryItem("one", dictionary=redirects, key="/old", value="/new")


def entry_twins() -> None:
    with fastly.Release("www", service=service()) as release:
        office = fastly.Acl("office", release=release)
        fastly.AclEntries("all", acl=office, entries=["2001:db8::1", fastly.AclEntryArgs(ip="192.0.2.0", subnet=24)])
        fastly.AclEntry("one", acl=office, entry="!192.0.2.0/24")


def text_for_flag_known_late() -> None:
    with fastly.Release("www", service=service(), adopt=pulumi.Output.from_input("false")):  # type: ignore[arg-type]
        pass


def number_for_comment() -> None:
    fastly.Release("www", service=service(), comment=5)  # type: ignore[arg-type]


def no_value_known_late() -> None:
    with fastly.Release("www", service=service()) as release:
        redirects = fastly.Dictionary("redirects", release=release)
        late: Any = pulumi.Output.from_input({"/a": "x", "/b": None})
        fastly.DictionaryItems("all", dictionary=redirects, items=late)


def no_value_of_a_secret_key() -> None:
    with fastly.Release("www", service=service()) as release:
        hidden = fastly.Dictionary("hidden", release=release, write_only=True)
        late: Any = pulumi.Output.secret({"/b": None})
        fastly.DictionaryItems("all", dictionary=hidden, items=late)


def options_of_another_type() -> None:
    fastly.Service("www", opts={"protect": True})  # type: ignore[arg-type]


def item_twins_known_late() -> None:
    with fastly.Release("www", service=service()) as release:
        redirects = fastly.Dictionary("redirects", release=release)
        fastly.DictionaryItems("all", dictionary=redirects, items={"/old": "/new"})
        fastly.DictionaryItem("one", dictionary=redirects, key=pulumi.Output.from_input("/old"), value="/new")


def secret_item_that_can_be_read() -> None:
    with fastly.Release("www", service=service()) as release:
        redirects = fastly.Dictionary("redirects", release=release)
        fastly.DictionaryItem("one", dictionary=redirects, key="/old", value=pulumi.Output.secret("5ecr3t"))


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (never_entered, "Domain('www.example.com'): its release 'www' has no `with` block yet; write `with Release"),
        (left, "Domain('www.example.com'): the `with` block of its release 'www' has ended; declare it inside"),
        (items_after_it_is_left, "AclEntry('door'): the `with` block of its release 'www' has ended"),
        (entered_twice, "release 'www' is entered twice: use one `with` block"),
        (twins, "Backend('origin'): the release already has a backend named 'origin'"),
        (
            two_settings,
            "Settings('other'): a release has one Settings, and Settings('one') is it already: remove one of them",
        ),
        (two_of_one_list, "DynamicSnippet('live'): the release already has a snippet named 'vcl'"),
        (two_mains, "Vcl('other'): Vcl('one') has main=True already, and only one object of a release may have it"),
        (two_releases, "Release('other'): service 'www' has the release 'one' already; declare all its objects in one"),
        (later_object, "Backend('origin').request_condition refers to 'api', which is declared after it: move"),
        (wrong_condition_type, "Backend('origin').request_condition: must be a condition of type REQUEST; 'late'"),
        (wrong_condition_type_by_name, "must be a condition of type REQUEST; 'late' is of type CACHE"),
        (another_releases_condition, "Backend('origin').request_condition: 'api' is an object of another release"),
        (backend_for_condition, "Backend('other').request_condition: must be a Condition, not a Backend"),
        (service_for_condition, "Backend('other').request_condition: must be a Condition, not a Service"),
        (
            mistyped_reference,
            "Backend('origin').request_condition: the release has no Condition named 'apj': did you mean",
        ),
        (
            unknown_argument,
            "Backend('origin') got an unexpected keyword argument 'prt': did you mean 'port'? (test_release.py:",
        ),
        (missing_argument, "Backend('origin') is missing the required argument 'address'"),
        (missing_value_of_a_secret_item, "DictionaryItem('one') is missing the required argument 'value'"),
        (no_release, "Backend('origin') is missing the required argument 'release'"),
        (name_for_release, "Backend('origin'): release must be a Release, not str"),
        (no_service, "Release('www'): service must be a Service, not str"),
        (acl_for_dictionary, "DictionaryItem('one'): dictionary must be a Dictionary, not an Acl"),
        (item_twins, "DictionaryItem('one'): '/old' is declared by DictionaryItems('all') already; one resource must"),
        (entry_twins, "AclEntry('one'): '192.0.2.0/24' is declared by AclEntries('all') already"),
        (text_for_flag_known_late, "Release('www').adopt: must be True or False, not str (test_release.py:"),
        (number_for_comment, "Release('www').comment: must be a string, not int (test_release.py:"),
        (no_value_known_late, "DictionaryItems('all').items['/b'] is None: the output or setting that it comes from"),
        (no_value_of_a_secret_key, "DictionaryItems('all').items: a value is None: the output or setting that it"),
        (options_of_another_type, "Service('www'): opts must be pulumi.ResourceOptions, not dict (test_release.py:"),
        (item_twins_known_late, "'/old' is declared by DictionaryItems('all') already"),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_mistakes_are_told_at_once_with_the_fix(mistake: Mistake, words: str) -> None:
    with pytest.raises(ProgramError) as caught:
        run(mistake)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, pulumi.RunError)  # one line to the user, no traceback


@pytest.mark.parametrize(
    ("mistake", "lines_below"),
    [(mistyped_reference, 3), (item_twins_known_late, 4), (secret_item_that_can_be_read, 3)],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_a_mistake_that_is_found_later_names_the_line_of_its_object(mistake: Mistake, lines_below: int) -> None:
    with pytest.raises(ProgramError) as caught:
        run(mistake)
    assert str(caught.value).endswith(f" (test_release.py:{mistake.__code__.co_firstlineno + lines_below})")


WITHOUT_NAME: list[tuple[str, Callable[..., object], dict[str, Any]]] = [
    ("Service('www', ...)", fastly.Service, {"name": "www"}),
    ("Release('example', ...)", fastly.Release, {}),
    ("Domain('example', ...)", fastly.Domain, {}),
    ("AclEntry('example', ...)", fastly.AclEntry, {"entry": "192.0.2.1"}),
    ("ProductEnablement('example', ...)", fastly.ProductEnablement, {"websockets": True}),
    ("User('example', ...)", fastly.User, {"name": 5}),
]


@pytest.mark.parametrize(("example", "constructor", "arguments"), WITHOUT_NAME)
@pytest.mark.parametrize("positional", [(), (5,), (None,), ("",)], ids=repr)
def test_the_first_argument_is_the_name(
    example: str, constructor: Callable[..., object], arguments: dict[str, Any], positional: tuple[Any, ...]
) -> None:
    with pytest.raises(ProgramError) as caught:
        run(lambda: constructor(*positional, **arguments))
    label = example.partition("(")[0]
    assert f"{label}: its first argument must be the resource's name, such as {example} (" in str(caught.value)


def test_the_name_may_be_written_as_an_argument() -> None:
    assert run(lambda: fastly.Service(resource_name="www"))["Service", "www"].inputs["name"] == "www"


@pytest.mark.parametrize("constructor", [fastly.Service, fastly.Release, fastly.Domain, fastly.Acl, fastly.User])
def test_import_is_refused(constructor: Callable[..., object]) -> None:
    with pytest.raises(ProgramError, match=r"\('x'\): the option import_ does not work with dynamic resources"):
        run(lambda: constructor("x", opts=pulumi.ResourceOptions(import_="id")))


@pytest.mark.parametrize("given", [None, pulumi.Output.from_input(None)], ids=["plain", "output"])
def test_arguments_without_a_value_are_the_defaults(given: Any) -> None:
    def program() -> None:
        www = fastly.Service("www", comment=given, force_destroy=given, name=None)  # type: ignore[arg-type]
        with fastly.Release("www", service=www, comment=given, activate=given, adopt=given):
            pass

    found = run(program)
    assert found["Version", "www"].inputs.items() >= {"comment": "", "activate": True, "adopt": False}.items()
    assert found["Service", "www"].inputs == {"name": "www"}
