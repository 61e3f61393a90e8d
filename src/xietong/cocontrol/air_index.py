"""Air-quality composite index: concentrations over limits, added up."""

import datetime

import polars as pl

from xietong.cocontrol.panel import check_panel, keys_of, refuse
from xietong.cocontrol.result import Result
from xietong.indicators.air_limits import air_limits

FORMULA = "I = Σ_i C_i/S_i"


def air_index(
    table: pl.DataFrame,
    *,
    standard: str = "gb3095-2012",
    on: datetime.date | None = None,
    limits: pl.DataFrame | None = None,
) -> Result:
    """Single indices and composite index, one row per row of ``table``; lower is better.

    ``table``: one row per entity and year: ``so2_ugm3``, ``no2_ugm3``, ``pm10_ugm3``, ``pm25_ugm3``
    (annual means, µg/m3), ``co_mgm3`` (95th percentile of daily means, mg/m3), ``o3_ugm3`` (90th
    percentile of daily 8-hour maxima, µg/m3). An unknown concentration or limit makes the composite
    null: five pollutants cannot be compared with six. ``limits`` replaces the shipped table (same
    columns), for instance to fill in the revised standard. GB 3095-2026 came into force on
    2026-03-01; of its limits only PM2.5 was found, so the index still takes those of 2012 by default, and says so.

    Source
    ------
    HJ 663 type index (unverified: not re-read); limits with their sources in ``indicators/air_limits.csv``.

    Examples
    --------
    >>> city = pl.DataFrame({"entity": ["a"], "so2_ugm3": [30.0], "no2_ugm3": [20.0], "pm10_ugm3": [35.0],
    ...     "pm25_ugm3": [35.0], "co_mgm3": [1.0], "o3_ugm3": [160.0]})
    >>> air_index(city).table.select("composite", "primary").row(0)
    (3.75, 'PM2.5')
    """
    rows = _in_force(air_limits() if limits is None else limits, standard, on)
    columns = rows["column"].to_list()
    table = check_panel(table, columns, where="综合指数 air index")
    low = [f"{c}: 有负值 · negative concentration" for c in columns if (table[c] < 0).any()]
    refuse(low, "综合指数 air index")
    unknown = pl.lit(None, dtype=pl.Float64)
    singles = {
        f"index_{row['pollutant']}": pl.col(row["column"]) / row["limit"]
        if row["limit"]
        else unknown
        for row in rows.to_dicts()
    }
    out = table.select(*keys_of(table), **singles)
    out = out.with_columns(
        composite=pl.sum_horizontal(*singles, ignore_nulls=False),
        known=pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.Int64) for name in singles),
        primary=_primary(list(singles)),
    )
    out = out.with_columns(
        pl.when(pl.col("composite").is_not_null()).then("primary").alias("primary")
    )
    details = {"limits": rows.select("pollutant", "limit", "unit", "source", "confidence")}
    scheme = f"{standard}, class II, from {rows['valid_from'][0]}"
    warnings = tuple(_warn(rows, out, standard))
    return Result(FORMULA, "HJ 663 type composite index", out, scheme, details, warnings)


def _in_force(rules: pl.DataFrame, standard: str, on: datetime.date | None) -> pl.DataFrame:
    known = rules["standard"].unique(maintain_order=True).to_list()
    if standard not in known:
        choice = ", ".join(known)
        refuse(
            [f"没有标准 · no standard {standard!r}; 可选 choose from: {choice}"],
            "综合指数 air index",
        )
    rows = rules.filter(pl.col("standard") == standard)
    day = on or min(rows["valid_from"].to_list())
    began = pl.col("valid_from") <= day
    rows = rows.filter(began & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= day)))
    if rows["column"].n_unique() != rows.height or rows.is_empty():
        refuse([f"{standard} 在 {day} 无限值或不唯一 · no or several limits on {day}"], "综合指数")
    return rows


def _primary(names: list[str]) -> pl.Expr:
    primary = pl.lit(None, dtype=pl.String)
    for name in reversed(names):
        top = pl.col(name) == pl.max_horizontal(*names)
        primary = pl.when(top).then(pl.lit(name.removeprefix("index_"))).otherwise(primary)
    return primary


def _warn(rows: pl.DataFrame, out: pl.DataFrame, standard: str) -> list[str]:
    warnings = []
    unset = rows.filter(pl.col("limit").is_null())["pollutant"].to_list()
    if unset:
        warnings.append(
            f"{standard} 缺限值：{', '.join(unset)}；综合指数为空，请自备限值表 · "
            "limits unknown: composite empty, bring your own limits"
        )
    if standard == "gb3095-2012":
        warnings.append(
            "GB 3095-2026 自 2026-03-01 实施，本结果按 2012 年版限值 · "
            "GB 3095-2026 is in force since 2026-03-01; this index uses the limits of 2012"
        )
    gaps = out["composite"].null_count() if not unset else 0
    if gaps:
        warnings.append(f"{gaps} 行缺浓度，综合指数为空 · {gaps} row(s) with gaps: composite empty")
    return warnings
