"""Branch and bound over the sources that move most money, with a safe bound at every node."""

import heapq
from dataclasses import dataclass, field, replace

import numpy as np

from xietong.optimise.shares.core import search_core
from xietong.optimise.shares.problem import Floats
from xietong.optimise.shares.record import Record
from xietong.optimise.shares.relaxation import Node, Relaxation

FIRST_NODES = 30  # relaxations before the first core
SLICE = 0.8  # seconds of the first core
WIDER = (
    0.25  # of the gap: how far above the needed value a core also looks, more after each failure
)
DEPTHS = (12, 20, 28)  # decided sources of the nodes where a core looks for a better choice
SIZES = (120, 240)  # options of such a core


@dataclass
class Tree:
    """The open nodes of one problem below a horizon, best first."""

    relaxation: Relaxation
    record: Record
    horizon: float  # what lies above was left out of the problem
    heap: list[tuple[float, int, Node]] = field(default_factory=list)
    tried: set[tuple[tuple[int, int], ...]] = field(default_factory=set)
    pushed: int = 0
    whole: float = np.inf  # the least bound of a node that was done with by its own choice
    cores: int = 0
    in_cores: float = 0.0
    in_nodes: float = 0.0
    slice: float = SLICE
    wider: float = WIDER

    def run(self, prices: Floats) -> bool:
        """Raise the bound and lower the cost until they meet, or everything below the horizon is
        closed. False when the clock ended it."""
        clock = self.record.clock
        begun = clock.seconds
        root = self.relaxation.node((), prices, self.record.bound)
        self._take(root)
        self._push(root)
        while self.heap and self.heap[0][0] < self.ceiling:
            self.record.raise_bound(min(self.heap[0][0], self.horizon, self.whole))
            if self.record.over():
                return False
            self.in_nodes = clock.seconds - begun - self.in_cores
            if self._core_is_due():
                self._core()
            else:
                self._expand(heapq.heappop(self.heap)[2])
        self.record.raise_bound(min(self.ceiling, self.whole))
        return True

    @property
    def ceiling(self) -> float:
        """Nodes from here on need no further look."""
        return min(self.horizon, self.record.cut)

    def _push(self, node: Node) -> None:
        self.pushed += 1
        heapq.heappush(self.heap, (node.bound, self.pushed, node))

    def _take(self, node: Node) -> None:
        if node.choice is not None:
            self.record.take(node.choice, self.relaxation.problem.value(node.choice))

    def _expand(self, node: Node) -> None:
        """Decide one more source; a node with nothing to decide is done with."""
        if node.branch < 0:
            if node.choice is not None:
                self.whole = min(self.whole, node.bound)
            return
        for option in np.argsort(node.regret, kind="stable"):
            floor = node.floor(int(option))
            if not floor < self.ceiling:
                continue
            decided = (*node.decided, (node.branch, int(option)))
            child = self.relaxation.node(decided, node.prices, floor)
            self._take(child)
            if child.bound < self.ceiling:
                self._push(child)

    def _core_is_due(self) -> bool:
        """Cores and nodes share the time; the first nodes come first, they are worth most."""
        return self.relaxation.solved >= FIRST_NODES and self.in_cores <= self.in_nodes

    def _core(self) -> None:
        """Look for a better choice below a deep node, or settle the best node as a whole."""
        record = self.record
        begun = record.clock.seconds
        unit = record.gap * abs(record.bound)
        near = record.value <= record.needed + unit
        self.cores += 1
        settle = self.cores % (2 if near else 4) == 0
        untried = [e for e in self.heap if e[2].decided not in self.tried]
        entry = min(untried, default=self.heap[0]) if settle else self._deep()
        most = None if settle else SIZES[self.cores % len(SIZES)]
        if entry is None:
            return
        node = entry[2]
        cutoff = min(record.needed + self.wider * unit, self.ceiling)
        core = search_core(
            self.relaxation.problem,
            node.prices,
            cutoff,
            min(record.needed, cutoff),
            min(self.slice, record.clock.left),
            node.decided,
            most,
            stop=record.clock.stop,
        )
        if core.choice is not None:
            record.take(core.choice, core.value)
        self.heap.remove(entry)
        heapq.heapify(self.heap)
        if max(node.bound, core.bound) < self.ceiling:
            self._push(replace(node, bound=max(node.bound, core.bound)))
        if settle and not core.complete:
            self.tried.add(node.decided)
            self.slice = min(self.slice * 1.3, 5.0)
        if core.choice is None:
            self.wider = min(self.wider + WIDER, 3.0)
        self.in_cores += record.clock.seconds - begun

    def _deep(self) -> tuple[float, int, Node] | None:
        """Go down from the best node by its best child; the deepest node reached, in the heap;
        None when all below it turned out to be closed."""
        depth = DEPTHS[self.cores % len(DEPTHS)]
        entry = self.heap[0]
        while len(entry[2].decided) < depth and not self.record.over():
            first = self.pushed
            self.heap.remove(entry)
            heapq.heapify(self.heap)
            self._expand(entry[2])
            fresh = [e for e in self.heap if e[1] > first]
            if not fresh:
                return None
            entry = min(fresh)
        return entry
