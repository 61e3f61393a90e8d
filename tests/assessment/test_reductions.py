"""Pollution reduction accounting by hand."""

import polars as pl
import pytest

from xietong.assessment.reductions import project_reductions, yearly_balance
from xietong.errors import TableError


def project(**columns: object) -> pl.DataFrame:
    base = {"project": "p", "region": "370000", "year": 2024, "pollutant": "cod"}
    return pl.DataFrame([base | columns])


@pytest.mark.parametrize(
    ("columns", "reduced"),
    [
        (
            {"kind": "wastewater", "water_1e4t": 365.0, "in_mg_per_l": 280.0, "out_mg_per_l": 40.0, "used_as_offset_t": 76.0},
            800.0,
        ),
        ({"kind": "elimination", "used_t": 2000.0, "before_kg_per_t": 4.5, "used_as_offset_t": 0.0}, 9.0),
        (
            {"kind": "substitution", "used_t": 100.0, "before_share": 0.45, "after_share": 0.1, "used_as_offset_t": 5.0},
            30.0,
        ),
        ({"kind": "measured", "before_t": 12.0, "after_t": 5.0, "used_as_offset_t": 0.0}, 7.0),
    ],
)  # fmt: skip
def test_each_kind(columns: dict[str, object], reduced: float) -> None:
    assert project_reductions(project(**columns))["reduced_t"].item() == pytest.approx(reduced)


def test_a_missing_figure_is_no_zero_and_a_rise_is_named() -> None:
    row = project_reductions(project(kind="measured", before_t=12.0, after_t=5.0)).row(
        0, named=True
    )
    assert row["reduced_t"] is None and "缺数" in row["why"]
    rise = {"kind": "measured", "before_t": 5.0, "after_t": 6.0, "used_as_offset_t": 0.0}
    row = project_reductions(project(**rise)).row(0, named=True)
    assert row["reduced_t"] == -1 and "没有减排" in row["why"]
    with pytest.raises(TableError, match="magic"):
        project_reductions(project(kind="magic"))


def test_the_balance_wants_both_sides() -> None:
    with pytest.raises(TableError, match="2022"):
        yearly_balance(100, {2021: 1, 2022: 1}, {2021: 1})
