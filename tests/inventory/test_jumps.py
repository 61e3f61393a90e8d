"""A species of a sector that moves by more than half within a year is named; a gap of years is no jump."""

from types import SimpleNamespace

import polars as pl
import pytest

from xietong.inventory.checks.finding import Material
from xietong.inventory.checks.jumps import jumps


def found(series: dict[int, float | None]) -> list[tuple[str, float | None]]:
    totals = pl.DataFrame(
        {
            "region": ["370000"] * len(series),
            "year": list(series),
            "sector": ["steel"] * len(series),
            "species": ["so2_t"] * len(series),
            "value": list(series.values()),
        },
        schema_overrides={"value": pl.Float64},
    )
    material = Material(SimpleNamespace(totals=totals), {})  # type: ignore[arg-type]
    return [(one.message.split(":")[0], one.expected) for one in jumps(material)]


@pytest.mark.parametrize(
    ("series", "named"),
    [
        ({2020: 100.0, 2021: 149.0, 2022: 75.0}, []),
        ({2020: 100.0, 2021: 151.0}, [("2020→2021", 100.0)]),
        ({2020: 100.0, 2021: 49.0}, [("2020→2021", 100.0)]),
        ({2020: 100.0, 2022: 300.0}, []),
        ({2020: 0.0, 2021: 300.0}, []),
        ({2020: 100.0, 2021: None, 2022: 300.0}, []),
        ({2022: 300.0, 2020: 100.0, 2021: 100.0}, [("2021→2022", 100.0)]),
    ],
)
def test_jumps(series: dict[int, float | None], named: list[tuple[str, float]]) -> None:
    assert found(series) == named
