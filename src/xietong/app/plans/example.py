"""Examples: plans compiled by reading, kept as tables without the documents' text."""

from typing import Any

from xietong.app.desk import Desk
from xietong.app.plans.importing import store_plan
from xietong.plans.library import library_plan

# Example → the plans of the compiled library that belong to it.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "shandong": (
        "shandong-synergy",
        "shandong-peak",
        "qingdao-synergy",
        "liaocheng-synergy",
        "jinan-peak",
    )
}


def import_example(desk: Desk, name: str) -> list[dict[str, Any]]:
    """Put an example's plans into the workspace; what each import did."""
    return [
        store_plan(desk, library_plan(code), origin="library", code=code) for code in EXAMPLES[name]
    ]
