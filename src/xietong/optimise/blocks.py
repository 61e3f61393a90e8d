"""Variables of the model, exclusive shares and the stock of capacity."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from xietong.optimise.problem import Array, Problem


@dataclass(frozen=True)
class Grows:
    """Rows of shares that only grow, and by how much at most (those options, years)."""

    rows: Any
    most: Array


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
    grows: Grows | None = None
    tag: str = ""  # tells apart rows of the same name, as those of draws

    def array(self, values: Array) -> Any:
        """(options, years) or (options,) with labels."""
        import xarray

        names = ("option", "year")[: values.ndim]
        return xarray.DataArray(
            values, coords={n: self.share.coords[n].values for n in names}, dims=names
        )


def parts(model: Any, problem: Problem, idle: bool = False, all_built: bool = False) -> Parts:
    """Shares between their bounds; per source and year they sum to 1 at most; whole ones; stock.

    ``all_built`` wants a variable of what is built of every option (investment counts it).
    """
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
    new, grows = None, None
    if len(years) > 1:
        new, grows = _stock(model, problem, share, labelled, all_built)
    built = None
    if problem.whole:
        chosen = index["option"][options.whole]
        coords = [pandas.Index(chosen, name="option"), pandas.Index(years, name="year")]
        built = model.add_variables(binary=True, coords=coords, name="built")
        top = labelled(options.high).isel(option=np.flatnonzero(options.whole))
        model.add_constraints(share.sel(option=chosen) - built * top == 0, name="whole")
    return Parts(model, problem, share, working, stands, new, built, exclusive, grows)


def bounds(problem: Problem) -> tuple[Array, Array]:
    """Shares (options, years): from ``low`` or what exists, to ``high`` or what can be built in time."""
    options = problem.options
    low = np.maximum(options.low, options.existing)[:, None]
    with np.errstate(invalid="ignore"):
        reachable = options.existing[:, None] + options.build_rate[:, None] * np.cumsum(
            problem.steps
        )
    return np.broadcast_to(low, reachable.shape), np.minimum(options.high[:, None], reachable)


def _stock(
    model: Any, problem: Problem, share: Any, labelled: Any, all_built: bool
) -> tuple[Any | None, Grows | None]:
    """What is there = what was there + built − retired; what exists at the start outlives the years.

    What does not retire within the years needs no variable of what is built: its share grows, by no more
    than the build rate allows.
    """
    options, years = problem.options, np.array(problem.years)
    mortal = np.full(len(options.option), all_built)
    for distance in range(1, len(years)):
        mortal |= retired(options.life, years, distance).any(axis=1)
    own, others = np.flatnonzero(mortal), np.flatnonzero(~mortal)
    fastest = options.build_rate[:, None] * problem.steps
    grows = None
    if len(others):
        growing = share.isel(option=others)
        rows = model.add_constraints(growing - growing.shift(year=1).fillna(0) >= 0, name="grows")
        most = fastest[others].copy()
        most[:, 0] += options.existing[others]
        grows = Grows(rows, most)
    if not len(own):
        return None, grows
    top = labelled(np.minimum(fastest, options.high[:, None])).isel(option=own)
    new = model.add_variables(0, top, name="new")
    living = share.isel(option=own)
    balance = living - living.shift(year=1).fillna(0) - new
    for distance in range(1, len(years)):
        retires = retired(options.life, years, distance)
        if retires[own].any():
            gone = labelled(retires).isel(option=own)
            balance = balance + new.shift(year=distance).fillna(0) * gone
    start = np.zeros((len(options.option), len(years)))
    start[:, 0] = options.existing
    model.add_constraints(balance == labelled(start).isel(option=own), name="stock")
    return new, grows


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
