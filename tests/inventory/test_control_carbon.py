"""A control brings its own carbon: exactly what its row says, on every engine, nowhere twice."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.engine import open_engine
from xietong.errors import TableError
from xietong.inventory.control_carbon import with_control_carbon
from xietong.inventory.control_report import control_report
from xietong.inventory.run import Inventory, run
from xietong.inventory.settings import Settings
from xietong.inventory.uncertainty import ranges

HEAD = "parameter,value,unit,valid_from,valid_to,u95_low,u95_high,distribution,source,locator,confidence,checked_on\n"
OWN_USE = {
    ("fgd_limestone", "electricity", "so2", "electricity_kwh_per_t"): 900,
    ("scr", "electricity", "nox", "electricity_kwh_per_t"): 450,
    ("scr", "urea", "nox", "urea_t_per_t"): 0.7,
    ("scr", "n2o", "nox", "n2o_kg_per_t"): 3,
}
REMOVED = {("fgd_limestone", "so2"): 0.94, ("scr", "nox"): 0.8}  # of params/control/devices.csv
GRID, N2O_AR5 = 0.6191, 265.0  # Shandong 2023 kg/kWh; GWP-100


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that states what its devices use."""
    root = tmp_path_factory.mktemp("w")
    (root / "factors").mkdir()
    lines = [
        f"{device},{item},{pollutant},none,{name},{value},x,,,,,,unverified,for the test,K,2026-11-21"
        for (device, item, pollutant, name), value in OWN_USE.items()
    ]
    text = "device,item,pollutant,reagent," + HEAD + "\n".join(lines) + "\n"
    (root / "factors" / "device_use.csv").write_text(text, encoding="utf-8")
    return root


def sinter(
    control: str, output_t: float = 1e6, so2: float = 1.5, nox: float = 0.7, facility: str = "甲"
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "region": ["370200"],
            "year": [2023],
            "sector": ["steel_processes"],
            "facility": [facility],
            "product": ["sinter"],
            "process": ["average"],
            "control": [control],
            "output_t": [output_t],
            "so2_kg_per_t": [so2],
            "nox_kg_per_t": [nox],
        }
    )


def inventory(
    tables: Mapping[str, pl.DataFrame], chosen: Settings, engine: str = "polars"
) -> Inventory:
    door = open_engine(engine)
    return run({name: door.frame(table) for name, table in tables.items()}, door, chosen)


def value(made: Inventory, species: str, sector: str = "pollution_control") -> float | None:
    table = pl.concat([made.totals, made.memo], how="diagonal_relaxed")
    found = table.filter(species=species, sector=sector)["value"]
    return found.item() if found.len() else None


def expected(output_t: float, so2: float, nox: float) -> dict[str, float]:
    """What scr + fgd_limestone add, by hand."""
    so2_t = output_t * so2 / 1000 * REMOVED["fgd_limestone", "so2"]
    nox_t = output_t * nox / 1000 * REMOVED["scr", "nox"]
    direct = so2_t * 44 / 64 + nox_t * 0.7 * 44 / 60
    n2o = nox_t * 3 / 1000
    return {
        "co2_t": direct,
        "n2o_t": n2o,
        "co2e_ar5_t": direct + n2o * N2O_AR5,
        "co2_control_electricity_t": (so2_t * 900 + nox_t * 450) * GRID / 1000,
    }


@pytest.mark.parametrize(
    "engine", ["polars", "duckdb", pytest.param("spark", marks=pytest.mark.long)]
)
def test_a_control_added_raises_carbon_by_what_its_row_says(engine: str, own: Path) -> None:
    pytest.importorskip({"polars": "polars", "duckdb": "duckdb", "spark": "pyspark"}[engine])
    on = Settings(workspace=own, control_carbon=True)
    bare = inventory({"industrial_output": sinter("none")}, on, engine)
    assert value(bare, "co2_t") is None  # no device, no row
    made = inventory({"industrial_output": sinter("scr+fgd_limestone")}, on, engine)
    for species, amount in expected(1e6, 1.5, 0.7).items():
        assert value(made, species) == pytest.approx(amount, rel=1e-9), species
    for species in ("so2_t", "nox_t"):
        before, after = (value(one, species, "steel_processes") for one in (bare, made))
        assert before is not None and after is not None and after < before


@settings(max_examples=20, deadline=None)
@given(
    st.floats(1, 1e7),
    st.floats(0.01, 5),
    st.floats(0.01, 5),
)
def test_by_any_output_and_factor(own: Path, output_t: float, so2: float, nox: float) -> None:
    on = Settings(workspace=own, control_carbon=True)
    table = sinter("scr+fgd_limestone", output_t, so2, nox)
    made = inventory({"industrial_output": table}, on)
    for species, amount in expected(output_t, so2, nox).items():
        assert value(made, species) == pytest.approx(amount, rel=1e-9), species


