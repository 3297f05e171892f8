"""Which kinds stand together in a program, and in which order. A family refers to itself and to earlier ones only."""

from enum import StrEnum

from pulumi_fastly_dynamic.schema import KINDS, KindSchema


class Family(StrEnum):
    """A part of a program; in a large one, a module of that name."""

    DOMAINS = "domains"
    CONDITIONS = "conditions"
    ORIGINS = "origins"
    TABLES = "tables"
    CACHING = "caching"
    HEADERS = "headers"
    RESPONSES = "responses"
    OTHERS = "others"
    VCL = "vcl"
    LOGGING = "logging"


ORDER = tuple(Family)
_KINDS: dict[Family, tuple[str, ...]] = {
    Family.DOMAINS: ("domain",),
    Family.CONDITIONS: ("condition",),
    Family.ORIGINS: ("healthcheck", "backend", "director"),
    Family.TABLES: ("dictionary", "acl"),
    Family.CACHING: (
        *("settings", "http3", "image_optimizer_settings"),
        *("request_settings", "cache_settings", "gzip"),
    ),
    Family.HEADERS: ("header",),
    Family.RESPONSES: ("response_object", "rate_limiter"),
    Family.VCL: ("vcl", "snippet", "dynamic_snippet"),
}
_FAMILY = {kind: family for family, kinds in _KINDS.items() for kind in kinds}
_PLACE = {kind: place for place, kind in enumerate(kind for kinds in _KINDS.values() for kind in kinds)}


def family_of(schema: KindSchema) -> Family:
    """The family of a kind."""
    return _FAMILY.get(schema.kind) or (Family.LOGGING if schema.is_logging else Family.OTHERS)


def place_of(kind: str) -> tuple[int, int, int]:
    """A key to sort kinds by."""
    rank = ORDER.index(family_of(KINDS[kind]))
    return rank, _PLACE.get(kind, len(_PLACE)), list(KINDS).index(kind)
