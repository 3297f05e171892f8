"""Writes docs/functions.md from the functions that read, and their results; with --check, fails if it is stale."""

import inspect
import re
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pulumi_fastly_dynamic as fastly
from generated_page import write_or_check
from pulumi_fastly_dynamic.lookups.lookup import Lookup
from reference_text import docstrings, literal, one_line, parameters, row, with_links

TARGET = Path(__file__).parents[1] / "docs" / "functions.md"

HEAD = """\
# Functions

<!-- Written by tools/function_reference.py from the functions; do not edit. -->

A function reads from Fastly while your program runs. It changes nothing at Fastly. Pulumi's state contains its result
only if you export it or set a property to it.

```python
import pulumi
import pulumi_fastly_dynamic as fastly

www = fastly.Service("www")
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)

details = fastly.get_service_details_output(www.service_id, release.version.number)
pulumi.export("objects", details.apply(lambda found: found.version.names("domains")))
```

| Form | Arguments | Result | When it reads |
|---|---|---|---|
| `get_x(...)` | plain values | the result itself | at once |
| `get_x_output(...)` | values and outputs | an output of the result | when all its arguments are known |

Use `get_x_output` for what depends on a resource of the same program. Both forms take the same arguments.

**Previews read too.** A preview needs the result to know what your program declares. It says so once per function:
`get_service reads from Fastly in a preview too`. `get_x_output` does not read in a preview if an argument is not known
yet; then its result is not known either.

**The API key** and the endpoint are those of the stack: see [configuration](configuration.md). Most functions need a
key that may read the service or the account. Where a function needs more, its description says so. If the key lacks the
role or the scope, the error is `Forbidden`.

**Time.** A call takes 60 seconds at the most, with its retries. Then it fails with `TookTooLong`.

**Errors.** A read that fails raises `LookupFailed`, which Pulumi shows as one line. It names the function, the cause
and the line of your program:

```
error: get_service: NotFound: GET /service/search: 404 Record not found: ... (__main__.py:4)
```

`LookupFailed.failure` is the cause; [errors](errors.md) lists all causes. `get_x` raises it where you call it, so your
program can catch it. In `get_x_output` it ends the update. A wrong argument is an error before anything is read.

**Results.** `get_x` returns one `GetXResult`, a frozen dataclass. Several things of a kind are a tuple in it, such as
`get_services().services`. The fields have the names that the API gives them. A field that Fastly leaves out or answers
as null has its default. `pulumi.export` writes a result as an object with all its fields. It leaves out what is
computed from fields, such as `active_version`: export that by name.

**Secrets.** No result contains the API key, or the value of a secret property of an object. VCL and comments are as
someone wrote them. If they contain secrets, wrap the result before you export it: `pulumi.Output.secret(...)`.

## A program that uses them

`shields` has the shields by the code of their datacenter: `shields["AMS"]` is the one in Amsterdam. The program takes
the first of three datacenters near the origin that can be a shield. Only Fastly itself may send `X-Tenant`; the ACL
follows Fastly's list with each update. The requests of the last seven days are an output, as soon as the
service exists.

```python
import pulumi
import pulumi_fastly_dynamic as fastly

shields = {pop.code: pop.shield for pop in fastly.get_datacenters().pops if pop.shield}
networks = fastly.get_ip_ranges()

tenants = fastly.Service("tenants")
with fastly.Release("tenants", service=tenants) as release:
    fastly.Domain("tenants.example.com", release=release)
    fastly.Backend(
        "origin",
        release=release,
        address="tenants.origin.example.com",
        shield=next(shields[code] for code in ("FRA", "AMS", "LHR") if code in shields),
    )
    acl = fastly.Acl("fastly_networks", release=release)
    fastly.AclEntries("fastly_networks", acl=acl, entries=[*networks.cidr_blocks, *networks.ipv6_cidr_blocks])
    elsewhere = fastly.Condition(
        "elsewhere", release=release, type="REQUEST", statement="client.ip !~ fastly_networks"
    )
    fastly.Header(
        "no-tenant", release=release, action="delete", type="request", dst="http.X-Tenant", request_condition=elsewhere
    )

week = fastly.get_stats_output(tenants.service_id, from_="7 days ago")
pulumi.export("requests", week.apply(lambda found: sum(day.requests for day in found.rows)))
```

## All functions
"""

WORDS = {str: "string", int: "integer", bool: "boolean", float: "number", Any: "anything", type(None): "`None`"}


