"""The facts about each kind that its tests need, one file per kind. All suites use them."""

import pkgutil
from importlib import import_module

from .case import Case, Code, Reference, Stages, in_order, normal

__all__ = ["CASES", "Case", "Code", "Reference", "Stages", "in_order", "normal"]

CASES: dict[str, Case] = {
    module.name: import_module(f"{__name__}.{module.name}").CASE
    for module in pkgutil.iter_modules(__path__)
    if module.name not in {"case", "log_fields", "pem"}
}
"""Every case, by its kind."""
