"""From long rows with classes and wildcards to one value per key: the nearest statement wins.

For each key the candidates are the name itself, then what the programme says stands for it, then
its classes, then ``*``. Programmes are asked in the order given; a later one answers only where an
earlier one has nothing, and every answer says who gave it.
"""

from collections.abc import Sequence

import polars as pl

from xietong.errors import ParameterError
from xietong.params.proxies import proxies
from xietong.params.topic import Topic
from xietong.vocab import fuels, sectors, technologies
from xietong.vocab.tree import ANY, line

PROXY, CLASS, WILD = 10, 100, 10_000
OWN = 10**12  # a statement of the workspace wins wherever it applies


def parents(column: str, names: Sequence[str]) -> dict[str, str]:
    """The tree of a key column; a region's parent is its province."""
    if column == "fuel":
        return fuels.parents()
    if column == "sector":
        return sectors.parents()
    if column == "technology":
        return technologies.parents()
    if column == "region":
        return {name: f"{name[:2]}0000" for name in names if name.isdigit() and name[2:] != "0000"}
    return {}


def candidates(column: str, names: Sequence[str], programme: str, stated: set[str]) -> pl.DataFrame:
    """For each name of a key column the statements that can hold for it, ranked (0 is the name)."""
    tree = parents(column, names)
    stand_ins = proxies(programme, column)
    found: list[tuple[str, str, int, str]] = []
    for name in names:
        for depth, above in enumerate(line(name, tree)):
            rank = WILD if above == ANY else depth * CLASS
            how = "" if depth == 0 else f"{column} {name} ← {above}"
            found.append((name, above, rank, how))
            if above in stand_ins and depth == 0:
                taken, reason = stand_ins[above]
                how = f"{column} {name} 取 takes {taken}: {reason}"
                found += [
                    (name, higher, rank + PROXY + steps, how)
                    for steps, higher in enumerate(line(taken, tree))
                    if higher != ANY and higher not in line(name, tree)
                ]
    return pl.DataFrame(
        [row for row in found if row[1] in stated],
        schema={column: pl.String, "stated": pl.String, "rank": pl.Int64, "how": pl.String},
        orient="row",
    )


def resolve(
    long: pl.DataFrame, keys: pl.DataFrame, topic: Topic, order: Sequence[str | None]
) -> pl.DataFrame:
    """One row per key and parameter, with the value, its source and how it was reached.

    ``long`` holds rows in force (one row per key, parameter and, where ``keys`` has it, year).
    Two equally near statements with different values raise ``ParameterError``.
    """
    parts = [
        _nearest(long, keys, topic, programme).with_columns(order=pl.lit(number))
        for number, programme in enumerate(order)
    ]
    found = pl.concat(parts)
    group = [*keys.columns, "family"]
    if topic.whole:
        found = _whole(found, keys.columns, topic)
    return found.filter(pl.col("order") == pl.col("order").min().over(group))


def _nearest(
    long: pl.DataFrame, keys: pl.DataFrame, topic: Topic, programme: str | None
) -> pl.DataFrame:
    rows = long
    if topic.choice and programme is not None:
        rows = rows.filter((pl.col(topic.choice) == programme) | (pl.col(topic.choice) == ANY))
    rows = rows.rename({key: f"stated_{key}" for key in topic.keys})
    rank, how, joined = pl.lit(0), [], keys
    for number, key in enumerate(topic.keys):
        names = keys.get_column(key).drop_nulls().unique().to_list()
        stated = set(rows.get_column(f"stated_{key}"))
        ranked = candidates(key, names, programme or "", stated).rename(
            {"stated": f"stated_{key}", "rank": f"rank_{key}", "how": f"how_{key}"}
        )
        joined = joined.join(ranked, on=key)
        # The first key weighs most where two statements are equally near.
        rank = rank + pl.col(f"rank_{key}") * (1000 + len(topic.keys) - number)
        how.append(pl.col(f"how_{key}"))
    on = [f"stated_{key}" for key in topic.keys]
    if "year" in keys.columns and "year" in rows.columns:
        on.append("year")
    matched = joined.join(rows, on=on) if on else joined.join(rows, how="cross")
    matched = matched.with_columns(
        rank=rank - pl.col("own").cast(pl.Int64) * OWN,
        how=pl.concat_str(how, separator=" | ").str.strip_chars(" |") if how else pl.lit(""),
        answered_by=pl.col(topic.choice) if topic.choice else pl.lit(""),
    )
    group = [*keys.columns, "family"]
    best = matched.filter(pl.col("rank") == pl.col("rank").min().over(group))
    _refuse_ties(best, group, topic)
    kept = [
        *keys.columns,
        "family",
        "parameter",
        "value",
        "unit",
        "u95_low",
        "u95_high",
        "distribution",
        "source",
        "locator",
        "confidence",
        "row",
        "own",
        "how",
        "answered_by",
    ]
    return best.select(kept)


def _refuse_ties(best: pl.DataFrame, group: list[str], topic: Topic) -> None:
    tied = best.group_by(group).agg(pl.col("row"), pl.len().alias("n")).filter(pl.col("n") > 1)
    if tied.height:
        lines = "\n".join(
            f"  - {', '.join(f'{name}={row[name]}' for name in group)}: {' and '.join(row['row'])}"
            for row in tied.head(10).iter_rows(named=True)
        )
        raise ParameterError(
            f"{topic.name}: {tied.height} 个键有两个同样接近的值 keys with two equally near values\n"
            f"{lines}\n请加一行更具体的值，或按日期查询 params.on(date)。Add a more specific row, or ask by date."
        )


def _whole(found: pl.DataFrame, keys: list[str], topic: Topic) -> pl.DataFrame:
    """Only programmes that answer all of ``topic.whole``; where none does, the first."""
    answered = pl.col("family").filter(
        pl.col("family").is_in(topic.whole) & pl.col("value").is_not_null()
    )
    complete = answered.n_unique().over([*keys, "order"]) == len(topic.whole)
    found = found.with_columns(complete=complete)
    some = pl.col("complete").any().over(keys)
    first = pl.col("order").filter(pl.col("complete")).min().over(keys)
    chosen = pl.when(some).then(pl.col("order") == first).otherwise(pl.col("order") == 0)
    return found.filter(chosen).drop("complete")
