"""Solving a model: HiGHS with progress, a stop that is heard, a bound, and duals."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from xietong.errors import InputError
from xietong.optimise.model import Model
from xietong.optimise.problem import Array

OPTIMAL, INFEASIBLE, STOPPED, UNBOUNDED = "optimal", "infeasible", "stopped", "unbounded"
Progress = Callable[[float, str], None]
Stop = Callable[[], bool]


def no_progress(_share: float, _told: str) -> None:
    """Nobody looks on."""


def never() -> bool:
    """Nobody stops it."""
    return False


@dataclass(frozen=True)
class Solution:
    """``objective`` and ``bound`` in CNY (or weighted tonnes); ``prices`` per row, 0 where not binding.

    ``values`` are those of all columns; empty where there is no solution.
    """

    status: str
    objective: float | None
    bound: float | None
    gap: float | None
    values: Array
    prices: Array
    reduced: Array
    seconds: float

    @property
    def found(self) -> bool:
        """Is there an answer to show?"""
        return self.objective is not None


def solve(
    model: Model,
    gap: float = 1e-4,
    on_progress: Progress = no_progress,
    stop: Stop = never,
    duals: bool = True,
) -> Solution:
    """Solve; of an indivisible problem the duals are those with its whole choices fixed.

    The certified ``bound`` is the objective itself for a continuous problem, the bound of the
    branch and bound for an indivisible one.
    """
    import highspy

    highs, start = model.highs, time.perf_counter()
    whole = len(model.whole) > 0
    heard = _hear(highs, on_progress, stop, whole)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.run()
    _deaf(highs, heard)
    status, info = highs.getModelStatus(), highs.getInfo()
    kinds = highspy.HighsModelStatus
    if status in {kinds.kInfeasible, kinds.kUnboundedOrInfeasible}:
        return _nothing(INFEASIBLE, start)
    if status == kinds.kUnbounded:
        return _nothing(UNBOUNDED, start)
    stopped = status != kinds.kOptimal
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if stopped and not (whole and feasible):
        if stop():
            return _nothing(STOPPED, start)
        raise InputError(
            f"求解器没有给出解（{highs.modelStatusToString(status)}）· the solver gave no answer: "
            "数值相差太大时请检查单位 check the units where numbers differ by many orders."
        )
    values = np.array(highs.getSolution().col_value)
    objective = info.objective_function_value
    bound = info.mip_dual_bound if whole else objective
    if whole and duals:
        prices, reduced = _fixed_duals(model, values)
    else:
        found = highs.getSolution()
        prices, reduced = np.array(found.row_dual), np.array(found.col_dual)
    distance = abs(objective - bound) / max(abs(objective), 1e-12) if objective != bound else 0.0
    money = model.money
    return Solution(
        STOPPED if stopped else OPTIMAL, objective * money, bound * money, distance, values,
        prices, reduced, time.perf_counter() - start,
    )  # fmt: skip


def _nothing(status: str, start: float) -> Solution:
    empty = np.empty(0)
    return Solution(status, None, None, None, empty, empty, empty, time.perf_counter() - start)


def _fixed_duals(model: Model, values: Array) -> tuple[Array, Array]:
    """Duals of the linear problem in which the whole choices stay as they are."""
    import highspy

    highs, whole = model.highs, model.whole.astype(np.int32)
    count, at = len(whole), np.round(values[whole])
    continuous = np.array([highspy.HighsVarType.kContinuous] * count)
    integer = np.array([highspy.HighsVarType.kInteger] * count)
    highs.changeColsIntegrality(count, whole, continuous)
    highs.changeColsBounds(count, whole, at, at)
    highs.run()
    found = highs.getSolution()
    prices, reduced = np.array(found.row_dual), np.array(found.col_dual)
    highs.changeColsBounds(count, whole, np.zeros(count), np.ones(count))
    highs.changeColsIntegrality(count, whole, integer)
    return prices, reduced


def _hear(highs: Any, on_progress: Progress, stop: Stop, whole: bool) -> list[tuple[Any, Any]]:
    """Ask ``stop`` while HiGHS works and say how far it is."""
    if stop is never and on_progress is no_progress:
        return []

    def interrupted(event: Any) -> None:
        if stop():
            event.interrupt()

    def told(event: Any) -> None:
        gap = getattr(event.data_out, "mip_gap", None)
        if gap is not None and 0 < gap < 1:
            on_progress(min(0.95, 1 - gap), f"差距 gap {gap:.2%}")
        interrupted(event)

    listens = (
        [(highs.cbMipInterrupt, interrupted), (highs.cbMipLogging, told)]
        if whole
        else [(highs.cbSimplexInterrupt, interrupted), (highs.cbIpmInterrupt, interrupted)]
    )
    for channel, function in listens:
        channel.subscribe(function)
    return listens


def _deaf(highs: Any, heard: list[tuple[Any, Any]]) -> None:
    for channel, function in heard:
        channel.unsubscribe(function)
