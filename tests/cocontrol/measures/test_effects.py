"""Effects of each kind of edit, by hand, and what is not known."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from measure_tables import (
    CO2_COAL,
    CO2_GAS,
    NOX_PASSED,
    edit,
    measure,
    totals,
)

from xietong.cocontrol.measure_bases import bases
from xietong.cocontrol.measure_effects import Effects, effects
from xietong.cocontrol.measure_rows import greenhouse
from xietong.inventory.settings import Settings
from xietong.measures.apply import applied, table_of
from xietong.measures.measure import Edit, Measure

Tables = dict[str, pl.DataFrame]
COAL_GJ = 1000 * 20 + 5000  # of steel: 1000 t and 5000 GJ


def of(tables: Tables, settings: Settings, *measures: Measure, scale: float = 1.0) -> Effects:
    return effects([("it", measures)], tables, settings, 2020, scale=scale)


def coal(kind: str, **cells: str | int) -> Edit:
    return edit(kind, "sector=steel;fuel=coal", **cells)


def test_scale_saves_its_share_of_the_potential(tables: Tables, settings: Settings) -> None:
    one = measure("m", coal("scale", value="saved_share"), potential_share=0.4, saved_share=0.3)
    found = of(tables, settings, one).of("it")
    touched = COAL_GJ * 0.4 * 0.3
    assert found["co2_t"] == pytest.approx(touched * CO2_COAL)
    assert found["nox_t"] == pytest.approx(touched * 0.3 / 1000)
    assert found["co_t"] == pytest.approx(touched * 0.7 / 1000)
    assert found["ch4_t"] is None


def test_scale_below_zero_adds(tables: Tables, settings: Settings) -> None:
    one = measure("m", coal("scale", value="-0.25"), potential_share=0.4)
    assert of(tables, settings, one).of("it")["co2_t"] == pytest.approx(-COAL_GJ * 0.1 * CO2_COAL)


def test_shift_to_gas_brings_the_heat_that_is_needed(tables: Tables, settings: Settings) -> None:
    one = measure(
        "m",
        coal("shift", to="fuel=natural_gas", ratio="before / after"),
        potential_share=0.5, before=0.6, after=0.9,
    )  # fmt: skip
    found = of(tables, settings, one).of("it")
    moved = COAL_GJ * 0.5
    assert found["co2_t"] == pytest.approx(moved * (CO2_COAL - CO2_GAS * 0.6 / 0.9))
    assert found["nox_t"] == pytest.approx(moved * (0.3 - 0.05 * 0.6 / 0.9) / 1000)


def test_what_is_not_known_after_is_no_reduction(tables: Tables, settings: Settings) -> None:
    """CO of gas has no factor: without it the change is not known, not all of the coal's CO."""
    one = measure("m", coal("shift", to="fuel=natural_gas"), potential_share=0.5)
    made = of(tables, settings, one)
    assert made.of("it")["co_t"] is None
    assert made.unknown("it")["co_t"] == 2


def test_control_removes_what_passes_collection_and_operation(
    tables: Tables, settings: Settings
) -> None:
    one = measure("m", coal("control", to="control=+scr"), potential_share=0.25)
    found = of(tables, settings, one).of("it")
    assert found["nox_t"] == pytest.approx(COAL_GJ * 0.25 * 0.3 / 1000 * (1 - NOX_PASSED))


def test_a_device_does_not_make_an_unknown_control_known(
    tables: Tables, settings: Settings
) -> None:
    every = edit("control", "sector=chemicals", to="control=+scr")
    made = of(tables, settings, measure("m", every, potential_share=1))
    assert made.of("it")["nox_t"] is None and made.unknown("it")["nox_t"] == 1


def test_add_in_proportion_to_what_a_step_touched(tables: Tables, settings: Settings) -> None:
    """Coal goes, electricity comes: its CO2 is said by region, apart from what is burnt."""
    to = "sector=industry;direction=in"
    power = edit("add", step=2, table="electricity_exchange", column="electricity_mwh", of=1,
                 amount_per_unit="0.1", to=to)  # fmt: skip
    one = measure("m", coal("scale", value="1"), power, potential_share=0.5)
    made = of(tables, settings, one)
    found = made.of("it")
    assert found["co2_t"] == pytest.approx(COAL_GJ * 0.5 * CO2_COAL)
    assert found["nox_t"] == pytest.approx(COAL_GJ * 0.5 * 0.3 / 1000)
    assert made.states["it"].amounts["m", 2] == pytest.approx({"370100": 1000.0, "370200": 250.0})
    assert found["co2_electricity_t"] is not None and found["co2_electricity_t"] < -100


