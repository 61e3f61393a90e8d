"""What pollution control costs in carbon: kg CO2e per kg of pollutant removed, device by device."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from xietong import params
from xietong.engine import open_engine
from xietong.inventory.control_carbon import SHEET, controlled_sources, with_control_carbon
from xietong.inventory.control_removed import ROW, removed_by_stage
from xietong.inventory.control_sheet import device_items
from xietong.inventory.factors import run, weak_rows
from xietong.inventory.prepare import Prepared, factor_keys, prepare
from xietong.inventory.settings import Settings
from xietong.methods import find_method
from xietong.methods.abatement.control_operation import ITEMS
from xietong.tables import schema

GRAIN = ("region", "year", "facility", "origin", "source_sheet", "source_sector", "device")
PARTS = {
    "direct": ("reaction", "urea", "voc_carbon", "auxiliary_gas"),
    "n2o": ("n2o",),
    "fuel": ("auxiliary_gas_in_fuel_table",),
    "electricity": ("electricity",),
    "steam": ("steam",),
    "reagents": ("reagents",),
}
REMOVED = ("so2", "nox", "tsp", "pm10", "pm25", "nmvoc", "cod", "nh3n", "tn", "tp")
DUST = ("tsp", "pm10", "pm25")
COLUMNS = (
    *GRAIN,
    "pollutant",
    "removed_t",
    *(f"{part}_t" for part in PARTS),
    "co2e_t",
    "kg_co2e_per_kg",
    "weak_share",
    "not_estimated",
    *(f"{name}_removed_t" for name in REMOVED),
)
Tables = Mapping[str, pl.DataFrame]


def control_report(activity: Tables, settings: Settings) -> pl.DataFrame:
    """Carbon of each device of the sheet and of each chain, by part, and per kg removed.

    Parameters
    ----------
    activity
        The tables of an inventory in memory; controls of all of them are looked at, whatever
        ``settings.control_carbon`` says.
    settings
        Sets chosen by name.

    Returns
    -------
    One row per region, year, facility, origin (``sheet`` or ``derived``), sheet and sector of the
    source, and device. ``direct_t`` (reaction, urea, VOC burnt, auxiliary gas that stands nowhere
    else), ``n2o_t``, ``fuel_t`` (auxiliary gas of the fuel table), ``electricity_t``, ``steam_t``,
    ``reagents_t`` and their sum ``co2e_t`` [t CO2e]: sums of what is known, null where a part is not
    known or the device has none; ``not_estimated`` names the items without a value, so a sum with one
    is a lower bound. ``pollutant`` is the one that the device is built for (of dust the size whose
    mass is known); ``removed_t`` [t] its mass, ``kg_co2e_per_kg`` the whole ``co2e_t`` over it: nothing is allocated to what is removed
    beside it, whose masses stand in ``so2_removed_t`` … ``tp_removed_t`` [t]. ``weak_share`` is what
    rests on values not verified or foreign.
    """
    on = replace(settings, control_carbon=True)
    items = control_rows(activity, on)
    if not items.height:
        return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String()))
    lines = items.group_by(GRAIN, maintain_order=True).agg(
        *(
            _known(pl.col("co2e_t").filter(pl.col("item").is_in(names))).alias(f"{part}_t")
            for part, names in PARTS.items()
        ),
        co2e_t=_known(pl.col("co2e_t")),
        weak_t=pl.col("co2e_t").filter(pl.col("weak")).sum(),
        not_estimated=pl.col("item")
        .filter(pl.col("co2e_t").is_null())
        .unique(maintain_order=True)
        .str.join(", "),
    )
    masses = pl.concat([_removed_of_sheet(activity), _removed_of_chains(activity, on)])
    built_for = device_items(on.workspace).unique("device", keep="first")
    return (
        lines.join(masses, on=GRAIN, how="left", maintain_order="left")
        .join(built_for.select("device", "pollutant"), on="device", how="left")
        .with_columns(pollutant=_reported_pollutant())
        .with_columns(removed_t=_mass_of_pollutant())
        .with_columns(
            kg_co2e_per_kg=pl.when(pl.col("removed_t") > 0).then(
                pl.col("co2e_t") / pl.col("removed_t")
            ),
            weak_share=pl.when(pl.col("co2e_t") > 0).then(pl.col("weak_t") / pl.col("co2e_t")),
        )
        .select(COLUMNS)
        .sort("year", "region", "facility", "source_sector", "device")
    )


def control_rows(activity: Tables, settings: Settings) -> pl.DataFrame:
    """Each item of each device with ``origin``, ``co2e_t`` [t] and ``weak``; null where not known."""
    table = with_control_carbon(activity, settings).get(SHEET)
    if table is None:
        return pl.DataFrame()
    prepared = prepared_for(table, settings)
    weak = weak_rows(prepared)
    answer = co2e_of(table, prepared, settings.gwp)
    moved = co2e_of(table, prepared.moved(weak), settings.gwp) if weak.height else answer
    return named(table).with_columns(co2e_t=answer, weak=(answer != moved).fill_null(False))


def prepared_for(table: pl.DataFrame, settings: Settings) -> Prepared:
    """The parameters that a table of items asks for."""
    method = find_method(SHEET)
    keys = factor_keys(method, table.columns, list(schema(SHEET).numbers))
    return prepare(method, table.select(keys).unique(maintain_order=True), settings)


def named(table: pl.DataFrame) -> pl.DataFrame:
    """Items with every column of the report's grain, none of them null."""
    words = [name for name in GRAIN if name not in {"year", "origin"}]
    metered = pl.col("evidence") == "metered"
    return table.with_columns(
        *(pl.col(name).cast(pl.String).fill_null("") for name in words),
        origin=pl.when(metered).then(pl.lit("sheet")).otherwise(pl.lit("derived")),
    )


