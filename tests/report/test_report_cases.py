"""The reports of recorded previews: what they say, and what they never say."""

import json
import random
import re

import pytest
from fastly_report.activation import Activation
from fastly_report.composition import document_of
from fastly_report.model import Model, model_of
from fastly_report.ops import Op
from fastly_report.reading import read
from fastly_report.render import FORMATS

from . import expected
from .previews import model, names, rendered, report, text_of

STREAMS = [name for name in names() if name.endswith(".jsonl")]
NEVER = (
    "TOP-SECRET",
    "__provider",
    "gASV",  # how a pickled provider begins
    "04da6b54",  # unknown
    "4dabf181",  # secret
    "pulumi:providers",
    "Traceback",
    'File "',
    "/venv",
    "/stack/",
    "registering resource",
    "revision",  # of the manifest
)


def objects(found: Model) -> dict[str, Op]:
    return {f"{c.label} {c.name}".strip(): c.op for section in found.sections for c in section.objects}


@pytest.mark.parametrize("name", expected.kept())
def test_reports_are_as_expected(name: str):
    assert report(name) == expected.path_of(name).read_text()


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", names())
def test_nothing_internal_is_told(name: str, format_: str):
    found = report(name, format_)
    assert not [word for word in NEVER if word in found]


@pytest.mark.parametrize("name", STREAMS)
def test_two_runs_compare(name: str):
    """The order of the engine differs from run to run."""
    lines = text_of(name).splitlines()
    random.Random(7).shuffle(lines)
    shuffled = "\n".join(lines)
    for render in FORMATS.values():
        assert render(document_of(model_of(read(shuffled)))) == render(document_of(model(name)))


@pytest.mark.parametrize(
    ("name", "activation"),
    [
        ("first-creation", Activation.NEW),
        ("one-change", Activation.NEW),
        ("removed", Activation.NEW),
        ("moved", Activation.NEW),
        ("dictionary-renamed", Activation.NEW),
        ("secrets", Activation.NEW),
        ("items", Activation.NONE),
        ("dynamic-snippet", Activation.NONE),
        ("retained", Activation.NONE),
        ("drift", Activation.NEW),
        ("drift-agreed", Activation.NONE),
        ("deactivated", Activation.AGAIN),
        ("comment", Activation.COMMENT),
        ("draft-only", Activation.DRAFT),
        ("release-removed", Activation.END),
        ("destroyed", Activation.NONE),
    ],
)
def test_says_whether_a_version_is_activated(name: str, activation: Activation):
    (section,) = model(f"{name}.jsonl").sections
    assert section.activation is activation


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_objects_added_changed_removed(form: str):
    assert objects(model(f"several-kinds.{form}")) == {
        "Backend origin": Op.CHANGED,
        "Condition api": Op.REPLACED,
        "Header x-api": Op.REMOVED,
        "Healthcheck probe": Op.CHANGED,
        "Settings": Op.CHANGED,
        "Snippet redirects": Op.CHANGED,
    }


def test_a_changed_name_replaces():
    assert objects(model("replaced.jsonl")) == {"Backend origin2": Op.REPLACED, "Domain new.example.com": Op.REPLACED}


def test_an_object_under_another_name_in_the_program_is_one_object():
    assert objects(model("moved.jsonl")) == {"Backend origin": Op.CHANGED}
    assert "Warning" not in report("moved.jsonl")


def test_a_dictionary_is_renamed_in_place():
    assert objects(model("dictionary-renamed.jsonl")) == {"Dictionary moved": Op.CHANGED}
    assert "Warning" not in report("dictionary-renamed.jsonl")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("removed", "Backend `spare` is removed"),
        ("removed", "Domain `old.example.com` is removed: it is served no more"),
        ("removed", "Dictionary `redirects` is removed with all it holds"),
        ("replaced", "Domain `www.example.com` is removed; `new.example.com` takes its place"),
        ("dictionary-anew", "Dictionary `redirects` is recreated, and so emptied"),
        ("drift", "items of Dictionary `redirects` change at once, before the new version is active"),
        ("destroyed", "the service is destroyed"),
    ],
)
def test_warns_of_what_hurts(name: str, words: str):
    for form in ("jsonl", "json"):
        assert f"- **Warning:** {words}" in report(f"{name}.{form}")