def test_off_unless_asked_for(own: Path) -> None:
    tables = {"industrial_output": sinter("scr+fgd_limestone")}
    off = inventory(tables, Settings(workspace=own))
    assert "pollution_control" not in off.totals["sector"].to_list()
    on = inventory(tables, Settings(workspace=own, control_carbon=True))
    others = on.totals.filter(pl.col("sector") != "pollution_control")
    assert others.equals(off.totals)


def test_own_use_not_known_is_not_estimated_never_0() -> None:
    made = inventory(
        {"industrial_output": sinter("scr+fgd_limestone")}, Settings(control_carbon=True)
    )
    assert value(made, "n2o_t") is None  # the 0 of the other items is no estimate of it
    line = made.totals.filter(species="n2o_t", sector="pollution_control")
    assert line["not_estimated"].item() == 1
    assert made.memo.filter(species="co2_control_electricity_t")["not_estimated"].item() == 2


@pytest.mark.parametrize("control", ["in_factor", "ultra_low", "unknown"])
def test_what_stands_behind_devices_says_nothing(control: str, own: Path) -> None:
    on = Settings(workspace=own, control_carbon=True)
    made = inventory({"industrial_output": sinter(control)}, on)
    line = made.totals.filter(species="co2_t", sector="pollution_control")
    assert line["value"].to_list() == [None] and line["not_estimated"].item() == 1
    row = control_report({"industrial_output": sinter(control)}, on).row(0, named=True)
    assert row["so2_removed_t"] is None and row["kg_co2e_per_kg"] is None


def test_carbon_behind_weak_removal_is_weak(own: Path) -> None:
    on = Settings(workspace=own, control_carbon=True)
    made = inventory({"industrial_output": sinter("fgd_limestone")}, on)
    line = made.totals.filter(species="co2_t", sector="pollution_control")
    assert line["weak_share"].item() == 1.0  # 0.94 is remembered, not read


def sheet(**cells: float | str | None) -> pl.DataFrame:
    row = {
        "region": "370200",
        "year": 2023,
        "sector": "pollution_control",
        "facility": "甲",
        "device": "fgd_limestone",
        **cells,
    }
    return pl.DataFrame([row])


def test_a_device_of_the_sheet_is_not_derived_again(own: Path) -> None:
    on = Settings(workspace=own, control_carbon=True)
    filled = sheet(electricity_kwh=2e6, sorbent_t=3000.0, carbonate_share=0.9, material="calcite")
    tables = {"industrial_output": sinter("scr+fgd_limestone"), "control_operation": filled}
    made = inventory(tables, on)
    nox_t = 1e6 * 0.7 / 1000 * 0.8
    by_sorbent = 3000 * 0.9 * 0.4397
    assert value(made, "co2_t") == pytest.approx(by_sorbent + nox_t * 0.7 * 44 / 60)
    electricity = (2e6 + nox_t * 450) * GRID / 1000
    assert value(made, "co2_control_electricity_t") == pytest.approx(electricity)
    elsewhere = {**tables, "industrial_output": sinter("fgd_limestone", facility="乙")}
    both = value(inventory(elsewhere, on), "co2_t")
    assert both == pytest.approx(by_sorbent + 1e6 * 1.5 / 1000 * 0.94 * 44 / 64)


def test_by_sorbent_or_by_so2_never_both() -> None:
    filled = sheet(sorbent_t=3000.0, carbonate_share=0.9, material="calcite", so2_removed_t=1400.0)
    with pytest.raises(TableError, match="say which one counts"):
        inventory({"control_operation": filled}, Settings())
    chosen = {"sorbent": 3000 * 0.9 * 0.4397, "so2": 1400 * 44 / 64}
    for basis, amount in chosen.items():
        one = filled.with_columns(desulfurisation_basis=pl.lit(basis))
        assert value(inventory({"control_operation": one}, Settings()), "co2_t") == pytest.approx(
            amount
        )


def test_what_the_sheet_leaves_empty_is_not_estimated() -> None:
    made = inventory({"control_operation": sheet(electricity_kwh=2e6)}, Settings())
    line = made.totals.filter(species="co2_t")
    assert line["not_estimated"].item() == 1  # neither sorbent nor SO2 is given
    assert made.memo.filter(species="co2_control_electricity_t")["not_estimated"].item() == 0
    nothing = sheet(electricity_kwh=2e6, so2_removed_t=0.0)
    assert value(inventory({"control_operation": nothing}, Settings()), "co2_t") == 0.0


def test_auxiliary_gas_counts_once() -> None:
    gas: dict[str, float | str | None] = {
        "device": "rto",
        "auxiliary_gas_1e4m3": 10.0,
        "nmvoc_removed_t": 50.0,
    }
    here = inventory({"control_operation": sheet(**gas)}, Settings())
    there = inventory({"control_operation": sheet(**gas, gas_counted="in_fuel_table")}, Settings())
    burnt = 10 * 389.31 * 15.3 / 1000 * 0.99 * 44 / 12
    voc = 50 * 0.6 * 44 / 12
    assert value(here, "co2_t") == pytest.approx(burnt + voc)
    assert value(here, "co2_control_fuel_t") == 0.0
    assert value(there, "co2_t") == pytest.approx(voc)
    assert value(there, "co2_control_fuel_t") == pytest.approx(burnt)


