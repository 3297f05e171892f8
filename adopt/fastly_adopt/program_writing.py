"""The files of a program. Pure: a plan in, texts by path out."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS

from .families import Family
from .program_plan import (
    Argument,
    DataFile,
    Declaration,
    Entries,
    Entry,
    Literal,
    ProgramPlan,
    SecretSetting,
    TextFile,
    Variable,
    Variables,
)
from .python_source import INDENT, WIDTH, Code, Group, Node, call, comment, layout, literal

MOST_IN_ONE_FILE = 150
"""Programs with more resources consist of modules."""
PARTS = "parts"
"""The package of the modules."""

Files = Mapping[str, str]


def files_of(plan: ProgramPlan) -> dict[str, str]:
    """All files of the program, by path; none of them holds a secret."""
    programs = _one_module(plan) if len(plan.declarations) <= MOST_IN_ONE_FILE else _modules(plan)
    data = {path: json.dumps(value, indent=2, ensure_ascii=False) + "\n" for path, value in plan.data.items()}
    project = f"name: {plan.project}\nruntime: python\n"
    return {**programs, "Pulumi.yaml": project, **plan.texts, **data}


# -------------------------------------------------------------------- modules


def _one_module(plan: ProgramPlan) -> dict[str, str]:
    needs = _Needs(plan.declarations)
    head = [
        *needs.imports(always_pulumi=True),
        *needs.settings(),
        *(needs.helper("Path(__file__).parent") if needs.text else ()),
    ]
    body = _declarations(plan.declarations, 1, lambda each: Code(each.variable))
    return {"__main__.py": _text([*_docstring(plan), "", *head, *_service(plan, body), *_end(plan)])}


def _modules(plan: ProgramPlan) -> dict[str, str]:
    """One module per family. Objects of other modules are referred to by their names."""
    families = [family for family in Family if any(each.family is family for each in plan.declarations)]
    body = [f"{INDENT}{family.value}.declare(release)" for family in families]
    start = [
        *("import pulumi", "import pulumi_fastly_dynamic as fastly", ""),
        layout_import(PARTS, [family.value for family in families]),
    ]
    main = [*_docstring(plan), "", *start, "", *_service(plan, body), *_end(plan)]
    modules = {f"{PARTS}/{family.value}.py": _module(plan, family) for family in families}
    package = {f"{PARTS}/__init__.py": '"""The objects of the service, by what they are for."""\n'}
    helper = _Needs(plan.declarations)
    if helper.text:
        lines = [
            '"""Reads the files that the objects are made of."""',
            *("", "from pathlib import Path", ""),
            *helper.helper("Path(__file__).parent.parent")[:-2],
        ]
        package[f"{PARTS}/files.py"] = _text(lines)
    return {"__main__.py": _text(main), **package, **modules}


def layout_import(module: str, imported: Sequence[str]) -> str:
    """An import, on one line if it fits."""
    ordered = sorted(imported)
    short = f"from {module} import {', '.join(ordered)}"
    elements = tuple(("", Code(each)) for each in ordered)
    return short if len(short) <= WIDTH else layout(Group("(", elements, ")"), before=f"from {module} import ")


def _module(plan: ProgramPlan, family: Family) -> str:
    declarations = [each for each in plan.declarations if each.family is family]
    needs = _Needs(declarations)

    def refer(to: Variable) -> Node:
        return Code(to.variable) if to.family is family else literal(to.name)

    own = ["from .files import text", ""] if needs.text else []
    lines = [
        f'"""{family.value.capitalize() if family is not Family.VCL else "VCL"} of the service."""',
        "",
        *needs.imports(is_part=True),
        *own,
        *needs.settings(),
        "",
        "def declare(release: fastly.Release) -> None:",
        f'{INDENT}"""Declares them."""',
        *_declarations(declarations, 1, refer),
    ]
    return _text(lines)


class _Needs:
    """What declarations need at the top of their module."""

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        arguments = [argument for each in declarations for argument in each.arguments.values()]
        self.text = any(isinstance(each, TextFile | DataFile) for each in arguments)
        self.json = any(isinstance(each, DataFile) for each in arguments)
        self.config = any(isinstance(each, SecretSetting) for each in arguments)

    def imports(self, *, always_pulumi: bool = False, is_part: bool = False) -> list[str]:
        """The imports, and an empty line after each group."""
        standard = [
            *(["import json"] if self.json else []),
            *(["from pathlib import Path"] if self.text and not is_part else []),
        ]
        others = [
            *(["import pulumi"] if always_pulumi or self.config else []),
            "import pulumi_fastly_dynamic as fastly",
        ]
        return [*standard, *([""] if standard else []), *others, ""]

    def settings(self) -> list[str]:
        """The stack's configuration."""
        return ["config = pulumi.Config()", ""] if self.config else []

    def helper(self, folder: str) -> list[str]:
        """The function that reads a file, with empty lines around it."""
        return [
            *(f"FOLDER = {folder}", "", ""),
            "def text(file: str) -> str:",
            f'{INDENT}"""Reads a file of this program as it is, with its line ends."""',
            f"{INDENT}return (FOLDER / file).read_bytes().decode()",
            *("", ""),
        ]


