"""Where the series of tracking come from: the workspace's own panel first, else the folder of real data."""

import os
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from xietong.app.cocontrol_files import read_table
from xietong.app.cocontrol_store import kept, panel_columns, source_of, sources
from xietong.app.inventory_files import find_folder
from xietong.cocontrol.panel import check_panel
from xietong.cocontrol.tracking import CITY_SOURCES, PROVINCE_SOURCES, city_panel, province_panel
from xietong.errors import TableError, WorkspaceError

CITY_FILE = "stats/shandong_city_panel_1998_2024.csv"
REAS_FILE = "reas/reas_v3.2_shandong_1950_2015.csv"
CEADS_FILE = "ceads/ceads_shandong_1997_2019_sector_fuel_mtco2.csv"
FIRST, LAST = 2005, 2023  # the years that are whole in the folder's city panel


@dataclass(frozen=True)
class Panel:
    """A panel, what had to be decided about it, and its sources in words."""

    table: pl.DataFrame
    notes: tuple[str, ...]
    source: str

    def between(self, first: int | None, last: int | None) -> "Panel":
        """The years from ``first`` to ``last``, where they are given."""
        year = pl.col("year")
        inside = (year >= (first or 0)) & (year <= (last or 9999))
        return Panel(self.table.filter(inside), self.notes, self.source)


def data_folder(given: Path | None = None) -> Path | None:
    """The folder of real data: given, or ``XIETONG_DATA``; None where there is none."""
    named = given or os.environ.get("XIETONG_DATA")
    folder = Path(named) if named else None
    return folder if folder is not None and folder.is_dir() else None


def cities(folder: Path) -> Panel:
    """The 16 cities' panel of the folder, and what was decided about Laiwu."""
    table, notes = city_panel(read_table(folder / CITY_FILE))
    return Panel(table, notes, CITY_SOURCES).between(FIRST, LAST)


def province(folder: Path) -> Panel:
    """The province's panel of the folder."""
    table = province_panel(
        check_panel(
            read_table(folder / REAS_FILE), ["value"], keys=("pollutant", "sector", "year")
        ),
        check_panel(read_table(folder / CEADS_FILE), ["mt_co2"], keys=("year", "sector", "item")),
    )
    return Panel(table, (), PROVINCE_SOURCES)


def find_panel(name: str, root: Path | None, data: Path | None = None) -> Panel:
    """``city-panel`` or ``province-panel``: of a folder given, of the workspace, of ``XIETONG_DATA``."""
    own = kept(root, name) if root is not None and data is None else None
    if own is not None and root is not None:
        facts = sources(root).get(name, {})
        return Panel(_typed(own, name), tuple(facts.get("notes", ())), source_of(root, name))
    folder = data_folder(data)
    if folder is None:
        raise TableError(
            f"没有序列：请导入自己的面板（xietong cocontrol template {name} > 表.csv，填好后 "
            f"xietong cocontrol import 表.csv --system {name}），或设 XIETONG_DATA，或用 --data 指明 · "
            "no series: import a panel of your own, or set XIETONG_DATA, or give --data FOLDER"
        )
    return cities(folder) if name == "city-panel" else province(folder)


def home_of(folder: Path | None) -> Path | None:
    """The workspace at or above a folder (by default where one stands); None outside of any.

    A folder that is named must be one.
    """
    try:
        return find_folder(folder)
    except WorkspaceError:
        if folder is not None:
            raise
        return None


def has_panel(name: str, root: Path) -> bool:
    """Whether there is any panel of that name to show."""
    return kept(root, name) is not None or data_folder() is not None


def _typed(table: pl.DataFrame, name: str) -> pl.DataFrame:
    """As the folder's panels are: every column of the panel, in number form, sorted."""
    columns = [row["column"] for row in panel_columns(name)]
    for column in (*columns, "adcode"):
        if column not in table.columns:
            table = table.with_columns(pl.lit(None, dtype=pl.String).alias(column))
    typed = check_panel(table, columns, where=name)
    return typed.select("entity", "adcode", "year", *columns).sort("adcode", "entity", "year")
