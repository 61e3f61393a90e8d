"""Use case: the report of mobile sources of a workspace."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.inventory_files import find_folder, load, read_settings
from xietong.inventory.mobile_report import mobile_report


def report_mobile_sources(
    folder: Path | None = None,
    *,
    changed: Mapping[str, Any] | None = None,
    year: int | None = None,
) -> list[dict[str, Any]]:
    """The rows of the report, ``value_t`` in tonnes; ``TableError`` where no sheet is filled."""
    root = find_folder(folder)
    loaded = load(root)
    tables = dict(loaded.tables)
    tables |= {name: pl.read_parquet(path) for name, path in loaded.parquet.items()}
    if year is not None:
        tables = {name: table.filter(pl.col("year") == year) for name, table in tables.items()}
    report = mobile_report(tables, read_settings(root, changed))
    return report.rename({"value": "value_t"}).to_dicts()
