"""All choices of a small problem, one by one: what the solver must agree with."""

import itertools

import numpy as np

SLACK = 1e-9


def cheapest(cost, effect, need, allowed=None) -> float:
    """The least cost over all choices; infinite when none meets the targets (within the slack)."""
    cost, effect, need = (np.asarray(given, float) for given in (cost, effect, need))
    n, m = cost.shape
    allowed = np.ones((n, m), bool) if allowed is None else np.asarray(allowed, bool)
    usable = np.where(allowed[:, :, None], effect, 0.0)
    slack = SLACK * np.maximum(np.abs(usable).max(axis=(0, 1), initial=0.0), np.abs(need))
    least = np.inf
    for choice in itertools.product(range(-1, m), repeat=n):
        taken = [(i, j) for i, j in enumerate(choice) if j >= 0]
        if not all(allowed[i, j] for i, j in taken):
            continue
        total = sum((effect[i, j] for i, j in taken), np.zeros(len(need)))
        if (total >= need - slack * 1.000001).all():
            least = min(least, sum(cost[i, j] for i, j in taken))
    return float(least)
