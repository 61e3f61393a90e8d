"""Pollution control's own carbon attached to the controls of an inventory.

Two ways to one method (``control_operation``): the sheet that a plant fills in, and rows that follow
from the run itself, what each device of each chain removes times the device's own use. So whoever adds
a control to a source sees its carbon.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl
from narwhals import col

from xietong import params
from xietong.engine import Engine, open_engine
from xietong.inventory.control_removed import ROW, SILENT, removed_by_stage
from xietong.inventory.control_sheet import (
    DEVICE_USE,
    MEASURED,
    device_items,
    sheet_items,
)
from xietong.inventory.prepare import DEVICES, factor_keys
from xietong.inventory.settings import Settings
from xietong.methods import METHODS
from xietong.methods.abatement.control_operation import AMOUNTS, ITEMS
from xietong.methods.method import Method
from xietong.tables import schema

SHEET = "control_operation"
SECTOR = "pollution_control"
SOURCE = ("region", "year", "facility", "source_sheet", "source_sector")
COVERED = ("region", "year", "facility", "device")
Activity = Mapping[str, nw.LazyFrame[Any]]


def attached(activity: Activity, engine: Engine, settings: Settings) -> Activity:
    """The activity tables with the table ``control_operation`` made of single items.

    The sheet, where it is filled, always; rows that follow from the controls of the other tables
    where ``settings.control_carbon`` asks for them, but not for a device that the sheet has (same
    region, year, facility and device). Tables that are attached already come back as they are.
    """
    frame = activity.get(SHEET)
    if frame is not None and "item" in frame.collect_schema().names():
        return activity
    sheet = None if frame is None else engine.collect(frame)
    if sheet is None and not settings.control_carbon:
        return activity
    made = control_items(activity, engine, settings, sheet)
    others = {name: table for name, table in activity.items() if name != SHEET}
    return others | ({SHEET: engine.frame(made)} if made.height else {})


def with_control_carbon(
    activity: Mapping[str, pl.DataFrame], settings: Settings
) -> dict[str, pl.DataFrame]:
    """``attached`` for tables in memory.

    >>> rows = pl.DataFrame({"region": ["370200"], "year": [2023], "sector": ["steel_processes"],
    ...     "product": ["sinter"], "process": ["average"], "control": ["fgd_limestone"],
    ...     "output_t": [1e6], "so2_kg_per_t": [1.0]})
    >>> made = with_control_carbon({"industrial_output": rows}, Settings(control_carbon=True))
    >>> made["control_operation"].select("device", "item", "removed_t").row(0)
    ('fgd_limestone', 'reaction', 940.0)
    """
    engine = open_engine()
    frames = {name: engine.frame(table) for name, table in activity.items()}
    made = attached(frames, engine, settings)
    found = {name: table for name, table in activity.items() if name in made}
    if SHEET in made:
        found[SHEET] = engine.collect(made[SHEET])
    return found


def control_items(
    activity: Activity, engine: Engine, settings: Settings, sheet: pl.DataFrame | None = None
) -> pl.DataFrame:
    """One row per source, device and item: of the sheet, and where asked of the run itself.

    Columns as ``methods.abatement.control_operation`` reads them, with ``source_sheet``,
    ``source_sector``, ``stage`` (null for the sheet) to tell where a row comes from.
    """
    parts = []
    if sheet is not None and sheet.height:
        parts.append(sheet_items(sheet, settings.workspace))
    if settings.control_carbon:
        for method, rows, _ in controlled_sources(activity, engine):
            parts.append(_not_in(sheet, derived_items(method, rows, settings)))
    if not parts:
        return pl.DataFrame()
    made = pl.concat(parts, how="diagonal_relaxed")
    absent = [name for name in (*SOURCE, "stage") if name not in made.columns]
    unmeasured = [name for name in MEASURED if name not in made.columns]
    return made.with_columns(
        *(pl.lit(None).alias(name) for name in absent),
        *(pl.lit(None, dtype=pl.Float64).alias(name) for name in unmeasured),
    )


def counting_in(species: str, activity: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables with only those items of pollution control that count in a species, or may."""
    if SHEET not in activity:
        return dict(activity)
    counted = pl.col("item").is_in([*ITEMS.get(species, ()), "unknown"])
    return {**activity, SHEET: activity[SHEET].filter(counted)}


def unknown_is_not_zero(table: pl.DataFrame) -> pl.DataFrame:
    """Totals of pollution control with null where all that is known is 0 and something is not known.

    A row of one item is 0 in the species of the others, so N2O of which nothing is known would stand
    as 0 beside its rows not estimated.

    >>> rows = pl.DataFrame({"species": ["n2o_t", "co2_t"], "value": [0.0, 0.0], "not_estimated": [1, 0]})
    >>> unknown_is_not_zero(rows)["value"].to_list()
    [None, 0.0]
    """
    nothing = (pl.col("value") == 0) & (pl.col("not_estimated") > 0)
    return table.with_columns(value=pl.when(~nothing).then("value"))


def controlled_sources(
    activity: Activity, engine: Engine
) -> Iterator[tuple[Method, pl.DataFrame, pl.DataFrame]]:
    """Each method that knows devices, its rows with a control (alike rows summed), whose they are."""
    for method in METHODS:
        if DEVICES in method.params.values() and method.activity in activity:
            rows = _sources(method, activity[method.activity], engine)
            if rows.height:
                yield method, rows, _origins(method, rows)


