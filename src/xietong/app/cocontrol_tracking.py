"""Use cases of tracking: the 16 cities and the province year by year, and ranking of imported data."""

import os
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.cocontrol import read_table
from xietong.cocontrol.composite import composite_synergy
from xietong.cocontrol.coupling import coupling_coordination
from xietong.cocontrol.index_system import load_system, subsystem_indices, template
from xietong.cocontrol.lmdi import lmdi
from xietong.cocontrol.moran import moran, shandong_neighbours
from xietong.cocontrol.panel import check_panel, keys_of, refuse
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
    return Result(
        result.formula,
        result.variant,
        result.table,
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


def import_table(path: Path, system: str, workspace: Path) -> dict[str, Any]:
    """Check a filled-in template against an index system and keep it in ``statistics/``."""
    chosen = load_system(system)
    table = read_table(path)
    columns = [one.column for one in chosen.indicators if one.column in table.columns]
    checked = check_panel(table, columns, where=str(path))
    problems = [
        f"缺少列 · missing column {k!r}" for k in ("entity", "year") if k not in table.columns
    ]
    known = {"entity", "year", *(one.column for one in chosen.indicators)}
    problems += [
        f"不在体系中的列 · column not in the system: {c!r}" for c in table.columns if c not in known
    ]
    for name in columns:
        if name.endswith("_share"):
            column = checked.get_column(name)
            wrong = ((column < 0) | (column > 1)).arg_true().to_list()
            if wrong:
                lines = ", ".join(str(i + 2) for i in wrong[:5])
                problems.append(
                    f"{name}: 第 {lines} 行不在 0 到 1 之间（百分数请除以 100）· not on 0..1"
                )
    for key in chosen.subsystems:
        if not any(one.column in columns for one in chosen.of(key)):
            problems.append(f"子系统 {key} 没有任何列 · no column for subsystem {key}")
    refuse(problems, str(path))
    target = _stored(workspace, system)
    target.parent.mkdir(parents=True, exist_ok=True)
    checked.select("entity", "year", *columns).write_csv(target)
    return {"file": str(target), "rows": checked.height, "columns": columns, "system": chosen.name}


def ranking(
    system: str, workspace: Path, year: int | None = None, weighting: str = "equal"
) -> dict[str, Any]:
    """Synergy ranking of imported data; an empty state with the next step when there is none."""
    target = _stored(workspace, system)
    if not target.is_file():
        return {
            "state": "empty",
            "rows": [],
            "message": f"尚未导入数据：xietong cocontrol template {system} > 表.csv，填好后 xietong cocontrol import 表.csv · "
            "nothing imported yet: fill in the template and import it. No series is made up.",
        }
    chosen = load_system(system)
    indices = subsystem_indices(read_table(target), chosen, weighting=weighting)
    result = coupling_coordination(indices.table, list(chosen.subsystems))
    latest = year or max(result.table["year"].to_list())
    rows = result.table.filter(pl.col("year") == latest)
    rows = rows.sort(["d", "entity"], descending=[True, False], nulls_last=True)
    ranked = rows.with_columns(
        rank=pl.when(pl.col("d").is_not_null()).then(pl.int_range(1, pl.len() + 1))
    )
    warnings = tuple(dict.fromkeys((*indices.warnings, *result.warnings)))
    shown = Result(
        f"{indices.formula}; {result.formula}",
        result.variant,
        ranked,
        result.scheme,
        {
            "system": chosen.name,
            "year": latest,
            "weighting": weighting,
            "weights": indices.details["weights"],
        },
        warnings,
    )
    return {"state": "ready", **shown.to_dict()}


def template_csv(system: str) -> str:
    """The empty table of an index system as CSV text."""
    return template(load_system(system)).write_csv()


def _stored(workspace: Path, system: str) -> Path:
    return workspace / "statistics" / f"synergy_{Path(system).stem}.csv"
