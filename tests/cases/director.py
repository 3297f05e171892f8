"""Director: the emulator alone knows it."""

from .case import Case

CASE = Case(
    kind="director",
    answered={
        "backends": [],
        "capacity": 100,
        "comment": "",
        "quorum": 75,
        "retries": 5,
        "shield": None,
        "type": 1,
        "version": 1,
    },
    rename="ignored",
    refused_by_api=[
        ({"name": "x", "type": "2"}, "Type must be one of: 1, 3, 4"),
        ({"name": "x", "quorum": "most"}, "not a number: quorum"),
    ],
    client=("Director", "create_director", "get_director"),
    full={"quorum": 50, "type": 3, "retries": 2},
    changed={"quorum": 1, "type": 4, "retries": 3},
)
