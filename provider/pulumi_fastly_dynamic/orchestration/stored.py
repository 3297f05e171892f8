"""What the API stored, beside what the program asked for."""

from collections.abc import Collection

from .release_errors import StoredDifferently
from .snapshot import Difference, VersionObject


def refuse_difference(
    found: VersionObject, differing: Difference, number: int, service_id: str, secrets: Collection[str] = ()
) -> None:
    """Refuses what is stored otherwise than the program asked, naming property, asked and stored value.

    ``secrets`` are the properties whose values the user marked as secret; those are not shown.
    """
    if not differing:
        return
    hidden = {*secrets, *(f.name for f in found.schema.fields if f.secret)}
    words = [
        f"{name} is not stored as asked" if name in hidden else f"{name} was asked to be {asked!r}, stored is {got!r}"
        for name, (asked, got) in sorted(differing.items())
    ]
    raise StoredDifferently(
        f"{found} in version {number} of service {service_id}: {'; '.join(words)}. Nothing was activated: give the "
        "value as Fastly stores it",
        [found.ref],
    )
