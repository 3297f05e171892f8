"""Live content that a program leaves out from now on: it stays as it is, so nothing changes at once."""

import pytest
from fastly_report.changes import Change
from fastly_report.engine_values import Special
from fastly_report.ops import Op
from fastly_report.preview import Step
from fastly_report.property_changes import Property
from fastly_report.tables import details, diffs_of
from pulumi_fastly_dynamic.schema import KINDS

STEP = Step("update", "urn:pulumi:t::p::pulumi-python:dynamic/fastly:DynamicSnippet::s", "")


def change(old: object, new: object) -> Change:
    row = Property("content", old, new, live=True)
    return Change(Op.CHANGED, "DynamicSnippet", "s", STEP, KINDS["dynamic_snippet"], (row,))


@pytest.mark.parametrize("old", ["esi;", "# a\n# b\n", "", Special.SECRET], ids=repr)
def test_it_stays(old: object) -> None:
    found = change(old, Special.ABSENT)
    assert (found.live_properties, list(diffs_of([found]))) == ((), [])
    [cell] = details(found)
    assert "".join(str(getattr(span, "text", span)) for span in cell).endswith(
        "not managed any more, and left as it is"
    )


@pytest.mark.parametrize(("old", "new"), [("esi;", ""), (Special.ABSENT, ""), (Special.ABSENT, "esi;")], ids=repr)
def test_content_that_is_given_changes_at_once(old: object, new: object) -> None:
    found = change(old, new)
    assert found.live_properties == found.properties
    assert not found.needs_version