class Function:
    """A function of the package."""

    def __init__(self, name: str, function: Lookup[..., Any]) -> None:
        self.name = name
        self.signature = inspect.signature(function)
        self.intro, self.described = parameters(inspect.getdoc(function) or "")

    @cached_property
    def summary(self) -> str:
        """The first sentence."""
        return re.split(r"\.(?:\s|$)", one_line(self.intro), maxsplit=1)[0]

    def arguments(self) -> Iterator[str]:
        """The table of arguments."""
        if not self.signature.parameters:
            return
        yield from ("", row("Argument", "Type", "Default", "Description"), "|---|---|---|---|")
        for each in self.signature.parameters.values():
            default = (
                "required" if each.default is each.empty else "" if each.default is None else literal(each.default)
            )
            # That an argument may be None is what its default says.
            choices = [arg for arg in get_args(each.annotation) if arg is not type(None)]
            plain = Union[tuple(choices)] if _is_union(each.annotation) else each.annotation  # noqa: UP007
            yield row(f"`{each.name}`", type_text(plain), default, self.described.get(each.name, ""))

    def section(self) -> Iterator[str]:
        """All that the page says of it."""
        yield from (f"## {self.name}", "", "```python", f"{self.name}{_shown(self.signature)}", "```", "")
        yield from with_links(self.intro)
        yield from self.arguments()
        yield from ("", f"Returns: {type_text(self.signature.return_annotation)}.", "")


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in {Union, types.UnionType}


def _shown(signature: inspect.Signature) -> str:
    """A signature, on several lines if it is long."""
    text = re.sub(r"[\w.]*\bpulumi_fastly_dynamic[\w.]*\.", "", str(signature)).replace("typing.", "")
    if len(text) <= 90:  # noqa: PLR2004 - fits on a page
        return text
    inner, _, result = text.rpartition(") -> ")
    arguments = re.split(r", (?![^\[]*\])", inner.removeprefix("("))
    return "(\n" + "".join(f"    {each},\n" for each in arguments) + f") -> {result}"


def type_text(annotation: Any) -> str:
    """A type for people; results link to their table."""
    origin, args = get_origin(annotation), get_args(annotation)
    if _is_union(annotation):
        return " or ".join(dict.fromkeys(map(type_text, args)))
    if origin is Literal:
        return ", ".join(literal(arg) for arg in args)
    if origin is tuple:
        return f"tuple of {type_text(args[0])}"
    if origin is not None and issubclass(origin, Mapping):
        return f"mapping of {type_text(args[0])} to {type_text(args[1])}"
    if is_dataclass(annotation) and isinstance(annotation, type):
        return f"[`{annotation.__name__}`](#{annotation.__name__.lower()})"
    return WORDS.get(annotation) or f"`{inspect.formatannotation(annotation)}`"


def results_of(annotation: Any) -> Iterator[type]:
    """The dataclasses that an annotation names, and those that they contain."""
    if is_dataclass(annotation) and isinstance(annotation, type):
        yield annotation
        hints = get_type_hints(annotation)
        for field in fields(annotation):
            yield from results_of(hints[field.name])
    for argument in get_args(annotation):
        yield from results_of(argument)


def result_section(cls: Any) -> Iterator[str]:
    """The table of a result."""
    docs, hints = docstrings(cls), get_type_hints(cls)
    yield from (f"### {cls.__name__}", "")
    yield from with_links(inspect.getdoc(cls) or "")
    yield from ("", row("Field", "Type", "Description"), "|---|---|---|")
    for field in fields(cls):
        yield row(f"`{field.name}`", type_text(hints[field.name]), docs.get(field.name, ""))
    for name, member in inspect.getmembers_static(cls):
        if isinstance(member, property) and member.fget is not None:
            yield row(f"`{name}`", type_text(_returned(member.fget)), one_line(member.__doc__ or ""))
        elif inspect.isfunction(member) and not name.startswith("_"):
            arguments = ", ".join(list(inspect.signature(member).parameters)[1:])
            yield row(f"`{name}({arguments})`", type_text(_returned(member)), one_line(member.__doc__ or ""))
    yield ""


def _returned(function: Callable[..., Any]) -> Any:
    return get_type_hints(function)["return"]


def text() -> str:
    """The whole page."""
    members = {name: getattr(fastly, name) for name in sorted(fastly.__all__)}
    functions = [Function(name, member) for name, member in members.items() if isinstance(member, Lookup)]
    results = {cls for each in functions for cls in results_of(each.signature.return_annotation)}
    lines = [HEAD, row("Function", "What it does"), "|---|---|"]
    lines += [row(f"[`{each.name}`](#{each.name})", each.summary) for each in functions]
    lines.append("")
    for function in functions:
        lines += function.section()
    lines += ["## Results", ""]
    for cls in sorted(results, key=lambda cls: cls.__name__):
        lines += result_section(cls)
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Writes or checks."""
    return write_or_check(TARGET, text(), __doc__, "docs/functions.md", "function_reference.py")


if __name__ == "__main__":
    sys.exit(main())
