"""The inventory page shows nobody more than they may read, whatever the activity is kept in."""

import polars as pl
import pytest

from xietong.app import pages_inventory as use
from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.errors import AccessError

HEAD = "地区代码,年份,行业,燃料,数量,单位\n"
ROWS = "370100,2023,火力发电,原煤,10,吨\n370200,2023,火力发电,原煤,20,吨\n"


@pytest.fixture(params=["csv", "parquet"])
def full(desk, tmp_path, request):
    folder = desk.workspace.root / "activity"
    if request.param == "csv":
        (folder / "fuel_use.csv").write_text(HEAD + ROWS, encoding="utf-8")
    else:
        pl.DataFrame(
            {
                "region": ["370100", "370200"],
                "year": [2023, 2023],
                "sector": ["public_power"] * 2,
                "facility": ["", ""],
                "fuel": ["raw_coal"] * 2,
                "technology": ["unknown"] * 2,
                "control": ["unknown"] * 2,
                "fuel_t": [10.0, 20.0],
            }
        ).write_parquet(folder / "fuel_use.parquet")
    return desk


def at(desk, *rest):
    return Desk(desk.workspace, Actor("someone", *rest))


def test_a_city_sees_its_own(full):
    city = at(full, "city", "370100")
    whole, own = use.totals(full, 2023), use.totals(city, 2023)
    assert {row["region"] for row in whole["totals"]} == {"370100", "370200"}
    assert {row["region"] for row in own["totals"]} == {"370100"}
    assert own["warnings"] == []
    assert {row["region"] for row in use.structure(city, 2023, "co2_t")} <= {"370100"}
    for refused in (lambda: use.checked(city), lambda: use.compared(city, "-", "-", "co2_t")):
        with pytest.raises(AccessError):
            refused()
    told = use.explained(city, 2023, "co2_t")
    assert {row["activity"]["region"] for row in told["rows"]} == {"370100"}


def test_an_enterprise_sees_nothing_of_others(full):
    plant = at(full, "enterprise", "370000", "E1")
    assert use.totals(plant, 2023)["totals"] == []
    for refused in (
        lambda: use.explained(plant, 2023, "co2_t"),
        lambda: use.checked(plant),
        lambda: use.compared(plant, "-", "-", "co2_t"),
    ):
        with pytest.raises(AccessError):
            refused()