# -------------------------------------------------------------------- parts of a module


def _docstring(plan: ProgramPlan) -> list[str]:
    name = "".join(each if each.isprintable() and each not in '"\\' else "?" for each in plan.name)
    return [
        f'"""The Fastly service {name}.',
        "",
        f"fastly-adopt wrote this program from version {plan.version}.",
        '"""',
    ]


def _service(plan: ProgramPlan, body: Sequence[str]) -> list[str]:
    keywords = {"adopt_id": plan.service_id, "name": plan.name}
    if plan.comment:
        keywords["comment"] = plan.comment
    named = {name: literal(value) for name, value in keywords.items()}
    options: dict[str, Node] = {"service": Code("service")}
    lines = comment(f"Was {plan.origin}.") if plan.origin else []
    lines.append(layout(call("fastly.Service", [literal(plan.resource_name)], named), before="service = "))
    if plan.products:
        products = {"service": Code("service"), **{name: literal(value) for name, value in plan.products.items()}}
        lines.append(layout(call("fastly.ProductEnablement", [literal(plan.resource_name)], products)))
    if not plan.is_active:
        lines += comment(f"Version {plan.version} does not serve: remove activate=False to have it activated.")
        options["activate"] = Code("False")
    if plan.adopts:
        lines += comment("adopt=True leaves alone what is not declared here, and overwrites what differs.")
        options["adopt"] = Code("True")
    release = call("fastly.Release", [literal(plan.resource_name)], options)
    return [*lines, layout(release, before="with ", after=" as release:"), *(body or [f"{INDENT}pass"])]


def _end(plan: ProgramPlan) -> list[str]:
    lines = [
        "",
        'pulumi.export("service_id", service.service_id)',
        'pulumi.export("version", release.version.number)',
    ]
    if plan.left_alone:
        lines += ["", "# Not declared here, and left as it is at Fastly:"]
        lines += [line for each in plan.left_alone for line in comment(f"- {each}")]
    return lines


def _declarations(declarations: Sequence[Declaration], depth: int, refer: Callable[[Variable], Node]) -> list[str]:
    """Declarations, with an empty line between families. A condition stands with what it is for."""
    sections: list[Family] = []
    for each in reversed(declarations):
        is_before = each.family is Family.CONDITIONS and bool(sections)
        sections.append(sections[-1] if is_before else each.family)
    pairs = zip(reversed(sections), declarations, strict=True)
    lines: list[str] = []
    for _, group in groupby(pairs, key=lambda pair: pair[0]):
        lines += [""] if lines else []
        for _, each in group:
            lines += [line for text in each.comments for line in comment(text, depth)]
            lines.append(_declaration(each, depth, refer))
    return lines


def _declaration(each: Declaration, depth: int, refer: Callable[[Variable], Node]) -> str:
    own = {name: _node(argument, refer) for name, argument in each.arguments.items()}
    is_in_container = KINDS[each.kind].live_items is not None
    keywords = own if is_in_container else {"release": Code("release"), **own}
    before = f"{each.variable} = " if each.variable else ""
    return layout(call(f"fastly.{each.label}", [literal(each.resource_name)], keywords), depth, before=before)


def _node(argument: Argument, refer: Callable[[Variable], Node]) -> Node:  # noqa: PLR0911 - one for each kind
    match argument:
        case Literal(value):
            return literal(value)
        case Variable():
            return refer(argument)
        case Variables(objects):
            return Group("[", tuple(("", _node(each, refer)) for each in objects), "]")
        case SecretSetting(key):
            return call("config.require_secret", [literal(key)])
        case TextFile(file):
            return call("text", [literal(file)])
        case DataFile(file):
            return call("json.loads", [call("text", [literal(file)])])
        case Entries(entries):
            return Group("[", tuple(("", _entry(each)) for each in entries), "]")


def _entry(entry: str | Entry) -> Node:
    if isinstance(entry, str):
        return literal(entry)
    arguments: Mapping[str, Any] = entry.arguments
    return call(
        "fastly.AclEntryArgs",
        [literal(arguments["ip"])],
        {name: literal(value) for name, value in arguments.items() if name != "ip"},
    )


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
