"""Variables of the model, exclusive shares and the stock of capacity."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from xietong.optimise.problem import Array, Problem


@dataclass(frozen=True)
class Parts:
    """The linopy model under construction; dimensions ``option`` and ``year``.

    ``share`` is paid for; ``working`` is what works: the share less what is idle, where that is allowed.
    """

    model: Any
    problem: Problem
    share: Any
    working: Any
    idle: Any | None
    new: Any | None
    built: Any | None
    exclusive: Any
    tag: str = ""  # tells apart rows of the same name, as those of draws

    def array(self, values: Array) -> Any:
        """(options, years) or (options,) with labels."""
        import xarray

        names = ("option", "year")[: values.ndim]
        return xarray.DataArray(
            values, coords={n: self.share.coords[n].values for n in names}, dims=names
        )


def parts(model: Any, problem: Problem, idle: bool = False) -> Parts:
    """Shares between their bounds; per source and year they sum to 1 at most; whole ones; stock."""
    import pandas
    import xarray

    options, years = problem.options, list(problem.years)
    index: dict[str, Any] = {"option": np.arange(len(options.option)), "year": years}
    wide = (len(options.option), len(years))

    def labelled(values: Array) -> Any:
        filled = np.broadcast_to(values if values.ndim == 2 else values[:, None], wide)
        return xarray.DataArray(filled, coords=index, dims=("option", "year"))

    low, high = bounds(problem)
    share = model.add_variables(labelled(low), labelled(high), name="share")
    source = xarray.DataArray(
        options.of, coords={"option": index["option"]}, dims="option", name="source"
    )
    stands = (
        model.add_variables(labelled(low) * 0, labelled(low) * 0, name="idle") if idle else None
    )
    working = share if stands is None else share - stands
    exclusive = model.add_constraints(working.groupby(source).sum() <= 1, name="exclusive")
    new = _stock(model, problem, share, labelled) if len(years) > 1 else None
    built = None
    if problem.whole:
        chosen = index["option"][options.whole]
        coords = [pandas.Index(chosen, name="option"), pandas.Index(years, name="year")]
        built = model.add_variables(binary=True, coords=coords, name="built")
        top = labelled(options.high).isel(option=np.flatnonzero(options.whole))
        model.add_constraints(share.sel(option=chosen) - built * top == 0, name="whole")
    return Parts(model, problem, share, working, stands, new, built, exclusive)


def bounds(problem: Problem) -> tuple[Array, Array]:
    """Shares (options, years): from ``low`` or what exists, to ``high`` or what can be built in time."""
    options = problem.options
    low = np.maximum(options.low, options.existing)[:, None]
    with np.errstate(invalid="ignore"):
        reachable = options.existing[:, None] + options.build_rate[:, None] * np.cumsum(
            problem.steps
        )
    return np.broadcast_to(low, reachable.shape), np.minimum(options.high[:, None], reachable)


def _stock(model: Any, problem: Problem, share: Any, labelled: Any) -> Any:
    """What is there = what was there + built − retired; what exists at the start outlives the years."""
    options, years = problem.options, np.array(problem.years)
    fastest = options.build_rate[:, None] * problem.steps
    new = model.add_variables(0, labelled(np.minimum(fastest, options.high[:, None])), name="new")
    balance = share - share.shift(year=1).fillna(0) - new
    for distance in range(1, len(years)):
        retires = retired(options.life, years, distance)
        if retires.any():
            balance = balance + new.shift(year=distance).fillna(0) * labelled(retires)
    start = np.zeros((len(options.option), len(years)))
    start[:, 0] = options.existing
    model.add_constraints(balance == labelled(start), name="stock")
    return new


def retired(life: Array, years: Array, distance: int) -> Array:
    """1 where what was built ``distance`` model years before is at its end now (options, years).

    Built in 2025 with a life of 10 years serves 2025–2034:

    >>> retired(np.array([10.0]), np.array([2025, 2030, 2035]), 2)
    array([[0., 0., 1.]])
    """
    gone = np.zeros((len(life), len(years)))
    for at in range(distance, len(years)):
        born, before = years[at - distance], years[at - 1]
        gone[:, at] = (life <= years[at] - born) & (life > before - born)
    return gone
