"""Costs of measures, options for optimisation, and a cost curve on which measures overlap."""

from dataclasses import replace

import polars as pl
import pytest
from measure_tables import CO2_COAL, edit, measure

from xietong.cocontrol.annual_cost import annual_cost, capital_recovery
from xietong.cocontrol.choices import Choices
from xietong.cocontrol.evaluate import evaluate
from xietong.cocontrol.measure_curve import curve_on
from xietong.cocontrol.measure_effects import Effects, Scenario, effects
from xietong.cocontrol.measure_rows import cost_of, results
from xietong.cocontrol.options import options
from xietong.inventory.settings import Settings
from xietong.measures.measure import Measure, Value

Tables = dict[str, pl.DataFrame]
STEEL_GJ = 25000.0


def priced(one: Measure, **cost: float) -> Measure:
    values = {
        name: Value(value, "CNY/GJ", None, None, "s", "l", "V") for name, value in cost.items()
    }
    return replace(one, cost=values)


def saving(name: str, share: float, **cost: float) -> Measure:
    cut = edit("scale", "sector=steel;fuel=coal", value="1", amount_per_unit="1")
    return priced(measure(name, cut, potential_share=share), **cost)


def made(tables: Tables, settings: Settings, *measures: Measure) -> tuple[Effects, list[Measure]]:
    return effects([(one.id, [one]) for one in measures], tables, settings, 2020), list(measures)


def test_costs_are_per_unit_and_annualised(tables: Tables, settings: Settings) -> None:
    """10 000 GJ at 30 CNY over 20 years at 5 %, 2 of O&M, 1 saved, by the annuity formula."""
    one = saving(
        "m", 0.4, investment_cny=30, life_years=20, om_cny_per_year=2, saving_cny_per_year=1,
        price_year=2020,
    )  # fmt: skip
    found, _ = results([one], made(tables, settings, one)[0], {"co2_t": 5e6}, "AR5")
    assert found[0].units == pytest.approx(0.4 * STEEL_GJ)
    factor = 0.05 * 1.05**20 / (1.05**20 - 1)
    expected = 10_000 * (30 * factor + 2 - 1)
    assert found[0].row.cost is not None
    assert annual_cost(found[0].row.cost, 0.05) == pytest.approx(expected)
    line = evaluate([found[0].row], Choices(interest=0.05))["measures"][0]
    assert line["unit_cost"]["co2_t"] == pytest.approx(expected / (10_000 * CO2_COAL))
    assert found[0].row.cost.price_year == 2020


@pytest.mark.parametrize(("interest", "life", "share"), [(0.0, 8.0, 0.125), (0.07, 1.0, 1.07)])
def test_no_interest_and_one_year(interest: float, life: float, share: float) -> None:
    assert capital_recovery(interest, life) == pytest.approx(share)
    values = {"investment_cny": 50.0, "om_cny_per_year": 0.0, "saving_cny_per_year": 0.0}
    cost = cost_of(
        {n: Value(v, "CNY/t", None, None, "s", "l", "V") for n, v in {**values, "life_years": life}.items()},
        3.0,
    )  # fmt: skip
    assert cost is not None
    assert annual_cost(cost, interest) == pytest.approx(150 * share)


def test_without_a_cost_it_is_evaluated_and_takes_no_part(
    tables: Tables, settings: Settings
) -> None:
    free, dear = saving("free", 0.2), saving("dear", 0.2, annual_cny_per_year=10)
    part = saving("part", 0.2, investment_cny=10, life_years=5)
    done, all_ = made(tables, settings, free, dear, part)
    found, missing = results(all_, done, {"co2_t": 5e6}, "AR5")
    assert not missing
    lines = evaluate([one.row for one in found], Choices())["measures"]
    assert [line["unit_cost"]["co2_t"] is None for line in lines] == [True, False, True]
    assert "takes no part" in " ".join(lines[0]["warnings"])
    taking, left = options(found, 0.05)
    assert [one.option for one in taking] == ["dear"]
    assert left == {"free": "cost-unknown", "part": "cost-unknown"}


def test_an_option_says_what_it_excludes_and_what_is_not_known(
    tables: Tables, settings: Settings
) -> None:
    gas = edit("shift", "sector=steel;fuel=coal", to="fuel=natural_gas", amount_per_unit="1")
    one = priced(measure("gas", gas, group="boilers", potential_share=1), annual_cny_per_year=2)
    other = saving("lone", 0.1, annual_cny_per_year=1)
    done, all_ = made(tables, settings, one, other)
    taking, _ = options(results(all_, done, {}, "AR5")[0], 0.05)
    assert [option.source for option in taking] == ["boilers", "lone"]
    assert taking[0].annual_cny == pytest.approx(2 * STEEL_GJ)
    assert "co_t" in taking[0].lacking and "co_t" not in taking[0].reductions
    assert taking[1].reductions["co2_t"] == pytest.approx(STEEL_GJ * 0.1 * CO2_COAL)


def test_a_baseline_has_the_boundary_of_the_measure(tables: Tables, settings: Settings) -> None:
    """CO2 equivalents of the baseline count only the gases that the measure speaks of."""
    one = saving("m", 0.5)
    done, all_ = made(tables, settings, one)
    baseline = {"co2_t": 1000.0, "ch4_t": None, "co2_electricity_t": 400.0}
    row = results(all_, done, baseline, "AR5")[0][0].row
    assert row.baseline["co2e_t"] == 1000.0


def test_measures_on_the_same_sources_share_what_there_is(
    tables: Tables, settings: Settings
) -> None:
    cheap, dear = (
        saving("cheap", 0.5, annual_cny_per_year=1),
        saving("dear", 0.5, annual_cny_per_year=9),
    )
    apart = priced(
        measure("apart", edit("scale", "sector=chemicals", value="1", amount_per_unit="1"),
                potential_share=0.5), annual_cny_per_year=5,
    )  # fmt: skip
    done, all_ = made(tables, settings, dear, apart, cheap)
    found, _ = results(all_, done, {"co2_t": 5e6}, "AR5")
    chosen = Choices(curve="co2_t", interaction="none")
    curve = evaluate([one.row for one in found], chosen)["cost_curve"]

    def run(scenarios: list[Scenario]) -> Effects:
        return effects(scenarios, tables, settings, 2020)

    by_id = {one.id: one for one in all_}
    bars = {b["measure"]: b for b in curve_on(curve, by_id, done.states, run, "AR5")["bars"]}  # type: ignore[arg-type]
    assert list(bars) == ["cheap", "apart", "dear"]
    assert bars["cheap"]["reduction"] == pytest.approx(STEEL_GJ * 0.5 * CO2_COAL)
    assert bars["dear"]["reduction"] == pytest.approx(STEEL_GJ * 0.25 * CO2_COAL)
    assert bars["dear"]["annual_cny"] == pytest.approx(9 * STEEL_GJ * 0.25)
    assert bars["dear"]["unit_cost"] == pytest.approx(bars["dear"]["unit_cost_alone"])
    assert bars["apart"]["reduction"] == pytest.approx(900 * 0.5 * CO2_COAL)
    assert bars["dear"]["from_t"] == pytest.approx(bars["apart"]["to_t"])
