"""How two documents stand to each other: levels, regions, which one binds the smaller ground."""

from dataclasses import dataclass

from xietong.plans.model import Plan

LEVELS = {"country": 0, "province": 1, "city": 2, "district": 3}


@dataclass(frozen=True)
class Standing:
    """How two documents stand to each other."""

    across_levels: bool
    same_region: bool
    peers: bool  # two regions of one level, below the country
    lower: str  # side of the plan that binds the smaller ground, '' for one level

    @classmethod
    def of(cls, left: Plan, right: Plan) -> "Standing":
        one, other = left.meta.region, right.meta.region
        same = one.adcode == other.adcode and one.name == other.name
        peers = one.level == other.level and not same
        return cls(one.level != other.level, same, peers, lower_side(left, right))


def lower_side(left: Plan, right: Plan) -> str:
    """Which plan binds the smaller ground: 'left', 'right', or '' for plans of one level."""
    one, other = level_of(left), level_of(right)
    return "" if one == other else "right" if other > one else "left"


def level_of(plan: Plan) -> int:
    """0 country, 1 province, 2 city, 3 district; 9 where it is not known."""
    return LEVELS.get(plan.meta.region.level or "", 9)
