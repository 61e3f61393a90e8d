"""Emission factors of the keys that occur: the method itself, run on one unit of each amount.

Methods are linear in their amounts, so a factor times the amount is the method's answer. Each
distinct key is computed once, however many rows have it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from xietong.inventory.prepare import Prepared, prepare
from xietong.inventory.settings import Settings
from xietong.methods.method import Method
from xietong.params import sources
from xietong.params.topic import stamp

PATTERN = "__pattern"


@dataclass(frozen=True)
class Factors:
    """``table``: one row per key, ``__pattern`` and a factor per species; ``patterns``: what of a
    pattern is null (not estimated) and what is weak, one row per pattern and species."""

    amount: str
    table: pl.DataFrame
    patterns: pl.DataFrame


def run(method: Method, activity: pl.DataFrame, prepared: Prepared) -> pl.DataFrame:
    """The method on a table in memory: one row in, one row out, in order."""
    absent = [name for name in method.amounts if name not in activity.columns]
    numbered = activity.with_row_index("__order").with_columns(
        pl.lit(None, dtype=pl.Float64).alias(name) for name in absent
    )
    frames = {name: nw.from_native(t.lazy()) for name, t in prepared.arguments(method).items()}
    answer = method.function(nw.from_native(numbered.lazy()), **frames).to_native()
    found: pl.DataFrame = answer.collect()
    sort = ["__order", *(["draw"] if "draw" in found.columns else [])]
    return found.sort(sort).drop("__order")


def unit_rows(method: Method, keys: pl.DataFrame, amount: str) -> pl.DataFrame:
    """The keys with 1 of one amount and nothing of the others."""
    others = [name for name in method.amounts if name != amount]
    return keys.with_columns(
        pl.lit(1.0).alias(amount), *(pl.lit(None, dtype=pl.Float64).alias(name) for name in others)
    )


def weak_rows(prepared: Prepared) -> pl.DataFrame:
    """Parameter rows that are weak: not verified (K), or from a foreign source."""
    known = sources(prepared.settings.workspace)
    foreign = [name for name, one in known.items() if one.foreign]
    return prepared.all_rows().filter(
        (pl.col("confidence") == "K") | pl.col("source").is_in(foreign)
    )


def factors(method: Method, keys: pl.DataFrame, prepared: Prepared, amount: str) -> Factors:
    """Factors per unit of ``amount`` for each key, with what is missing and what is weak."""
    species = list(method.species)
    rows = unit_rows(method, keys, amount)
    answer = run(method, rows, prepared).select(species)
    weak = weak_rows(prepared)
    if weak.height:
        moved = run(method, rows, prepared.moved(weak)).select(species)
        flags = answer.select(
            (pl.col(name) != moved[name]).fill_null(False).alias(f"weak_{name}") for name in species
        )
    else:
        none = pl.repeat(False, answer.height, eager=True)
        flags = pl.DataFrame({f"weak_{name}": none for name in species})
    nulls = answer.select(pl.col(name).is_null().alias(f"null_{name}") for name in species)
    marks = pl.concat([nulls, flags], how="horizontal")
    distinct = marks.unique(maintain_order=True).with_row_index(PATTERN)
    numbered = marks.join(distinct, on=marks.columns, how="left", maintain_order="left")
    table = pl.concat(
        [keys, numbered.select(pl.col(PATTERN).cast(pl.Int32)), answer.fill_null(0.0)],
        how="horizontal",
    )
    return Factors(amount, table, _patterns(distinct, species))


REMEMBERED = 8
_memory: dict[tuple[object, ...], tuple[Prepared, list[Factors]]] = {}


def remembered(
    method: Method, keys: pl.DataFrame, settings: Settings, amounts: Sequence[str]
) -> tuple[Prepared, list[Factors]]:
    """Parameters and factors of some keys; the last few answers of this process are kept.

    An answer is asked anew when the settings, the keys or a file in ``factors/`` changed.
    """
    digest = keys.hash_rows(seed=7).to_numpy().tobytes()
    asked = (
        method.name,
        repr(settings),
        stamp(settings.workspace),
        tuple(keys.columns),
        digest,
        tuple(amounts),
    )
    if asked not in _memory:
        prepared = prepare(method, keys, settings)
        found = [factors(method, keys, prepared, amount) for amount in amounts]
        if len(_memory) >= REMEMBERED:
            _memory.pop(next(iter(_memory)))
        _memory[asked] = prepared, found
    return _memory[asked]


def _patterns(distinct: pl.DataFrame, species: Sequence[str]) -> pl.DataFrame:
    parts = [
        distinct.select(
            pl.col(PATTERN).cast(pl.Int32),
            pl.lit(name).alias("species"),
            pl.col(f"null_{name}").alias("is_null"),
            pl.col(f"weak_{name}").alias("is_weak"),
        )
        for name in species
    ]
    return pl.concat(parts)
