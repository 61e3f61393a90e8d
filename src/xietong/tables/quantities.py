"""A quantity is a number and a unit; the house column follows from the unit's dimension."""

from collections.abc import Iterator

import polars as pl

from xietong.tables.headings import Heading
from xietong.tables.numbers import LISTED, located, numbers_of, out_of_range, text_of
from xietong.tables.problem import Problem
from xietong.tables.schema import Column
from xietong.tables.units import find_unit, of_dimension
from xietong.vocab import fuels

ROW = "__row"


def quantities(
    table: pl.DataFrame,
    cells: pl.DataFrame,
    headings: dict[str, Heading],
    column: Column,
    unit_column: Column,
    sheet: str,
) -> tuple[pl.DataFrame, list[Problem]]:
    """A number and its unit into the house column of the unit's dimension."""
    rows = table[ROW]
    amount_text = text_of(cells, headings[column.name], column)
    unit_text = text_of(cells, headings.get(unit_column.name), unit_column)
    known = {word: find_unit(word) for word in unit_text.drop_nulls().unique()}
    problems = []
    for word, unit in known.items():
        if unit is None or unit.dimension not in column.into:
            at = rows.filter(unit_text == word).to_list()
            usable = "、".join(
                one.aliases[0] if one.aliases else one.unit
                for dimension in column.into
                for one in of_dimension(dimension)
            )
            problems.append(
                Problem(
                    "unknown-unit",
                    sheet,
                    at[0],
                    unit_column.heading,
                    word,
                    f"单位不可用 unit cannot be used here（{len(at)} 行 rows）",
                    f"可用 usable: {usable}",
                )
            )
    factor = unit_text.replace_strict(
        {w: u.factor if u else None for w, u in known.items()},
        default=None,
        return_dtype=pl.Float64,
    )
    dimension = unit_text.replace_strict(
        {w: u.dimension if u else None for w, u in known.items()},
        default=None,
        return_dtype=pl.String,
    )
    number, found = numbers_of(amount_text, rows, _unbounded(column), 1.0, sheet)
    problems += found
    value = number * factor
    problems += out_of_range(value, rows, amount_text, column, column.min, column.max, sheet)
    problems += list(_wrong_dimension(table, rows, dimension, unit_text, column, sheet))
    made = {
        name: pl.DataFrame({"v": value, "d": dimension})
        .select(pl.when(pl.col("d") == dim).then(pl.col("v")).alias(name))
        .to_series()
        for dim, name in column.into.items()
    }
    return table.with_columns(**made), problems


def _unbounded(column: Column) -> Column:
    return Column(column.name, column.heading, "number")


def _wrong_dimension(
    table: pl.DataFrame,
    rows: pl.Series,
    dimension: pl.Series,
    unit_text: pl.Series,
    column: Column,
    sheet: str,
) -> Iterator[Problem]:
    """Tonnes of a gas, cubic metres of a coal."""
    if "fuel" not in table.columns:
        return
    natural = {"t": "mass", "1e4m3": "volume"}
    expected = table["fuel"].replace_strict(
        {one.fuel: natural.get(one.unit) for one in fuels.fuels()},
        default=None,
        return_dtype=pl.String,
    )
    wrong = dimension.is_in(["mass", "volume"]) & expected.is_not_null() & (dimension != expected)
    names = {one.fuel: one.name_zh for one in fuels.fuels()}
    for row, word, fuel in zip(
        *(
            part.filter(wrong.fill_null(False)).to_list()[:LISTED]
            for part in (rows, unit_text, table["fuel"])
        ),
        strict=True,
    ):
        right = "万立方米" if word and natural_of(fuel) == "volume" else "吨"
        yield Problem(
            "mixed-units",
            sheet,
            row,
            column.heading,
            word,
            f"{names[fuel]}不用此单位 not a unit of this fuel",
            f"请换算为{right}，或用吨标准煤、GJ convert it",
        )


def natural_of(fuel: str) -> str:
    """Mass or volume: how a fuel is measured.

    >>> natural_of("natural_gas")
    'volume'
    """
    return "volume" if fuels.find_fuel(fuel).unit == "1e4m3" else "mass"


def house_columns(
    table: pl.DataFrame, cells: pl.DataFrame, column: Column, sheet: str
) -> tuple[pl.DataFrame, list[Problem]]:
    """The file already has house columns (``fuel_t`` …): one of them in each row."""
    problems: list[Problem] = []
    made: dict[str, pl.Series] = {}
    for name in column.into.values():
        one = Column(name, name, "number", min=column.min, max=column.max)
        heading = Heading(name, 1.0) if name in cells.columns else None
        made[name], found = numbers_of(text_of(cells, heading, one), table[ROW], one, 1.0, sheet)
        problems += found
    table = table.with_columns(**made)
    if not any(name in cells.columns for name in made):
        cause = f"缺少列 missing column: {column.heading}"
        return table, [
            Problem(
                "missing-column", sheet, 1, column.heading, "", cause, "请用模板 use the template"
            )
        ]
    given = table.select(pl.sum_horizontal(pl.col(name).is_not_null() for name in made)).to_series()
    for row, count in located(given != 1, table[ROW], given.cast(pl.String)):
        problems.append(
            Problem(
                "one-quantity",
                sheet,
                row,
                ", ".join(made),
                count,
                "应恰好填一个量 fill exactly one",
                "请删去多余的或补上 keep one",
            )
        )
    return table, problems
