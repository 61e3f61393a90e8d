"""The shipped catalogue: over all sectors of the plans, every value with its source, every edit finds its source."""

import csv
import math
from collections.abc import Iterable
from importlib import resources

import polars as pl
import pytest

from xietong import params
from xietong.measures.apply import applied
from xietong.measures.blocks import Base
from xietong.measures.measure import Condition, Edit, Measure, Value
from xietong.measures.shipped import catalogue
from xietong.params.sources import sources
from xietong.tables import schemas

OPEN = "ceiling-open"  # the potential is the user's to give
WEAK = "unverified"
PLANS = (  # words of the plans: at least one measure's name, theme or id must carry each
    "三改联动", "光伏", "陆上风电", "海上风电", "核电", "热泵", "余热", "电炉", "氢", "生物质", "电机",
    "超低排放", "VOCs 末端", "源头替代", "油品储运销", "公转铁", "公转水", "公交", "出租", "私家车", "货车", "岸电",
    "非道路", "农机", "既有建筑", "屋顶光伏", "散煤", "煤改气", "粪污", "饲料", "化肥", "秸秆", "稻田", "填埋气",
    "零填埋", "厨余", "污泥", "污水处理厂", "再生水", "造林", "森林", "湿地", "海草", "固废", "再生铝", "含氟",
    "甲烷", "炉窑", "CCS", "外电入鲁", "扬尘", "N2O",
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> dict[str, Measure]:
    return catalogue()


def own(values: Iterable[Value]) -> list[Value]:
    return [one for one in values if one.source != OPEN]


def has_cost(one: Measure) -> bool:
    return bool({"investment_cny", "annual_cny_per_year"} & set(one.cost))


def sourced(one: Measure) -> bool:
    """Effect and cost: each has values of its own, and all of them name a source that was read."""
    effect = own(one.effect.values())
    values = [*effect, *one.cost.values()]
    return bool(effect) and has_cost(one) and all(value.source != WEAK for value in values)


def test_as_many_measures_and_sources_as_promised(shipped: dict[str, Measure]) -> None:
    assert len(shipped) >= 80
    assert sum(sourced(one) for one in shipped.values()) >= 40


def test_no_id_and_no_name_twice_and_both_languages(shipped: dict[str, Measure]) -> None:
    path = resources.files("xietong.measures") / "catalogue" / "measures.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for column in ("id", "name_zh", "name_en"):
        assert len({row[column] for row in rows}) == len(rows), column
    for row in rows:
        assert all(row[column] for column in ("name_zh", "name_en", "sector", "theme", "unit")), row
        assert row["name_en"].isascii() or "°" in row["name_en"], row["name_en"]
    assert set(shipped) == {row["id"] for row in rows}


def test_every_theme_of_the_plans_has_a_measure(shipped: dict[str, Measure]) -> None:
    words = [f"{one.name_zh} {one.theme}" for one in shipped.values()]
    assert [word for word in PLANS if not any(word in text for text in words)] == []


def test_every_source_exists_and_every_value_says_where(shipped: dict[str, Measure]) -> None:
    known = sources()
    for one in shipped.values():
        for value in (*one.effect.values(), *one.cost.values()):
            assert value.source in known and value.locator, (one.id, value)
            assert (value.confidence == "K") == (value.source == WEAK), (one.id, value)


def test_an_unsourced_share_is_left_to_the_user(shipped: dict[str, Measure]) -> None:
    """A potential is the whole of what is matched, one unit or one per cent, and says so."""
    for one in shipped.values():
        for name in ("potential_share", "potential_units"):
            if name in one.effect:
                assert one.effect[name].source == OPEN, one.id
                assert one.effect[name].value in {1.0, 0.01}, one.id


def test_no_effect_rests_on_memory_but_the_hours_of_heating(shipped: dict[str, Measure]) -> None:
    """Hours only say how many MW a share is: they move costs, never tonnes of a share."""
    weak = {
        (one.id, name)
        for one in shipped.values()
        for name, value in one.effect.items()
        if value.source == WEAK
    }
    assert {name for _, name in weak} <= {"full_load_hours"}
    assert all("potential_share" in shipped[name].effect for name, _ in weak)


def test_money_is_yuan_of_a_year(shipped: dict[str, Measure]) -> None:
    for one in shipped.values():
        for name, value in one.cost.items():
            if name.endswith(("_cny", "_cny_per_year")):
                assert value.unit == f"CNY/{one.unit}", (one.id, name)
        if has_cost(one) and one.id != "steel-ccs":  # its table prints no price year
            assert 1990 <= one.cost["price_year"].value <= 2025, one.id


def test_costs_are_their_originals_at_the_rate_of_their_year(shipped: dict[str, Measure]) -> None:
    """Investment in foreign money times the rate of its price year; nothing rounded away."""
    rates = {
        (row["item"], row["valid_from"]): row["value"]
        for row in params.read_long("measures/prices").iter_rows(named=True)
    }
    checked = 0
    for row in params.read_long("measures/original").iter_rows(named=True):
        if row["parameter"] != "investment" or not has_cost(shipped[row["measure"]]):
            continue
        money, _ = row["unit"].split("/")
        currency, year = money[:3], money[3:]
        rate = 1.0 if currency == "CNY" else rates[currency, year]
        cost = shipped[row["measure"]].cost
        assert math.isclose(cost["investment_cny"].value, row["value"] * rate, rel_tol=1e-4)
        assert cost["price_year"].value == int(year), row["measure"]
        checked += 1
    assert checked >= 30


def test_savings_of_heat_are_the_difference_of_two_fuels(shipped: dict[str, Measure]) -> None:
    """Hours × 3.6 × (coal / efficiency before − electricity / efficiency after), at one set of prices."""
    table = params.read_long("measures/prices").filter(pl.col("parameter") != "cny_per_unit")
    price = dict(zip(table["item"], table["value"], strict=True))
    for name in ("industry-electric-boiler", "residential-coal-to-heat-pump"):
        effect, cost = shipped[name].numbers, shipped[name].cost
        of_heat = (
            price["coal"] / effect["efficiency_before"]
            - price["electricity"] / 3.6 / effect["efficiency_after"]
        )
        expected = effect["full_load_hours"] * 3.6 * of_heat
        assert math.isclose(cost["saving_cny_per_year"].value, expected, rel_tol=1e-4), name


def test_shares_of_the_american_curves_are_those_of_china(shipped: dict[str, Measure]) -> None:
    """Read off the table by hand: 20 USD/t coal mines 265.28 of 435.66 Mt, 100 USD/t rice 19.11 of 85.55 Mt."""
    assert math.isclose(shipped["coal-mine-methane"].numbers["saved_share"], 0.6089, abs_tol=1e-4)
    assert math.isclose(shipped["rice-water-saving"].numbers["saved_share"], 0.2234, abs_tol=1e-4)


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_edit_finds_a_source_that_is_as_it_says(
    name: str, shipped: dict[str, Measure]
) -> None:
    one = shipped[name]
    state = applied([one], {table: _base(table, one) for table in _tables(one)})
    assert state.missed == []
    assert not [text for text in state.warnings if "没有匹配" in text], state.warnings


def _tables(one: Measure) -> set[str]:
    return {table for edit in one.edits for table in (edit.table, edit.to_table or edit.table)}


def _base(table: str, one: Measure) -> Base:
    """A table with a row for each step that looks for something in it, large enough for a unit."""
    steps = [edit for edit in one.edits if edit.table == table and edit.edit != "add"]
    amounts = {edit.column for edit in one.edits if edit.table == table}
    amounts |= {edit.to_column for edit in one.edits if edit.to_table == table}
    numbers = set(schemas()[table].numbers)
    rows = [_row(edit) for edit in steps] or [{}]
    columns = {key for row in rows for key in row} | {"region", "year"}
    frame = pl.DataFrame(
        [
            {key: row.get(key) for key in columns} | {"region": "370000", "year": 2020}
            for row in rows
        ]
    )
    frame = frame.with_columns(pl.lit(1e9).alias(column) for column in amounts & numbers)
    return Base(table, frame, tuple(column for column in amounts if column in numbers and column))


def _row(edit: Edit) -> dict[str, str]:
    return {one.column: _word(one, edit) for one in edit.where}


def _word(one: Condition, edit: Edit) -> str:
    if not one.unlike:
        return one.values[0]
    if one.column == "control":
        return "none"
    column = schemas()[edit.table].column(one.column)
    return next(c.split("=")[0] for c in column.choices if c.split("=")[0] not in one.values)


def test_a_measure_with_no_source_to_find_is_missed(shipped: dict[str, Measure]) -> None:
    """The test above would see it: wind finds no source where only gas is burnt."""
    rows = {
        "region": ["370000"],
        "year": [2020],
        "sector": ["public_power"],
        "fuel": ["natural_gas"],
    }
    frame = pl.DataFrame(rows).with_columns(energy_gj=pl.lit(1e9))
    state = applied(
        [shipped["wind-onshore"]], {"fuel_use": Base("fuel_use", frame, ("energy_gj",))}
    )
    assert state.missed and not state.came


def test_a_share_written_into_a_row_is_the_sourced_one(shipped: dict[str, Measure]) -> None:
    """A column cannot hold the name of a parameter: the number there is that of ``removed_share``."""
    found = 0
    for one in shipped.values():
        for edit in one.edits:
            if "n2o_removed_share" in edit.to:
                assert float(edit.to["n2o_removed_share"]) == one.numbers["removed_share"]
                found += 1
    assert found == 2
