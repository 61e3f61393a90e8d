"""One door to Polars (default), DuckDB and Spark: methods see Narwhals frames and nothing else.

>>> import polars as pl
>>> engine = open_engine("polars")
>>> engine.collect(engine.frame(pl.DataFrame({"coal_t": [1.0]}))).item()
1.0
"""

import importlib
from pathlib import Path
from typing import Any, Protocol

import narwhals as nw
import polars as pl

from xietong.errors import EngineError

ENGINES = {
    "polars": "xietong.engine.polars_engine:PolarsEngine",
    "duckdb": "xietong.engine.duckdb_engine:DuckDBEngine",
    "spark": "xietong.engine.spark_engine:SparkEngine",
}


class Engine(Protocol):
    """What an engine must do; nothing is computed before ``collect``."""

    name: str

    def frame(self, table: pl.DataFrame | pl.LazyFrame) -> nw.LazyFrame[Any]:
        """A table in memory as a lazy frame of this engine."""
        ...

    def scan(self, path: Path) -> nw.LazyFrame[Any]:
        """A Parquet file (or a folder of them) as a lazy frame; rows stay on disk."""
        ...

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Compute and bring the rows here."""
        ...


def open_engine(name: str = "polars") -> Engine:
    """An engine by name; ``EngineError`` names those that exist, or what to install."""
    if name not in ENGINES:
        raise EngineError(f"没有引擎 {name!r}（no such engine）。可用 known: {', '.join(ENGINES)}")
    module, _, kind = ENGINES[name].partition(":")
    try:
        engine: Engine = getattr(importlib.import_module(module), kind)()
    except ImportError as error:
        raise EngineError(
            f"引擎 {name} 需要安装（not installed）: pip install 'xietong[{name}]' ({error})"
        ) from error
    return engine
