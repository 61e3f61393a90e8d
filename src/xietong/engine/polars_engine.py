"""Polars: in memory or streaming from Parquet, the default."""

from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl


class PolarsEngine:
    """Lazy frames of Polars; collected by the streaming engine, so files may exceed memory."""

    name = "polars"

    def frame(self, table: pl.DataFrame | pl.LazyFrame) -> nw.LazyFrame[Any]:
        """A table in memory."""
        return nw.from_native(table.lazy())

    def scan(self, path: Path) -> nw.LazyFrame[Any]:
        """A Parquet file or folder."""
        return nw.from_native(pl.scan_parquet(path))

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Compute."""
        lazy: pl.LazyFrame = frame.to_native()
        return lazy.collect(engine="streaming")
