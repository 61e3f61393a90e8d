"""The inventory page shows nobody more than they may read, whatever the activity is kept in."""

import polars as pl
import pytest

from xietong.app import pages_inventory as use
from xietong.app.access import Actor
from xietong.app.audit import entries
from xietong.app.desk import Desk
from xietong.app.inventory_keep import forget, keep_run
from xietong.errors import AccessError, TableError

HEAD = "地区代码,年份,行业,燃料,数量,单位\n"
ROWS = "370100,2023,火力发电,柴油,10,吨\n370200,2023,火力发电,柴油,20,吨\n"


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
                "fuel": ["diesel"] * 2,
                "technology": ["unknown"] * 2,
                "control": ["unknown"] * 2,
                "fuel_t": [10.0, 20.0],
            }
        ).write_parquet(folder / "fuel_use.parquet")
    return desk


def at(desk, *rest):
    return Desk(desk.workspace, Actor("someone", *rest))


NOW = use.View(2023)


def test_a_city_sees_its_own(full):
    city = at(full, "city", "370100")
    whole, own = use.totals(full, NOW), use.totals(city, NOW)
    assert {row["region"] for row in whole["totals"]} == {"370100", "370200"}
    assert {row["region"] for row in own["totals"]} == {"370100"}
    assert use.places(city)["regions"] == {"370100": "济南市"}
    assert len(own["warnings"]) == len(whole["warnings"])
    for told, of_all in zip(own["warnings"], whole["warnings"], strict=True):
        assert told["message"] != of_all["message"] or told["code"] != "not-estimated"
    assert {row["region"] for row in use.structure(city, NOW, "co2_t")} == {"370100"}
    assert {row["region"] for row in use.checked(city)["completeness"]} == {"370100"}
    ten, thirty = (
        sum(row["left"] for row in use.compared(who, "-", "-", "co2_t")["rows"])
        for who in (city, full)
    )
    assert thirty == pytest.approx(3 * ten)
    assert use.trend(city, NOW, "co2_t")[0]["value"] == pytest.approx(ten)
    told = use.explained(city, NOW, "co2_t")
    assert {row["activity"]["region"] for row in told["rows"]} == {"370100"}


def test_one_region_of_several(full):
    part = use.View(2023, region="370200")
    assert {row["region"] for row in use.totals(full, part)["totals"]} == {"370200"}
    assert sum(row["value"] for row in use.structure(full, part, "co2_t")) == pytest.approx(
        2 / 3 * sum(row["value"] for row in use.structure(full, NOW, "co2_t"))
    )


def test_settings_are_chosen_for_a_view(full):
    def co2(view):
        return next(r["value_t"] for r in use.totals(full, view)["sums"] if r["species"] == "co2_t")

    assert co2(use.View(2023, programme="enterprise-24")) != co2(NOW)
    names = {r["species"] for r in use.totals(full, use.View(2023, gwp="AR6"))["sums"]}
    assert "co2e_ar6_t" in names
    parts = use.gases(full, NOW)
    equivalents = sum(row["value"] for row in use.structure(full, NOW, use.GASES))
    assert sum(row["value"] for row in parts) == pytest.approx(equivalents)


def test_an_enterprise_sees_nothing_of_others(full):
    plant = at(full, "enterprise", "370000", "E1")
    assert use.places(plant) == {"years": [], "regions": {}}
    for refused in (
        lambda: use.totals(plant, NOW),
        lambda: use.structure(plant, NOW, "co2_t"),
        lambda: use.trend(plant, NOW, "co2_t"),
        lambda: use.explained(plant, NOW, "co2_t"),
        lambda: use.checked(plant),
        lambda: use.compared(plant, "-", "-", "co2_t"),
    ):
        with pytest.raises(AccessError):
            refused()


def test_kept_results_keep_the_borders(full):
    keep_run(full, "all", NOW)
    city = at(full, "city", "370100")
    assert {row["region"] for row in use.kept_totals(city, "all")} == {"370100"}
    found = use.compared(city, "saved=all", "-", "co2_t")
    assert found["rows"] and all(row["change"] == pytest.approx(0) for row in found["rows"])
    with pytest.raises(AccessError):
        forget(city, "all")
    forget(full, "all")
    assert use.results(full) == []
    assert [one["action"] for one in entries(full).items][:2] == [
        "inventory.forget",
        "inventory.keep",
    ]


@pytest.mark.parametrize("side", ["/etc", "../w", "saved=../../x", "nothing", "a/b=c"])
def test_no_side_reaches_outside_the_workspace(full, side):
    with pytest.raises(TableError):
        use.compared(full, side, "-", "co2_t")
