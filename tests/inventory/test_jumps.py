"""A species of a sector that moves by more than half within a year is named; a gap of years is no jump."""

from types import SimpleNamespace

import polars as pl
import pytest

from xietong.app.inventory import check_inventory
from xietong.app.workspace import create_workspace
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
    material = Material(SimpleNamespace(totals=totals, prepared={}), {})  # type: ignore[arg-type]
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


def with_sites(factory: pytest.TempPathFactory, *sites: tuple[str, int, float, float]) -> list[str]:
    """Jumps of landfills: name, first year, deposit a year, and factor on the deposit of 2010."""
    root = factory.mktemp("jumps") / "w"
    create_workspace(root)
    lines = ["地区代码,排放源名称,填埋场类型,气候,垃圾组分,填埋年份,计算到年份,填埋量,单位"]
    for name, first, deposit, factor in sites:
        for year in range(first, 2016):
            amount = deposit * (factor if year == 2010 else 1)
            lines.append(f"370100,{name},规范填埋（厌氧）,温带干燥,厨余,{year},2016,{amount},吨")
    (root / "activity").mkdir(exist_ok=True)
    (root / "activity" / "landfill.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [one for one in check_inventory(root)["findings"] if one["check"] == "jump"]
    return sorted(f"{one['species']} {one['message'][:9]}" for one in found)


def test_the_first_years_of_a_landfill_are_no_jump(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    assert with_sites(tmp_path_factory, ("a", 1995, 1000, 1)) == []


def test_a_new_site_beside_an_old_one_is_no_jump(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert with_sites(tmp_path_factory, ("a", 1990, 100, 1), ("b", 2005, 5000, 1)) == []


def test_a_deposit_ten_times_too_large_is_a_jump(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The gas of the deposit of 2010 starts in 2011; an old site has no excuse, a young one neither helps."""
    jumped = ["ch4_t 2010→2011", "co2e_ar5_t 2010→2011"]
    assert with_sites(tmp_path_factory, ("a", 1995, 1000, 100)) == jumped
    assert with_sites(tmp_path_factory, ("a", 1995, 1000, 100), ("b", 2009, 100, 1)) == jumped
