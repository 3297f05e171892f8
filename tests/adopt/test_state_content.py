"""Which service of a state is taken, and what a state does not say."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastly_adopt.planning import plan_of
from fastly_adopt.program_plan import Literal
from fastly_adopt.pulumi_state import read_pulumi_state
from fastly_adopt.state_content import StateResource, content_of
from pulumi_fastly_dynamic.failure import Failure

from .small_states import SECRET, pulumi, service
from .test_states import silent

# -------------------------------------------------------------------- which service


@pytest.mark.parametrize("wanted", ["T", "api", "fastly_service_vcl.api"])
def test_one_of_several_services(wanted: str) -> None:
    table = {"dictionary": [{"name": "table", "dictionary_id": "D"}]}
    other = StateResource(
        *("fastly_service_dictionary_items", "fastly_service_dictionary_items.of_www"),
        {"service_id": "S", "dictionary_id": "D", "items": {"a": "b"}, "manage_items": True},
    )
    content = content_of([service(), service("api", "T", **table), other], wanted, progress=silent)
    assert content.service_id == "T"
    assert [(each.name, each.items) for each in content.objects] == [("api.example.com", None), ("table", None)]


@pytest.mark.parametrize(
    ("active", "cloned", "version", "is_active"),
    [(3, 3, 3, True), (3, 5, 5, False), (3, 0, 3, True), (0, 1, 1, False), (3, None, 3, True)],
)
def test_the_version_that_the_state_describes(active: int, cloned: int | None, version: int, is_active: bool) -> None:
    content = content_of([service(active_version=active, cloned_version=cloned)], None, progress=silent)
    assert (content.version, content.is_active) == (version, is_active)


# -------------------------------------------------------------------- what is left to others

LIVE: dict[str, tuple[dict[str, Any], str, dict[str, Any]]] = {
    "dictionary": (
        {"dictionary": [{"name": "x", "dictionary_id": "D"}]},
        "fastly_service_dictionary_items",
        {"dictionary_id": "D", "items": {"a": "b"}, "manage_items": False},
    ),
    "acl": (
        {"acl": [{"name": "x", "acl_id": "A"}]},
        "fastly_service_acl_entries",
        {"acl_id": "A", "entry": [{"ip": "192.0.2.1", "subnet": ""}], "manage_entries": False},
    ),
}
ROWS = {"dictionary": "DictionaryItems", "acl": "AclEntries"}


@pytest.mark.parametrize("kind", LIVE)
@pytest.mark.parametrize("switch", [True, False, None])
def test_items_that_terraform_does_not_manage_are_left_to_others(kind: str, switch: bool | None) -> None:
    block, type_, values = LIVE[kind]
    known = {key: switch if key.startswith("manage_") else value for key, value in values.items()}
    resource = StateResource(type_, f"{type_}.x", {"service_id": "S", **known})
    for resources in ([service(domain=[], **block)], [service(domain=[], **block), resource]):
        for with_items in (True, False):
            content = content_of(resources, None, with_items=with_items, progress=silent)
            declared = [each for each in plan_of(content).declarations if each.resource_name == "x"]
            managed = switch is True and len(resources) > 1 and with_items
            assert [each.label for each in declared[1:]] == ([ROWS[kind]] if managed else [])
            assert any("left to others" in each for each in declared[0].comments) == (not managed)


SNIPPET = {"name": "x", "type": "recv", "priority": 100, "snippet_id": "X", "content": ""}


@pytest.mark.parametrize(
    ("block", "resource", "managed"),
    [
        ("", {"content": "# live", "manage_snippets": True}, "# live"),
        ("", {"content": "", "manage_snippets": True}, ""),  # managed, and empty
        ("", {"content": None, "manage_snippets": True}, None),
        ("# first", {"content": "# live", "manage_snippets": False}, None),
        ("# first", None, None),
        ("", None, None),
    ],
)
@pytest.mark.parametrize("with_items", [True, False])
def test_the_content_of_dynamic_snippets(
    block: str,
    resource: dict[str, Any] | None,
    managed: str | None,
    with_items: bool,
) -> None:
    """What Terraform does not manage is not declared, which leaves it to others, also with `adopt=True`."""
    type_ = "fastly_service_dynamic_snippet_content"
    live = [StateResource(type_, f"{type_}.x", {"service_id": "S", "snippet_id": "X", **resource})] if resource else []
    of_www = service(domain=[], dynamicsnippet=[{**SNIPPET, "content": block}])
    plan = plan_of(content_of([of_www, *live], None, with_items=with_items, progress=silent))
    [declared] = plan.declarations
    expected = None if managed is None or not with_items else Literal(managed)
    assert declared.arguments.get("content") == expected
    assert ("Its content is left to others." in declared.comments) == (expected is None)
    assert plan.left_alone == ()
    assert not plan.adopts


# -------------------------------------------------------------------- what cannot be managed, and secrets


def test_what_cannot_be_managed_is_listed() -> None:
    """What is no object of the version does not make the release leave objects alone."""
    bot = {"product_enablement": [{"bot_management": [{"enabled": True, "contentguard": "on"}]}]}
    old = {"request_setting": [{"name": "r", "some_day": True}]}
    link = StateResource("fastly_domain_service_link", "fastly_domain_service_link.x", {"service_id": "S"})
    of_other = StateResource("fastly_domain_service_link", "fastly_domain_service_link.y", {"service_id": "T"})
    plan = plan_of(content_of([service(stage=True, **bot, **old), link, of_other], None, progress=silent))
    assert plan.left_alone == (
        "stage: this package does not manage it",
        "product bot_management.contentguard: this package does not manage it",
        "some_day of RequestSettings 'r': this package does not manage it",
        "fastly_domain_service_link.x: this package has no resource for it",
    )
    assert plan.products == {"bot_management": True}
    assert not plan.adopts


def test_secrets_that_an_export_hides_are_asked_for(tmp_path: Path) -> None:
    endpoint = {"name": "s3", "bucketName": "b", "s3AccessKey": SECRET, "s3SecretKey": SECRET, "format": "x"}
    (tmp_path / "state.json").write_text(json.dumps(pulumi(loggingS3s=[endpoint])))
    plan = plan_of(content_of(read_pulumi_state(tmp_path / "state.json"), None, progress=silent))
    assert [(each.property, each.value) for each in plan.secrets] == [("access_key", None), ("secret_key", None)]
    assert plan.left_alone == ()


def test_resources_that_are_to_be_deleted_or_are_only_read_are_not_the_service(tmp_path: Path) -> None:
    export = pulumi()
    [resource] = export["deployment"]["resources"]
    export["deployment"]["resources"] = [{**resource, "delete": True}, {**resource, "external": True}]
    (tmp_path / "state.json").write_text(json.dumps(export))
    with pytest.raises(Failure, match="has no resources of pulumi-fastly"):
        read_pulumi_state(tmp_path / "state.json")
