"""主要污染物总量减排核算: key-project reductions of COD, NH3-N, NOx, VOCs and the yearly balance."""

import polars as pl
from polars import col

from xietong.errors import TableError

KINDS = ("wastewater", "elimination", "substitution", "measured")
COLUMNS = ("project", "region", "year", "pollutant", "kind", "reduced_t", "why")


def project_reductions(projects: pl.DataFrame) -> pl.DataFrame:
    """Tonnes cut by each project, less what new projects have already used up.

    Parameters
    ----------
    projects
        One row per (project, pollutant, year); ``kind``: ``wastewater`` (``water_1e4t`` [1e4 m3], ``in_mg_per_l``,
        ``out_mg_per_l``), ``elimination`` (``used_t``, ``before_kg_per_t``), ``substitution`` (``used_t``, ``before_share``,
        ``after_share``: VOC of the old and the new material), ``measured`` (``before_t``, ``after_t``); ``used_as_offset_t``
        (null counts as none said: 0 must be written).

    Returns
    -------
    One row per project: ``reduced_t`` [t], null with ``why`` where a figure is missing. A project that
    cuts nothing stays in the table with a negative value and is named.

    Source
    ------
    METHODS 6.3: ΔCOD = Q·(C_in − C_out)·1e-2; coal × factor; (C_old − C_new) × use; before − after.

    Examples
    --------
    100 ×1e4 m3 from 300 to 30 mg/L: 270 t.

    >>> one = pl.DataFrame({"project": ["p"], "region": ["370000"], "year": [2024], "pollutant": ["cod"],
    ...     "kind": ["wastewater"], "water_1e4t": [100.0], "in_mg_per_l": [300.0], "out_mg_per_l": [30.0], "used_as_offset_t": [20.0]})
    >>> project_reductions(one)["reduced_t"].item()
    250.0
    """
    wanted = (
        "water_1e4t",
        "in_mg_per_l",
        "out_mg_per_l",
        "used_t",
        "before_kg_per_t",
        "before_share",
        "after_share",
        "before_t",
        "after_t",
        "used_as_offset_t",
    )
    unknown = sorted(set(projects["kind"].unique()) - set(KINDS))
    if unknown:
        raise TableError(f"kind: {', '.join(unknown)}；可用 known: {', '.join(KINDS)}")
    full = projects.with_columns(
        pl.lit(None, dtype=pl.Float64).alias(name)
        for name in wanted
        if name not in projects.columns
    )
    gross = (
        pl.when(col("kind") == "wastewater")
        .then(col("water_1e4t") * (col("in_mg_per_l") - col("out_mg_per_l")) / 100)
        .when(col("kind") == "elimination")
        .then(col("used_t") * col("before_kg_per_t") / 1000)
        .when(col("kind") == "substitution")
        .then(col("used_t") * (col("before_share") - col("after_share")))
        .otherwise(col("before_t") - col("after_t"))
    )
    made = full.with_columns(reduced_t=gross - col("used_as_offset_t"))
    why = (
        pl.when(col("reduced_t").is_null())
        .then(pl.lit("缺数 a figure is missing"))
        .when(col("reduced_t") <= 0)
        .then(pl.lit("没有减排 nothing is cut"))
        .otherwise(pl.lit(""))
    )
    return made.with_columns(why=why).select(COLUMNS)


def yearly_balance(
    start_t: float, reduced: dict[int, float], added: dict[int, float]
) -> dict[int, float]:
    """Emissions year by year: last year's, less what projects cut, plus what is new.

    ``TableError`` for a year that has only one of the two: a missing year is not a zero.

    >>> yearly_balance(100.0, {2021: 10.0, 2022: 5.0}, {2021: 2.0, 2022: 0.0})
    {2021: 92.0, 2022: 87.0}
    """
    lonely = sorted(reduced.keys() ^ added.keys())
    if lonely:
        raise TableError(
            f"这些年份缺减排量或新增量 either the cut or the new is missing: {', '.join(map(str, lonely))}"
        )
    made: dict[int, float] = {}
    value = start_t
    for year in sorted(reduced):
        value = value - reduced[year] + added[year]
        made[year] = value
    return made
