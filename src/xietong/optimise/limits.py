"""The rows that a person sets: targets, budgets, fairness; and totals that are only counted."""

from collections import defaultdict
from typing import Any

import numpy as np

from xietong.optimise.blocks import Parts
from xietong.optimise.model import Row, power
from xietong.optimise.problem import ALL, Target
from xietong.optimise.quantities import COST, INVESTMENT

Placed = list[tuple[Any, Row]]
FAR = 1e9  # a bound that a row has until it is freed


def targets(parts: Parts) -> Placed:
    """Reductions per place and year, one linopy block for all targets on the same quantity and scope."""
    import xarray

    problem, found = parts.problem, Placed()
    for (what, by_region, by_sector, again), group in _groups(problem.targets).items():
        effect = np.nan_to_num(problem.options.effect[what])
        labels = _labels(parts, by_region, by_sector)
        wanted = sorted({_place(one) for one in group})
        inside = np.isin(labels, wanted)
        scale = power(effect[inside])
        amount = (
            parts.working.isel(option=np.flatnonzero(inside)) * parts.array(effect / scale)[inside]
        )
        place = xarray.DataArray(
            labels[inside], dims="option", name="place",
            coords={"option": np.flatnonzero(inside)},
        )  # fmt: skip
        years = sorted({one.year for one in group})
        total = amount.sel(year=years).groupby(place).sum()
        present = [str(one) for one in np.unique(labels[inside])]
        at = [(present.index(_place(one)), years.index(one.year)) for one in group]
        rows, columns = (list(side) for side in zip(*at, strict=True))
        needed, there = np.zeros((2, len(present), len(years)))
        needed[rows, columns] = [one.needed / scale for one in group]
        there[rows, columns] = 1
        wide: dict[str, Any] = {
            "dims": ("place", "year"),
            "coords": {"place": present, "year": years},
        }
        made = parts.model.add_constraints(
            total >= xarray.DataArray(needed, **wide),
            name=f"target {what} {by_region} {by_sector} {again}{parts.tag}",
            mask=xarray.DataArray(there.astype(bool), **wide),
        )
        lines = made.labels.transpose("place", "year").values
        for one, place_year in zip(group, at, strict=True):
            year = problem.years.index(one.year)
            row = Row("target", one.id, scale, 1, one.needed / scale, year=year, what=what)
            found.append((lines[place_year], row))
    return found


def _groups(all_targets: tuple[Target, ...]) -> dict[tuple[str, bool, bool, int], list[Target]]:
    """By quantity and scope; a second target on the same place and year comes into a second group."""
    groups: dict[tuple[str, bool, bool, int], list[Target]] = defaultdict(list)
    seen: dict[tuple[str, str, int], int] = defaultdict(int)
    for one in all_targets:
        key = (one.what, _place(one), one.year)
        scope = (one.what, one.region != ALL, one.sector != ALL)
        groups[*scope, seen[key]].append(one)
        seen[key] += 1
    return groups


def _place(one: Target) -> str:
    return f"{one.region}\t{one.sector}"


def _labels(parts: Parts, by_region: bool, by_sector: bool) -> Any:
    sources, of = parts.problem.sources, parts.problem.options.of
    places = [
        f"{region if by_region else ALL}\t{sector if by_sector else ALL}"
        for region, sector in zip(sources.region, sources.sector, strict=True)
    ]
    return np.array(places)[of]


def budgets(parts: Parts) -> Placed:
    """Annual cost or investment of a payer in a year, at most; investment × years of the step."""
    problem, found = parts.problem, Placed()
    options = problem.options
    for one in problem.budgets:
        pays = np.array([one.payer in {ALL, payer} for payer in options.payer])
        for at, year in enumerate(problem.years):
            if one.year not in {None, year}:
                continue
            if one.what == COST:
                each, limit, variable = options.cost[:, at] * pays, one.limit, parts.share
            else:
                each = np.nan_to_num(options.investment) * pays
                limit = one.limit * problem.steps[at]
                variable = parts.share if parts.new is None else parts.new
                limit += 0.0 if parts.new is not None else float(each @ options.existing)
            scale = power(each)
            total = (variable.sel(year=year) * parts.array(each / scale)).sum()
            made = parts.model.add_constraints(
                total <= limit / scale, name=f"budget {one.id} {year}"
            )
            found.append(
                (
                    made.labels.item(),
                    Row("budget", one.id, scale, -1, limit / scale, year=at, what=one.what),
                )
            )
    return found


def fairness(parts: Parts) -> Placed:
    """The highest and the lowest region of a year are no further apart than the spread."""
    problem, found = parts.problem, Placed()
    regions = problem.regions
    for one in problem.fairness:
        for at, year in enumerate(problem.years):
            if one.year not in {None, year}:
                continue
            each = _per_region(parts, one.kind, one.what, at)
            scale = power(each) if one.spread == 0 else min(power(each), one.spread)
            name = f"fairness {one.id} {year}"
            top = parts.model.add_variables(name=f"{name} top")
            bottom = parts.model.add_variables(name=f"{name} bottom")
            for region in regions:
                inside = np.flatnonzero(problem.touched(region))
                share = parts.share.sel(year=year).isel(option=inside)
                rate = (share * parts.array(each / scale)[inside]).sum()
                parts.model.add_constraints(rate - top <= 0, name=f"{name} {region} top")
                parts.model.add_constraints(rate - bottom >= 0, name=f"{name} {region} bottom")
            bound = one.spread / scale
            made = parts.model.add_constraints(top - bottom <= bound, name=name)
            found.append(
                (
                    made.labels.item(),
                    Row("fairness", one.id, scale, -1, bound, year=at, what=one.what),
                )
            )
    return found


def _per_region(parts: Parts, kind: str, what: str, at: int) -> Any:
    """Cost per GDP, or reduction per baseline, of each option's region."""
    problem = parts.problem
    if kind == "cost_per_gdp":
        own = np.array([problem.gdp[region] for region in problem.region_of])
        return problem.options.cost[:, at] / own
    base = {r: problem.emitted(what, r) for r in problem.regions}
    own = np.array([base[region][at] for region in problem.region_of])  # type: ignore[index]
    return np.nan_to_num(problem.options.effect[what][:, at]) / own


def goals(parts: Parts, names: tuple[str, ...]) -> Placed:
    """Totals with a row of their own: cost and investment over all years, a quantity in the last."""
    problem, found = parts.problem, Placed()
    options, last = problem.options, len(problem.years) - 1
    for name in names:
        variable = parts.share
        if name == COST:
            each = options.cost * problem.weight
        elif name == INVESTMENT:
            variable = parts.share if parts.new is None else parts.new
            each = np.broadcast_to(np.nan_to_num(options.investment)[:, None], options.cost.shape)
        else:
            each = np.zeros_like(options.cost)
            each[:, last] = np.nan_to_num(options.effect[name][:, last])
        scale = power(each)
        total = (variable * parts.array(each / scale)).sum()
        made = parts.model.add_constraints(total >= -FAR, name=f"goal {name}")
        found.append((made.labels.item(), Row("goal", name, scale, 0, 0.0, year=last, what=name)))
    return found
