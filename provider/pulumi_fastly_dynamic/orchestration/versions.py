"""The versions of a service, as values: which one serves, which one is a draft of ours, what led to what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..schema import Row
from . import marker as markers
from .marker import Marker


@dataclass(frozen=True)
class Acknowledged:
    """What serves though this stack did not activate it last, as a refresh or a take-over has found it."""

    active: int
    """The version; 0 where none serves, since someone deactivated it."""
    newest: int
    """The newest version at that time. If one of ours is newer, and does not serve, someone has gone back since."""


@dataclass(frozen=True)
class VersionInfo:
    """One row of a service's versions."""

    number: int
    active: bool = False
    locked: bool = False
    comment: str = ""

    @property
    def marker(self) -> Marker | None:
        """The marker, if it is this version's own: a clone copies comments."""
        found = markers.split(self.comment)[1]
        return found if found and found.number == self.number else None

    @classmethod
    def parse(cls, row: Row) -> "VersionInfo":
        """From the API's answer, which may have null for a flag."""
        return cls(int(row["number"]), bool(row.get("active")), bool(row.get("locked")), row.get("comment") or "")


@dataclass(frozen=True)
class VersionTable:
    """All versions of a service, seen by one owner."""

    infos: Mapping[int, VersionInfo]
    owner: str
    """The fingerprint of the owner."""
    service: Row = field(default_factory=dict)
    """The service, as the API answered it."""

    @classmethod
    def parse(cls, service: Row, owner: str) -> "VersionTable":
        """From the answer of ``GET /service/ID`` or ``.../details``."""
        infos = [VersionInfo.parse(row) for row in service.get("versions") or ()]
        return cls({info.number: info for info in infos}, owner, service)

    @classmethod
    def of_new_service(cls, owner: str) -> "VersionTable":
        """A service that was created just now: version 1 is there, and empty."""
        return cls({1: VersionInfo(1)}, owner)

    @property
    def active(self) -> int | None:
        """The version that serves."""
        return next((number for number, info in self.infos.items() if info.active), None)

    @property
    def base(self) -> int:
        """What a draft is cloned from: the active version, else the highest locked, else the highest not ours."""
        locked = [number for number, info in self.infos.items() if info.locked]
        others = [number for number in self.infos if not self.marker(number)]
        return self.active or max(locked, default=0) or max(others, default=0)

    def comment(self, number: int) -> str:
        """The comment of a version."""
        info = self.infos.get(number)
        return info.comment if info else ""

    def marker(self, number: int) -> Marker | None:
        """The marker of a version, if this owner set it."""
        info = self.infos.get(number)
        found = info.marker if info else None
        return found if found and found.fingerprint == self.owner else None

    def is_locked(self, number: int) -> bool:
        """Whether the version exists and cannot change any more."""
        info = self.infos.get(number)
        return info is not None and info.locked

    @property
    def leftover(self) -> int | None:
        """A draft that an earlier run of this owner left, if it can still be used."""
        for number in sorted(self.infos, reverse=True):
            found = self.marker(number)
            if found and not self.is_locked(number) and found.base == self.base and not found.abandoned:
                return number
        return None

    def lineage(self, number: int) -> Iterator[int]:
        """The versions that markers of this owner lead back to, newest first; the last one bears none."""
        found = self.marker(number)
        while found and not found.abandoned and found.base < number:
            number = found.base
            yield number
            found = self.marker(number)

    def start_of(self, number: int) -> int:
        """The version that this owner started from: the oldest that markers lead back to."""
        return [number, *self.lineage(number)][-1]

    def activated(self, number: int) -> "VersionTable":
        """The table after this version was activated."""
        infos = {each: replace(info, active=False) for each, info in self.infos.items()}
        now = infos.get(number, VersionInfo(number))
        return replace(self, infos={**infos, number: replace(now, active=True, locked=True)})

    def with_version(self, info: VersionInfo) -> "VersionTable":
        """The table with one version more, or changed."""
        return replace(self, infos={**self.infos, info.number: info})

    @property
    def serving(self) -> int:
        """The version that serves; 0 where none does."""
        return self.active or 0

    def newest_of_ours(self, *, service_is_adopted: bool) -> int:
        """The newest version that this owner activated, as far as markers tell.

        The first version of a service that the program created bears none.
        """
        ours = [number for number in self.infos if self.is_locked(number) and self.marker(number)]
        return max(ours, default=1 if not service_is_adopted and self.is_locked(1) else 0)

    def is_expected(self, *, service_is_adopted: bool) -> bool:
        """Whether the newest version that this owner activated serves; or none, if it activated none."""
        return self.serving == self.newest_of_ours(service_is_adopted=service_is_adopted)

    def is_acknowledged(self, known: Acknowledged | None, *, service_is_adopted: bool) -> bool:
        """Whether what serves is what the state knows to be someone else's choice."""
        return (
            known is not None
            and self.serving == known.active
            and self.newest_of_ours(service_is_adopted=service_is_adopted) <= known.newest
        )

    def acknowledge(self, *, service_is_adopted: bool) -> Acknowledged | None:
        """What the state is to know of what serves; nothing where it is expected."""
        if self.is_expected(service_is_adopted=service_is_adopted):
            return None
        return Acknowledged(self.serving, max(self.infos))

    def is_behind(self, *, service_is_adopted: bool) -> bool:
        """Whether an older version serves than the newest that this owner activated, or none."""
        return self.serving < self.newest_of_ours(service_is_adopted=service_is_adopted)


@dataclass(frozen=True)
class FirstVersion:
    """The first version of a service that this program created: there is nothing to clone, and no marker."""

    number: int = 1
    base: int = 0


@dataclass(frozen=True)
class OpenedNow:
    """A draft that was cloned in this run."""

    number: int
    base: int


@dataclass(frozen=True)
class Resumed:
    """A draft that an earlier run left."""

    number: int
    base: int


Draft = FirstVersion | OpenedNow | Resumed


@dataclass(frozen=True)
class Head:
    """What the next object is compared with: the draft if there is one, else the base."""

    versions: VersionTable
    draft: Draft | None

    @property
    def base(self) -> int:
        """The version that the draft was, or would be, cloned from; 0 where there is none."""
        return self.draft.base if self.draft else self.versions.base

    @property
    def number(self) -> int:
        """The head's version."""
        return self.draft.number if self.draft else self.base

    @property
    def active(self) -> int | None:
        """The version that serves."""
        return self.versions.active

    def still_contains(self, number: int) -> bool:
        """Whether what was written to this version may be in the head.

        It is not if that version was never active and is not the draft: it was left behind. What this owner started
        from may never have been active either, and is in the head.
        """
        if number in {self.number, self.base} or number in self.versions.lineage(self.base):
            return True
        return number <= self.base and self.versions.is_locked(number)

    @classmethod
    def find(cls, versions: VersionTable, *, service_is_adopted: bool, cloned: int | None) -> "Head":
        """The head of a service; ``cloned`` is the draft that this run cloned."""
        only = versions.infos.get(1)
        if not service_is_adopted and len(versions.infos) == 1 and only and not only.locked:
            return cls(versions, FirstVersion())
        number = versions.leftover
        if number is None:
            return cls(versions, None)
        return cls(versions, OpenedNow(number, versions.base) if number == cloned else Resumed(number, versions.base))
