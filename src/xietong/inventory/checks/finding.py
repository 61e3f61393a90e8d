"""What a check is given and what it gives back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from xietong.inventory.run import Inventory


@dataclass(frozen=True)
class Material:
    """The inventory, its activity tables in memory, the balance if there is one, notation keys."""

    inventory: Inventory
    activity: Mapping[str, pl.DataFrame]
    balance: pl.DataFrame | None = None
    notation: pl.DataFrame | None = None


@dataclass(frozen=True)
class Finding:
    """One finding: ``check`` names it, ``severity`` is error, warning or note."""

    check: str
    severity: str
    message: str
    region: str = ""
    sector: str = ""
    fuel: str = ""
    species: str = ""
    value: float | None = None
    expected: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Keys as printed with ``--json``."""
        return asdict(self)
