"""A problem of choosing measures, as arrays with names; units of the house (t, tce, CNY)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ALL = "all"
LEAST_COST, GREATEST_REDUCTION, GREATEST_BENEFIT = (
    "least-cost",
    "greatest-reduction",
    "greatest-benefit",
)
GOALS = (LEAST_COST, GREATEST_REDUCTION, GREATEST_BENEFIT)


@dataclass(frozen=True)
class Sources:
    """One entry per source: its name, region and sector."""

    source: tuple[str, ...]
    name: tuple[str, ...]
    region: tuple[str, ...]
    sector: tuple[str, ...]


@dataclass(frozen=True)
class Options:
    """One entry per option of a source. ``effect`` [quantity] → (options, years), + is reduced.

    ``of``: index of the source. ``cost`` (options, years) [CNY/a at full share], ``investment``
    [CNY at full share; NaN unknown], shares ``low``, ``high``, ``existing``; ``build_rate`` [share
    per year], ``life`` [a]; ``whole``: not divisible, all of ``high`` or nothing.
    """

    of: NDArray[np.int64]
    option: tuple[str, ...]
    name: tuple[str, ...]
    payer: tuple[str, ...]
    cost: Array
    investment: Array
    low: Array
    high: Array
    existing: Array
    build_rate: Array
    life: Array
    whole: NDArray[np.bool_]
    effect: Mapping[str, Array]


@dataclass(frozen=True)
class Target:
    """At least ``needed`` of ``what`` is to be reduced in ``region`` and ``sector`` by ``year``.

    ``cap`` is what may remain (None where the target is a reduction), ``said`` the words of the user.
    """

    id: str
    what: str
    region: str
    sector: str
    year: int
    needed: float
    cap: float | None = None
    said: str = ""


@dataclass(frozen=True)
class Budget:
    """No more than ``limit`` CNY of annual cost or of investment; ``year`` None is each year."""

    id: str
    what: str
    limit: float
    payer: str = ALL
    year: int | None = None


@dataclass(frozen=True)
class Fairness:
    """Regions apart by no more than ``spread``: of cost per GDP, or of the reduction rate of ``what``."""

    id: str
    kind: str  # cost_per_gdp | reduction_rate
    what: str
    spread: float
    year: int | None = None


@dataclass(frozen=True)
class Draw:
    """One possible world: factors on cost (options,) and on the effect on each quantity."""

    name: str
    cost: Array
    effect: Mapping[str, Array]


@dataclass(frozen=True)
class Problem:
    """All that is to be solved. ``baseline`` [quantity] → (region, sector) → per year [unit].

    ``weight`` [1] says how many years, discounted, a model year stands for; ``steps`` [a] how many
    years passed since the one before.
    """

    name: str
    goal: str
    years: tuple[int, ...]
    sources: Sources
    options: Options
    targets: tuple[Target, ...] = ()
    budgets: tuple[Budget, ...] = ()
    fairness: tuple[Fairness, ...] = ()
    prices: Mapping[str, float] = field(default_factory=dict)  # benefit or weight per house unit
    baseline: Mapping[str, Mapping[tuple[str, str], Array]] = field(default_factory=dict)
    gdp: Mapping[str, float] = field(default_factory=dict)
    weight: Array = field(default_factory=lambda: np.ones(1))
    steps: Array = field(default_factory=lambda: np.ones(1))
    greenhouse: Mapping[str, float] = field(default_factory=dict)
    gap: float = 1e-4
    settings: Mapping[str, Any] = field(default_factory=dict)
    draws: tuple["Draw", ...] = ()
    warnings: tuple[str, ...] = ()

    def changed(self, **fields: Any) -> "Problem":
        """The same problem with other fields."""
        return replace(self, **fields)

    @property
    def region_of(self) -> tuple[str, ...]:
        """The region of each option."""
        return tuple(self.sources.region[i] for i in self.options.of)

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions in the order of the sources."""
        return tuple(dict.fromkeys(self.sources.region))

    def touched(self, region: str, sector: str = ALL) -> NDArray[np.bool_]:
        """Which options lie in a region and a sector."""
        of = self.options.of
        inside = np.ones(len(of), dtype=bool)
        if region != ALL:
            inside &= np.array(self.sources.region)[of] == region
        if sector != ALL:
            inside &= np.array(self.sources.sector)[of] == sector
        return inside

    def emitted(self, what: str, region: str, sector: str = ALL) -> Array | None:
        """Baseline of a quantity in a region by year; None where nobody gave it."""
        parts = [
            values
            for (place, kind), values in self.baseline.get(what, {}).items()
            if region in {ALL, place} and sector in {ALL, kind}
        ]
        return np.sum(parts, axis=0) if parts else None

    @property
    def whole(self) -> bool:
        """Is any option not divisible?"""
        return bool(self.options.whole.any())
