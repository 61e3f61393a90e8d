"""Use cases of tracking: cities and province year by year, on the panel that is there."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import polars as pl

from xietong.app.cocontrol_panels import Panel, find_panel
from xietong.cocontrol.composite import composite_synergy
from xietong.cocontrol.lmdi import lmdi
from xietong.cocontrol.moran import moran, shandong_neighbours
from xietong.cocontrol.panel import keys_of, refuse
from xietong.cocontrol.result import Result
from xietong.cocontrol.tapio import tapio
from xietong.cocontrol.tracking import PROVINCE_ORDER
from xietong.errors import TableError

CHAINS = {
    "lmdi": "GDP = gdp_1e8cny_2000, CO2/GDP = co2_t/gdp_1e8cny_2000",
    "kaya": "population = population_1e4, GDP per head = gdp_1e8cny_2000/population_1e4, "
    "CO2/GDP = co2_t/gdp_1e8cny_2000",
}
SERIES = ("tapio", "lmdi", "kaya", "moran", "synergy")
MODES = ("periods", "span", "chain", "fixed")
FIVE = 5
MORAN_VALUES = ("co2_t", "gdp_1e8cny_2000", "co2_per_gdp")


def track(
    what: str,
    data: Path | None = None,
    mode: str = "periods",
    *,
    root: Path | None = None,
    first: int | None = None,
    last: int | None = None,
    form: str = "additive",
    bounds: str = "stretched",
) -> Result:
    """One tracking result: ``tapio``, ``lmdi``, ``kaya``, ``moran`` for the cities, ``synergy`` for the province.

    The series are those of a folder ``data``, else the workspace's own panel (``root``), else ``XIETONG_DATA``.
    ``lmdi`` splits the change of CO2 into GDP and CO2 per GDP; ``kaya`` into population, GDP per head and
    CO2 per GDP (empty where the population of a constant area is unknown). ``first`` and ``last`` narrow the years.

    ``mode``: for ``tapio`` ``periods`` (five-year spans and the whole), ``span`` (first to last year), ``chain``
    (year by year) or ``fixed`` (against the first year); for ``lmdi`` and ``kaya`` ``chain`` sums the years, all
    others compare the ends; for ``synergy`` ``fixed`` or else ``chain``, with ``bounds`` sample or stretched.
    """
    problems = [] if what in SERIES else [f"{what!r}: {', '.join(SERIES)}"]
    problems += [] if mode in MODES else [f"mode {mode!r}: {', '.join(MODES)}"]
    refuse(problems, "跟踪 tracking")
    name = "province-panel" if what == "synergy" else "city-panel"
    panel = find_panel(name, root, data).between(first, last)
    if panel.table.is_empty():
        raise TableError(f"{first}–{last}: 面板没有这些年份 · the panel has no such years")
    if what == "synergy":
        return _province(panel, "fixed" if mode == "fixed" else "chain", bounds)
    result = _cities(what, panel.table, mode, form)
    years = panel.table["year"].unique().sort().to_list()
    details = {**result.details, "sources": panel.source, "years": years}
    table = result.table
    if "entity" in table.columns:  # the map finds a city by its code
        codes = panel.table.select("entity", "adcode").unique(maintain_order=True)
        table = table.join(codes, on="entity", how="left", maintain_order="left")
        table = table.select("adcode", pl.exclude("adcode"))
        table = table.sort("adcode", maintain_order=True, nulls_last=True)
    return Result(
        result.formula,
        result.variant,
        table,
        result.scheme,
        details,
        (*panel.notes, *result.warnings),
    )


def periods_of(years: Sequence[int]) -> list[tuple[int, int]]:
    """Spans between the first year, the years of five-year plans' ends, and the last; then the whole.

    >>> periods_of(range(2005, 2024))
    [(2005, 2010), (2010, 2015), (2015, 2020), (2020, 2023), (2005, 2023)]
    >>> periods_of([2021, 2022])
    [(2021, 2022)]
    """
    first, last = min(years), max(years)
    ends = [first, *(y for y in sorted(set(years)) if first < y < last and y % FIVE == 0), last]
    spans = list(pairwise(ends))
    return spans if len(spans) == 1 else [*spans, (first, last)]


def _cities(what: str, panel: pl.DataFrame, mode: str, form: str) -> Result:
    years = panel["year"].unique().to_list()
    if what == "tapio":
        spans = {"periods": periods_of(years), "span": [(min(years), max(years))]}
        return tapio(
            panel,
            "co2_t",
            "gdp_1e8cny_2000",
            mode="periods" if mode in spans else mode,
            periods=spans.get(mode, ()),
            prices="constant",
        )
    if what in CHAINS:
        how = "chained" if mode == "chain" else "end-to-end"
        return lmdi(panel, CHAINS[what], mode=how, form=form)
    return _moran(panel)


def _moran(panel: pl.DataFrame) -> Result:
    per_gdp = panel.with_columns(co2_per_gdp=pl.col("co2_t") / pl.col("gdp_1e8cny_2000"))
    uncoded = panel.filter(pl.col("adcode").is_null())["entity"].unique().to_list()
    refuse(
        [f"{name}: 没有行政区划代码，无法找邻市 · no adcode, so no neighbours" for name in uncoded],
        "莫兰指数 Moran",
    )
    named = per_gdp.drop("entity").rename({"adcode": "entity"})
    results = {value: moran(named, value, shandong_neighbours()) for value in MORAN_VALUES}
    table = pl.concat(
        [pl.select(value=pl.lit(v)).join(r.table, how="cross") for v, r in results.items()]
    )
    names = panel.select(entity="adcode", city="entity").unique()
    local = [
        r.details["local"].join(names, on="entity").with_columns(value=pl.lit(v))
        for v, r in results.items()
        if r.details["local"].height
    ]
    said = tuple(dict.fromkeys(w for r in results.values() for w in r.warnings))
    one = results[MORAN_VALUES[0]]
    details = {"local": pl.concat(local) if local else pl.DataFrame()}
    return Result(one.formula, one.variant, table, "contiguity", details, said)


def _province(panel: Panel, base: str, bounds: str) -> Result:
    result = composite_synergy(panel.table, PROVINCE_ORDER, bounds=bounds, base=base)
    keys = keys_of(panel.table)
    out = result.table.join(panel.table, on=keys, how="left", maintain_order="left")
    years = panel.table["year"].unique().sort().to_list()
    details = {**result.details, "sources": panel.source, "years": years}
    said = (*panel.notes, *result.warnings)
    return Result(
        result.formula,
        result.variant,
        out.drop("adcode", strict=False),
        result.scheme,
        details,
        said,
    )
