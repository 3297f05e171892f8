"""Which stack a version is from."""

from collections.abc import Iterable
from dataclasses import dataclass

from pulumi_fastly_dynamic.lookups import ServiceVersion
from pulumi_fastly_dynamic.orchestration import marker as markers
from pulumi_fastly_dynamic.orchestration.marker import Marker
from pulumi_fastly_dynamic.orchestration.versions import VersionInfo


@dataclass(frozen=True)
class Origin:
    """What the comment of a version says about the stack that made it."""

    marker: Marker | None
    """The mark of a stack; ``None`` for a version that no stack made."""
    comment: str
    """The rest of the comment."""

    @classmethod
    def of(cls, version: ServiceVersion) -> "Origin":
        """Reads it. The mark of another version, which a clone copies, does not count."""
        info = VersionInfo(version.number, version.active, version.locked, version.comment)
        return cls(info.marker, markers.split(version.comment)[0])

    @property
    def stack(self) -> str:
        """Organization, project and stack; empty for a version that no stack made."""
        return self.marker.stack if self.marker else ""

    def is_from(self, stack: str | None) -> bool | None:
        """Whether that stack made it; ``None`` if none is given, or no mark tells."""
        return None if stack is None or self.marker is None else self.stack == stack


def origins(versions: Iterable[ServiceVersion]) -> dict[int, Origin]:
    """The origin of each version, by its number."""
    return {version.number: Origin.of(version) for version in versions}
