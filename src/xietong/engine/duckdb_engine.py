"""DuckDB: one connection in this process."""

from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import polars as pl


class DuckDBEngine:
    """Relations of one connection."""

    name = "duckdb"

    def __init__(self) -> None:
        self.connection = duckdb.connect()

    def frame(self, table: pl.DataFrame | pl.LazyFrame) -> nw.LazyFrame[Any]:
        """A table in memory, by Arrow."""
        rows = table.collect() if isinstance(table, pl.LazyFrame) else table
        return nw.from_native(self.connection.from_arrow(rows.to_arrow()))

    def scan(self, path: Path) -> nw.LazyFrame[Any]:
        """A Parquet file or folder."""
        pattern = path / "**" / "*.parquet" if path.is_dir() else path
        return nw.from_native(self.connection.read_parquet(str(pattern)))

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Compute."""
        rows: pl.DataFrame = frame.collect(backend="polars").to_native()
        return rows
