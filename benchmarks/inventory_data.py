"""Synthetic activity for the inventory benchmark: real names, made-up amounts, written to Parquet."""

from pathlib import Path

import numpy as np
import polars as pl

from xietong.vocab.fuels import fuels
from xietong.vocab.regions import regions
from xietong.vocab.sectors import sectors
from xietong.vocab.technologies import parents as technologies

CONTROLS = ("none", "in_factor", "esp", "esp+fgd_limestone", "scr+esp+fgd_limestone", "bag")
CHUNK = 5_000_000


def names() -> dict[str, list[str]]:
    """The words that occur: 140 regions, all sectors, all fuels measured in tonnes."""
    parents = {one.parent for one in sectors()}
    return {
        "region": list(dict.fromkeys(one.adcode for one in regions() if one.adcode[:2] == "37"))[
            :140
        ],
        "sector": [one.sector for one in sectors() if one.sector not in parents],
        "fuel": [one.fuel for one in fuels() if one.unit == "t"],
        "technology": list(technologies()),
        "control": list(CONTROLS),
    }


def write_activity(path: Path, rows: int, distinct: int | None = None, seed: int = 0) -> Path:
    """``rows`` rows of ``fuel_use``; ``distinct`` limits how many different keys occur."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    generator = np.random.default_rng(seed)
    words = names()
    writer = None
    pool = None
    if distinct:
        pool = {
            name: generator.integers(0, len(listed), distinct) for name, listed in words.items()
        }
    for start in range(0, rows, CHUNK):
        count = min(CHUNK, rows - start)
        pick = generator.integers(0, distinct, count) if distinct else None
        columns = {}
        for name, listed in words.items():
            codes = (
                pool[name][pick] if pool is not None else generator.integers(0, len(listed), count)
            )
            columns[name] = pa.DictionaryArray.from_arrays(
                pa.array(codes, pa.int32()), pa.array(listed)
            )
        columns["year"] = pa.array(np.full(count, 2022), pa.int64())
        columns["fuel_t"] = pa.array(generator.lognormal(5, 1, count))
        table = pa.table(columns)
        table = table.cast(
            pa.schema(
                [
                    (f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type)
                    for f in table.schema
                ]
            )
        )
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=500_000)
    assert writer is not None
    writer.close()
    return path


def wide_factors(species: tuple[str, ...], seed: int = 7) -> pl.DataFrame:
    """A factor per species for every sector, fuel, technology and control, all filled."""
    generator = np.random.default_rng(seed)
    table = pl.DataFrame({"sector": names()["sector"]})
    for name in ("fuel", "technology", "control"):
        table = table.join(pl.DataFrame({name: names()[name]}), how="cross")
    return table.with_columns(
        pl.Series(one, generator.lognormal(0, 1, table.height)) for one in species
    )
