"""What every method promises, asked of each line of METHODS (§1, §2, §9)."""

from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.engine import Engine, open_engine
from xietong.methods import METHODS
from xietong.methods.method import Method
from xietong.methods.worked import Example, examples
from xietong.vocab.species import columns

HERE = Path(__file__).parent
ALL = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)


def of(method: Method) -> tuple[Example, ...]:
    return examples(method, HERE / f"{method.name}.toml")


def table(method: Method) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """All examples of a method in one activity table and one table per parameter."""
    cases = of(method)
    activity = pl.concat([case.activity for case in cases], how="diagonal_relaxed")
    params = {
        name: pl.concat([case.params[name] for case in cases], how="vertical_relaxed")
        for name in method.params
    }
    keyed = {name: frame.unique(_keys(frame), keep="first") for name, frame in params.items()}
    return activity, keyed


def _keys(frame: pl.DataFrame) -> list[str]:
    known = {"sector", "fuel", "technology", "control", "year", "region"}
    return [name for name in frame.columns if name in known or frame[name].dtype == pl.String]


def run(
    method: Method, engine: Engine, activity: pl.DataFrame, params: dict[str, pl.DataFrame]
) -> pl.DataFrame:
    frames: dict[str, Any] = {name: engine.frame(frame) for name, frame in params.items()}
    return engine.collect(method.function(engine.frame(activity), **frames))


def total(frame: pl.DataFrame, name: str) -> float:
    return float(frame[name].sum())


@ALL
def test_declared_species_exist_and_are_made(method: Method) -> None:
    assert set(method.species) <= set(columns())
    made = of(method)[0].run(method).columns
    assert set(method.species) <= set(made)
    assert method.function.__doc__ and "Source" in method.function.__doc__


@ALL
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_one_row_in_one_row_out_and_linear(method: Method, data: st.DataObject) -> None:
    """Rows are kept in any table, the sum of the parts is the whole, unknown keys lose nothing."""
    activity, params = table(method)
    picks = data.draw(st.lists(st.integers(0, activity.height - 1), min_size=1, max_size=12))
    scales = data.draw(st.lists(st.floats(1e-3, 1e6), min_size=len(picks), max_size=len(picks)))
    rows = activity[picks].with_columns(
        *(pl.col(amount) * pl.Series(scales) for amount in method.amounts),
        cell=pl.Series(range(len(picks))),
    )
    lost = data.draw(st.booleans())
    if lost:
        rows = rows.with_columns(year=pl.lit(1066).cast(rows["year"].dtype))
    answer = run(method, open_engine("polars"), rows, params).sort("cell")
    assert answer["cell"].to_list() == list(range(len(picks)))
    base = run(method, open_engine("polars"), activity, params) if not lost else None
    for name in method.species:
        if base is not None:
            one = [base_value(base, activity, pick, name) for pick in picks]
            expected = [None if v is None else v * s for v, s in zip(one, scales, strict=True)]
            assert close(answer[name].to_list(), expected), name


def close(answer: Any, expected: Any) -> bool:
    """Equal within rounding; null only where null is expected."""
    return len(answer) == len(expected) and all(
        a == b if a is None or b is None or isinstance(b, str) else a == pytest.approx(b, rel=1e-9)
        for a, b in zip(answer, expected, strict=True)
    )


def base_value(base: pl.DataFrame, activity: pl.DataFrame, pick: int, name: str) -> float | None:
    keys = [key for key in activity.columns if key not in ("cell",)]
    row = activity.row(pick, named=True)
    found = base.filter(pl.all_horizontal(pl.col(key).eq_missing(pl.lit(row[key])) for key in keys))
    value: float | None = found[name].item()
    return value


@ALL
def test_null_in_null_out(method: Method) -> None:
    """A parameter that a species depends on, taken away, leaves null: never 0, never a default."""
    for case in of(method):
        before = case.run(method).row(0, named=True)
        for argument, frame in case.params.items():
            for column in frame.columns:
                value = frame[column].item()
                if not isinstance(value, float) or column in _keys(frame):
                    continue
                moved = case.run(
                    method,
                    **{argument: frame.with_columns(pl.lit(value * 1.01 + 1e-3).alias(column))},
                ).row(0, named=True)
                gone = case.run(
                    method,
                    **{argument: frame.with_columns(pl.lit(None, dtype=pl.Float64).alias(column))},
                ).row(0, named=True)
                for name in method.species:
                    if before[name] is not None and moved[name] != before[name]:
                        fallen_back = column in {"sulfur_share", "ash_share"}
                        assert gone[name] is None or fallen_back, (column, name, gone[name])


