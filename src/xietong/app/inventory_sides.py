"""Use case: two inventories held against each other; what a side is, and how it is written."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.inventory import in_memory, opened
from xietong.app.inventory_results import read_table, saved_details
from xietong.errors import TableError
from xietong.inventory.compare import compare, details, waterfall
from xietong.io.sheet import FORMATS
from xietong.vocab.species import find_species

AS_IT_IS = "-"


def compare_inventories(
    left: str,
    right: str,
    species: str = "co2",
    *,
    folder: Path | None = None,
    example: bool = False,
    by: Sequence[str] = ("sector", "fuel"),
    regions: Collection[str] | None = None,
) -> dict[str, Any]:
    """Two inventories; a side is a folder of a workspace, a filled-in sheet ``inventory_table``, or
    words of settings such as ``programme=ets-2024,year=2020``, ``saved=NAME``; ``-`` is the workspace as set.

    A side that names no year takes the year that the other names: like is held against like.
    """
    column = find_species(species).column
    sides = [_side(text, column, folder, example, regions) for text in (left, right)]
    years = [year_of(text) for text in (left, right)]
    tables = [
        side if (year := own or other) is None else side.filter(pl.col("year") == year)
        for side, own, other in zip(sides, years, reversed(years), strict=True)
    ]
    for text, side, table in zip((left, right), sides, tables, strict=True):
        if not table.height:
            kept = "、".join(str(year) for year in sorted(side["year"].unique()))
            raise TableError(
                f"{text!r}: 没有可比的行（nothing to compare）；有的年份 years there: {kept or '–'}"
            )
    table = compare(tables[0], tables[1], tuple(by))
    return {
        "left": left,
        "right": right,
        "species": column,
        "rows": table.to_dicts(),
        "waterfall": waterfall(table, tuple(by)),
        "not_comparable": table.filter(pl.col("change").is_null()).height,
    }


def settings_text(text: str) -> dict[str, Any]:
    """Settings written on the command line; ``-`` means as they are.

    >>> settings_text("programme=ets-2024,gwp=AR6")
    {'programme': 'ets-2024', 'gwp': 'AR6'}
    """
    if text == AS_IT_IS:
        return {}
    pairs = [part.partition("=") for part in text.split(",")]
    if any(not middle for _, middle, _ in pairs):
        raise TableError(
            f"{text!r} 既不是工作区文件夹、表，也不是设置（neither a folder, a table nor settings）；"
            "例如 e.g. programme=ets-2024，原设置写 - （- keeps the settings）"
        )
    found: dict[str, Any] = {}
    for key, _, value in pairs:
        if key.startswith("fill."):
            found.setdefault("fill", {})[key.removeprefix("fill.")] = value.split("+")
        else:
            found[key] = value
    return found


def year_of(text: str) -> int | None:
    """The year that a side names.

    >>> year_of("programme=ets-2024,year=2014"), year_of("-")
    (2014, None)
    """
    if Path(text).exists():
        return None
    year = settings_text(text).get("year")
    if year is None:
        return None
    if not str(year).isdecimal():
        raise TableError(f"{text!r}: 应为年份，如 a year such as year=2020")
    return int(year)


def _side(
    text: str,
    column: str,
    folder: Path | None,
    example: bool,
    regions: Collection[str] | None,
) -> pl.DataFrame:
    path = Path(text)
    if path.is_file() and path.suffix.lower() in FORMATS:
        return _column(read_table(path), column, text)
    if path.is_dir():
        _, settings, loaded = opened(path, False, None, regions)
    else:
        changed = settings_text(text)
        changed.pop("year", None)
        name = changed.pop("saved", None)
        root, settings, loaded = opened(folder, example, changed, regions)
        if name is not None:
            if changed:
                raise TableError(f"{text!r}: saved 不能与设置同用（saved= takes no settings）")
            kept = _column(saved_details(root, name), column, text)
            return kept if regions is None else kept.filter(pl.col("region").is_in(list(regions)))
    return details(in_memory(loaded), settings, column)


def _column(table: pl.DataFrame, column: str, text: str) -> pl.DataFrame:
    if column not in table.columns:
        there = "、".join(name for name in table.columns if name.endswith(("_t", "_kg")))
        raise TableError(f"{text!r}: 没有 {column}（no such species there）；有 there are: {there}")
    return table.select("region", "year", "sector", "fuel", value=column)
