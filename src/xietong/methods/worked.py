"""Worked examples: rows written by whoever knows the subject, with parameters of their own.

A file ``<method>.toml`` holds ``[[example]]`` entries: ``title``, ``source``, ``activity`` (one
row), ``params`` (argument → columns) and ``expect`` (species → value). Keys of a parameter table
are taken from the activity row; columns that are not given are null.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from xietong.methods.formulas.control_series import REMOVED
from xietong.methods.method import Frame, Method
from xietong.params.topic import topic

OTHER_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "vocab/fuels": (("fuel",), ("biogenic_share", "recovered_share")),
    "control/devices": (("control",), tuple(f"{gas}_passed_share" for gas in REMOVED)),
}


@dataclass(frozen=True)
class Example:
    """One worked example of a method."""

    title: str
    activity: pl.DataFrame
    params: Mapping[str, pl.DataFrame]
    expect: Mapping[str, float | None]

    def run(self, method: Method, **changed: pl.DataFrame) -> pl.DataFrame:
        """The method's answer; ``activity`` or a parameter table may be changed by name."""
        tables = {"activity": self.activity, **self.params, **changed}
        return collected(
            method, {name: tables[name].lazy() for name in ("activity", *method.params)}
        )


def collected(method: Method, tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """A method run on Polars tables."""
    frames: dict[str, Frame] = {name: nw.from_native(table) for name, table in tables.items()}
    native = method.function(**frames).to_native()
    found: pl.DataFrame = native.collect()
    return found


def shape_of(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Key columns and value columns of a parameter table as a method reads it."""
    if name in OTHER_TABLES:
        return OTHER_TABLES[name]
    one = topic(name)
    keys = one.keys if name == "vocab/fuels" else (*one.keys, "year")
    return keys, one.columns


def examples(method: Method, path: Path) -> tuple[Example, ...]:
    """The examples of a file."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_example(method, entry) for entry in content["example"])


def _example(method: Method, entry: dict[str, Any]) -> Example:
    row = {name: None if cell == "null" else cell for name, cell in entry["activity"].items()}
    for amount in method.amounts:
        row.setdefault(amount, None)
    activity = pl.DataFrame(
        {name: [value] for name, value in row.items()},
        schema_overrides={
            name: pl.Float64
            for name, value in row.items()
            if value is None or (name != "year" and isinstance(value, int | float))
        },
    )
    tables = {}
    for argument, name in method.params.items():
        keys, columns = shape_of(name)
        given = entry.get("params", {}).get(argument, {})
        unknown = set(given) - set(columns)
        if unknown:
            raise ValueError(f"{entry['title']}: {argument} has no {sorted(unknown)}")
        tables[argument] = pl.DataFrame(
            {key: [row[key]] for key in keys} | {column: [given.get(column)] for column in columns},
            schema_overrides=dict.fromkeys(columns, pl.Float64),
        )
    expect = {name: None if value == "null" else value for name, value in entry["expect"].items()}
    return Example(entry["title"], activity, tables, expect)
