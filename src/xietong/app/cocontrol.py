"""Use cases of synergy degree and drivers: read a table, evaluate, give back a result."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import polars as pl

from xietong.app.cocontrol_files import read_table
from xietong.cocontrol.ahp import ahp_weights
from xietong.cocontrol.air_index import air_index
from xietong.cocontrol.composite import composite_synergy
from xietong.cocontrol.coupling import coupling_coordination
from xietong.cocontrol.effort import decoupling_effort
from xietong.cocontrol.ekc import ekc
from xietong.cocontrol.grey import grey_relation
from xietong.cocontrol.grouping import parse_columns, parse_groups
from xietong.cocontrol.identify import identify_degree
from xietong.cocontrol.index_system import IndexSystem, load_system, subsystem_indices
from xietong.cocontrol.lmdi import lmdi
from xietong.cocontrol.moran import moran, shandong_neighbours
from xietong.cocontrol.normalise import normalise
from xietong.cocontrol.panel import check_panel, refuse
from xietong.cocontrol.result import Result
from xietong.cocontrol.stirpat import stirpat
from xietong.cocontrol.tapio import tapio
from xietong.cocontrol.threshold_score import load_rules, threshold_score
from xietong.cocontrol.topsis import topsis
from xietong.cocontrol.weights import combine_weights, data_weights
from xietong.errors import TableError

Inputs = ParamSpec("Inputs")


def names_file(
    function: Callable[Concatenate[Path, Inputs], Result],
) -> Callable[Concatenate[Path, Inputs], Result]:
    """A use case whose errors name the file that it was given."""

    @wraps(function)
    def named(path: Path, *args: Inputs.args, **kwargs: Inputs.kwargs) -> Result:
        try:
            return function(path, *args, **kwargs)
        except TableError as error:
            raise TableError(f"{path}\n{error}") from error

    return named  # type: ignore[return-value]  # wraps() names the first argument


def system_of(system: str | None, groups: str | None) -> IndexSystem:
    """The index system by name or file, or the groups written on the command line."""
    if (system is None) == (groups is None):
        raise TableError("请给 --system 或 --groups 之一 · give one of --system and --groups")
    return load_system(system) if system else parse_groups(groups or "")


@names_file
def degree(
    path: Path,
    *,
    subsystems: Sequence[str] = (),
    system: str | None = None,
    groups: str | None = None,
    weighting: str = "equal",
    shift: float = 0.0,
    variant: str = "standard",
    exponent: float = 2.0,
    weights: Mapping[str, float] | None = None,
    scheme: str = "ten-class",
) -> Result:
    """Coupling coordination of subsystem columns, or of indicators through an index system."""
    chosen = system_of(system, groups) if system or groups else None
    return degree_of(
        read_table(path),
        chosen,
        subsystems=subsystems,
        weighting=weighting,
        shift=shift,
        variant=variant,
        exponent=exponent,
        weights=weights,
        scheme=scheme,
    )


def degree_of(
    table: pl.DataFrame,
    system: IndexSystem | None,
    *,
    subsystems: Sequence[str] = (),
    weighting: str = "equal",
    shift: float = 0.0,
    variant: str = "standard",
    exponent: float = 2.0,
    weights: Mapping[str, float] | None = None,
    scheme: str = "ten-class",
) -> Result:
    """The same of a table that has been read already."""
    if system is None and not subsystems:
        raise TableError(
            "请给 --subsystems（0 至 1 的指数列）、--system 或 --groups · "
            "give --subsystems (index columns on 0..1), --system or --groups"
        )
    if system is None:
        return coupling_coordination(
            table, subsystems, variant=variant, exponent=exponent, weights=weights, scheme=scheme
        )
    indices = subsystem_indices(table, system, weighting=weighting, shift=shift)
    names = list(subsystems) or list(system.subsystems)
    result = coupling_coordination(
        indices.table, names, variant=variant, exponent=exponent, weights=weights, scheme=scheme
    )
    details = {**indices.details, **result.details, "system": system.name, "weighting": weighting}
    formula = f"{indices.formula}; {result.formula}"
    warnings = tuple(dict.fromkeys((*indices.warnings, *result.warnings)))
    return Result(formula, result.variant, result.table, result.scheme, details, warnings)


@names_file
def synergy(
    path: Path,
    *,
    system: str | None = None,
    groups: str | None = None,
    bounds: str = "stretched",
    order: str = "geometric",
    combination: str = "geometric",
    base: str = "chain",
    base_year: int | None = None,
) -> Result:
    """Synergy degree of the composite system."""
    table = read_table(path)
    chosen = system_of(system, groups)
    used = [one for one in chosen.indicators if one.column in table.columns or groups]
    return composite_synergy(
        table,
        used,
        bounds=bounds,
        order=order,
        combination=combination,
        base=base,
        base_year=base_year,
    )


@names_file
def weights(
    path: Path,
    *,
    columns: str | None = None,
    method: str = "entropy",
    shift: float = 0.0,
    ddof: int = 0,
    random_index: str = "saaty-1.12",
    combine: str | None = None,
    other: Path | None = None,
    alpha: float = 0.5,
) -> Result:
    """Weights of a data table or of a judgement matrix, on wish combined with a second set."""
    if method.startswith("ahp"):
        names, matrix = read_matrix(path)
        how = method.removeprefix("ahp").removeprefix("-") or "eigenvector"
        result = ahp_weights(matrix, names, random_index=random_index, method=how)
    else:
        if columns is None:
            raise TableError(
                "请用 --columns 指明指标列 · name the indicator columns with --columns"
            )
        indicators = parse_columns(columns)
        names = [one.column for one in indicators]
        table = check_panel(read_table(path), names, where="表格 table")
        if method == "variation":
            result = data_weights(table, names, method)
        else:
            scaled = normalise(table, indicators)
            found = data_weights(
                scaled.table, names, method, shift=shift, ddof=ddof, constant=scaled.constant
            )
            said = (*scaled.warnings, *found.warnings)
            result = Result(
                found.formula, found.variant, found.table, None, {"bounds": scaled.bounds}, said
            )
    if combine is None:
        return result
    if other is None:
        raise TableError(
            "组合权重需要第二组 · combining needs --with WEIGHTS.csv (indicator, weight)"
        )
    second = read_table(other)
    absent = [
        f"缺少列 · missing column {n!r}" for n in ("indicator", "weight") if n not in second.columns
    ]
    refuse(absent, str(other))
    checked = check_panel(second, ["weight"], keys=("indicator",), where=str(other))
    mixed = combine_weights(checked, result.table, combine, alpha=alpha)
    return Result(
        f"{mixed.formula}; u: {result.formula}",
        f"{combine} of {other.name} and {result.variant}",
        mixed.table,
        None,
        mixed.details,
        result.warnings,
    )


def read_matrix(path: Path) -> tuple[list[str], list[list[float]]]:
    """A judgement matrix: names in the first column, numbers or fractions such as 1/3 in the others."""
    table = read_table(path)
    names, rows, problems = table.get_column(table.columns[0]).to_list(), [], []
    for i, row in enumerate(table.rows(), start=2):
        values = []
        for name, cell in zip(table.columns[1:], row[1:], strict=True):
            try:
                values.append(float(Fraction(str(cell).replace(" ", ""))))
            except (ValueError, ZeroDivisionError):
                problems.append(
                    f"第 {i} 行 line {i}, {name}: {cell!r} 不是数 · not a number or fraction"
                )
        rows.append(values)
    if table.columns[1:] != names:
        problems.append(
            f"表头应与第一列相同 · header {table.columns[1:]} and first column {names} differ"
        )
    refuse(problems, "判断矩阵 judgement matrix")
    return names, rows


@names_file
def rank(
    path: Path,
    *,
    columns: str,
    method: str = "entropy",
    variant: str = "weight-before",
    scaling: str = "vector",
    given: Mapping[str, float] | None = None,
) -> Result:
    """TOPSIS ranking with given weights or weights of the data."""
    indicators = parse_columns(columns)
    table = check_panel(read_table(path), [one.column for one in indicators], where="表格 table")
    said: tuple[str, ...] = ()
    chosen = given
    if chosen is None:
        scaled = normalise(table, indicators)
        names = [one.column for one in indicators]
        found = data_weights(scaled.table, names, method, constant=scaled.constant)
        chosen, said = dict(found.table.select("indicator", "weight").iter_rows()), found.warnings
    result = topsis(table, indicators, chosen, variant=variant, scaling=scaling)
    label = f"{result.variant}, weights: {'given' if given else method}"
    return Result(
        result.formula, label, result.table, None, result.details, (*said, *result.warnings)
    )


@names_file
def grey(path: Path, reference: str, compared: Sequence[str], rho: float, scaling: str) -> Result:
    """Grey relational degrees with a reference column."""
    table = check_panel(read_table(path), [reference, *compared], where="表格 table")
    return grey_relation(table, reference, compared, rho=rho, scaling=scaling)


@names_file
def decompose(
    path: Path,
    chain: str,
    *,
    form: str = "additive",
    mode: str = "chained",
    zero: str = "limit",
    sector: str | None = None,
    total: str | None = None,
    activity: str | None = None,
) -> Result:
    """LMDI, or with ``activity`` the decoupling effort index on top of it."""
    table = read_table(path)
    result = lmdi(table, chain, form=form, mode=mode, zero=zero, sector=sector, total=total)
    return decoupling_effort(result, activity) if activity else result


@names_file
def decouple(
    path: Path,
    pressure: str,
    driver: str,
    *,
    mode: str = "chain",
    periods: Sequence[tuple[int, int]] = (),
    prices: str = "unknown",
) -> Result:
    """Tapio elasticity and state."""
    return tapio(read_table(path), pressure, driver, mode=mode, periods=periods, prices=prices)


@names_file
def identify(path: Path, subsystems: Sequence[str], printed: str, decimals: int) -> Result:
    """Which degree a printed column is."""
    return identify_degree(read_table(path), subsystems, printed, decimals=decimals)


@names_file
def stirpat_of(path: Path, impact: str, drivers: Sequence[str], k: float | None) -> Result:
    """STIRPAT by ridge regression."""
    return stirpat(read_table(path), impact, drivers, k=k)


@names_file
def ekc_of(path: Path, pressure: str, income: str, fixed_effects: bool) -> Result:
    """Environmental Kuznets curve."""
    return ekc(read_table(path), pressure, income, fixed_effects=fixed_effects)


@names_file
def moran_of(
    path: Path, value: str, neighbours: Path | None, how: str, permutations: int
) -> Result:
    """Moran's I with a neighbour table, or with the 16 cities of Shandong by name or adcode."""
    table = read_table(path)
    if neighbours:
        pairs = read_table(neighbours)
    else:
        names = table.get_column("entity").to_list() if "entity" in table.columns else []
        coded = bool(names) and all(str(name).isdigit() for name in names)
        pairs = shandong_neighbours("adcode" if coded else "name")
    return moran(table, value, pairs, weights=how, permutations=permutations)


@names_file
def air(path: Path, standard: str, on: datetime.date | None) -> Result:
    """Air-quality composite index."""
    return air_index(read_table(path), standard=standard, on=on)


@names_file
def score(path: Path, rules: str) -> Result:
    """Scoring against thresholds (zero-carbon park, near-zero enterprise)."""
    return threshold_score(read_table(path), load_rules(rules))
