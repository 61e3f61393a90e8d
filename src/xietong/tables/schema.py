"""The schema of a sheet, read from ``tables/<name>.toml``.

A file says ``title``, ``title_en``, ``note`` and its ``[[column]]`` entries: ``name`` (the column
inside the house), ``heading`` (what a person reads), ``type``, ``unit``, ``required``, ``key``
(part of what makes a row unique), ``min``, ``max`` (beyond it a value is absurd), ``default``,
``example``, ``help``. A column of type ``quantity`` is written as a number and a unit of its own
column; ``into`` says which house column takes each dimension. ``[[exclusive]]`` entries name
``columns`` of which a row may have one only, ``unless`` a column says which counts, with ``cause``
and ``remedy``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from xietong.errors import TableError

HERE = Path(__file__).parent
TYPES = (
    "text",
    "year",
    "number",
    "share",
    "quantity",
    "unit",
    "region",
    "sector",
    "fuel",
    "technology",
    "control",
    "flow",
    "species",
    "statistic",
    "choice",
)


@dataclass(frozen=True)
class Column:
    """One column of a sheet."""

    name: str
    heading: str
    type: str
    unit: str = ""
    required: bool = False
    key: bool = False
    min: float | None = None
    max: float | None = None
    default: str | None = None
    example: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()
    into: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The heading with its unit, as a template prints it."""
        return f"{self.heading}（{self.unit}）" if self.unit else self.heading


@dataclass(frozen=True)
class Exclusive:
    """Columns of which a row may have one only."""

    columns: tuple[str, ...]
    cause: str
    remedy: str
    unless: str = ""


@dataclass(frozen=True)
class Schema:
    """One sheet."""

    name: str
    title: str
    title_en: str
    note: str
    columns: tuple[Column, ...]
    exclusive: tuple[Exclusive, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that make a row unique."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def numbers(self) -> dict[str, Column]:
        """The number columns inside the house, by name."""
        found: dict[str, Column] = {}
        for column in self.columns:
            if column.type == "quantity":
                found |= dict.fromkeys(column.into.values(), column)
            elif column.type in {"number", "share"}:
                found[column.name] = column
        return found

    def column(self, name: str) -> Column:
        """A column by its house name."""
        return next(column for column in self.columns if column.name == name)


@cache
def schemas() -> dict[str, Schema]:
    """All sheets by name.

    >>> schemas()["energy_balance"].keys
    ('region', 'year', 'flow', 'fuel')
    """
    return {path.stem: _schema(path) for path in sorted((HERE / "sheets").glob("*.toml"))}


def schema(name: str) -> Schema:
    """One sheet; ``TableError`` names those that exist."""
    if name not in schemas():
        raise TableError(f"没有表 {name!r}（no such table）。现有 known: {', '.join(schemas())}")
    return schemas()[name]


def _schema(path: Path) -> Schema:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Schema(
        path.stem,
        content["title"],
        content["title_en"],
        content.get("note", ""),
        tuple(_column(entry) for entry in content["column"]),
        tuple(
            Exclusive(**{**entry, "columns": tuple(entry["columns"])})
            for entry in content.get("exclusive", ())
        ),
    )


def _column(entry: dict[str, Any]) -> Column:
    made = {**entry, "choices": tuple(entry.get("choices", ()))}
    column = Column(**made)
    if column.type not in TYPES:
        raise TableError(f"{column.name}: no such type {column.type!r}")
    return column
