"""Changes to a model that was built: limits on and off, shares held, another objective. All can be undone."""

from collections.abc import Collection

import numpy as np

from xietong.optimise.blocks import bounds
from xietong.optimise.model import Model
from xietong.optimise.problem import Array, Problem

ROOM = 1e-9  # a held share may give way by this much, so that rounding forbids nothing


def only(model: Model, targets: Collection[str] | None) -> None:
    """Let these targets hold and no other; None lets all hold. Budgets and fairness always hold."""
    for row in model.rows:
        if row.kind == "target":
            active = targets is None or row.id in targets
            model.highs.changeRowBounds(row.at, row.bound if active else -np.inf, np.inf)


def hold(problem: Problem, model: Model, share: Array | None) -> None:
    """What is there stays paid for: shares are at least these (options, years); None lets go.

    It may stand idle where the model was built so.
    """
    low, high = bounds(problem)
    if share is not None:
        low = np.minimum(np.maximum(low, share - ROOM), high)
    columns = model.share.astype(np.int32).ravel()
    model.highs.changeColsBounds(len(columns), columns, low.ravel(), high.ravel())
    if model.idle is not None:
        places, upper = model.idle.astype(np.int32).ravel(), np.zeros(len(columns))
        upper = upper if share is None else share.ravel()
        model.highs.changeColsBounds(len(places), places, np.zeros(len(places)), upper)


def minimise(model: Model, coefficients: Array) -> None:
    """Another objective on the shares (options, years), in the model's own units of money."""
    columns = model.share.astype(np.int32).ravel()
    model.highs.changeColsCost(len(columns), columns, np.ascontiguousarray(coefficients).ravel())


def goal_between(model: Model, name: str, low: float = -np.inf, high: float = np.inf) -> None:
    """Bounds on a total that is counted, in its own unit."""
    row = next(one for one in model.rows if one.kind == "goal" and one.id == name)
    model.highs.changeRowBounds(row.at, low / row.scale, high / row.scale)


def ease(problem: Problem, model: Model) -> None:
    """Slacks back to nothing."""
    columns = np.array(list(model.slack.values()), dtype=np.int32)
    if len(columns):
        model.highs.changeColsBounds(
            len(columns), columns, np.zeros(len(columns)), np.zeros(len(columns))
        )
