"""What VCL is generated from, and for whom."""

from dataclasses import dataclass
from enum import Enum

from ..state import Record, Service, Version

_FIRST_INTERNAL_STATUS = 900


class Dialect(Enum):
    """Who reads the VCL."""

    FASTLY = "fastly"
    """Fastly's compiler, and people."""
    EDGE = "edge"
    """The interpreter of falco 1.21, which lacks some of what Fastly generates, and stumbles over other parts."""


@dataclass(frozen=True, slots=True)
class Source:
    """A version of a service and the dialect in which it is rendered."""

    service: Service
    version: Version
    dialect: Dialect

    @property
    def is_edge(self) -> bool:
        """Whether falco runs it."""
        return self.dialect is Dialect.EDGE

    def of(self, kind: str) -> list[Record]:
        """The objects of a kind, in order of creation."""
        return list(self.version.of(kind).values())

    def by_priority(self, kind: str) -> list[Record]:
        """The objects of a kind that have priorities: low ones first, and in order of creation among equals."""
        return sorted(self.of(kind), key=lambda record: int(record["priority"]))

    def content(self, record: Record) -> str:
        """The VCL of a file or a snippet; of a dynamic one, what it holds now."""
        return self.service.contents.get(record.get("id", ""), record)["content"] or ""

    def has_product(self, product: str) -> bool:
        """Whether a product of the service is on."""
        return product in self.service.products

    def internal_status(self, response_object: str) -> int:
        """The status that stands for a response object until ``vcl_error`` and ``vcl_deliver`` replace it."""
        return _FIRST_INTERNAL_STATUS + list(self.version.of("response_object")).index(response_object)
