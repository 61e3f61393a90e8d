"""Pollution reduction accounting by hand."""

from pathlib import Path

import polars as pl
import pytest

from xietong.app.reductions import reduction_account
from xietong.assessment.reductions import project_reductions, yearly_balance
from xietong.errors import TableError
from xietong.tables.problem import TableProblemsError


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


HEAD = "项目名称,地区代码,年份,污染物,核算方式,处理水量（万吨）,进水浓度（mg/L）,出水浓度（mg/L）,已用作替代的量（吨）,数据来源\n"


def test_a_sheet_of_projects_with_sums(tmp_path: Path) -> None:
    file = tmp_path / "reduction_project.csv"
    file.write_text(
        HEAD
        + "提标,370200,2024,COD,污水处理,365,280,40,76,验收报告\n"
        + "扩建,370200,2024,COD,污水处理,,280,40,0,验收报告\n",
        "utf-8",
    )
    found = reduction_account(file)
    assert found["projects"][0]["reduced_t"] == pytest.approx(800)
    assert found["projects"][1]["reduced_t"] is None
    assert found["sums"] == [
        {
            "region": "370200",
            "year": 2024,
            "pollutant": "cod_t",
            "projects": 2,
            "unknown": 1,
            "reduced_t": pytest.approx(800),
        }
    ]


def test_all_problems_of_a_sheet_at_once(tmp_path: Path) -> None:
    file = tmp_path / "reduction_project.csv"
    file.write_text(HEAD + "提标,999999,2024,XX,污水,365,-1,40,,验收报告\n", "utf-8")
    with pytest.raises(TableProblemsError) as caught:
        reduction_account(file)
    assert len(caught.value.problems) >= 5