def test_live_items_alone_need_no_warning():
    assert "Warning" not in report("items.jsonl")


def test_text_is_a_unified_diff_and_a_short_list_says_what_it_gains_and_loses():
    found = report("several-kinds.jsonl")
    assert "@@ -1,6 +1,6 @@\n-# Redirects of the old shop.\n+# All redirects of the old shop.\n if (req" in found
    assert "`headers`: removes `B: 2`; adds `C: 3`" in found


def test_secrets_change_without_being_told():
    found = report("secrets.jsonl")
    assert "`ssl_client_key`: a secret, which changes" in found
    assert "!one (a secret, which changes)\n+two = (secret)" in found


def test_what_is_unknown_is_known_after_apply():
    lines = text_of("one-change.jsonl").replace('"port": 8443', '"port": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"')
    assert "`port`: `443` → known after apply" in FORMATS["markdown"](document_of(model_of(read(lines))))


def test_drift_that_will_be_overwritten():
    found = report("drift.jsonl")
    assert "| Backend `origin` | `port` | `443` | `9000` | overwrites it: `443` |" in found
    assert "| Backend `spare` |  | there | gone | makes it again |" in found
    assert "| DictionaryItems `redirects` | `/old` | `/new` | `/drift` | overwrites it: `/new` |" in found


def test_drift_that_the_program_agrees_with():
    assert "leaves it: the program says the same" in report("drift-agreed.jsonl")


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_says_that_drift_was_not_checked(form: str):
    assert "Drift not checked" in report(f"one-change-unrefreshed.{form}")
    assert "Drift not checked" not in report(f"one-change.{form}")
    assert "Drift not checked" not in report(f"first-creation.{form}"), "there is nothing to drift yet"


def test_a_document_leaves_out_a_service_that_does_not_change():
    """So its report cannot show the service's name at Fastly, as docs/pull-requests.md says."""
    kinds = {
        form: {step.type.rpartition(":")[2] for step in read(text_of(f"one-change-unrefreshed.{form}")).steps}
        for form in ("jsonl", "json")
    }
    assert "Service" in kinds["jsonl"]
    assert "Service" not in kinds["json"]


def test_nothing_changes_in_one_line():
    assert report("nothing.jsonl") == "Nothing changes in `shop/test`.\n"
    for name in ("nothing.json", "nothing-unrefreshed.jsonl", "nothing-unrefreshed.json"):
        assert report(name).startswith("Nothing changes in `shop/test`. ")
        assert report(name).count("\n") == 1
        assert report(name, "text").count("\n") == 1


def test_nothing_changes_is_said_with_policies_on():
    found = report("policies-nothing.jsonl")
    assert found.startswith("## Pulumi preview of `shop/test`\n\nNothing changes.\n\n### Policies\n")


def test_policies():
    found = report("policies.jsonl")
    assert "- **Mandatory policy** `backend-tls` at Backend `origin`:" in found
    assert "- **Advice of policy** `backend-comment` at Backend `origin`, Backend `third`:" in found
    assert (
        "- **Changed by policy** `backend-check-cert` at Backend `second`: `ssl_check_cert` `false` → `true`" in found
    )
    assert found.index("backend-tls") < found.index("### Service") < found.index("backend-comment")


def test_a_remediation_tells_no_secret():
    """Its event has them in plain."""
    assert "TOP-SECRET-2" in text_of("policies.jsonl")
    assert "`backend-key` at Backend `third`: `ssl_client_key` (a secret)" in report("policies.jsonl")


def test_a_remediation_of_what_is_not_in_the_plan_tells_no_value():
    """Only the plan tells which values the program made secret."""
    lines = [
        line for line in text_of("policies.jsonl").splitlines() if "Backend::second" not in line or "Remedi" in line
    ]
    found = FORMATS["markdown"](document_of(model_of(read("\n".join(lines)))))
    assert "`backend-check-cert` at Backend `second`: `ssl_check_cert` (a secret)" in found


def test_a_document_says_that_it_has_no_policy_results():
    assert "Policy results" in report("policies.json")
    assert "Policy results" not in report("policies.jsonl")


