"""Two inventories held against each other: by sector and fuel, with a waterfall between them."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from xietong.inventory.control_carbon import with_control_carbon
from xietong.inventory.factors import run
from xietong.inventory.prepare import factor_keys, prepare
from xietong.inventory.settings import Settings
from xietong.methods import METHODS
from xietong.tables import schema

KEYS = ("region", "year", "sector", "fuel")


def details(activity: Mapping[str, pl.DataFrame], settings: Settings, species: str) -> pl.DataFrame:
    """One row per region, year, sector, fuel: ``value`` of a species; null where not estimated.

    Only methods that know the species take part.
    """
    known = [method.activity for method in METHODS if species in method.species]
    activity = with_control_carbon(activity, settings)
    own = {name: table for name, table in activity.items() if name in known}
    return details_wide(own, settings, (species,)).rename({species: "value"})


def details_wide(
    activity: Mapping[str, pl.DataFrame], settings: Settings, species: Sequence[str]
) -> pl.DataFrame:
    """One row per region, year, sector, fuel, a column per species; every method runs once.

    In the unit of the species (t; mercury kg), null where not estimated or not emitted.
    """
    activity = with_control_carbon(activity, settings)
    kinds = dict.fromkeys(KEYS, pl.String()) | {"year": pl.Int64()}
    parts = [pl.DataFrame(schema=kinds | dict.fromkeys(species, pl.Float64()))]
    for method in METHODS:
        rows = activity.get(method.activity)
        wanted = [one for one in species if one in method.species]
        if rows is None or not wanted or not rows.height:
            continue
        keys = factor_keys(method, rows.columns, list(schema(method.activity).numbers))
        answer = run(method, rows, prepare(method, rows.select(keys).unique(), settings))
        if "fuel" not in answer.columns:
            answer = answer.with_columns(fuel=pl.lit(""))
        parts.append(
            answer.select(
                *(pl.col(name).cast(kinds[name]) for name in KEYS),
                *(
                    pl.col(name) if name in wanted else pl.lit(None, pl.Float64()).alias(name)
                    for name in species
                ),
            )
        )
    return (
        pl.concat(parts)
        .group_by(KEYS, maintain_order=True)
        .agg(pl.when(pl.col(one).count() > 0).then(pl.col(one).sum()).first() for one in species)
    )


def compare(left: pl.DataFrame, right: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """One row per key: ``left``, ``right``, ``change`` (right − left), largest change first.

    A key that only one side has counts as 0 on the other, and ``only`` says which has it; a key
    not estimated on a side stays null there and has no change.

    >>> a = pl.DataFrame({"sector": ["x", "y"], "value": [10.0, None]})
    >>> b = pl.DataFrame({"sector": ["x", "z"], "value": [12.0, 5.0]})
    >>> compare(a, b, ("sector",)).rows()
    [('z', 0.0, 5.0, 5.0, 'right'), ('x', 10.0, 12.0, 2.0, ''), ('y', None, 0.0, None, 'left')]
    """

    def side(table: pl.DataFrame, name: str) -> pl.DataFrame:
        known = pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first()
        return table.group_by(by).agg(known.alias(name), pl.lit(True).first().alias(f"has_{name}"))

    joined = side(left, "left").join(side(right, "right"), on=by, how="full", coalesce=True)
    has_left, has_right = pl.col("has_left").is_not_null(), pl.col("has_right").is_not_null()
    return (
        joined.with_columns(
            left=pl.when(has_left).then(pl.col("left")).otherwise(0.0),
            right=pl.when(has_right).then(pl.col("right")).otherwise(0.0),
            only=pl.when(~has_right)
            .then(pl.lit("left"))
            .when(~has_left)
            .then(pl.lit("right"))
            .otherwise(pl.lit("")),
        )
        .with_columns(change=pl.col("right") - pl.col("left"))
        .select(*by, "left", "right", "change", "only")
        .sort(pl.col("change").abs(), *by, descending=[True, *([False] * len(by))], nulls_last=True)
    )


def waterfall(compared: pl.DataFrame, by: tuple[str, ...], steps: int = 12) -> list[dict[str, Any]]:
    """From the left total to the right one: start, the largest changes, the rest, end.

    Keys: ``label``, ``kind`` (start, change, rest, end), ``value``. The changes add up exactly.

    >>> a = pl.DataFrame({"sector": ["x"], "value": [10.0]})
    >>> b = pl.DataFrame({"sector": ["x"], "value": [12.0]})
    >>> [(step["kind"], step["value"]) for step in waterfall(compare(a, b, ("sector",)), ("sector",))]
    [('start', 10.0), ('change', 2.0), ('end', 12.0)]
    """
    both = compared.filter(pl.col("change").is_not_null())
    shown, rest = both.head(steps), both.slice(steps)
    made = [{"label": "left", "kind": "start", "value": float(both["left"].sum())}]
    made += [
        {
            "label": " · ".join(str(row[name]) for name in by),
            "kind": "change",
            "value": row["change"],
        }
        for row in shown.iter_rows(named=True)
        if row["change"]
    ]
    if rest.height:
        made.append({"label": "其余 rest", "kind": "rest", "value": float(rest["change"].sum())})
    made.append({"label": "right", "kind": "end", "value": float(both["right"].sum())})
    return made
