"""Director."""

from .backend import CASE as BACKEND
from .case import Case

CASE = Case(
    kind="director",
    needs=[BACKEND],
    full={
        "backends": [BACKEND.ref()],
        "quorum": 50,
        "type": 3,
        "retries": 2,
        "shield": "iad-va-us",
        "comment": "ours",
    },
    changed={"quorum": 1, "type": 4, "retries": 3, "shield": "bwi-va-us", "comment": "changed"},
    links=frozenset({"backends"}),
    refused=[
        ({"type": 2}, "type: type must be 1, 3 or 4"),
        ({"quorum": 101}, "quorum: quorum must be at most 100"),
    ],
    documented=(
        "name backends capacity comment quorum retries shield type service_id version created_at updated_at deleted_at"
    ),
    left_out={"capacity": "unused"},
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
)
