"""Comparison of plans: clauses aligned, what became of targets, conflicts, units that differ."""

from xietong.plans.compare.comparison import compare_all, compare_plans
from xietong.plans.compare.model import Change, Comparison, Conflict, Link, Side, UnitDifference

__all__ = [
    "Change",
    "Comparison",
    "Conflict",
    "Link",
    "Side",
    "UnitDifference",
    "compare_all",
    "compare_plans",
]
