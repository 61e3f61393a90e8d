"""What must be true of every parameter file; all problems of a file are listed at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from xietong.params.sources import UNVERIFIED, sources

if TYPE_CHECKING:
    from xietong.params.topic import Topic

CONFIDENCE = ("V", "V2", "K")
DISTRIBUTIONS = ("normal", "lognormal", "uniform", "triangular")
DATE = r"^\d{4}(-\d{2}-\d{2})?$"
SHOWN = 20


def problems(
    table: pl.DataFrame, topic: "Topic", keys: Sequence[str], workspace: Path | None = None
) -> list[str]:
    """The problems of a long table of text cells, each with its row and its remedy."""
    return [
        *_cells(table, topic, workspace),
        *_overlaps(table, topic, keys),
    ]


def _cells(table: pl.DataFrame, topic: "Topic", workspace: Path | None) -> Iterator[str]:
    known = list(sources(workspace))
    value, given = pl.col("value"), pl.col("value").is_not_null()
    low, number = pl.col("u95_low"), value.cast(pl.Float64, strict=False)
    low_number = low.cast(pl.Float64, strict=False)
    high_number = pl.col("u95_high").cast(pl.Float64, strict=False)
    rules: tuple[tuple[pl.Expr, str], ...] = (
        (~pl.col("parameter").is_in(topic.columns), "此表没有该参数 not a parameter of this table"),
        (given & number.is_null(), "数值读不懂 value is not a number"),
        (given & ~number.is_finite(), "数值不是有限数 value is not finite"),
        (pl.col("unit").is_null(), "缺少单位 unit missing"),
        (
            pl.col("parameter").str.ends_with("_share") & ~number.is_between(0, 1),
            "份额应在 0 与 1 之间 a share runs 0 to 1",
        ),
        (
            given & ~pl.col("source").is_in(known).fill_null(False),
            "来源不在 sources.toml 中 source not in sources.toml",
        ),
        (
            given & ~pl.col("confidence").is_in(CONFIDENCE).fill_null(False),
            "confidence 应为 V、V2 或 K confidence must be V, V2 or K",
        ),
        (
            (pl.col("confidence") == "K") & (pl.col("source").ne_missing(UNVERIFIED)),
            "K 值的来源应为 unverified a K value cites the source unverified",
        ),
        (
            (pl.col("source") == UNVERIFIED) & pl.col("confidence").ne_missing("K"),
            "unverified 只用于 K 值 unverified is for K values only",
        ),
        (pl.col("locator").is_null(), "缺少出处位置或理由 locator (or the reason) missing"),
        (low.is_null() != pl.col("u95_high").is_null(), "u95 应上下限都给 give both ends of u95"),
        (
            low.is_not_null()
            & ~((low_number <= number) & (number <= high_number)).fill_null(False),
            "数值不在 u95 范围内 value outside its u95 range",
        ),
        (
            low.is_not_null() & ~pl.col("distribution").is_in(DISTRIBUTIONS).fill_null(False),
            f"分布应为 distribution must be one of {', '.join(DISTRIBUTIONS)}",
        ),
        (
            ~pl.col("valid_from").fill_null("2000").str.contains(DATE)
            | ~pl.col("valid_to").fill_null("2000").str.contains(DATE),
            "有效期应为年或日期 validity must be a year or YYYY-MM-DD",
        ),
    )
    for broken, message in rules:
        rows = table.filter(broken.fill_null(False)).get_column("row").to_list()
        if rows:
            shown = ", ".join(rows[:SHOWN]) + (" …" if len(rows) > SHOWN else "")
            yield f"{message}: {shown}"


def _overlaps(table: pl.DataFrame, topic: "Topic", keys: Sequence[str]) -> Iterator[str]:
    """Two rows of one key and parameter whose validities touch."""
    family = pl.col("parameter").map_elements(topic.family, return_dtype=pl.String)
    spans = (
        table.with_columns(
            family=family,
            start=pl.col("valid_from").fill_null("0001").str.pad_end(5, "-").str.slice(0, 10),
            end=pl.col("valid_to").fill_null("9999"),
        )
        .with_columns(
            start=pl.when(pl.col("start").str.len_chars() < 10)
            .then(pl.col("start").str.slice(0, 4) + "-01-01")
            .otherwise(pl.col("start")),
            end=pl.when(pl.col("end").str.len_chars() == 4)
            .then(pl.col("end") + "-12-31")
            .otherwise(pl.col("end")),
        )
        .sort(*keys, "family", "start")
        .with_columns(
            previous=pl.col("end").shift(1).over(*keys, "family"),
            other=pl.col("row").shift(1).over(*keys, "family"),
        )
        .filter(pl.col("previous") >= pl.col("start"))
    )
    for row in spans.iter_rows(named=True):
        key = ", ".join(f"{name}={row[name]}" for name in (*keys, "family"))
        yield f"有效期重叠或重复 same key twice: {row['other']} and {row['row']} ({key})"
