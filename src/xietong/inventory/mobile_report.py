"""The report of mobile sources: 移动源碳排放核算与报告表, by class, fuel and standard.

One table for road vehicles, electric transport, machines, rail, ships and aircraft. What a row
reports, and in which unit its factor is, stands in ``mobile_sheets.csv``.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import polars as pl

from xietong.errors import TableError
from xietong.inventory.factors import run, weak_rows
from xietong.inventory.gwp import equivalents
from xietong.inventory.prepare import factor_keys, prepare
from xietong.inventory.run import with_share
from xietong.inventory.settings import Settings
from xietong.methods.method import Method
from xietong.methods.mobile import MOBILE
from xietong.tables import schema

HERE = Path(__file__).parent
LINE = ("region", "year", "sheet", "class", "fuel", "standard")
COLUMNS = (
    *LINE,
    "activity",
    "activity_unit",
    "species",
    "value",
    "factor",
    "factor_unit",
    "weak_share",
    "not_estimated",
    "rows",
)


def mobile_report(activity: Mapping[str, pl.DataFrame], settings: Settings) -> pl.DataFrame:
    """Activity, implied factors, CO2 equivalents and pollutants of all mobile sources.

    Parameters
    ----------
    activity
        The sheets ``road_fleet``, ``electric_fleet``, ``nonroad_machinery``, ``rail``, ``ships``,
        ``aircraft``, as far as they are filled; others are left alone.
    settings
        Sets chosen by name, as for the inventory.

    Returns
    -------
    One row per region, year, sheet, class, fuel, standard (of ships the phase) and species, CO2
    equivalents among them (``co2e_ar5_t``; without the indirect CO2 of electricity, which has a row
    of its own). ``value`` [t] is null where nothing could be estimated, ``not_estimated`` counts the
    sheet's rows without a value, ``weak_share`` is what rests on values not verified or foreign.
    ``activity`` [``activity_unit``] is null where the sheet does not give it; ``factor`` is
    ``value`` ÷ ``activity``, null where a row of either is missing. ``TableError`` without a sheet.

    Examples
    --------
    >>> rail = pl.DataFrame({"region": ["370200"], "year": [2023], "sector": ["rail"], "facility": [""],
    ...     "engine": ["locomotive_line"], "fuel": ["diesel"], "standard": ["unknown"], "fuel_t": [1000.0]})
    >>> table = mobile_report({"rail": rail}, Settings())
    >>> table.filter(pl.col("species") == "nox_t").select("class", "activity", "value", "factor").row(0)
    ('干线机车', 1000.0, 55.73, 55.73)
    """
    parts = [part for one in _sheets() for part in _of_sheet(one, activity, settings)]
    if not parts:
        known = "、".join(schema(one["sheet"]).title for one in _sheets())
        raise TableError(f"没有移动源的表（no sheet of mobile sources）。可填 known: {known}")
    made = pl.concat(parts)
    return _named(made).select(COLUMNS).sort(*LINE, "species")


@cache
def _sheets() -> tuple[dict[str, str], ...]:
    with (HERE / "mobile_sheets.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _of_sheet(
    one: dict[str, str], activity: Mapping[str, pl.DataFrame], settings: Settings
) -> Iterator[pl.DataFrame]:
    table = activity.get(one["sheet"])
    if table is None or not table.height:
        return
    methods = [method for method in MOBILE if method.activity == one["sheet"]]
    measured = _measured(run_with_weak(methods[0], table, settings)[0], one)
    lines = pl.concat([_lines(method, table, one, settings) for method in methods])
    summed = _summed(lines)
    co2e = _equivalents(summed, settings.gwp)
    both = with_share(pl.concat([summed, co2e]))
    yield both.join(measured, on=LINE, how="left", nulls_equal=True).with_columns(
        activity_unit=pl.lit(one["unit"]),
        factor_unit=pl.lit(one["factor_unit"]),
        factor=pl.when(pl.col("not_estimated") == 0).then(
            pl.col("value") * float(one["scale"]) / pl.col("activity")
        ),
    )


def run_with_weak(
    method: Method, table: pl.DataFrame, settings: Settings
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A method's answer, and the answer with every weak value moved a little."""
    keys = factor_keys(method, table.columns, list(schema(method.activity).numbers))
    prepared = prepare(method, table.select(keys).unique(maintain_order=True), settings)
    answer = run(method, table, prepared)
    weak = weak_rows(prepared)
    moved = run(method, table, prepared.moved(weak)) if weak.height else answer
    return answer, moved


def _lines(
    method: Method, table: pl.DataFrame, one: dict[str, str], settings: Settings
) -> pl.DataFrame:
    """One row per row of the sheet and species: value and what of it is weak."""
    answer, moved = run_with_weak(method, table, settings)
    keys = _keys(answer, one)
    return pl.concat(
        [
            keys.with_columns(
                pl.lit(name).alias("species"),
                value=answer[name],
                weak=pl.select(
                    pl.when((answer[name] != moved[name]).fill_null(False)).then(answer[name])
                ).to_series(),
            )
            for name in method.species
        ]
    )


def _keys(table: pl.DataFrame, one: dict[str, str]) -> pl.DataFrame:
    return table.select(
        "region",
        "year",
        sheet=pl.lit(one["sheet"]),
        **{
            name: pl.col(one[name]) if one[name] else pl.lit("")
            for name in ("class", "fuel", "standard")
        },
    )


def _summed(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.group_by(*LINE, "species", maintain_order=True).agg(
        value=pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first(),
        rows=pl.len(),
        not_estimated=pl.col("value").is_null().sum(),
        weak=pl.col("weak").sum(),
    )


def _equivalents(summed: pl.DataFrame, gwp_set: str) -> pl.DataFrame:
    """CO2 equivalents of each line; the line stands in for the sector that ``equivalents`` keeps."""
    keyed = summed.with_columns(sector=pl.concat_str(LINE[2:], separator="\x1f"))
    lines = keyed.select(*LINE, "sector").unique(maintain_order=True)
    made = equivalents(keyed, gwp_set)
    return made.join(lines, on=["region", "year", "sector"]).select(summed.columns)


def _measured(answer: pl.DataFrame, one: dict[str, str]) -> pl.DataFrame:
    """The activity of each line; null where a row of it has none."""
    driven = (
        answer.with_columns(
            driven_km=pl.coalesce("vehicle_km", pl.col("vehicles") * pl.col("km_per_vehicle"))
        )
        if one["measure"] == "driven_km"
        else answer
    )
    amount = driven[one["measure"]]
    whole = pl.col("amount").null_count() == 0
    return (
        _keys(answer, one)
        .with_columns(amount=amount)
        .group_by(LINE, maintain_order=True)
        .agg(activity=pl.when(whole).then(pl.col("amount").sum()).first())
    )


def _named(table: pl.DataFrame) -> pl.DataFrame:
    """Ids as people read them: the words of the sheet's choices."""
    parts = []
    for one in _sheets():
        part = table.filter(pl.col("sheet") == one["sheet"])
        for name in ("class", "fuel", "standard"):
            if one[name]:
                words = dict(
                    choice.split("=", 1)
                    for choice in schema(one["sheet"]).column(one[name]).choices
                )
                part = part.with_columns(pl.col(name).replace(words))
        parts.append(part.with_columns(sheet=pl.lit(schema(one["sheet"]).title)))
    return pl.concat(parts)
