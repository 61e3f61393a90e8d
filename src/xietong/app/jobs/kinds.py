"""What can be run as a job. One more kind is one more line."""

import importlib
from collections.abc import Callable
from typing import Any

from xietong.app.desk import Desk

Progress = Callable[[float, str], None]
Runner = Callable[[Desk, dict[str, Any], Progress], dict[str, Any]]

# Kind → the function that does it: (desk, arguments, progress) → result, all plain JSON values.
KINDS: dict[str, str] = {
    "plan.import": "xietong.app.plans.uploads:run_import",
    "backup": "xietong.app.backup:run_backup",
    "inventory.save": "xietong.app.inventory_keep:run_save",
    "optimise.run": "xietong.app.pages_optimise:run_optimise",
}


def runner(kind: str) -> Runner:
    """The function behind a kind."""
    module, _, name = KINDS[kind].partition(":")
    function: Runner = getattr(importlib.import_module(module), name)
    return function
