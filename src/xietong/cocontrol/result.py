"""What every evaluation gives back: a table, and an account of how it was made."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl


@dataclass(frozen=True)
class Result:
    """A table with the formula, variant and scheme behind it, and the traps it met.

    ``formula`` is the equation in signs, ``variant`` its name, ``scheme`` the name of the level
    scheme, bounds or weights where one was chosen. ``details`` holds small side tables (weights,
    bounds, test statistics). A warning is a full sentence, Chinese first.

    Examples
    --------
    >>> result = Result("D = √(C·T)", "standard", pl.DataFrame({"d": [0.5]}), warnings=("看清楚",))
    >>> result.to_dict()["rows"], result.to_dict()["warnings"]
    ([{'d': 0.5}], ['看清楚'])
    """

    formula: str
    variant: str
    table: pl.DataFrame
    scheme: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: ``formula, variant, scheme, rows[], details{}, warnings[]``."""
        return {
            "formula": self.formula,
            "variant": self.variant,
            "scheme": self.scheme,
            "rows": _plain(self.table),
            "details": {name: _plain(value) for name, value in self.details.items()},
            "warnings": list(self.warnings),
        }


def _plain(value: Any) -> Any:
    if isinstance(value, pl.DataFrame):
        return [_plain(row) for row in value.to_dicts()]
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no NaN
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
