"""The Lagrangian bound: prices for the targets, every source takes its cheapest option.

For any prices λ ≥ 0, λ·need + Σ min(cost − λ·effect) is not above the cost of any choice that
meets the targets. Nothing here needs a solver.
"""

from math import fsum

import numpy as np

from xietong.optimise.shares.problem import Floats, Problem

UNIT = 2.0**-53


def reduced_costs(problem: Problem, prices: Floats) -> Floats:
    """Cost less the value of the effects, (n, q)."""
    n, q = problem.cost.shape
    reduced: Floats = problem.cost - (problem.flat @ prices).reshape(n, q)
    return reduced


def margin(problem: Problem, prices: Floats) -> float:
    """What rounding can have done to a bound: k + 4 roundings of all terms, doubled twice over."""
    size = problem.weight[0] + prices @ problem.weight[1:] + abs(problem.offset)
    return float(4 * (len(prices) + 4) * UNIT * size)


def safe_bound(problem: Problem, prices: Floats, reduced: Floats | None = None) -> float:
    """The Lagrangian bound at ``prices`` ≥ 0, less the rounding margin.

    >>> from xietong.optimise.shares.problem import make_problem
    >>> import numpy as np
    >>> two = make_problem([[10.0], [30.0]], [[[1.0]], [[2.0]]], [2.0], None)
    >>> prices = np.array([15.0]) * two.scale / two.money  # the house of the solver: powers of two
    >>> round(safe_bound(two, prices) * two.money, 6)  # 15 · 2 + (10 − 15) + (30 − 30)
    25.0
    """
    if reduced is None:
        reduced = reduced_costs(problem, prices)
    total = fsum([problem.offset, *(prices * problem.need), *reduced.min(axis=1)])
    return total - margin(problem, prices)


def dearest(problem: Problem) -> float:
    """A cost that no choice exceeds: a bound above it proves that the targets cannot be met."""
    most = np.where(np.isfinite(problem.cost), problem.cost, -np.inf).max(axis=1)
    return fsum([problem.offset, *most]) + 1e-9 * float(problem.weight[0]) + 1e-9


class _Smooth:
    """The dual with a soft minimum of temperature ``heat`` and a logarithmic barrier at λ = 0."""

    def __init__(self, problem: Problem, heat: float) -> None:
        self.problem = problem
        self.heat = heat

    def __call__(self, prices: Floats) -> tuple[float, float, Floats]:
        """Smoothed value, true value, and the soft shares (n, q)."""
        reduced = reduced_costs(self.problem, prices)
        least = reduced.min(axis=1)
        share = np.exp((least[:, None] - reduced) / self.heat)
        total = share.sum(axis=1)
        share /= total[:, None]
        true = float(prices @ self.problem.need + least.sum())
        soft = true + self.heat * float(np.log(prices).sum() - np.log(total).sum())
        return soft, true, share

    def step(self, prices: Floats, share: Floats) -> tuple[Floats, float]:
        """The Newton step and how much it promises."""
        problem = self.problem
        n, q, k = problem.effect.shape
        weighted = problem.effect * share[:, :, None]
        mean = weighted.sum(axis=1)
        slope = problem.need - mean.sum(axis=0) + self.heat / prices
        curve = (weighted.reshape(n * q, k).T @ problem.flat - mean.T @ mean) / self.heat
        curve += np.diag(self.heat / prices**2)
        curve += 1e-14 * np.trace(curve) * np.eye(k)
        step: Floats = np.linalg.solve(curve, slope)
        return step, float(slope @ step)


def ascend(problem: Problem, rounds: int = 80, cold: float = 1e-4) -> tuple[float, Floats]:
    """Good prices by Newton steps on the smoothed dual, cooled until ``cold`` of a typical cost.

    Returns the best bound seen (with its rounding margin taken off) and its prices. The bound is
    valid however early it stops; it is infinite when the targets are proven out of reach.
    """
    finite = np.where(np.isfinite(problem.cost), problem.cost, 0.0)
    typical = float(np.ptp(finite, axis=1).mean()) if len(finite) else 0.0
    size = max(typical, 1e-6)  # costs are near 1, or all zero
    unit = np.maximum(np.abs(problem.effect).mean(axis=(0, 1)), 1e-12) if len(finite) else 1.0
    prices = np.full(len(problem.need), 0.1 * size) / unit / len(problem.need)
    ceiling = dearest(problem)
    smooth = _Smooth(problem, size)
    soft, true, share = smooth(prices)
    best, best_prices = true, prices
    used = 0
    while used < rounds:
        step, promise = smooth.step(prices, share)
        falling = step < 0
        length = min(1.0, 0.95 * float(np.min(prices[falling] / -step[falling], initial=np.inf)))
        while True:
            used += 1
            tried = np.maximum(prices + length * step, 1e-100)
            new_soft, new_true, new_share = smooth(tried)
            if new_soft >= soft + 1e-4 * length * promise or used >= rounds or length < 1e-8:
                break
            length *= 0.4
        prices, soft, share = tried, new_soft, new_share
        if new_true > best:
            best, best_prices = new_true, prices
        if best + problem.offset > ceiling:
            break
        if promise < 0.3 * smooth.heat * len(prices):
            if smooth.heat <= cold * size:
                break
            smooth.heat *= 0.2
            soft, _, share = smooth(prices)
    bound = safe_bound(problem, best_prices)
    return (np.inf if bound > ceiling else bound), best_prices
