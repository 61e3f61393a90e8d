"""Use cases of tracking: the 16 cities and the province year by year, from the folder of real data."""

import os
from pathlib import Path

import polars as pl

from xietong.app.cocontrol import read_table
from xietong.cocontrol.composite import composite_synergy
from xietong.cocontrol.lmdi import lmdi
from xietong.cocontrol.moran import moran, shandong_neighbours
from xietong.cocontrol.panel import check_panel, keys_of
from xietong.cocontrol.result import Result
from xietong.cocontrol.tapio import tapio
from xietong.cocontrol.tracking import (
    CITY_SOURCES,
    PROVINCE_ORDER,
    PROVINCE_SOURCES,
    city_panel,
    province_panel,
)
from xietong.errors import TableError

CITY_FILE = "stats/shandong_city_panel_1998_2024.csv"
REAS_FILE = "reas/reas_v3.2_shandong_1950_2015.csv"
CEADS_FILE = "ceads/ceads_shandong_1997_2019_sector_fuel_mtco2.csv"
CHAINS = {
    "lmdi": "GDP = gdp_1e8cny_2000, CO2/GDP = co2_t/gdp_1e8cny_2000",
    "kaya": "population = population_1e4, GDP per head = gdp_1e8cny_2000/population_1e4, "
    "CO2/GDP = co2_t/gdp_1e8cny_2000",
}
DEFAULT_DATA = "../shared/data"
FIRST, LAST = 2005, 2023
PERIODS = ((2005, 2010), (2010, 2015), (2015, 2020), (2020, 2023), (2005, 2023))
SERIES = ("tapio", "lmdi", "kaya", "moran", "synergy")


def data_folder(given: Path | None = None) -> Path | None:
    """The folder of real data: given, or ``XIETONG_DATA``, or ``../shared/data`` when it is there."""
    folder = given or Path(os.environ.get("XIETONG_DATA", DEFAULT_DATA))
    return folder if folder.is_dir() else None


def cities(
    folder: Path, first: int = FIRST, last: int = LAST
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The 16 cities' panel between two years, and what was decided about Laiwu."""
    panel, notes = city_panel(read_table(folder / CITY_FILE))
    return panel.filter(pl.col("year").is_between(first, last)), notes


def track(what: str, data: Path | None = None, mode: str = "periods") -> Result:
    """One tracking result: ``tapio``, ``lmdi``, ``kaya``, ``moran`` for the 16 cities, ``synergy`` for the province.

    ``lmdi`` splits the change of CO2 into GDP and CO2 per GDP; ``kaya`` into population, GDP per head and
    CO2 per GDP (empty where the population of a constant area is unknown).

    ``mode``: for ``tapio`` ``periods`` (five-year spans and 2005 to 2023), ``chain`` (year by year) or
    ``fixed`` (against 2005); for ``synergy`` ``chain`` or ``fixed`` (``periods`` counts as ``chain``).
    """
    folder = data_folder(data)
    if folder is None:
        raise TableError(
            "没有数据文件夹：请设 XIETONG_DATA 或用 --data 指明 · "
            "no data folder: set XIETONG_DATA or give --data FOLDER"
        )
    if what not in SERIES:
        raise TableError(f"{what!r}: {', '.join(SERIES)}")
    if what == "synergy":
        return _province(folder, "fixed" if mode == "fixed" else "chain")
    panel, notes = cities(folder)
    result = _cities(what, panel, mode)
    details = {**result.details, "sources": CITY_SOURCES}
    table = result.table
    if "entity" in table.columns:  # the map finds a city by its code
        codes = panel.select("entity", "adcode").unique()
        table = table.join(codes, on="entity", how="left", maintain_order="left")
        table = table.select("adcode", pl.exclude("adcode")).sort("adcode", maintain_order=True)
    return Result(
        result.formula,
        result.variant,
        table,
        result.scheme,
        details,
        (*notes, *result.warnings),
    )


def _cities(what: str, panel: pl.DataFrame, mode: str) -> Result:
    if what == "tapio":
        periods = PERIODS if mode == "periods" else ()
        return tapio(
            panel, "co2_t", "gdp_1e8cny_2000", mode=mode, periods=periods, prices="constant"
        )
    if what in CHAINS:
        return lmdi(panel, CHAINS[what], mode="chained" if mode == "chain" else "end-to-end")
    per_gdp = panel.with_columns(co2_per_gdp=pl.col("co2_t") / pl.col("gdp_1e8cny_2000"))
    named = per_gdp.drop("entity").rename({"adcode": "entity"})
    results = {
        value: moran(named, value, shandong_neighbours())
        for value in ("co2_t", "gdp_1e8cny_2000", "co2_per_gdp")
    }
    table = pl.concat(
        [pl.select(value=pl.lit(v)).join(r.table, how="cross") for v, r in results.items()]
    )
    first = results["co2_t"]
    names = panel.select(entity="adcode", city="entity").unique()
    local = pl.concat(
        [
            r.details["local"].join(names, on="entity").with_columns(value=pl.lit(v))
            for v, r in results.items()
        ]
    )
    return Result(
        first.formula, first.variant, table, "contiguity", {"local": local}, first.warnings
    )


def _province(folder: Path, base: str) -> Result:
    panel = province_panel(
        check_panel(
            read_table(folder / REAS_FILE), ["value"], keys=("pollutant", "sector", "year")
        ),
        check_panel(read_table(folder / CEADS_FILE), ["mt_co2"], keys=("year", "sector", "item")),
    )
    result = composite_synergy(panel, PROVINCE_ORDER, bounds="stretched", base=base)
    out = result.table.join(panel, on=keys_of(panel), how="left", maintain_order="left")
    details = {**result.details, "sources": PROVINCE_SOURCES}
    return Result(result.formula, result.variant, out, result.scheme, details, result.warnings)
