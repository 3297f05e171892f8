"""A realistic service as data, and the program that is written for it. ``python -m tests.adopt.golden`` writes it anew.

Look at the difference before you commit it: people diff their own programs after an upgrade.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from fastly_adopt.planning import plan_of
from fastly_adopt.program_files import write_new
from fastly_adopt.program_plan import ProgramPlan
from fastly_adopt.program_writing import files_of
from fastly_adopt.service_content import FoundObject, LeftAlone, ServiceContent

DATA = Path(__file__).resolve().parents[1] / "data" / "adopt"
PROGRAM = DATA / "shop"


def shop(**changed: Any) -> ServiceContent:
    """The service; some things may be changed."""
    data = {**json.loads((DATA / "shop.json").read_text()), **changed}
    objects = [
        FoundObject(each["kind"], each["row"], each.get("live", {}), tuple(each["items"]) if "items" in each else None)
        for each in data["objects"]
    ]
    left = tuple(LeftAlone(**each) for each in data["left_alone"])
    return ServiceContent(**{**data, "objects": tuple(objects), "left_alone": left})


def plan() -> ProgramPlan:
    """The plan of its program."""
    return plan_of(shop())


if __name__ == "__main__":
    shutil.rmtree(PROGRAM, ignore_errors=True)
    write_new(PROGRAM, plan().service_id, files_of(plan()))
