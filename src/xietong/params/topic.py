"""Parameter files: what each holds, and its long rows with types.

A file's key columns stand before ``parameter``; the others are those of ``COLUMNS``. A key ``*``
or the name of a class holds for everything below it. ``valid_from`` and ``valid_to`` are years or
dates; empty means open.
"""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import polars as pl

from xietong.errors import ParameterError
from xietong.params.check import problems

HERE = Path(__file__).parent
COLUMNS = (
    "parameter",
    "value",
    "unit",
    "valid_from",
    "valid_to",
    "u95_low",
    "u95_high",
    "distribution",
    "source",
    "locator",
    "confidence",
    "checked_on",
)


@dataclass(frozen=True)
class Topic:
    """A parameter file: ``keys`` to look up by, ``choice`` to choose by name."""

    name: str
    title: str
    keys: tuple[str, ...]
    choice: str | None
    default: str | None
    whole: tuple[str, ...]
    parameters: tuple[str, ...]
    species: tuple[str, ...]
    bases: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The parameters as columns of the wide table."""
        made = tuple(f"{one}_{base}" for one in self.species for base in self.bases)
        return (*self.parameters, *made)

    def family(self, parameter: str) -> str:
        """What must be answered once a key: ``so2_kg_per_t`` and ``so2_kg_per_gj`` are one."""
        for base in self.bases:
            if parameter.endswith(f"_{base}"):
                return parameter.removesuffix(f"_{base}")
        return parameter


@cache
def topics() -> dict[str, Topic]:
    """All topics by name.

    >>> topics()["energy/electricity"].keys
    ('region',)
    """
    return {
        f"{path.parent.name}/{name}": _topic(f"{path.parent.name}/{name}", entry)
        for path in sorted(HERE.glob("*/topics.toml"))
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def topic(name: str) -> Topic:
    """One topic; ``ParameterError`` names those that exist."""
    if name not in topics():
        raise ParameterError(
            f"没有参数表 {name!r}（no such table）。现有 known: {', '.join(topics())}"
        )
    return topics()[name]


def programmes(name: str) -> tuple[str, ...]:
    """The names one can choose in a topic.

    >>> programmes("gwp/gwp100")
    ('SAR', 'AR4', 'AR5', 'AR6')
    """
    choice = topic(name).choice
    if choice is None:
        return ()
    return tuple(read_long(name).get_column(choice).unique(maintain_order=True))


def stamp(workspace: Path | None) -> tuple[tuple[str, int], ...]:
    """When the files of a workspace's ``factors/`` were last changed: a changed file is read anew."""
    if workspace is None or not (workspace / "factors").is_dir():
        return ()
    files = sorted((workspace / "factors").rglob("*.*"))
    return tuple((str(path), path.stat().st_mtime_ns) for path in files if path.is_file())


def read_long(name: str, workspace: Path | None = None) -> pl.DataFrame:
    """The long rows of a topic, those of the workspace's ``factors/`` first.

    Grain: one row per key, parameter and validity. Adds ``row`` (file and line), ``from_date``,
    ``to_date`` and ``own`` (is it the workspace's?). Problems of a file are raised all at once.
    """
    return _read_long(name, workspace, stamp(workspace))


@lru_cache(maxsize=64)
def _read_long(
    name: str, workspace: Path | None, changed: tuple[tuple[str, int], ...]
) -> pl.DataFrame:
    one = topic(name)
    shipped = _read(HERE / f"{name}.csv", one, f"params/{name}.csv", workspace)
    own = _own_file(name, workspace)
    if own is None:
        return shipped.with_columns(own=pl.lit(False))
    extra = _read(own, one, f"factors/{own.name}", workspace)
    return pl.concat(
        [extra.with_columns(own=pl.lit(True)), shipped.with_columns(own=pl.lit(False))]
    )


def _own_file(name: str, workspace: Path | None) -> Path | None:
    if workspace is None:
        return None
    for path in (
        workspace / "factors" / f"{name}.csv",
        workspace / "factors" / f"{name.rsplit('/', 1)[-1]}.csv",
    ):
        if path.is_file():
            return path
    return None


def _topic(name: str, entry: dict[str, object]) -> Topic:
    header = (HERE / f"{name}.csv").open(encoding="utf-8").readline().strip().split(",")
    keys = tuple(header[: header.index("parameter")])
    choice = entry.get("choice")

    def listed(field: str) -> tuple[str, ...]:
        value = entry.get(field, [])
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    return Topic(
        name,
        str(entry["title"]),
        tuple(key for key in keys if key != choice),
        str(choice) if choice else None,
        str(entry["default"]) if choice else None,
        listed("whole"),
        listed("parameters"),
        listed("species"),
        listed("bases"),
    )


def _read(path: Path, one: Topic, shown: str, workspace: Path | None) -> pl.DataFrame:
    try:
        table = pl.read_csv(path, infer_schema=False, encoding="utf8").with_columns(
            pl.all().str.strip_chars()
        )
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError) as error:
        raise ParameterError(f"{shown}: 读不懂 cannot be read: {error}") from error
    keys = (*((one.choice,) if one.choice else ()), *one.keys)
    absent = [column for column in (*keys, *COLUMNS) if column not in table.columns]
    if absent:
        raise ParameterError(f"{shown}: 缺少列 missing columns: {', '.join(absent)}")
    table = table.with_columns(
        pl.col(*keys).fill_null("*"),
        row=pl.lit(f"{shown}:") + (pl.int_range(pl.len()) + 2).cast(pl.String),
    )
    found = problems(table, one, keys, workspace)
    if found:
        listed = "\n".join(f"  - {line}" for line in found)
        raise ParameterError(f"{shown}: {len(found)} 个问题 problems\n{listed}")
    return table.with_columns(
        pl.col("value", "u95_low", "u95_high").cast(pl.Float64),
        from_date=_date("valid_from", "01-01"),
        to_date=_date("valid_to", "12-31"),
    )


def _date(column: str, rest: str) -> pl.Expr:
    text = pl.col(column)
    return (
        pl.when(text.str.len_chars() == 4)
        .then(text + f"-{rest}")
        .otherwise(text)
        .str.to_date("%Y-%m-%d", strict=False)
    )