def co2e_of(table: pl.DataFrame, prepared: Prepared, gwp_set: str) -> pl.Series:
    """CO2 equivalents of each item: of the species in which the item counts."""
    potentials = params.load("gwp/gwp100", programme=gwp_set).wide
    n2o = potentials.filter(gas="N2O")["gwp100"].item()
    made = run(find_method(SHEET), table, prepared)
    counted = pl.coalesce(
        pl.when(pl.col("item").is_in(names)).then(
            pl.col(species) * (n2o if species == "n2o_t" else 1.0)
        )
        for species, names in ITEMS.items()
    )
    return made.select(co2e_t=counted).to_series()


def _removed_of_sheet(activity: Tables) -> pl.DataFrame:
    table = activity.get(SHEET)
    if table is None or "item" in table.columns:
        return _no_masses()
    given = {f"{name}_removed_t" for name in REMOVED} & set(table.columns)
    return table.with_columns(
        *(pl.lit("").alias(name) for name in ("source_sheet", "source_sector")),
        origin=pl.lit("sheet"),
    ).select(
        *GRAIN,
        *(
            (pl.col(name) if name in given else pl.lit(None)).cast(pl.Float64).alias(name)
            for name in (f"{one}_removed_t" for one in REMOVED)
        ),
    )


def _removed_of_chains(activity: Tables, settings: Settings) -> pl.DataFrame:
    engine = open_engine()
    frames = {name: engine.frame(table) for name, table in activity.items()}
    parts = [_no_masses()]
    for method, rows, origins in controlled_sources(frames, engine):
        taken = removed_by_stage(method, rows, settings).join(origins, on=ROW)
        wide = taken.with_columns(
            origin=pl.lit("derived"), pollutant=pl.col("pollutant") + "_removed_t"
        )
        summed = wide.group_by(*GRAIN, "pollutant").agg(_known(pl.col("removed_t")))
        made = summed.pivot(on="pollutant", index=GRAIN, values="removed_t")
        parts.append(made)
    return pl.concat(parts, how="diagonal_relaxed").select(_no_masses().columns)


def _no_masses() -> pl.DataFrame:
    kinds: dict[str, Any] = dict.fromkeys(GRAIN, pl.String()) | {"year": pl.Int64()}
    return pl.DataFrame(schema=kinds | {f"{name}_removed_t": pl.Float64() for name in REMOVED})


def _reported_pollutant() -> pl.Expr:
    """What the device is built for; of dust the size whose mass is known, its own size first."""
    own = pl.col("pollutant").replace("none", None)
    is_dust = own.is_in(DUST)
    known = pl.coalesce(
        pl.when(pl.col(f"{name}_removed_t").is_not_null() & (own == name)).then(pl.lit(name))
        for name in DUST
    )
    other = pl.coalesce(
        pl.when(pl.col(f"{name}_removed_t").is_not_null()).then(pl.lit(name)) for name in DUST
    )
    return pl.when(is_dust).then(pl.coalesce(known, other, own)).otherwise(own)


def _mass_of_pollutant() -> pl.Expr:
    return pl.coalesce(
        pl.when(pl.col("pollutant") == name).then(pl.col(f"{name}_removed_t")) for name in REMOVED
    )


def _known(values: pl.Expr) -> pl.Expr:
    """The sum of what is known; null where nothing is."""
    return pl.when(values.count() > 0).then(values.sum()).first()