def derived_items(method: Method, rows: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """The items of every device of every chain in an activity table.

    Removed mass (t) of the pollutant that the device's own use is stated for; for electricity what the
    power unit generates or the product's tonnes, where the device's use is stated by them. A device of which nothing is stated,
    or whose removal is not known, gives one item ``unknown``: not estimated.
    """
    taken = removed_by_stage(method, rows, settings)
    known = device_items(settings.workspace)
    stages = taken.select(ROW, "stage", "device").unique(maintain_order=True)
    silent = stages.filter(
        pl.col("device").is_in(SILENT) | ~pl.col("device").is_in(known["device"].to_list())
    ).with_columns(item=pl.lit("unknown"), pollutant=pl.lit("none"), reagent=pl.lit("none"))
    items = taken.join(known, on=["device", "pollutant"]).filter(~pl.col("device").is_in(SILENT))
    by_power = _stated_by("generated_mwh", "electricity_of_generation_share", settings)
    by_output = ~by_power & _stated_by("output_t", "electricity_kwh_per_t_output", settings)
    by_removed = ~by_power & ~by_output
    items = items.with_columns(
        removed_t=pl.when(by_removed).then("removed_t"),
        generated_mwh=pl.when(by_power).then("generated_mwh"),
        output_t=pl.when(by_output).then("output_t"),
        items_not_stated=pl.when(by_removed & pl.col("removed_t").is_null()).then(1.0),
        evidence=pl.when(pl.col("weak") & by_removed)
        .then(pl.lit("derived_weak"))
        .otherwise(pl.lit("derived")),
    )
    made = pl.concat(
        [items.drop("control", "stream_t", "taken_share", "weak"), silent], how="diagonal_relaxed"
    )
    return _keyed(made, _origins(method, rows))


def _stated_by(basis: str, parameter: str, settings: Settings) -> pl.Expr:
    """Is it electricity of a device whose use is stated by what the source makes, and is that known?"""
    rows = params.read_long(DEVICE_USE, settings.workspace)
    stated = rows.filter(pl.col("parameter") == parameter, pl.col("value").is_not_null())
    devices = stated["device"].unique().to_list()
    return (
        (pl.col("item") == "electricity")
        & pl.col("device").is_in(devices)
        & pl.col(basis).is_not_null()
    )


def _origins(method: Method, rows: pl.DataFrame) -> pl.DataFrame:
    facility = pl.col("facility") if "facility" in rows.columns else pl.lit("")
    return rows.with_row_index(ROW).select(
        ROW,
        "region",
        "year",
        facility=facility.cast(pl.String).fill_null(""),
        source_sheet=pl.lit(method.activity),
        source_sector=pl.col("sector").cast(pl.String),
    )


def _keyed(items: pl.DataFrame, origins: pl.DataFrame) -> pl.DataFrame:
    """Every key and amount that the method asks for."""
    gas = pl.col("item").str.starts_with("auxiliary_gas")
    absent = [name for name in AMOUNTS if name not in items.columns]
    return (
        items.join(origins, on=ROW, how="left", maintain_order="left")
        .drop(ROW)
        .with_columns(
            *(pl.lit(None, dtype=pl.Float64).alias(name) for name in absent),
            pl.col("evidence").fill_null("derived"),
            sector=pl.lit(SECTOR),
            material=pl.lit("none"),
            fuel=pl.when(gas).then(pl.lit("natural_gas")).otherwise(pl.lit("none")),
        )
    )


def _not_in(sheet: pl.DataFrame | None, items: pl.DataFrame) -> pl.DataFrame:
    """Without the devices that the sheet has."""
    if sheet is None or not sheet.height:
        return items
    return items.join(sheet.select(COVERED).unique(), on=COVERED, how="anti")


def _sources(method: Method, frame: nw.LazyFrame[Any], engine: Engine) -> pl.DataFrame:
    """The rows of a table with a control, alike rows summed; rows without an amount are left out."""
    columns = frame.collect_schema().names()
    if "control" not in columns:
        return pl.DataFrame()
    numbers = [name for name in schema(method.activity).numbers if name in columns]
    names = ["region", "year", "sector", *(["facility"] if "facility" in columns else [])]
    groups = list(dict.fromkeys([*names, *factor_keys(method, columns, numbers)]))
    amounts = [name for name in method.amounts if name in columns]
    parts = list(_summed(frame, groups, amounts, engine))
    return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()


def _summed(
    frame: nw.LazyFrame[Any], groups: Sequence[str], amounts: Sequence[str], engine: Engine
) -> Iterator[pl.DataFrame]:
    """One table per amount, the others left empty: a row has one of them."""
    controlled = frame.filter(col("control").is_null() | (col("control") != "none"))
    for name in amounts:
        rows = controlled.filter(~col(name).is_null()).select([*groups, name])
        made = engine.collect(rows.group_by(list(groups)).agg(col(name).sum())).sort(groups)
        if made.height:
            yield made.with_columns(
                pl.lit(None, dtype=pl.Float64).alias(other) for other in amounts if other != name
            )
