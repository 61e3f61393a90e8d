"""Uncertainty by draws: the same method with one more key; shared values stay shared."""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from xietong.inventory.control_carbon import with_control_carbon
from xietong.inventory.draws import Z95, draw_values
from xietong.inventory.factors import run, unit_rows
from xietong.inventory.prepare import factor_keys, prepare
from xietong.inventory.settings import Settings
from xietong.methods import METHODS
from xietong.methods.method import Method
from xietong.tables import schema

CHUNK = 250  # draws computed at once
BY = ("region", "year", "sector")


def ranges(
    activity: Mapping[str, pl.DataFrame],
    settings: Settings,
    draws: int = 1000,
    seed: int = 1,
    on_progress: Callable[[float, str], None] = lambda *_: None,
) -> pl.DataFrame:
    """The 95 % range of every total, and of the sum over sectors (sector ``*``).

    One row per region, year, sector and species: ``low``, ``high``, ``mean``. Each parameter value
    is drawn once a draw, wherever it is used; activity rows with ``amount_u95_share`` are drawn
    too, each by itself. Rows not estimated are left out, as in the totals; where nothing is
    uncertain ``low`` = ``high``.
    """
    generator = np.random.default_rng(seed)
    activity = with_control_carbon(activity, settings)
    parts = []
    present = [method for method in METHODS if method.activity in activity]
    for at, method in enumerate(present):
        on_progress(at / len(present), method.name)
        parts.append(_draws(method, activity[method.activity], settings, draws, seed, generator))
    samples = pl.concat(parts).group_by(*BY, "species", "draw").agg(value=_known(pl.col("value")))
    whole = samples.group_by("region", "year", "species", "draw").agg(
        value=_known(pl.col("value")), sector=pl.lit("*")
    )
    return (
        pl.concat([samples, whole.select(samples.columns)])
        .group_by(*BY, "species")
        .agg(
            low=pl.col("value").quantile(0.025, "linear"),
            high=pl.col("value").quantile(0.975, "linear"),
            mean=pl.col("value").mean(),
        )
        .sort(*BY, "species")
    )


def _draws(
    method: Method,
    activity: pl.DataFrame,
    settings: Settings,
    draws: int,
    seed: int,
    generator: np.random.Generator,
) -> pl.DataFrame:
    keys = factor_keys(method, activity.columns, list(schema(method.activity).numbers))
    distinct = activity.select(keys).unique(maintain_order=True).with_row_index("__key")
    prepared = prepare(method, distinct.select(keys), settings)
    values = draw_values(prepared.all_rows(), draws, seed)
    amounts = [name for name in method.amounts if name in activity.columns]
    weights = _weights(activity, distinct, keys, amounts, draws, generator)
    parts = []
    for start in range(0, draws, CHUNK):
        chunk = pl.DataFrame({"draw": np.arange(start, min(start + CHUNK, draws))})
        drawn = chunk.join(values, on="draw", how="left").with_columns(pl.col("row").fill_null(""))
        with_draws = prepared.with_draws(drawn)
        for amount in amounts:
            rows = unit_rows(method, distinct, amount).join(chunk, how="cross")
            answer = run(method, rows, with_draws).select("__key", "draw", *method.species)
            parts.append(_summed(method, answer, weights.filter(amount=amount), chunk))
    return pl.concat(parts)


def _known(values: pl.Expr) -> pl.Expr:
    """The sum of what is known; null where nothing is."""
    return pl.when(values.count() > 0).then(values.sum()).first()


def _weights(
    activity: pl.DataFrame,
    distinct: pl.DataFrame,
    keys: list[str],
    amounts: list[str],
    draws: int,
    generator: np.random.Generator,
) -> pl.DataFrame:
    """Amounts by key and reporting group; a list of drawn amounts where any is uncertain."""
    table = activity.join(distinct, on=keys, how="left", nulls_equal=True)
    if "amount_u95_share" not in table.columns:
        table = table.with_columns(amount_u95_share=pl.lit(None, dtype=pl.Float64))
    lines = table.unpivot(
        index=[*BY, "__key", "amount_u95_share"],
        on=amounts,
        variable_name="amount",
        value_name="quantity",
    ).drop_nulls("quantity")
    certain = (
        lines.filter(pl.col("amount_u95_share").fill_null(0) == 0)
        .group_by(*BY, "__key", "amount")
        .agg(pl.col("quantity").sum())
        .with_columns(draw=pl.lit(None, dtype=pl.Int64))
    )
    parts = [certain.select(*BY, "__key", "amount", "quantity", "draw")]
    for row in lines.filter(pl.col("amount_u95_share").fill_null(0) > 0).iter_rows(named=True):
        sigma = row["quantity"] * row["amount_u95_share"] / Z95
        drawn = np.maximum(generator.normal(row["quantity"], sigma, draws), 0.0)
        one = pl.DataFrame({"quantity": drawn, "draw": np.arange(draws)})
        parts.append(
            one.with_columns(pl.lit(row[name]).alias(name) for name in (*BY, "__key", "amount"))
            .with_columns(
                pl.col("__key").cast(certain["__key"].dtype),
                pl.col("year").cast(certain["year"].dtype),
            )
            .select(parts[0].columns)
        )
    return pl.concat(parts, how="vertical_relaxed")


def _summed(
    method: Method, answer: pl.DataFrame, weights: pl.DataFrame, chunk: pl.DataFrame
) -> pl.DataFrame:
    fixed = weights.filter(pl.col("draw").is_null()).drop("draw")
    moving = weights.filter(pl.col("draw").is_in(chunk["draw"].to_list()))
    joined = pl.concat(
        [
            fixed.join(answer, on="__key"),
            moving.join(answer, on=["__key", "draw"]).select(
                *fixed.columns, "draw", *method.species
            ),
        ],
        how="vertical_relaxed",
    )
    return (
        joined.group_by(*BY, "draw")
        .agg(_known(pl.col("quantity") * pl.col(name)).alias(name) for name in method.species)
        .unpivot(
            index=[*BY, "draw"],
            on=list(method.species),
            variable_name="species",
            value_name="value",
        )
    )
