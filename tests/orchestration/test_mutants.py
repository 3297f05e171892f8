"""Each rule of the verdict has a row in `test_verify.py` that fails when the rule is switched off.

A mutant is the module with one text replaced. If the text is not found, the rule was rewritten: write its mutant anew.
"""

import inspect
import sys
from types import ModuleType

import pytest
from pulumi_fastly_dynamic.orchestration import snapshot as SNAPSHOT  # noqa: N812 - a column of the table
from pulumi_fastly_dynamic.orchestration import verify as VERIFY  # noqa: N812

from .test_verify import CASES

MUTANTS = [
    # The module, a rule in it, the rule switched off or bent, a row that fails then.
    (VERIFY, "found is not None and found.schema", "found is None or found.schema", "missing"),
    (VERIFY, ".digest(found.values, key) == record.revision.digest", ".kind", "digest differs"),
    (VERIFY, "and expected.holds(record.revision.number)", "", "revision does not hold"),
    (VERIFY, "record.revision.number == number or ", "", "written to this draft"),
    (VERIFY, "or _is_as_in_base(record.ref, draft, base)", "or True", "field outside the schema differs from the base"),
    (VERIFY, "return now is before", "return True", "not written here, and not in the base"),
    (VERIFY, "not_removed=undeclared & expected.removed", "not_removed=frozenset()", "removed still there"),
    (VERIFY, "undeclared - base.made - expected.removed", "undeclared - base.made",
     "removed still there, not in the base"),
    (VERIFY, "undeclared - base.made - expected.removed", "undeclared - expected.removed", "undeclared as in the base"),
    (VERIFY, "draft.made - expected.refs", "frozenset(draft) - expected.refs",
     "removed singleton is back to its defaults"),
    (VERIFY, "draft.made - expected.refs", "draft.made", "added to this draft"),
    (VERIFY, "| (added - leftovers)", "", "undeclared added"),
    (VERIFY, "| (added - leftovers)", "| added", "undeclared added, resumed"),
    (VERIFY, "in base.made - expected.refs", "in base.made", "written to this draft"),
    (VERIFY, "in base.made - expected.refs", "in frozenset(base) - expected.refs",
     "settings at their defaults in a first version"),
    (VERIFY, "allowed = ref in expected.removed or (ref.kind, before.name) in recreated",
     "allowed = (ref.kind, before.name) in recreated", "removed"),
    (VERIFY, "or (ref.kind, before.name) in recreated", "", "a declared one took the name of an undeclared one"),
    (VERIFY, "(ref.kind, before.name) in recreated", "before.name in {r.name for r in expected.records}",
     "a declared dynamic snippet does not explain a snippet that is gone"),
    (VERIFY, "allowed = ref in expected.removed or (ref.kind, before.name) in recreated", "allowed = True",
     "undeclared gone"),
    (VERIFY, "allowed = ref in expected.removed or _configuration(draft[ref], taken)",
     "allowed = _configuration(draft[ref], taken)", "removed still there, changed"),
    (VERIFY, "or _configuration(draft[ref], taken) == _configuration(before, taken)", "or True", "undeclared changed"),
    (VERIFY, "for each in declared for f in each.schema.exclusive if each.values[f.name]", "for each in ()",
     "undeclared lost its flag to a declared one"),
    (VERIFY, " if each.values[f.name]", "", "undeclared lost its flag to nobody"),
    (VERIFY, "if (found.schema.kind, name) not in taken", "if not taken", "undeclared lost its flag, and more"),
    (VERIFY, "if has_temporary_name(found):\n        return True", "", "a temporary name of this run is a leftover"),
    (VERIFY, "not isinstance(situation, OpenedNow) and ", "", "undeclared added"),
    (VERIFY, "and has_resource(found.schema.collection)", "", "wordpress added, Resumed"),
    (VERIFY, "not isinstance(situation, OpenedNow)", "False", "undeclared added, resumed"),
    (VERIFY, "from .snapshot import Snapshot, VersionObject, has_temporary_name",
     "from .snapshot import Snapshot, VersionObject; has_temporary_name = lambda found: found.name[:4] == 'tmp_'",
     "a name that only looks temporary, in the base"),
    (VERIFY, "in sorted(undeclared) if has_temporary_name(draft[ref])", "in ()",
     "an undeclared one had to give its name away"),
    (VERIFY, "in sorted(undeclared) if", "in sorted(draft.made) if", "a declared one has a temporary name by choice"),
    (VERIFY, "order.get(each.schema.kind, -1), each.name", "0, each.name", "what refers to others is deleted first"),
    (VERIFY, "order.get(each.schema.kind, -1), each.name", "-ord(each.name[0])", "leftovers of a kind by name"),
    (SNAPSHOT, "return {**others, **self.values}", "return others", "undeclared changed"),
    (SNAPSHOT, "return {**others, **self.values}", "return dict(self.values)", "undeclared changed outside the schema"),
    (SNAPSHOT, "return {**others, **self.values}", "return dict(self.row)", "'80' is 80"),
    (SNAPSHOT, "key: str(value)\n", "key: value\n", "'1' is 1 outside the schema"),
    (SNAPSHOT, 'value not in (None, "", [])', "True", "null is empty outside the schema"),
    (SNAPSHOT, 'value not in (None, "", [])', 'value not in (None, "")', "an empty list is nothing outside the schema"),
    (SNAPSHOT, "key not in left_out and", "", "version and times"),
    (SNAPSHOT, 'NOT_CONFIGURATION | {"id"}', "NOT_CONFIGURATION", "an id that a clone changes"),
    (SNAPSHOT, "and self.schema.is_default(self.values)", "and False", "removed singleton is back to its defaults"),
    (SNAPSHOT, "(s for s in schemas if s.matches(row)), schemas[0]", "iter(()), schemas[0]",
     "a snippet became dynamic"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "rule", "bent", "name"), MUTANTS)
def test_each_rule_has_a_row_that_fails_without_it(module: ModuleType, rule: str, bent: str, name: str) -> None:
    source = inspect.getsource(module)
    assert source.count(rule) == 1, "the rule is not in the module, or more than once"
    mutant = ModuleType(f"{module.__name__}_mutant")
    mutant.__package__ = module.__package__
    sys.modules[mutant.__name__] = mutant  # dataclasses look there
    try:
        exec(compile(source.replace(rule, bent), f"mutant of {module.__name__}", "exec"), mutant.__dict__)
        (row,) = [row for row in CASES if row.name == name]
        changed = {"verify": mutant} if module is VERIFY else {"snapshot": mutant}
        assert row.judged(**changed) != row.expected()
    finally:
        del sys.modules[mutant.__name__]