def test_add_by_units(tables: Tables, settings: Settings) -> None:
    more = edit("add", amount_per_unit="per", to="region=370100;sector=steel;fuel=natural_gas")
    one = measure("m", more, potential_units=3, per=50)
    made = of(tables, settings, one)
    assert made.of("it")["co2_t"] == pytest.approx(-150 * CO2_GAS)
    assert made.states["it"].units == {"m": 3}


def test_units_are_spread_over_the_rows_and_never_more_than_there_is(
    tables: Tables, settings: Settings
) -> None:
    one = measure("m", coal("scale", value="0.5", amount_per_unit="100"), potential_units=10)
    made = of(tables, settings, one)
    assert made.of("it")["co2_t"] == pytest.approx(500 * CO2_COAL)
    assert made.of("it", "370100")["co2_t"] == pytest.approx(500 * CO2_COAL * 20000 / COAL_GJ)
    much = measure("m", coal("scale", value="0.5", amount_per_unit="100"), potential_units=1e6)
    cut = of(tables, settings, much)
    assert cut.of("it")["co2_t"] == pytest.approx(COAL_GJ / 2 * CO2_COAL)
    assert any("cut to it" in one for one in cut.states["it"].warnings)
    assert cut.states["it"].units["m"] == pytest.approx(COAL_GJ / 100)


def test_a_later_step_sees_what_the_steps_before_left(tables: Tables, settings: Settings) -> None:
    half = coal("shift", to="fuel=natural_gas")
    gas = edit("scale", "sector=steel;fuel=natural_gas", step=2, value="1")
    made = of(tables, settings, measure("m", half, gas, potential_share=0.5))
    gas_gone = (700 + COAL_GJ * 0.5) * 0.5
    expected = COAL_GJ * 0.5 * (CO2_COAL - CO2_GAS) + gas_gone * CO2_GAS
    assert made.of("it")["co2_t"] == pytest.approx(expected)


def test_shift_to_itself_is_nothing(tables: Tables, settings: Settings) -> None:
    one = measure("m", coal("shift", to="fuel=raw_coal"), potential_share=0.7)
    found = of(tables, settings, one).of("it")
    assert found["co2_t"] == pytest.approx(0, abs=1e-9)
    assert found["nox_t"] == pytest.approx(0, abs=1e-9)


def test_a_measured_value_goes_with_the_fuel_it_was_measured_on(
    tables: Tables, settings: Settings
) -> None:
    measured = {
        "fuel_use": tables["fuel_use"].with_columns(
            ncv_gj_per_t=pl.when(pl.col("fuel_t") > 0).then(16.0)
        )
    }
    one = measure("m", coal("shift", to="fuel=natural_gas"), potential_share=1)
    made = of(measured, settings, one)
    assert all(np.isnan(block.column("ncv_gj_per_t")).all() for block in made.states["it"].came)
    kept = of(
        measured, settings, measure("m", coal("control", to="control=+scr"), potential_share=1)
    )
    assert 16.0 in kept.states["it"].came[0].column("ncv_gj_per_t").tolist()
    found = made.of("it")
    assert found["co2_t"] == pytest.approx((1000 * 16 + 5000) * (CO2_COAL - CO2_GAS))


def test_a_measure_that_finds_nothing_says_what_it_sought(
    tables: Tables, settings: Settings
) -> None:
    wrong = edit("scale", "sector=residential;fuel=coal", value="1")
    made = of(tables, settings, measure("m", wrong, potential_share=1))
    assert made.states["it"].missed == ["fuel_use: sector=residential; fuel=coal"]
    assert made.of("it") == {}
    trucks = edit("scale", "vehicle=truck_heavy", table="road_fleet", column="vehicles", value="1")
    absent = of(tables, settings, measure("m", trucks, potential_share=1))
    assert absent.states["it"].missed == ["road_fleet: vehicle=truck_heavy"]


def test_places_of_a_measure(tables: Tables, settings: Settings) -> None:
    one = replace(measure("m", coal("scale", value="1"), potential_share=1), regions=("370200",))
    assert of(tables, settings, one).of("it")["co2_t"] == pytest.approx(5000 * CO2_COAL)
    every = replace(one, regions=("370000",))
    assert of(tables, settings, every).of("it")["co2_t"] == pytest.approx(COAL_GJ * CO2_COAL)


