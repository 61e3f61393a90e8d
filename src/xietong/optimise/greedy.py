"""Measures one after the other by cost per tonne: the method that people use, to be compared with."""

from dataclasses import dataclass

import numpy as np

from xietong.optimise.blocks import retired
from xietong.optimise.problem import ALL, Array, Problem, Target
from xietong.optimise.quantities import COST

ENOUGH = 1e-9


@dataclass
class _State:
    """Shares and what was built, year by year, while they are chosen."""

    problem: Problem
    share: Array
    new: Array

    def room(self, i: int, at: int) -> float:
        """How much more of an option its own bounds, its source and the build rate allow."""
        options = self.problem.options
        taken = self.share[options.of == options.of[i], at].sum()
        fast = options.build_rate[i] * self.problem.steps[at] - self.new[i, at]
        return float(max(0.0, min(options.high[i] - self.share[i, at], 1 - taken, fast)))

    def money(self, i: int, at: int) -> float:
        """The share of an option that its budgets still allow."""
        options, most = self.problem.options, np.inf
        for one in self.problem.budgets:
            if one.year not in {None, self.problem.years[at]} or one.payer not in {
                ALL,
                options.payer[i],
            }:
                continue
            pays = np.array([one.payer in {ALL, payer} for payer in options.payer])
            if one.what == COST:
                each, limit, used = options.cost[:, at], one.limit, self.share[:, at]
            else:
                each, used = np.nan_to_num(options.investment), self.new[:, at]
                limit = one.limit * self.problem.steps[at]
            if each[i] > 0:
                most = min(most, (limit - float((each * used)[pays].sum())) / each[i])
        return float(max(0.0, most))


def greedy(problem: Problem) -> Array:
    """Shares (options, years) chosen target by target, in their order, the cheapest tonne first.

    What earlier choices reduce of a later target's quantity is counted. Nothing is taken back or
    replaced by a better option, nothing is chosen for two targets at once, fairness is not seen:
    that is what the method misses. Indivisible options come whole or not at all.
    """
    options, years = problem.options, np.array(problem.years)
    wide = options.cost.shape
    state = _State(problem, np.zeros(wide), np.zeros(wide))
    for at, year in enumerate(problem.years):
        if at == 0:
            state.share[:, 0] = options.existing
        else:
            state.share[:, at] = state.share[:, at - 1]
            for distance in range(1, at + 1):
                gone = retired(options.life, years, distance)[:, at]
                state.share[:, at] -= gone * state.new[:, at - distance]
        least = np.maximum(options.low - state.share[:, at], 0.0)
        state.share[:, at] += least
        state.new[:, at] += least
        for target in problem.targets:
            if target.year == year:
                _reach(state, target, at)
    return state.share


def _reach(state: _State, target: Target, at: int) -> None:
    problem, options = state.problem, state.problem.options
    effect = np.nan_to_num(options.effect[target.what][:, at])
    useful = np.flatnonzero((effect > 0) & problem.touched(target.region, target.sector))
    per_tonne = options.cost[useful, at] / effect[useful]
    inside = problem.touched(target.region, target.sector)
    for i in useful[np.argsort(per_tonne, kind="stable")]:
        missing = target.needed - float((state.share[:, at] * effect)[inside].sum())
        if missing <= ENOUGH * max(1.0, target.needed):
            return
        most = min(state.room(i, at), state.money(i, at))
        if options.whole[i]:
            more = options.high[i] if most >= options.high[i] - ENOUGH else 0.0
        else:
            more = min(most, missing / effect[i])
        state.share[i, at] += more
        state.new[i, at] += more


def missed(problem: Problem, share: Array) -> dict[str, float]:
    """Targets that shares do not meet, and by how much [unit of the target]."""
    found = {}
    for one in problem.targets:
        at = problem.years.index(one.year)
        inside = problem.touched(one.region, one.sector)
        effect = np.nan_to_num(problem.options.effect[one.what][inside, at])
        short = one.needed - float(share[inside, at] @ effect)
        if short > 1e-6 * max(1.0, one.needed):
            found[one.id] = short
    return found
