"""The linear relaxation of an open problem, kept warm between the nodes of the search."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from xietong.optimise.shares.core import hold
from xietong.optimise.shares.dual import reduced_costs, safe_bound
from xietong.optimise.shares.problem import Floats, Problem, Whole

WHOLE = 1e-6


@dataclass(frozen=True)
class Node:
    """Some sources decided: a safe bound, prices, and where to branch."""

    bound: float
    own: float  # the bound at these prices, to which a regret may be added
    decided: tuple[tuple[int, int], ...]
    branch: int  # the source to decide next, -1: nothing left to decide
    regret: Floats  # of the options of that source, at these prices
    choice: Whole | None  # a choice that meets the targets, if the relaxation gave one
    prices: Floats

    def floor(self, option: int) -> float:
        """A bound for all choices below that take this option of the source to branch on."""
        return max(self.bound, self.own + float(self.regret[option]))


class Relaxation:
    """One linear program; a node differs only in the bounds of some columns."""

    def __init__(self, problem: Problem) -> None:
        import highspy

        self.problem = problem
        n, q = problem.cost.shape
        k = len(problem.need)
        rows, options = np.nonzero(np.isfinite(problem.cost[:, 1:]))
        self.rows, self.options = rows, options + 1
        self.column = np.full((n, q), -1, np.int64)
        self.column[self.rows, self.options] = np.arange(len(rows))
        # A source must take an option where "none" was ruled out.
        self.must = ~np.isfinite(problem.cost[:, 0])
        width = len(rows)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = width, k + n
        lp.col_cost_ = problem.cost[self.rows, self.options]
        lp.col_lower_, lp.col_upper_ = np.zeros(width), np.ones(width)
        lp.row_lower_ = np.concatenate([problem.need, np.where(self.must, 1.0, -highspy.kHighsInf)])
        lp.row_upper_ = np.concatenate([np.full(k, highspy.kHighsInf), np.ones(n)])
        matrix = lp.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kColwise
        matrix.start_ = np.arange(width + 1) * (k + 1)
        matrix.index_ = np.column_stack([np.tile(np.arange(k), (width, 1)), k + rows]).ravel()
        matrix.value_ = np.column_stack(
            [problem.effect[self.rows, self.options], np.ones(width)]
        ).ravel()
        make: Any = highspy.Highs
        self.solver = make()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("solver", "simplex"),
            ("primal_feasibility_tolerance", 1e-10),
            ("dual_feasibility_tolerance", 1e-9),
            ("presolve", "off"),
        ):
            self.solver.setOptionValue(name, value)
        self.solver.passModel(lp)
        self.optimal = highspy.HighsModelStatus.kOptimal
        self.held: dict[int, int] = {}
        self.solved = 0

    def _hold(self, decided: dict[int, int]) -> None:
        """Change the bounds of the columns whose source is decided otherwise than before."""
        changed = [
            i for i in self.held.keys() | decided.keys() if self.held.get(i) != decided.get(i)
        ]
        columns, low, high = [], [], []
        for i in changed:
            taken = decided.get(i)
            for j, column in enumerate(self.column[i]):
                if column >= 0:
                    columns.append(column)
                    low.append(1.0 if taken == j else 0.0)
                    high.append(1.0 if taken is None or taken == j else 0.0)
        if columns:
            self.solver.changeColsBounds(
                len(columns), np.array(columns, np.int32), np.array(low), np.array(high)
            )
        self.held = dict(decided)

    def _prices(self) -> tuple[Floats | None, Floats | None]:
        """Prices of the targets and the shares of the columns; a ray where it is infeasible."""
        k = len(self.problem.need)
        self.solver.run()
        self.solved += 1
        if self.solver.getModelStatus() == self.optimal:
            solution = self.solver.getSolution()
            return np.maximum(np.array(solution.row_dual[:k]), 0.0), np.array(solution.col_value)
        return None, None

    def node(self, decided: tuple[tuple[int, int], ...], prices: Floats, floor: float) -> Node:
        """Bound the node from the best of the given prices and those of the relaxation."""
        fixed = dict(decided)
        self._hold(fixed)
        found, share = self._prices()
        tried = [found] if found is not None else [prices, *self._rays()]
        held = [hold(self.problem, reduced_costs(self.problem, one), decided) for one in tried]
        owns = [safe_bound(self.problem, *pair) for pair in zip(tried, held, strict=True)]
        at = int(np.argmax(owns))
        bounds = (max(floor, owns[at]), owns[at])
        return self._branch(bounds, decided, held[at], tried[at], share)

    def _rays(self) -> list[Floats]:
        """Prices far along the ray that proves a node infeasible; their bounds are checked as any."""
        _, exists, values = self.solver.getDualRay()
        ray = np.array(values[: len(self.problem.need)]) if exists else np.empty(0)
        far = 1e6 * max(float(self.problem.weight[0]), 1.0)
        return [
            np.maximum(side, 0.0) * (far / side.max())
            for side in (ray, -ray)
            if side.max(initial=0.0) > 0
        ]

    def _branch(
        self,
        bounds: tuple[float, float],
        decided: tuple[tuple[int, int], ...],
        reduced: Floats,
        prices: Floats,
        share: Floats | None,
    ) -> Node:
        """Decide next the split source that moves most money; else the one nearest to a tie."""
        n, q = reduced.shape
        regret = reduced - reduced.min(axis=1)[:, None]
        full = np.zeros((n, q))
        choice = None
        branch = -1
        if share is not None:
            full[self.rows, self.options] = share
            full[:, 0] = 1 - full.sum(axis=1)
            split = np.flatnonzero(full.max(axis=1) < 1 - WHOLE)
            if len(split) == 0:
                whole = full.argmax(axis=1)
                choice = whole if self.problem.meets(whole) else None
            else:
                branch = int(split[np.argmax(self._influence(split, full, prices))])
        if branch < 0 and choice is None:
            branch = _nearest_tie(regret, dict(decided))
        shown = regret[branch] if branch >= 0 else np.empty(0)
        return Node(*bounds, decided, branch, shown, choice, prices)

    def _influence(self, split: Whole, full: Floats, prices: Floats) -> Floats:
        """Money that turns on each split source: spread of the valued effects of its shares."""
        effect = self.problem.effect[split]
        main = effect[np.arange(len(split)), full[split].argmax(axis=1)]
        spread = np.abs(effect - main[:, None, :]) @ np.maximum(prices, 1e-300)
        influence: Floats = np.where(full[split] > WHOLE, spread, 0.0).sum(axis=1)
        return influence


def _nearest_tie(regret: Floats, decided: dict[int, int]) -> int:
    """The undecided source whose second option is nearest; -1 when all are decided."""
    second = (
        np.partition(regret, 1, axis=1)[:, 1]
        if regret.shape[1] > 1
        else np.full(len(regret), np.inf)
    )
    open_rows = [i for i in range(len(regret)) if i not in decided and np.isfinite(second[i])]
    return min(open_rows, key=lambda i: float(second[i]), default=-1)
