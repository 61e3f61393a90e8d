"""Levels of a degree: named schemes of intervals [lower, upper), the last one closed."""

from functools import cache
from importlib import resources

import polars as pl

from xietong.cocontrol.panel import refuse


@cache
def level_schemes() -> pl.DataFrame:
    """All schemes: one row per scheme and class, with source and confidence."""
    path = resources.files("xietong.cocontrol") / "tables" / "levels.csv"
    return pl.read_csv(path.read_bytes())


def scheme_names(applies_to: str = "d") -> list[str]:
    """Names of the schemes for ``d`` (coordination) or ``c`` (coupling).

    Examples
    --------
    >>> "ten-class" in scheme_names(), scheme_names("c")
    (True, ['coupling-four-class'])
    """
    rows = level_schemes().filter(pl.col("applies_to") == applies_to)
    return rows["scheme"].unique(maintain_order=True).to_list()


def with_level(
    table: pl.DataFrame, column: str, scheme: str, prefix: str = "level"
) -> pl.DataFrame:
    """``table`` with ``{prefix}_zh`` and ``{prefix}_en`` for a column on 0..1; null stays null.

    Examples
    --------
    >>> with_level(pl.DataFrame({"d": [0.5, 0.4999, 1.0, None]}), "d", "ten-class")["level_zh"].to_list()
    ['勉强协调', '濒临失调', '优质协调', None]
    """
    known = level_schemes()
    rows = known.filter(pl.col("scheme") == scheme)
    if rows.is_empty():
        names = ", ".join(known["scheme"].unique(maintain_order=True))
        refuse(
            [f"没有等级方案 · no level scheme {scheme!r}; 可选 choose from: {names}"], "等级 levels"
        )
    for language in ("zh", "en"):
        expression = pl.lit(None, dtype=pl.String)
        for row in rows.sort("lower", descending=True).to_dicts():
            last = row["upper"] == rows["upper"].max()
            inside = (pl.col(column) >= row["lower"]) & (
                pl.lit(True) if last else pl.col(column) < row["upper"]
            )
            expression = (
                pl.when(inside).then(pl.lit(row[f"level_{language}"])).otherwise(expression)
            )
        table = table.with_columns(expression.alias(f"{prefix}_{language}"))
    return table