def test_long_texts_wrap_in_html():
    """A page that scrolls sideways hides what a policy says."""
    page = report("policies.jsonl", "html")
    (style,) = re.findall(r"<style>(.*)</style>", page, re.DOTALL)
    assert "pre { white-space: pre-wrap; overflow-wrap: anywhere; }" in style
    assert "overflow-x" not in style


def test_diagnostics():
    assert "**Error** at Backend `origin`: `pulumi-python:dynamic/fastly:Backend resource" in report(
        "failed-check.jsonl"
    )
    assert "RuntimeError: no <b>good</b>" in report("program-error.jsonl")


def test_one_section_a_service():
    found = report("two-services.jsonl")
    assert found.index("### Service `shop.example.com`") < found.index("### Service `www.example.com`")
    assert "3 objects of 2 services change; 2 versions are activated." in found


def test_new_services_that_cannot_be_told_apart_are_not_guessed():
    found = report("two-new-services.jsonl")
    assert "### Service of release `r1`" in found
    assert "which of the new services this is for is known after apply" in found
    known = report("two-new-services.json")
    assert "Service of release" not in known, "the document tells dependencies"


def test_secrets_of_other_providers():
    assert "`password`: a secret, which changes" in report("other-resources.jsonl")


def test_markdown_is_what_it_looks_like():
    page = rendered(report("several-kinds.jsonl"))
    assert "<h3>Service <code>www.example.com</code></h3>" in page
    assert page.count("<tr>") == 1 + 7
    assert "<code>req.url ~ &quot;^/(api|v2)/&quot;</code>" in page, "a bar in a table"
    assert 'class="language-diff"' in page


def test_a_secret_that_stops_being_one_is_still_not_told():
    lines = []
    for line in text_of("secrets.jsonl").splitlines():
        event = json.loads(line)
        for kind in ("resourcePreEvent", "resOutputsEvent"):
            new = event.get(kind, {}).get("metadata", {}).get("new")
            if new and "ssl_client_key" in new["inputs"]:
                new["inputs"]["ssl_client_key"] = "TOP-SECRET"
        lines.append(json.dumps(event))
    for render in FORMATS.values():
        assert "TOP-SECRET" not in render(document_of(model_of(read("\n".join(lines)))))


# ---------------------------------------------------------------- recordings, with a detail changed


def changed(name: str, old: str, new: str) -> Model:
    text = text_of(name)
    assert old in text
    return model_of(read(text.replace(old, new)))


def test_the_only_new_service_is_that_of_the_only_new_release():
    found = changed("first-creation.jsonl", "fastly:index:Release::www", "fastly:index:Release::other")
    assert [section.service.name for section in found.sections] == ["www.example.com"]


def test_a_release_inside_a_component():
    found = changed("one-change.jsonl", "::fastly:index:Release", "::shop:index:Site$fastly:index:Release")
    (section,) = found.sections
    assert section.service.name == "www.example.com"
    assert section.activation is Activation.NEW
    assert section.active == 1


def test_an_adopted_service_may_be_like_this_already():
    found = changed("first-creation.jsonl", '"activate": true', '"__service_is_adopted": true, "activate": true')
    assert found.sections[0].activation is Activation.PERHAPS


def test_a_service_that_was_taken_over_is_left_in_place():
    lines = []
    for line in text_of("destroyed.jsonl").splitlines():
        event = json.loads(line)
        old = event.get("resourcePreEvent", {}).get("metadata", {}).get("old")
        if old and old["type"].endswith(":Service"):
            old["inputs"]["adopt_id"] = old["id"]
        lines.append(json.dumps(event))
    (section,) = model_of(read("\n".join(lines))).sections
    assert section.own
    assert section.own.op is Op.UNMANAGED
    assert section.activation is Activation.END
    assert {change.op for change in section.objects} == {Op.UNMANAGED}


def test_the_separator_of_urns_in_a_name():
    found = changed("one-change.jsonl", "dynamic/fastly:Backend::origin", "dynamic/fastly:Backend::a::b")
    assert [change.step.name for change in found.sections[0].objects] == ["a::b"]


def test_a_broken_replace_of_an_earlier_update_is_no_removal():
    """What it left behind is deleted, beside the resource that stays."""
    text = text_of("removed.jsonl")
    kept = text.replace("Backend::spare", "Backend::origin")
    assert "spare" not in [c.name for c in model_of(read(kept)).sections[0].objects]
