"""The problem as a linear model in labelled arrays (linopy), handed to HiGHS with named rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xietong.errors import EngineError
from xietong.optimise.problem import GREATEST_REDUCTION, LEAST_COST, Array, Problem
from xietong.optimise.quantities import INVESTMENT


@dataclass(frozen=True)
class Row:
    """One limit of the model. ``sign`` 1: at least ``bound``; −1: at most; 0: only counted.

    The row's coefficients and ``bound`` were divided by ``scale``; ``at`` is its place.
    """

    kind: str  # target | budget | fairness | goal
    id: str
    scale: float
    sign: int
    bound: float
    at: int = -1
    year: int = 0  # place of the year among the years
    what: str = ""


@dataclass(frozen=True)
class Model:
    """The HiGHS model with the places of its columns and rows; ``money`` CNY per unit of objective."""

    highs: Any
    share: NDArray[np.int64]  # (options, years) → column
    new: NDArray[np.int64] | None  # built in the year → column; −1 where what is there only grows
    idle: NDArray[np.int64] | None  # paid for but not at work, where that was asked for
    rows: tuple[Row, ...]
    exclusive: NDArray[np.int64]  # (sources, years) → row
    whole: NDArray[np.int64]  # integer columns
    money: float
    slack: Mapping[int, int]  # row → column of its slack, which is 0 until released

    def soft(self) -> tuple[Row, ...]:
        """Rows that a person set and could give way on."""
        return tuple(row for row in self.rows if row.kind != "goal")


def linopy_module() -> Any:
    """The modelling library; ``EngineError`` where it is not installed."""
    try:
        import highspy  # noqa: F401
        import linopy
    except ImportError as error:
        raise EngineError(
            f"优化需要 linopy 与 highspy（{error}）。请安装 install: pip install 'xietong[optimise]'"
        ) from error
    linopy.options["semantics"] = "v1"
    return linopy


def build(problem: Problem, goals: tuple[str, ...] = (), idle: bool = False) -> Model:
    """The model of a problem; ``goals`` (cost, investment, quantities) get a row that only counts.

    With ``idle`` a share can stand idle though it is paid for, up to bounds that are 0 at first.

    Rows: exclusive shares per source and year; stock (built, lives, retires); targets; budgets;
    fairness. Every row that a person set can be released by its slack.
    """
    from xietong.optimise import blocks, limits

    model = linopy_module().Model()
    spent = {INVESTMENT} & {*goals, *(one.what for one in problem.budgets)}
    parts = blocks.parts(model, problem, idle, all_built=bool(spent))
    placed = [*limits.targets(parts), *limits.budgets(parts), *limits.fairness(parts)]
    placed += limits.goals(parts, goals)
    worth = coefficients(problem)
    money = power(worth)
    model.add_objective((parts.share * parts.array(worth / money)).sum())
    return handed_over(model, parts, placed, money)


def coefficients(problem: Problem) -> Array:
    """What is minimised per share (options, years): cost, cost less benefit, or less reduction."""
    cost = problem.options.cost * problem.weight
    if problem.goal == LEAST_COST:
        return cost
    worth = np.zeros_like(cost)
    for what, price in problem.prices.items():
        worth += np.nan_to_num(problem.options.effect[what]) * price * problem.weight
    return -worth if problem.goal == GREATEST_REDUCTION else cost - worth


def power(values: Array) -> float:
    """The power of ten that brings the largest value between 1e3 and 1e4.

    >>> power(np.array([25_000_000.0, 3.0])), power(np.zeros(2))
    (10000.0, 1.0)
    """
    largest = float(np.abs(values).max(initial=0.0))
    return float(10.0 ** (np.floor(np.log10(largest)) - 3)) if largest > 0 else 1.0


def handed_over(model: Any, parts: Any, placed: list[tuple[Any, Row]], money: float) -> Model:
    """Places of columns and rows, slacks, free rows."""
    matrices = model.matrices
    highs = _passed(matrices)
    columns, lines = matrices.vlabels, matrices.clabels

    def column(labels: Any) -> Any:
        return np.searchsorted(columns, labels)

    def line(labels: Any) -> Any:
        return np.searchsorted(lines, labels)

    rows = tuple(replace(row, at=int(line(label))) for label, row in placed)
    soft = [row for row in rows if row.kind != "goal"]
    first, count = highs.getNumCol(), len(soft)
    if count:
        zero = np.zeros(count)
        highs.addCols(
            count, zero, zero, zero, count, np.arange(count, dtype=np.int32),
            np.array([row.at for row in soft], dtype=np.int32),
            np.array([float(row.sign) for row in soft]),
        )  # fmt: skip
    for row in rows:
        if row.kind == "goal":
            highs.changeRowBounds(row.at, -np.inf, np.inf)

    def wide(variable: Any) -> Any:
        return column(variable.labels.transpose("option", "year").values)

    share = wide(parts.share)
    idle = None if parts.idle is None else wide(parts.idle)
    new = None
    if len(parts.problem.years) > 1:
        new = np.full(share.shape, -1, dtype=np.int64)
        if parts.new is not None:
            new[parts.new.coords["option"].values] = wide(parts.new)
    if parts.grows is not None:
        at = line(parts.grows.rows.labels.transpose("option", "year").values).astype(np.int32)
        most = np.ascontiguousarray(parts.grows.most.ravel())
        highs.changeRowsBounds(at.size, at.ravel(), np.zeros(at.size), most)
    whole = np.empty(0, dtype=np.int64)
    if parts.built is not None:
        whole = column(parts.built.labels.values).ravel()
    exclusive = line(parts.exclusive.labels.transpose("source", "year").values)
    slack = {row.at: first + i for i, row in enumerate(soft)}
    return Model(highs, share, new, idle, rows, exclusive, whole, money, slack)


def _passed(matrices: Any) -> Any:
    """HiGHS with the matrices of linopy, silent from its first line."""
    import highspy

    lp, rows = highspy.HighsLp(), matrices.A.tocsr()
    lp.num_col_, lp.num_row_ = rows.shape[1], rows.shape[0]
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = matrices.c, matrices.lb, matrices.ub
    lp.row_lower_ = np.where(matrices.sense != "<", matrices.b, -np.inf)
    lp.row_upper_ = np.where(matrices.sense != ">", matrices.b, np.inf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = (
        rows.indptr,
        rows.indices,
        rows.data,
    )
    kinds = {"C": highspy.HighsVarType.kContinuous}
    whole = highspy.HighsVarType.kInteger
    if (matrices.vtypes != "C").any():
        lp.integrality_ = [kinds.get(kind, whole) for kind in matrices.vtypes]
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.passModel(lp)
    return highs
