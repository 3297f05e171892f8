"""The whole generated VCL of a version."""

from itertools import pairwise

from ..customer import CUSTOMER_ID
from ..state import Service, Version
from ..vcl_lexer import words_and_signs
from . import live, rate_limits, subroutines, vcl_origins
from .custom import main_vcl
from .macros import SUBROUTINES, expanded, snippets
from .source import Dialect, Source
from .writing import Lines, block


def generated_vcl(service: Service, version: Version, dialect: Dialect = Dialect.FASTLY) -> str:
    """The VCL that a version becomes: the same text for the same objects."""
    source = Source(service, version, dialect)
    main = main_vcl(source)
    parts = [_joined(part) for part in _declarations(source)]
    parts.append((main or "").strip("\n"))
    defined = _subroutines("\n".join(parts)) if main is not None else set()
    parts += [_joined(_subroutine(source, name)) for name in SUBROUTINES if f"vcl_{name}" not in defined]
    text = "\n\n".join(part for part in parts if part) + "\n"
    return _with_negated_matches(text) if source.is_edge else text


def boilerplate(service: Service, version: Version) -> str:
    """The VCL that custom VCL starts from."""
    return _joined(subroutines.boilerplate(Source(service, version, Dialect.FASTLY))) + "\n"


def _joined(lines: Lines) -> str:
    return "\n".join(lines).strip("\n")


def _declarations(source: Source) -> list[Lines]:
    return [
        [] if source.is_edge else _pragmas(source),
        vcl_origins.backends(source),
        vcl_origins.directors(source),
        live.tables(source),
        live.acls(source),
        rate_limits.declarations(source),
        snippets(source, "init"),
    ]


def _pragmas(source: Source) -> Lines:
    # Assumed: the limits of an account that raised none.
    parameters: dict[str, object] = {"geoip_opt_in": "true"}
    if source.of("rate-limiters"):
        parameters |= {
            "ratelimit_opt_in": "true",
            "max_ratelimit_ratecounters": 5,
            "max_ratelimit_penaltyboxes": 5,
            "max_ratelimit_entries": 200000,
        }
    parameters |= {
        "max_object_size": 20971520,
        "smiss_max_object_size": 20971520,
        "fetchless_purge_all": 1,
        "chash_randomize_on_pass": "true",
        "default_ssl_check_cert": 1,
    }
    if source.has_product("websockets"):
        parameters["can_upgrade_in_recv"] = "true"
    parameters |= {"max_backends": 20, "customer_id": f'"{CUSTOMER_ID}"'}
    return [*(f"pragma optional_param {name} {value};" for name, value in parameters.items()), "C!", "W!"]


def _subroutines(vcl: str) -> set[str]:
    tokens = [match.group() for match in words_and_signs(vcl)]
    return {name for word, name in pairwise(tokens) if word == "sub"}


def _subroutine(source: Source, name: str) -> Lines:
    before, after = subroutines.around_macro(source, name)
    return block(f"sub vcl_{name}", [*before, *expanded(source, name, custom=False), *after])


def _with_negated_matches(vcl: str) -> str:
    """The text with ``x !~ "y"`` for ``!x ~ "y"``, which falco reads as ``(!x) ~ "y"`` and dies of."""
    tokens = words_and_signs(vcl)
    parts: list[str] = []
    position = 0
    for sign, variable, match in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if sign.group().endswith("!") and variable.lastgroup == "word" and match.group() == "~":
            parts += [vcl[position : sign.end() - 1], vcl[sign.end() : match.start()], "!~"]
            position = match.end()
    return "".join([*parts, vcl[position:]])
