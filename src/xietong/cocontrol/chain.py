"""A chain of factors for decomposition: names and ratios of columns whose product is the total."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from xietong.cocontrol.panel import ENTITY, YEAR, refuse

KAYA = "population, gdp/population, energy/gdp, co2/energy"


@dataclass(frozen=True)
class Factor:
    """One factor: ``numerator`` over ``denominator`` (None: the column itself); ``sum(x)`` is a total."""

    name: str
    numerator: str
    denominator: str | None = None


def parse_chain(text: str) -> tuple[Factor, ...]:
    """Factors of a text such as ``population, income = gdp/population, co2/gdp``.

    A part is a column, a ratio of two columns, or either with a name before ``=``. ``sum(x)`` stands
    for the total of ``x`` over all sectors of the same entity and year, so that a structure effect
    is ``gdp/sum(gdp)``.

    Examples
    --------
    >>> [f.name for f in parse_chain("population, income = gdp/population, co2/gdp")]
    ['population', 'income', 'co2/gdp']
    """
    factors, problems = [], []
    for part in (piece.strip() for piece in text.split(",")):
        name, _, body = part.rpartition("=")
        pieces = [piece.strip() for piece in body.split("/")]
        if not all(pieces) or len(pieces) > 2:
            problems.append(f"{part!r}: 写作 列 或 列/列 · write column or column/column")
            continue
        factors.append(Factor(name.strip() or body.strip(), *pieces))
    names = [one.name for one in factors]
    problems += [
        f"{n!r}: 因素名重复 · factor name twice"
        for n in sorted({n for n in names if names.count(n) > 1})
    ]
    refuse(problems, "分解链 chain")
    return tuple(factors)


def columns_of(factors: Sequence[Factor]) -> list[str]:
    """The columns of the table that a chain needs."""
    parts = [part for one in factors for part in (one.numerator, one.denominator) if part]
    return list(dict.fromkeys(_inner(part) for part in parts))


def total_of(factors: Sequence[Factor]) -> str | None:
    """The column that the product of the chain is equal to, when the ratios cancel to one column.

    Examples
    --------
    >>> total_of(parse_chain(KAYA)), total_of(parse_chain("a, b"))
    ('co2', None)
    """
    above = [one.numerator for one in factors]
    for below in (one.denominator for one in factors):
        if below in above:
            above.remove(below)
        elif below is not None:
            return None
    return above[0] if len(above) == 1 else None


def with_factors(table: pl.DataFrame, factors: Sequence[Factor]) -> pl.DataFrame:
    """``table`` with one column ``x0, x1, …`` per factor.

    Unknown stays null; 0/0 is NaN (no ratio, for instance of a fuel not used yet); anything else
    over 0 is infinite and means that the columns contradict each other.
    """
    columns = []
    for i, one in enumerate(factors):
        value = _part(table, one.numerator)
        if one.denominator is not None:
            value = value / _part(table, one.denominator)
        columns.append(value.alias(f"x{i}"))
    return table.with_columns(columns)


def _inner(part: str) -> str:
    return part[4:-1].strip() if part.startswith("sum(") and part.endswith(")") else part


def _part(table: pl.DataFrame, part: str) -> pl.Expr:
    if part != _inner(part):
        over = [key for key in (ENTITY, YEAR) if key in table.columns]
        column = pl.col(_inner(part))
        return pl.when(column.is_not_null().all().over(over)).then(column.sum().over(over))
    return pl.col(part)
