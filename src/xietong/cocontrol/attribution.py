"""What each measure of a bundle may claim: order-free (Shapley), and adding up to the bundle."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from xietong.errors import InputError

MOST = 14  # measures of a bundle that are tried in every combination


def shapley(measures: Sequence[str], effect: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Shapley value of each measure: its mean marginal effect over all orders.

    ``effect`` gives the reduction of any subset; that of the empty set counts as 0. Every subset is
    asked once, so at most 14 measures; more raise ``InputError``.

    Examples
    --------
    Two measures that save 6 and 4 alone but 8 together give up one each:

    >>> together = {frozenset(): 0, frozenset("a"): 6, frozenset("b"): 4, frozenset("ab"): 8}
    >>> shapley(["a", "b"], together.__getitem__)
    {'a': 5.0, 'b': 3.0}
    """
    names = list(dict.fromkeys(measures))
    if len(names) > MOST:
        raise InputError(
            f"组合有 {len(names)} 项措施，最多 {MOST} 项（at most {MOST} measures in a bundle）。"
            "请按来源分组。Split it by source."
        )
    nothing = effect(frozenset())
    value = {
        frozenset(chosen): effect(frozenset(chosen)) - nothing
        for size in range(len(names) + 1)
        for chosen in combinations(names, size)
    }
    return {name: _mean_marginal(name, names, value) for name in names}


def _mean_marginal(name: str, names: Sequence[str], value: Mapping[frozenset[str], float]) -> float:
    others = [one for one in names if one != name]
    parts = []
    for size in range(len(others) + 1):
        weight = 1 / (len(names) * math.comb(len(others), size))
        parts += [
            weight * (value[frozenset((*chosen, name))] - value[frozenset(chosen)])
            for chosen in combinations(others, size)
        ]
    return math.fsum(parts)


def multiplied(baseline: float, shares: Mapping[str, float]) -> dict[str, float]:
    """The same in closed form where effects multiply: the bundle saves Q·(1 − Π(1 − s_i)).

    Each gets Q·s_i·∫₀¹ Π_{j≠i}(1 − t·s_j) dt, a polynomial that Gauss-Legendre integrates exactly.
    ``shares`` are reductions as shares of ``baseline`` [1]; below 0 the measure adds emissions, above 1
    is not possible and raises ``InputError``.

    Examples
    --------
    Half and half leave a quarter: 75 t saved, 37.5 t each; a measure without effect gets nothing.

    >>> {name: round(value, 9) for name, value in multiplied(100, {"a": 0.5, "b": 0.5, "idle": 0}).items()}
    {'a': 37.5, 'b': 37.5, 'idle': 0.0}
    """
    from numpy.polynomial.legendre import leggauss

    above = [name for name, one in shares.items() if one > 1]
    if above:
        raise InputError(f"削减份额大于 1（a share above 1）: {', '.join(above)}")
    points, weights = leggauss(max(1, (len(shares) + 1) // 2))
    nodes = [((point + 1) / 2, weight / 2) for point, weight in zip(points, weights, strict=True)]
    return {
        name: float(
            baseline
            * own
            * math.fsum(
                weight * math.prod(1 - at * other for one, other in shares.items() if one != name)
                for at, weight in nodes
            )
        )
        for name, own in shares.items()
    }


def sequential(order: Sequence[str], effect: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """What an order would have claimed: each measure's effect after those before it.

    >>> together = {frozenset(): 0, frozenset("a"): 6, frozenset("b"): 4, frozenset("ab"): 8}
    >>> sequential(["b", "a"], together.__getitem__)
    {'b': 4, 'a': 4}
    """
    done: frozenset[str] = frozenset()
    claimed = {}
    for name in order:
        claimed[name] = effect(done | {name}) - effect(done)
        done |= {name}
    return claimed


def remaining_effect(
    baseline: float, shares: Mapping[str, float]
) -> Callable[[frozenset[str]], float]:
    """The effect of any subset where effects multiply.

    >>> remaining_effect(100, {"a": 0.5, "b": 0.5})(frozenset("ab"))
    75.0
    """

    def effect(chosen: frozenset[str]) -> float:
        return baseline * (1 - math.prod(1 - shares[name] for name in chosen))

    return effect
