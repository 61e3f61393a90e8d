"""Carbon of trees counted by two methods, or burnt and lost at once."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material

STAND = ("region", "year", "stand")
BY_CHANGE, BY_FLOWS = "forest_stock", ("forest_growth", "wood_loss")


def land_twice(material: Material) -> list[Finding]:
    """Stands by stock difference and by gains and losses; fires beside a stock difference."""
    return [*_both_methods(material), *_fire_in_the_change(material)]


def _both_methods(material: Material) -> Iterator[Finding]:
    """The same stand and year in both: the same place, or one of them without a place."""
    change = material.activity.get(BY_CHANGE)
    if change is None:
        return
    for name in BY_FLOWS:
        flows = material.activity.get(name)
        if flows is None:
            continue
        both = change.select(*STAND, "facility").join(
            flows.select(*STAND, flow_facility="facility"), on=STAND
        )
        same = (pl.col("facility") == pl.col("flow_facility")) | (
            pl.min_horizontal(
                pl.col("facility").str.len_chars(), pl.col("flow_facility").str.len_chars()
            )
            == 0
        )
        for region, year, stand in both.filter(same).select(STAND).unique().sort(STAND).rows():
            yield Finding(
                "forest-twice",
                "error",
                f"{year} {stand}：库差法与收支法（{name}）同填，重复计算 by stock difference and by gains "
                "and losses: counted twice; keep one",
                region=str(region),
                species="co2_removed_land_t",
            )


def _fire_in_the_change(material: Material) -> Iterator[Finding]:
    """What a fire took is missing in the second survey already."""
    change, fires = material.activity.get(BY_CHANGE), material.activity.get("vegetation_fires")
    if change is None or fires is None:
        return
    where = ["region", "year"]
    burnt = fires.filter(pl.col("vegetation") == "forest").select(where).unique()
    both = burnt.join(change.select(where).unique(), on=where).sort(where)
    for region, years in both.group_by("region", maintain_order=True).agg("year").rows():
        yield Finding(
            "fire-carbon-twice",
            "warning",
            f"{_spoken(years)}：库差法的蓄积已少了烧掉的林木，火灾的 CO2 与它重复（CH4、N2O 和污染物不重复）"
            "the stock difference holds what burnt: CO2 of the fire is counted twice, other gases are not",
            region=str(region),
            species="co2_land_t",
        )


def _spoken(years: list[int]) -> str:
    """The first and the last of some years.

    >>> _spoken([2020, 2021, 2024]), _spoken([2020])
    ('2020～2024', '2020')
    """
    return str(years[0]) if len(years) == 1 else f"{years[0]}～{years[-1]}"
