"""What is known so far: the best choice, the safe bound, and the clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from xietong.optimise.shares.dual import dearest
from xietong.optimise.shares.problem import Problem, Whole

EQUAL = 4e-9  # relative: cost and bound so near to each other are the same number


@dataclass
class Clock:
    """When to stop: the seconds are up, or the caller says so."""

    limit: float
    stop: Callable[[], bool] | None = None
    start: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.start

    @property
    def left(self) -> float:
        """Seconds left, not below 0."""
        return max(self.limit - self.seconds, 0.0)

    def over(self) -> bool:
        """Is it time to stop?"""
        return self.seconds >= self.limit or (self.stop is not None and bool(self.stop()))


@dataclass
class Record:
    """The best choice of all sources and the bound, in the money of ``problem``.

    ``rows`` and ``base`` carry a choice of the open sources back to all sources.
    """

    problem: Problem
    gap: float
    clock: Clock
    on_progress: Callable[[float, float, float], object] | None = None
    bound: float = -np.inf
    value: float = np.inf
    choice: Whole | None = None
    rows: Whole | None = None
    base: Whole | None = None
    told: float = -np.inf
    top: float = np.inf

    def __post_init__(self) -> None:
        self.top = dearest(self.problem)

    @property
    def cut(self) -> float:
        """A bound from here on closes the gap to the best choice, or proves that there is none."""
        if self.choice is None:
            return self.top
        return self.value - max(self.gap * abs(self.value), EQUAL * (1 + abs(self.value)))

    @property
    def needed(self) -> float:
        """A choice at or below this closes the gap to the bound."""
        shrink = 1 - self.gap if self.bound > 0 else 1 + self.gap
        return self.bound / shrink

    def closed(self) -> bool:
        """Do cost and bound meet within the gap?"""
        return bool(self.bound >= self.cut)

    def over(self) -> bool:
        """Is there nothing more to do, or no time for it?"""
        return self.closed() or self.clock.over()

    def raise_bound(self, bound: float) -> None:
        """A bound that was proven; never lowers, and never passes the best cost."""
        if self.choice is None and bound >= self.top:
            bound = np.inf
        self.bound = max(self.bound, min(bound, self.value))
        self.tell()

    def take(self, choice: Whole, value: float) -> None:
        """A choice that meets the targets: keep it if it is the best."""
        if not value < self.value:
            return
        full = choice
        if self.rows is not None and self.base is not None:
            full = self.base.copy()
            full[self.rows] = choice
        self.value, self.choice = value, full
        self.bound = min(self.bound, value)
        self.tell(force=True)

    def tell(self, force: bool = False) -> None:
        """Tell the caller (seconds, bound, cost), at most ten times a second unless forced."""
        now = self.clock.seconds
        if self.on_progress is not None and (force or now - self.told >= 0.1):
            self.told = now
            self.on_progress(now, self.bound * self.problem.money, self.value * self.problem.money)
