"""Breaking a target down to regions (分解落实): several ways side by side; every one closes.

An *amount* (tonnes to cut, capacity to build, an absorbed total) is split by shares. A *rate* (a drop in per
cent of an intensity) is turned into the amount it means, split, and turned back: with equal growth
everywhere Σ eᵢ·rᵢ = R·Σ eᵢ, where eᵢ is the region's part of what is cut (its emissions for a carbon
intensity). A *share* (non-fossil energy) is raised from each region's own share, weighted by its energy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from polars import col

from xietong.errors import TableError

ROUNDS = 1000


@dataclass(frozen=True)
class Way:
    """How the common amount is shared out: in proportion to the product of columns, each to a power."""

    name: str
    title: str
    powers: Mapping[str, float]

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns read beside ``weight``."""
        return tuple(name for name in self.powers if name != "weight")


WAYS = (
    Way("equal_rate", "等比例 · equal rate", {"weight": 1}),
    Way("population", "按人口 · by population", {"population": 1}),
    Way("gdp", "按地区生产总值 · by GDP", {"gdp": 1}),
    Way(
        "capacity_to_pay",
        "按支付能力：排放 × 人均地区生产总值 · emissions by GDP per head",
        {"weight": 1, "gdp": 1, "population": -1},
    ),
    Way(
        "intensity",
        "按强度：排放 × 单位地区生产总值排放 · emissions by their intensity",
        {"weight": 2, "gdp": -1},
    ),
    Way("potential", "按减排潜力 · by reduction potential", {"potential": 1}),
    Way(
        "cost", "按潜力与单位成本 · by potential over unit cost", {"potential": 1, "unit_cost": -1}
    ),
)


def find_way(name: str) -> Way:
    """A way by name, or own weights as ``gdp=0.5,population=0.5`` (powers of the columns).

    >>> find_way("population").powers
    {'population': 1}
    >>> find_way("weight=1,gdp=0.5").needs
    ('gdp',)
    """
    for way in WAYS:
        if way.name == name:
            return way
    try:
        powers = {
            key: float(power) for key, _, power in (p.partition("=") for p in name.split(","))
        }
    except ValueError:
        raise TableError(
            f"没有分解方式 {name!r}（no such way）。可用 known: {', '.join(w.name for w in WAYS)}，"
            "或自定 own weights: gdp=0.5,population=0.5"
        ) from None
    return Way(name, f"自定权重 · own weights {name}", powers)


def split_amount(units: pl.DataFrame, amount: float, way: Way) -> pl.DataFrame:
    """An amount in parts that add up to it.

    Grain: one row per region; columns as the way needs them, > 0. Returns ``units`` with ``share`` and
    ``part``; the sum of ``part`` is ``amount``. ``TableError`` names every region without a value.

    >>> units = pl.DataFrame({"region": ["a", "b"], "weight": [1.0, 1.0], "population": [3.0, 1.0]})
    >>> split_amount(units, 100.0, find_way("population"))["part"].to_list()
    [75.0, 25.0]
    """
    shares = _shares(units, way)
    return units.with_columns(share=shares, part=shares * amount)


def split_rate(
    units: pl.DataFrame,
    rate: float,
    way: Way,
    *,
    lowest: float = 0.0,
    highest: float = 0.99,
) -> pl.DataFrame:
    """A common drop (share, 0 to 1) in drops of the regions whose weighted mean is the common one.

    ``units`` has ``weight`` (what is cut: emissions for a carbon intensity). A region's ``rate`` is kept between
    ``lowest`` and ``highest``; what is cut off there is carried by the others in the same proportions, until Σ
    weight·rate = rate·Σ weight. ``TableError`` where the limits leave no solution.

    >>> units = pl.DataFrame({"region": ["a", "b"], "weight": [3.0, 1.0], "population": [1.0, 1.0]})
    >>> [round(one, 6) for one in split_rate(units, 0.2, find_way("population"))["rate"]]
    [0.133333, 0.4]
    """
    weight = _positive(units, "weight")
    total = rate * _sum(weight)
    low, high = weight * lowest, weight * highest
    if not _sum(low) - 1e-12 <= total <= _sum(high) + 1e-12:
        raise TableError(
            f"上下限 {lowest:g}～{highest:g} 之内达不到 {rate:g}（the limits leave no way to reach it）。请放宽 widen them"
        )
    shares = _shares(units, way)
    cut = _within(shares, total, low, high)
    return units.with_columns(share=cut / total, part=cut, rate=cut / weight)


