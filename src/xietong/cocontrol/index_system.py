"""Index systems: indicators in subsystems, versioned, as TOML files that a user may copy and edit."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import polars as pl

from xietong.cocontrol.indicator import DIRECTIONS, Indicator
from xietong.cocontrol.normalise import normalise
from xietong.cocontrol.panel import check_panel, keys_of, refuse
from xietong.cocontrol.result import Result
from xietong.cocontrol.weights import data_weights

SHIPPED = ("city", "park", "enterprise")
FIELDS = frozenset(Indicator.__dataclass_fields__) - {"subsystem"}


@dataclass(frozen=True)
class IndexSystem:
    """A named, versioned list of indicators; ``subsystems`` maps id to Chinese and English title."""

    id: str
    version: str
    level: str
    title_zh: str
    title_en: str
    note: str
    subsystems: Mapping[str, tuple[str, str]]
    indicators: tuple[Indicator, ...]

    @property
    def name(self) -> str:
        """Id and version, as results cite it."""
        return f"{self.id} {self.version}"

    def of(self, subsystem: str) -> list[Indicator]:
        """The indicators of one subsystem."""
        return [one for one in self.indicators if one.subsystem == subsystem]


def load_system(name: str | Path) -> IndexSystem:
    """A shipped index system (``city``, ``park``, ``enterprise``) or a TOML file of the same form.

    Examples
    --------
    >>> system = load_system("city")
    >>> system.level, sorted(system.subsystems), all(i.weight is None for i in system.indicators)
    ('city', ['air', 'carbon', 'management', 'structure'], True)
    """
    if str(name) in SHIPPED:
        path: Any = resources.files("xietong.cocontrol") / "index_systems" / f"{name}.toml"
    else:
        path = Path(name)
        if not path.is_file():
            refuse([f"没有此文件；内置体系 · no such file; shipped systems: {SHIPPED}"], str(name))
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        refuse([f"不是有效的 TOML · not valid TOML: {error}"], str(name))
    refuse(_problems(document), str(name))
    return _system(document)


def _system(document: Mapping[str, Any]) -> IndexSystem:
    head = document["system"]
    subsystems, indicators = {}, []
    for key, part in document["subsystem"].items():
        subsystems[key] = (str(part.get("title_zh", key)), str(part.get("title_en", key)))
        for row in part["indicator"]:
            values: dict[str, Any] = {k: float(v) if k in _NUMBERS else v for k, v in row.items()}
            indicators.append(Indicator(subsystem=key, **values))
    return IndexSystem(
        id=str(head["id"]),
        version=str(head["version"]),
        level=str(head.get("level", "")),
        title_zh=str(head.get("title_zh", "")),
        title_en=str(head.get("title_en", "")),
        note=str(head.get("note", "")),
        subsystems=subsystems,
        indicators=tuple(indicators),
    )


_NUMBERS = ("ideal", "lower", "upper", "weight")


def _problems(document: Mapping[str, Any]) -> list[str]:
    problems = [
        f"system.{k} 缺失 · missing"
        for k in ("id", "version")
        if k not in document.get("system", {})
    ]
    parts = document.get("subsystem", {})
    if not parts:
        problems.append("没有 [subsystem.*] · no subsystem")
    seen: set[str] = set()
    for key, part in parts.items():
        for row in part.get("indicator", []):
            at = f"subsystem.{key}, {row.get('column', '?')}"
            problems += [f"{at}: 未知字段 · unknown field {k!r}" for k in sorted(set(row) - FIELDS)]
            if "column" not in row:
                problems.append(f"{at}: 缺 column · column missing")
            elif row["column"] in seen:
                problems.append(f"{at}: 重复 · comes twice")
            seen.add(row.get("column", ""))
            if row.get("direction", "positive") not in DIRECTIONS:
                problems.append(f"{at}: direction {row['direction']!r}: {DIRECTIONS}")
            problems += [
                f"{at}: {k} = {row[k]!r} 不是数 · not a number"
                for k in _NUMBERS
                if k in row and (isinstance(row[k], bool) or not isinstance(row[k], int | float))
            ]
        if not part.get("indicator"):
            problems.append(f"subsystem.{key}: 没有指标 · no indicators")
    return problems


def template(system: IndexSystem) -> pl.DataFrame:
    """An empty table to fill in: ``entity``, ``year`` and one column per indicator."""
    columns = {"entity": pl.String, "year": pl.Int64}
    return pl.DataFrame(schema=columns | {one.column: pl.Float64 for one in system.indicators})


def subsystem_indices(
    table: pl.DataFrame, system: IndexSystem, *, weighting: str = "equal", shift: float = 0.0
) -> Result:
    """Subsystem indices on 0..1, one column per subsystem, from raw indicators.

    ``table``: one row per entity and year with the indicator columns that are there; indicators
    whose column is missing are left out and named, a subsystem needs one at least. ``weighting``:
    ``given`` (the system's own weights), ``equal``, or a data method of
    :func:`xietong.cocontrol.weights.data_weights`, taken within each subsystem. ``composite`` is the
    mean of the subsystem indices. A gap in one indicator makes the index of that row null.

    Examples
    --------
    >>> system = load_system("city")
    >>> table = pl.DataFrame({"entity": ["a", "b"], "pm25_ugm3": [40.0, 30.0], "co2_t_per_1e4cny": [1.0, 2.0],
    ...     "nev_share": [0.1, 0.3], "monitored_share": [0.5, 0.6]})
    >>> subsystem_indices(table, system).table.select("entity", "air", "carbon").rows()
    [('a', 0.0, 1.0), ('b', 1.0, 0.0)]
    """
    used = [one for one in system.indicators if one.column in table.columns]
    absent = [one.column for one in system.indicators if one.column not in table.columns]
    empty = [key for key in system.subsystems if not any(one.subsystem == key for one in used)]
    refuse(
        [
            f"子系统 {key} 没有任何指标列 · no column for subsystem {key}; "
            f"可用 any of: {', '.join(one.column for one in system.of(key))}"
            for key in empty
        ],
        f"指标体系 index system {system.name}",
    )
    table = check_panel(table, [one.column for one in used], where=f"指标体系 {system.name}")
    scaled = normalise(table, used)
    warnings = list(scaled.warnings)
    if absent:
        warnings.append(
            f"缺 {len(absent)} 个指标，未计入 · indicators left out: {', '.join(absent)}"
        )
    out = table.select(keys_of(table))
    sets = []
    for key in system.subsystems:
        members = [one for one in used if one.subsystem == key]
        weights, said = _weights(scaled.table, members, weighting, shift, scaled.constant)
        warnings += said
        sets.append(weights.with_columns(subsystem=pl.lit(key)))
        pairs = weights.select("indicator", "weight").rows()
        index = scaled.table.select(
            pl.sum_horizontal(*(pl.col(n) * w for n, w in pairs), ignore_nulls=False)
        ).to_series()
        out = out.with_columns(index.clip(0.0, 1.0).alias(key))
    keys = list(system.subsystems)
    out = out.with_columns(composite=pl.sum_horizontal(*keys, ignore_nulls=False) / len(keys))
    if weighting == "equal":
        warnings.append(
            "指标等权（缺省）；权重应由使用者给定 · equal weights, a default, not a finding"
        )
    details = {"weights": pl.concat(sets, how="diagonal"), "bounds": scaled.bounds}
    formula = "U = Σ w_j·z_j; z min-max"
    return Result(formula, weighting, out, system.name, details, tuple(dict.fromkeys(warnings)))


def _weights(
    z: pl.DataFrame,
    members: Sequence[Indicator],
    weighting: str,
    shift: float,
    constant: Sequence[str],
) -> tuple[pl.DataFrame, list[str]]:
    names = [one.column for one in members]
    if weighting == "given":
        refuse(
            [
                f"{i.column}: 体系中没有给权重 · no weight given"
                for i in members
                if i.weight is None
            ],
            "权重 weights",
        )
        raw = [0.0 if one.column in constant else float(one.weight or 0) for one in members]
        if sum(raw) <= 0:
            refuse(["权重之和为 0 · weights sum to 0"], "权重 weights")
        frame = pl.DataFrame({"indicator": names, "weight": [w / sum(raw) for w in raw]})
        return frame, []
    if len(names) == 1 or set(names) <= set(constant):
        frame = pl.DataFrame({"indicator": names, "weight": [1 / len(names)] * len(names)})
        return frame, []
    result = data_weights(z, names, weighting, shift=shift, constant=constant)
    return result.table, [w for w in result.warnings if weighting != "equal"]


def with_targets(system: IndexSystem, bounds: Mapping[str, tuple[float, float]]) -> IndexSystem:
    """The system with other bounds for some indicators, for instance planning targets."""
    changed = tuple(
        replace(one, lower=bounds[one.column][0], upper=bounds[one.column][1])
        if one.column in bounds
        else one
        for one in system.indicators
    )
    return replace(system, indicators=changed)
