"""Promises of any measure: the quick way equals two whole runs; bundles add up; nobody gets nothing."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from measure_tables import edit, measure, tiny_tables, totals

from xietong.cocontrol.measure_bases import bases
from xietong.cocontrol.measure_bundles import bundles_on
from xietong.cocontrol.measure_effects import effects
from xietong.inventory.settings import Settings
from xietong.measures.apply import applied, table_of
from xietong.measures.measure import Edit, Measure

SHARE = st.floats(0, 1)
KNOWN = ("co2_t", "nox_t")  # estimated before and after, whatever the measure does
WHERE = ("sector=steel;fuel=coal", "fuel=natural_gas", "region=370100", "sector=steel")
TRYING = trying(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def edits(draw: st.DrawFn, step: int) -> Edit:
    where = draw(st.sampled_from(WHERE)) + ";control!=unknown"
    kind = draw(st.sampled_from(("scale", "shift", "control", "fuel")))
    if kind == "scale":
        return edit("scale", where, step, value=str(draw(SHARE)))
    if kind == "control":
        return edit("control", where, step, to="control=+scr")
    to = "fuel=natural_gas" if kind == "fuel" else "fuel=raw_coal;control=none"
    return edit("shift", where, step, to=to, ratio=str(draw(st.floats(0.1, 2))))


@st.composite
def measures(draw: st.DrawFn, name: str = "m") -> Measure:
    steps = [draw(edits(step)) for step in range(1, draw(st.integers(1, 3)) + 1)]
    return measure(name, *steps, potential_share=draw(SHARE))


@TRYING
@given(one=measures(), other=measures("n"))
def test_the_quick_way_equals_two_whole_runs(
    settings: Settings, one: Measure, other: Measure
) -> None:
    tables = tiny_tables()
    found = effects([("both", [one, other])], tables, settings, 2020).of("both")
    held = bases(tables, ["fuel_use"], 2020, settings)
    state = applied([one, other], held)
    with_it = totals({"fuel_use": table_of(state, "fuel_use")}, settings)
    without = totals(tables, settings)
    for name in KNOWN:
        change = (without[name] or 0) - (with_it[name] or 0)
        assert found[name] == pytest.approx(change, abs=1e-6)


@TRYING
@given(share=SHARE, value=SHARE)
def test_scale_is_the_share_of_the_rows_emission(
    settings: Settings, share: float, value: float
) -> None:
    one = measure("m", edit("scale", "fuel=coal", value=str(value)), potential_share=share)
    found = effects([("m", [one])], tiny_tables(), settings, 2020).of("m")
    rows = tiny_tables()["fuel_use"].filter(fuel="raw_coal")
    whole = totals({"fuel_use": rows}, settings)
    assert found["co2_t"] == pytest.approx(share * value * (whole["co2_t"] or 0))


@TRYING
@given(one=measures(), scale=SHARE)
def test_a_measure_of_one_step_is_linear_in_its_potential(
    settings: Settings, one: Measure, scale: float
) -> None:
    first = measure("m", one.edits[0], **one.numbers)
    full = effects([("m", [first])], tiny_tables(), settings, 2020).of("m")
    part = effects([("m", [first])], tiny_tables(), settings, 2020, scale=scale).of("m")
    assert part["co2_t"] == pytest.approx(scale * (full["co2_t"] or 0), abs=1e-6)


@TRYING
@given(a=measures("a"), b=measures("b"))
def test_bundles_add_up_and_know_no_order_of_shares(
    settings: Settings, a: Measure, b: Measure
) -> None:
    idle = measure("idle", edit("scale", value="0"), potential_share=1)
    found = bundles_on(
        {"g": [a, b, idle]}, lambda s: effects(s, tiny_tables(), settings, 2020), "AR5"
    )
    for entry in found:
        assert sum(entry["shapley"].values()) == pytest.approx(entry["bundle_t"], abs=1e-6)
        assert sum(entry["sequential"].values()) == pytest.approx(entry["bundle_t"], abs=1e-6)
        assert entry["shapley"]["idle"] == pytest.approx(0, abs=1e-6)
        together = entry["bundle_t"] + entry["overlap_t"]
        assert sum(entry["alone"].values()) == pytest.approx(together, abs=1e-6)


def test_twins_claim_the_same(settings: Settings) -> None:
    twins = [
        measure(name, edit("scale", "fuel=coal", value="0.5"), potential_share=0.6)
        for name in ("a", "b")
    ]
    found = bundles_on({"g": twins}, lambda s: effects(s, tiny_tables(), settings, 2020), "AR5")
    co2 = next(entry for entry in found if entry["species"] == "co2_t")
    assert co2["shapley"]["a"] == pytest.approx(co2["shapley"]["b"])
    assert co2["overlap_t"] == pytest.approx(co2["alone"]["a"] * 0.3)
    assert co2["sequential"]["a"] > co2["sequential"]["b"]


def test_many_scenarios_do_not_touch_each_other(settings: Settings) -> None:
    one = measure("m", edit("scale", "fuel=coal", value="1"), potential_share=0.5)
    tables = tiny_tables()
    before = tables["fuel_use"].clone()
    made = effects([(str(n), [one]) for n in range(5)], tables, settings, 2020)
    assert len({made.of(str(n))["co2_t"] for n in range(5)}) == 1
    assert tables["fuel_use"].equals(before)


def test_rows_of_one_key_are_summed_without_changing_the_effect(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xietong.cocontrol import measure_bases

    twice = {"fuel_use": pl.concat([tiny_tables()["fuel_use"]] * 3)}
    one = measure("m", edit("shift", "fuel=coal", to="fuel=natural_gas"), potential_share=0.4)
    whole = effects([("m", [one])], twice, settings, 2020)
    monkeypatch.setattr(measure_bases, "SMALL", 0)
    summed = effects([("m", [one])], twice, settings, 2020)
    assert summed.of("m")["co2_t"] == pytest.approx(whole.of("m")["co2_t"])
    assert summed.unknown("m")["co_t"] < whole.unknown("m")["co_t"]


def test_an_added_row_finds_its_region_whatever_else_is_asked(settings: Settings) -> None:
    """A measure on a sheet that the inventory lacks has the same effect alone and beside others."""
    city = {"fuel_use": tiny_tables()["fuel_use"].filter(region="370100")}
    power = edit("add", table="electricity_exchange", column="electricity_mwh",
                 amount_per_unit="1", to="sector=industry;direction=in")  # fmt: skip
    new = measure("new", power, potential_units=7)
    other = measure("other", edit("scale", "fuel=coal", value="1"), potential_share=1)
    alone = effects([("new", [new])], city, settings, 2020)
    beside = effects([("other", [other]), ("new", [new])], city, settings, 2020)
    assert not alone.states["new"].missed
    assert alone.of("new") == beside.of("new")
    assert alone.of("new")["co2_electricity_t"] is not None
    both = effects([("new", [new])], tiny_tables(), settings, 2020).states["new"]
    assert both.missed and "several regions" in " ".join(both.warnings)