def test_power_units_by_what_they_generate() -> None:
    units = pl.DataFrame(
        {
            "region": ["370200"], "year": [2023], "facility": ["1 号"], "sector": ["public_power"],
            "fuel": ["bituminous"], "technology": ["pulverised_ge300mw"],
            "control": ["scr+esp+fgd_limestone"], "capacity_mw": [600.0], "hours_h": [4500.0],
            "heat_rate_gj_per_mwh": [8.6], "sulfur_share": [0.01], "ash_share": [0.2],
        }
    )  # fmt: skip
    made = inventory({"power_units": units}, Settings(control_carbon=True))
    share = 0.003 + 0.003 + 0.0125
    generated = 600 * 4500 * 1000 * share * GRID / 1000
    assert value(made, "co2_control_electricity_t") == pytest.approx(generated)


def test_tables_in_memory_give_the_same_and_twice_is_once(own: Path) -> None:
    on = Settings(workspace=own, control_carbon=True)
    tables = {"industrial_output": sinter("scr+fgd_limestone")}
    once = with_control_carbon(tables, on)
    assert with_control_carbon(once, on)["control_operation"].equals(once["control_operation"])
    direct, attached = inventory(tables, on), inventory(once, replace(on, control_carbon=False))
    assert direct.totals.equals(attached.totals)
    limits = ranges(once, on, draws=20)
    assert limits.filter(species="co2_t", sector="pollution_control")["low"].item() > 0


def test_the_second_device_gets_what_the_first_lets_through() -> None:
    from xietong.inventory.control_removed import removed_by_stage
    from xietong.methods import find_method

    table = sinter("furnace_lime+fgd_limestone", so2=2.0)
    made = removed_by_stage(find_method("product_output"), table, Settings())
    taken = dict(made.filter(pollutant="so2").select("device", "removed_t").iter_rows())
    assert taken["furnace_lime"] == pytest.approx(2000 * 0.45)
    assert taken["fgd_limestone"] == pytest.approx(2000 * 0.55 * 0.94)
    emitted = inventory({"industrial_output": table}, Settings())
    left = value(emitted, "so2_t", "steel_processes")
    assert sum(taken.values()) + (left or 0) == pytest.approx(2000)


def test_what_no_hood_catches_reaches_no_device() -> None:
    paint = pl.DataFrame(
        {
            "region": ["370200"], "year": [2023], "sector": ["other_industry"], "facility": ["甲"],
            "process": ["coating_wood"], "control": ["rto"], "product_t": [100.0],
            "voc_share": [0.5], "waste_share": [0.1], "captured_share": [0.8],
            "running_share": [0.9],
        }
    )  # fmt: skip
    made = inventory({"solvents": paint}, Settings(control_carbon=True))
    removed = 45 * 0.8 * 0.9 * 0.925
    assert value(made, "co2_t") == pytest.approx(removed * 1.0 * 0.6 * 44 / 12)
    emitted = value(made, "nmvoc_t", "other_industry")
    assert emitted == pytest.approx(45 - removed)


def test_collection_and_operation_of_the_plant_count(own: Path, tmp_path: Path) -> None:
    (tmp_path / "factors").mkdir()
    text = (own / "factors" / "device_use.csv").read_text(encoding="utf-8")
    (tmp_path / "factors" / "device_use.csv").write_text(text, encoding="utf-8")
    lines = "".join(
        f"*,scr,{name},{share},1,,,,,,unverified,for the test,K,2026-11-21\n"
        for name, share in (("collected_share", 0.9), ("operated_share", 0.7))
    )
    (tmp_path / "factors" / "operation.csv").write_text(
        "control,device," + HEAD + lines, encoding="utf-8"
    )
    on = Settings(workspace=tmp_path, control_carbon=True)
    made = inventory({"industrial_output": sinter("scr")}, on)
    nox_t = 1e6 * 0.7 / 1000 * 0.9 * 0.7 * 0.8
    assert value(made, "n2o_t") == pytest.approx(nox_t * 3 / 1000)


def test_electricity_by_the_product_where_the_plant_states_it_so(tmp_path: Path) -> None:
    (tmp_path / "factors").mkdir()
    line = "scr,electricity,nox,none,electricity_kwh_per_t_output,3.5,x,,,,,,unverified,for the test,K,2026-11-21"
    text = "device,item,pollutant,reagent," + HEAD + line + "\n"
    (tmp_path / "factors" / "device_use.csv").write_text(text, encoding="utf-8")
    on = Settings(workspace=tmp_path, control_carbon=True)
    made = inventory({"industrial_output": sinter("scr")}, on)
    assert value(made, "co2_control_electricity_t") == pytest.approx(1e6 * 3.5 * GRID / 1000)