def split_share(units: pl.DataFrame, target: float, way: Way) -> pl.DataFrame:
    """A common share (0 to 1) in shares of the regions: each from its own, weighted by its energy.

    ``units`` has ``weight`` (energy) and ``own_share``. The energy to be added, (target − mean of own shares) ×
    Σ weight, is split; ``rate`` is the region's new share. Σ weight·rate = target·Σ weight.

    >>> units = pl.DataFrame({"region": ["a", "b"], "weight": [1.0, 1.0], "own_share": [0.1, 0.2]})
    >>> [round(one, 6) for one in split_share(units, 0.2, find_way("equal_rate"))["rate"]]
    [0.15, 0.25]
    """
    weight, own = _positive(units, "weight"), units["own_share"]
    if own.null_count():
        named = units.filter(col("own_share").is_null())["region"].to_list()
        raise TableError(f"缺现状占比 own share missing: {', '.join(named)}")
    total = target * _sum(weight) - _sum(weight * own)
    if total < 0:
        raise TableError("全省现状已高于目标（the mean share is above the target already）")
    room = weight * (1 - own)
    added = _within(_shares(units, way), total, weight * 0, room)
    return units.with_columns(
        share=added / total if total else added, part=added, rate=own + added / weight
    )


def side_by_side(variants: Mapping[str, pl.DataFrame], against: str = "equal_rate") -> pl.DataFrame:
    """Variants as columns, and what each region gains or loses against one of them.

    One row per region: ``<way>`` (rate, or part where there is no rate) and ``<way>_more``, positive where the
    region carries more than under ``against``.
    """
    value = "rate" if all("rate" in table.columns for table in variants.values()) else "part"
    tables = [table.select("region", pl.col(value).alias(name)) for name, table in variants.items()]
    made = tables[0]
    for table in tables[1:]:
        made = made.join(table, on="region", how="left", maintain_order="left")
    if against not in variants:
        return made
    others = [name for name in variants if name != against]
    return made.with_columns(
        (pl.col(name) - pl.col(against)).alias(f"{name}_more") for name in others
    )


def _shares(units: pl.DataFrame, way: Way) -> pl.Series:
    made = pl.Series("share", [1.0] * units.height)
    for name, power in way.powers.items():
        made = made * _positive(units, name) ** power
    return (made / _sum(made)).rename("share")


def _sum(values: pl.Series) -> float:
    return float(values.sum())


def _positive(units: pl.DataFrame, name: str) -> pl.Series:
    if name not in units.columns:
        raise TableError(f"这种方式需要列 {name}（this way needs the column）")
    values = units[name].cast(pl.Float64)
    bad = units.filter(values.is_null() | (values <= 0))["region"].to_list()
    if bad:
        raise TableError(
            f"{name}: 缺数或不大于零 missing or not above zero: {', '.join(map(str, bad))}。请补数 complete the data"
        )
    return values


def _within(shares: pl.Series, total: float, low: pl.Series, high: pl.Series) -> pl.Series:
    """Parts in proportion to shares, kept between limits, adding up to the total (bisection)."""

    def parts(scale: float) -> pl.Series:
        wished = shares * scale
        table = pl.DataFrame({"w": wished, "l": low, "h": high})
        return table.select(pl.col("w").clip(pl.col("l"), pl.col("h")))["w"]

    under, over = 0.0, max(total, 1e-300)
    for _ in range(ROUNDS):
        if _sum(parts(over)) >= total * (1 - 1e-15):
            break
        over *= 2
    for _ in range(200):
        middle = (under + over) / 2
        if _sum(parts(middle)) < total:
            under = middle
        else:
            over = middle
    return parts(over)


def table_of_ways(names: Sequence[str]) -> tuple[Way, ...]:
    """Ways by name, each once."""
    return tuple(find_way(name) for name in dict.fromkeys(names))
