"""Breaking down: every way closes, limits hold, the chosen one becomes targets that are assessed."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.app.access import Actor
from xietong.app.allocation import adopt, allocate
from xietong.app.assessment import assess_workspace
from xietong.app.audit import entries
from xietong.app.desk import Desk
from xietong.app.workspace import create_workspace, open_desk
from xietong.assessment.allocation import WAYS, find_way, split_amount, split_rate, split_share
from xietong.assessment.paths import drop_path, level_path
from xietong.errors import AccessError, TableError

COLUMNS = ("weight", "gdp", "population", "potential", "unit_cost")
SIZES = st.floats(0.1, 1000)


@st.composite
def units(draw: st.DrawFn) -> pl.DataFrame:
    count = draw(st.integers(1, 16))
    return pl.DataFrame(
        {"region": [f"r{i}" for i in range(count)]}
        | {name: [draw(SIZES) for _ in range(count)] for name in COLUMNS}
        | {"own_share": [draw(st.floats(0, 0.1)) for _ in range(count)]}
    )


@settings(deadline=None)
@given(units(), st.sampled_from(WAYS), st.floats(1, 1e6))
def test_an_amount_closes(table, way, amount) -> None:
    parts = split_amount(table, amount, way)["part"]
    assert parts.sum() == pytest.approx(amount)
    assert parts.min() >= 0


@settings(deadline=None)
@given(units(), st.sampled_from(WAYS), st.floats(0.01, 0.9))
def test_a_rate_closes_within_its_limits(table, way, rate) -> None:
    made = split_rate(table, rate, way)
    mean = (made["weight"] * made["rate"]).sum() / made["weight"].sum()
    assert mean == pytest.approx(rate)
    assert made["rate"].min() >= 0
    assert made["rate"].max() <= 0.99 + 1e-9


@settings(deadline=None)
@given(units(), st.sampled_from(WAYS), st.floats(0.15, 0.9))
def test_a_share_closes_and_nobody_falls_back(table, way, target) -> None:
    made = split_share(table, target, way)
    mean = (made["weight"] * made["rate"]).sum() / made["weight"].sum()
    assert mean == pytest.approx(target)
    assert (made["rate"] >= made["own_share"] - 1e-12).all()
    assert made["rate"].max() <= 1 + 1e-9


def test_limits_that_leave_no_way_and_missing_data_are_named() -> None:
    table = pl.DataFrame({"region": ["a", "b"], "weight": [1.0, 1.0], "gdp": [1.0, None]})
    with pytest.raises(TableError, match="limits"):
        split_rate(table, 0.5, find_way("equal_rate"), highest=0.4)
    with pytest.raises(TableError, match=r"gdp.*b"):
        split_rate(table, 0.5, find_way("gdp"))
    with pytest.raises(TableError, match="population"):
        split_rate(table, 0.5, find_way("population"))


def test_paths_end_at_the_target() -> None:
    for way in ("linear", "geometric"):
        assert drop_path(0.68, 2005, 2030, way)[2030] == pytest.approx(0.68)
        assert level_path(8, 20, 2020, 2030, way)[2030] == pytest.approx(20)
    with pytest.raises(TableError):
        drop_path(0.2, 2025, 2025, "linear")


def test_the_province_in_its_sixteen_cities_in_four_ways() -> None:
    found = allocate("carbon_intensity", 68, 2030, kind="drop", base_year=2005, example=True)
    assert len(found["rows"]) == 16 and len(found["ways"]) == 4
    assert all(value == pytest.approx(68) for value in found["closes"].values())
    richer = {row["name"]: row["capacity_to_pay_more"] for row in found["rows"]}
    assert richer["青岛市"] > 0 > richer["聊城市"]


def test_the_chosen_one_becomes_yearly_targets_of_the_cities(tmp_path) -> None:
    create_workspace(tmp_path / "w", example="shandong")
    folder = tmp_path / "w"
    found = allocate("carbon_intensity", 68, 2030, kind="drop", base_year=2005, folder=folder)
    desk = open_desk(folder)
    adopt(found, "equal_rate", desk)
    assert "target.allocate" in {one["action"] for one in entries(desk).items}
    with pytest.raises(AccessError):
        adopt(found, "population", Desk(desk.workspace, Actor("青岛", "city", "370200")))
    desk.workspace.close()
    lines = assess_workspace(2023, folder, region="370200")["targets"]
    own = [line for line in lines if line["plan"].startswith("分解")]
    assert [line["year"] for line in own] == list(range(2006, 2031))
    assert own[-1]["target"] == pytest.approx(68)
    assert own[-1]["units"] == ["青岛市人民政府"]
    assert own[17]["year"] == 2023 and own[17]["status"] in ("met", "missed")


@pytest.mark.long
def test_potential_and_cost_come_from_the_inventories_of_the_cities(tmp_path) -> None:
    create_workspace(tmp_path / "w", example="shandong")
    folder = tmp_path / "w"
    words = {"kind": "amount", "folder": folder, "ways": ["equal_rate", "potential", "cost"]}
    with pytest.raises(TableError, match="every region needs an inventory"):
        allocate("co2_energy", 100.0, 2030, **words)
    cities = [
        row["region"]
        for row in allocate("co2_energy", 100.0, 2030, kind="amount", folder=folder)["rows"]
    ]
    head = "地区代码,年份,行业,燃料,治理设施,数量,单位\n"
    rows = [f"{city},2014,乡村生活,原煤,无治理,{at + 1},万吨\n" for at, city in enumerate(cities)]
    (folder / "activity" / "fuel_use.csv").write_text(head + "".join(rows), encoding="utf-8")
    found = allocate("co2_energy", 100.0, 2030, **words)
    assert found["closes"]["potential"] == pytest.approx(100)
    parts = {row["region"]: row["potential"] for row in found["rows"]}
    assert parts[cities[3]] == pytest.approx(4 * parts[cities[0]], rel=1e-6)  # four times the coal