def test_fleet_moves_to_another_sheet(settings: Settings) -> None:
    """Buses become electric: the exhaust goes, the indirect CO2 of charging comes."""
    fleet = pl.DataFrame(
        {"region": ["370200"], "year": [2020], "sector": ["road"], "facility": [""],
         "vehicle": ["bus"], "fuel": ["diesel"], "standard": ["china5"], "vehicles": [100.0],
         "km_per_vehicle": [50000.0]}
    )  # fmt: skip
    to = "carrier=electricity;electricity_kwh_per_km=1.2;charging_loss_share=0.1"
    buses = edit("shift", "vehicle=bus", table="road_fleet", column="vehicles",
                 to_table="electric_fleet", to=to)  # fmt: skip
    one = measure("m", buses, potential_share=0.3)
    made = of({"road_fleet": fleet}, settings, one)
    block = made.states["it"].came[0]
    assert block.table.name == "electric_fleet"
    assert block.column("km_per_vehicle").tolist() == [50000.0]
    assert block.given("vehicles").tolist() == pytest.approx([30.0])
    found = made.of("it")
    assert found["co2_electricity_t"] is not None and found["co2_electricity_t"] < 0
    assert found["nox_t"] is None or found["nox_t"] > 0


def test_a_number_that_is_no_amount(settings: Settings) -> None:
    """A better heat rate of 40 % of a unit saves its share of the coal."""
    unit = pl.DataFrame(
        {"region": ["370200"], "year": [2020], "sector": ["public_power"], "facility": ["u1"],
         "fuel": ["raw_coal"], "technology": ["unknown"], "control": ["none"],
         "capacity_mw": [300.0], "hours_h": [5000.0], "heat_rate_gj_per_mwh": [9.0]}
    )  # fmt: skip
    better = edit("scale", "fuel=coal", table="power_units", column="heat_rate_gj_per_mwh",
                  value="0.05")  # fmt: skip
    found = of({"power_units": unit}, settings, measure("m", better, potential_share=0.4)).of("it")
    assert found["co2_t"] == pytest.approx(300 * 5000 * 9 * 0.05 * 0.4 * CO2_COAL)


def own_carbon(settings: Settings, kwh_per_t: float | None) -> Settings:
    """The same inventory, with the power that SCR takes per tonne of NOx removed."""
    path = settings.workspace / "factors" / "abatement" / "device_use.csv"  # type: ignore[operator]
    path.parent.mkdir(exist_ok=True)
    head = (
        "device,item,pollutant,reagent,parameter,value,unit,valid_from,valid_to,u95_low,u95_high,"
    )
    tail = ",,,,,definition,test,V,2026-11-21\n"
    rows = "".join(
        f"scr,{item},nox,none,{name},{value},x,{tail}"
        for item, name, value in (
            ("electricity", "electricity_kwh_per_t", kwh_per_t if kwh_per_t is not None else ""),
            ("urea", "urea_t_per_t", 0.5),
            ("n2o", "n2o_kg_per_t", 2.0),
        )
    )
    path.write_text(f"{head}distribution,source,locator,confidence,checked_on\n{rows}", "utf-8")
    return replace(settings, control_carbon=True)


def test_a_new_device_brings_its_power_and_its_reagent(tables: Tables, settings: Settings) -> None:
    one = measure("m", coal("control", to="control=+scr"), potential_share=0.25)
    asked = own_carbon(settings, 1500.0)
    made = of(tables, asked, one).of("it")
    removed = COAL_GJ * 0.25 * 0.3 / 1000 * (1 - NOX_PASSED)
    assert made["nox_t"] == pytest.approx(removed)
    assert made["co2_t"] == pytest.approx(-removed * 0.5 * 44 / 60)
    power = made["co2_control_electricity_t"]
    assert power is not None and power < 0
    whole = {**tables, **of_table(tables, asked, one)}
    with_it, without = totals(whole, asked), totals(tables, asked)
    for name in ("co2_t", "co2_control_electricity_t", "n2o_t"):
        expected = (without.get(name) or 0) - (with_it[name] or 0)
        assert made[name] == pytest.approx(expected, rel=1e-6)


def of_table(tables: Tables, settings: Settings, one: Measure) -> Tables:
    state = applied([one], bases(tables, ["fuel_use"], 2020, settings))
    return {"fuel_use": table_of(state, "fuel_use")}


def test_a_new_device_of_unknown_use_is_not_free(tables: Tables, settings: Settings) -> None:
    one = measure("m", coal("control", to="control=+scr"), potential_share=0.25)
    made = of(tables, own_carbon(settings, None), one)
    assert made.of("it")["co2_control_electricity_t"] is None
    assert greenhouse(made.of("it"), "AR5") is None
    assert made.silent("it") == 2
