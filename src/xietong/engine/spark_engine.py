"""Spark: the scale-out; here two cores of this machine unless a session is already running."""

from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
from pyspark.sql import SparkSession


class SparkEngine:
    """Data frames of the running session, else of a small local one."""

    name = "spark"

    def __init__(self, master: str = "local[2]") -> None:
        builder: Any = SparkSession.builder
        self.session: SparkSession = SparkSession.getActiveSession() or (
            builder.master(master)
            .appName("xietong")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.ansi.enabled", "false")
            .getOrCreate()
        )

    def frame(self, table: pl.DataFrame | pl.LazyFrame) -> nw.LazyFrame[Any]:
        """A table in memory, by Arrow."""
        rows = table.collect() if isinstance(table, pl.LazyFrame) else table
        return nw.from_native(self.session.createDataFrame(rows.to_arrow()))

    def scan(self, path: Path) -> nw.LazyFrame[Any]:
        """A Parquet file or folder."""
        return nw.from_native(self.session.read.parquet(str(path)))

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Compute and bring the rows here by Arrow."""
        table = frame.to_native().toArrow()
        found = pl.from_arrow(table)
        assert isinstance(found, pl.DataFrame)
        return found