@ALL
def test_no_amount_no_emission(method: Method) -> None:
    for case in of(method):
        gone = case.activity.with_columns(
            pl.lit(None, dtype=pl.Float64).alias(amount) for amount in method.amounts
        )
        row = case.run(method, activity=gone).row(0, named=True)
        assert all(row[name] is None for name in method.species)


@ALL
def test_extra_keys_come_back_and_draws_meet_their_draw(method: Method) -> None:
    case = of(method)[0]
    draws = pl.DataFrame({"draw": [0, 1, 2]})
    activity = case.activity.join(draws, how="cross").with_columns(
        scenario=pl.lit("base"), cell=pl.lit("c")
    )
    argument = next(name for name in reversed(method.params) if name != "fuels")
    frame = case.params[argument]
    values = [name for name in frame.columns if name not in _keys(frame)]
    drawn = frame.join(draws, how="cross").with_columns(pl.col(values) * (1 + pl.col("draw") / 10))
    answer = case.run(method, activity=activity, **{argument: drawn}).sort("draw")
    assert answer["draw"].to_list() == [0, 1, 2]
    assert answer["scenario"].to_list() == ["base"] * 3 and answer["cell"].to_list() == ["c"] * 3
    moving = [name for name in method.species if answer[name].drop_nulls().n_unique() == 3]
    assert moving


@ALL
def test_measured_value_in_the_row_wins(method: Method) -> None:
    case = of(method)[0]
    for argument, frame in case.params.items():
        for column in frame.columns:
            if column in _keys(frame) or not frame[column].item():
                continue
            measured = case.activity.with_columns(pl.lit(frame[column].item() * 1.5).alias(column))
            stated = frame.with_columns(pl.col(column) * 1.5)
            by_row = case.run(method, activity=measured).row(0, named=True)
            by_table = case.run(method, **{argument: stated}).row(0, named=True)
            assert close([by_row[k] for k in method.species], [by_table[k] for k in method.species])


def same_as_polars(method: Method, engine: Engine) -> None:
    activity, params = table(method)
    rows = pl.concat(
        [activity, activity.with_columns(year=pl.lit(1066, dtype=pl.Int64))]
    ).with_columns(cell=pl.int_range(pl.len()))
    expected = run(method, open_engine("polars"), rows, params).sort("cell")
    answer = run(method, engine, rows, params).sort("cell")
    assert answer.height == expected.height
    for name in ("cell", *method.species):
        assert close(answer[name].to_list(), expected[name].to_list()), name


@ALL
def test_same_on_duckdb(method: Method) -> None:
    pytest.importorskip("duckdb")
    same_as_polars(method, open_engine("duckdb"))


def test_same_on_spark() -> None:
    """One session, each method once on one table."""
    pytest.importorskip("pyspark")
    engine = open_engine("spark")
    for method in METHODS:
        same_as_polars(method, engine)


def test_devices_in_series_on_every_engine() -> None:
    from xietong.methods.formulas.control_series import REMOVED, in_series

    chains = pl.DataFrame(
        {"control": ["a+b", "a"], "device_1": ["a", "a"], "device_2": ["b", "none"]}
    ).with_columns(
        device_3=pl.lit("none"),
        device_4=pl.lit("none"),
        **{
            f"{kind}_{n}_share": pl.lit(0.9 if n < 3 else 1.0)
            for kind in ("collected", "operated")
            for n in range(1, 5)
        },
    )
    devices = pl.DataFrame({"device": ["a", "b", "none"]}).with_columns(
        **{f"{gas}_removed_share": pl.Series([0.5, 0.8, 0.0]) for gas in REMOVED}
    )
    for name in ("polars", "duckdb"):
        engine = open_engine(name)
        frame: nw.LazyFrame[Any] = in_series(engine.frame(chains), engine.frame(devices))
        answer = engine.collect(frame).sort("control")
        once, twice = 1 - 0.81 * 0.5, 1 - 0.81 * 0.8
        assert answer["so2_passed_share"].to_list() == pytest.approx([once, once * twice])
