"""Tapio decoupling: elasticity of an environmental pressure to economic growth, in eight states."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import polars as pl

from xietong.cocontrol.panel import ENTITY, YEAR, check_panel, refuse
from xietong.cocontrol.result import Result

FORMULA = "β = (ΔC/C0)/(ΔG/G0)"
MODES = {
    "chain": "each year against the year before in the table",
    "fixed": "each year against the first year",
    "periods": "between given years",
}
PRICES = ("constant", "current", "unknown")
GUARD = 0.005  # |ΔG/G0| below half a per cent: β is unstable
FLAT = "FLAT"
RATE_MARKS = ("growth", "rate", "pct", "percent", "增速", "增长率", "prev100", "上年")


@cache
def tapio_states() -> pl.DataFrame:
    """The eight states with signs, limits of β and their names."""
    path = resources.files("xietong.cocontrol") / "tables" / "tapio_states.csv"
    return pl.read_csv(path.read_bytes())


def tapio(
    table: pl.DataFrame,
    pressure: str,
    driver: str,
    *,
    mode: str = "chain",
    periods: Sequence[tuple[int, int]] = (),
    prices: str = "unknown",
    guard: float = GUARD,
) -> Result:
    """Elasticity and state, one row per entity and span.

    ``table``: one row per entity and year; ``pressure`` (CO2 …) and ``driver`` (GDP …) are levels, not
    growth rates, both > 0, each in one unit throughout. The driver should be GDP at constant prices:
    say so with ``prices="constant"``, otherwise the result warns. β exactly 0.8 or 1.2 counts as
    coupling. ΔG = 0 gives no β; ΔC = 0 gives β = 0 and the state ``FLAT`` (the border of strong and
    weak decoupling). |ΔG/G0| below ``guard`` keeps its state but is ``unstable``.

    Returns ``entity, from_year, to_year, pressure_change_share, driver_change_share, elasticity,
    state, state_zh, state_en, unstable``.

    Source
    ------
    Tapio 2005; the states stand in ``tables/tapio_states.csv`` (unverified: not re-read).

    Examples
    --------
    >>> table = pl.DataFrame({"entity": ["a"] * 3, "year": [2019, 2020, 2021],
    ...     "co2": [100.0, 105.0, 103.0], "gdp": [100.0, 110.0, 121.0]})
    >>> tapio(table, "co2", "gdp", prices="constant").table.select("elasticity", "state").rows()
    [(0.5, 'WD'), (-0.19047619047619047, 'SD')]
    """
    if ENTITY not in table.columns:
        table = table.with_columns(pl.lit("全部 all").alias(ENTITY))
    table = check_panel(table, [pressure, driver], where="脱钩 decoupling")
    problems = _problems(table, (pressure, driver), mode, periods)
    if prices not in PRICES:
        problems.append(f"prices {prices!r}: {', '.join(PRICES)}")
    refuse(problems, "脱钩 decoupling")
    spans = _spans(table.sort(ENTITY, YEAR), mode, periods)
    ends = table.select(ENTITY, to_year=YEAR, c1=pressure, g1=driver)
    starts = table.select(ENTITY, from_year=YEAR, c0=pressure, g0=driver)
    out = spans.join(starts, on=[ENTITY, "from_year"], how="left", maintain_order="left")
    out = out.join(ends, on=[ENTITY, "to_year"], how="left", maintain_order="left")
    out = out.with_columns(
        pressure_change_share=(pl.col("c1") - pl.col("c0")) / pl.col("c0"),
        driver_change_share=(pl.col("g1") - pl.col("g0")) / pl.col("g0"),
    )
    dg = pl.col("driver_change_share")
    # one division, so that 8 % over 10 % is 0.8 and not a digit below the border
    pressure_change = (pl.col("c1") - pl.col("c0")) * pl.col("g0")
    beta = pressure_change / ((pl.col("g1") - pl.col("g0")) * pl.col("c0"))
    out = out.with_columns(elasticity=pl.when(dg != 0).then(beta + 0.0))
    out = _with_state(out)
    out = out.with_columns(unstable=dg.abs() < guard).drop("c0", "c1", "g0", "g1")
    label = f"Tapio, {mode}: {MODES[mode]}"
    details = {"pressure": pressure, "driver": driver, "prices": prices, "guard": guard}
    warnings = [*_absent(table, periods), *_warn(out, table, driver, prices, guard)]
    return Result(FORMULA, label, out, "tapio-0.8-1.2", details, tuple(warnings))


def _spans(table: pl.DataFrame, mode: str, periods: Sequence[tuple[int, int]]) -> pl.DataFrame:
    years = table.select(ENTITY, to_year=YEAR)
    if mode == "periods":
        given = pl.DataFrame(list(periods), schema=["from_year", "to_year"], orient="row")
        entities = table.select(pl.col(ENTITY).unique(maintain_order=True))
        return entities.join(given, how="cross").select(ENTITY, "from_year", "to_year")
    before = pl.col("to_year").shift(1) if mode == "chain" else pl.col("to_year").first()
    spans = years.with_columns(before.over(ENTITY).alias("from_year"))
    known = pl.col("from_year").is_not_null() & (pl.col("from_year") != pl.col("to_year"))
    return spans.filter(known).select(ENTITY, "from_year", "to_year")


def _with_state(out: pl.DataFrame) -> pl.DataFrame:
    dc, dg, beta = (
        pl.col(n) for n in ("pressure_change_share", "driver_change_share", "elasticity")
    )
    flat = (dc == 0) & (dg != 0)
    state: Any = pl.when(flat).then(pl.lit(FLAT))
    for row in tapio_states().to_dicts():
        inside = (dc > 0 if row["pressure"] == "rise" else dc < 0) & (
            dg > 0 if row["driver"] == "rise" else dg < 0
        )
        coupling = row["lower"] == 0.8
        if row["lower"] is not None and row["lower"] > 0:
            inside &= beta >= row["lower"] if coupling else beta > row["lower"]
        if row["upper"] is not None and row["upper"] > 0:
            inside &= beta <= row["upper"] if coupling else beta < row["upper"]
        state = state.when(inside).then(pl.lit(row["code"]))
    out = out.with_columns(state=state.otherwise(None))
    names = tapio_states().select(state="code", state_zh="state_zh", state_en="state_en")
    border = {
        "state": [FLAT],
        "state_zh": ["零变化（强、弱脱钩的边界）"],
        "state_en": ["no change"],
    }
    names = pl.concat([names, pl.DataFrame(border)])
    return out.join(names, on="state", how="left", maintain_order="left")


def _absent(table: pl.DataFrame, periods: Sequence[tuple[int, int]]) -> list[str]:
    """A warning where a period asks for years that the table does not have at all."""
    absent = sorted({year for span in periods for year in span} - set(table[YEAR].to_list()))
    years = ", ".join(map(str, absent))
    return (
        [f"表中没有时段的年份：{years} · years of the periods not in the table: {years}"]
        if absent
        else []
    )


def _problems(
    table: pl.DataFrame,
    columns: tuple[str, str],
    mode: str,
    periods: Sequence[tuple[int, int]],
) -> list[str]:
    problems = []
    if mode not in MODES:
        problems.append(f"mode {mode!r}: {', '.join(MODES)}")
    if mode == "periods" and not periods:
        problems.append("没有给出时段 · no periods given, for instance (2005, 2010)")

    if YEAR not in table.columns:
        problems.append("缺少列 · missing column 'year'")
    elif table[YEAR].n_unique() < 2:
        problems.append("只有一个年份，无变化可算 · one year only: no change to judge")
    for name in columns:
        low = (table.get_column(name) <= 0).arg_true().to_list()
        if low:
            lines = ", ".join(str(i + 2) for i in low[:5])
            problems.append(
                f"{name}: 第 {lines} 行不大于 0；应是水平值而非增长率 · "
                f"line(s) {lines} not above 0: give levels, not growth rates"
            )
    return problems


def _warn(
    out: pl.DataFrame, table: pl.DataFrame, driver: str, prices: str, guard: float
) -> list[str]:
    warnings = []
    if prices != "constant":
        said = "当年价" if prices == "current" else "价格基准未说明"
        warnings.append(
            f"GDP {said}：应使用不变价，否则通胀被当作增长 · "
            f"GDP prices {prices}: use constant prices, or inflation counts as growth"
        )
    values = table.get_column(driver).drop_nulls().to_list()
    if len(values) > 2 and all(80 < v < 130 for v in values):
        warnings.append(
            f"{driver} 全在 80 至 130 之间，看似“上年=100”的指数而不是水平值 · "
            f"{driver} looks like an index with the year before = 100, not a level"
        )
    if any(mark in driver.lower() for mark in RATE_MARKS):
        warnings.append(
            f"列名 {driver} 像增长率或百分数；需要水平值 · {driver!r} reads like a rate: levels are needed"
        )
    unstable = out.filter(pl.col("unstable")).height
    if unstable:
        warnings.append(
            f"{unstable} 段 GDP 变化不到 {guard:.1%}，β 分母极小，不稳定 · "
            f"{unstable} span(s): GDP changes by less than {guard:.1%}, β is unstable"
        )
    undefined = out.filter(pl.col("driver_change_share") == 0).height
    if undefined:
        warnings.append(f"{undefined} 段 GDP 不变，β 无定义 · {undefined} span(s): ΔG = 0, no β")
    flat = out.filter(pl.col("state") == FLAT).height
    if flat:
        warnings.append(f"{flat} 段排放不变（FLAT）· {flat} span(s) with ΔC = 0 (FLAT)")
    unknown = out.filter(
        pl.col("pressure_change_share").is_null() | pl.col("driver_change_share").is_null()
    )
    if unknown.height:
        warnings.append(f"{unknown.height} 段有未知值，状态为空 · {unknown.height} span(s) unknown")
    lengths = (out["to_year"] - out["from_year"]).unique()
    if lengths.len() > 1 and (lengths > 1).any() and (lengths == 1).any():
        warnings.append("年份不连续，各段长度不等 · spans of unequal length")
    return warnings
