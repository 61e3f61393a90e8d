"""Land and sea beside the inventory: given off, removed, disputed; a net only where it is asked."""

import polars as pl

from xietong import params
from xietong.inventory.run import Inventory

GIVEN_OFF = {"co2_land_t": None, "ch4_land_t": "CH4", "n2o_land_t": "N2O"}
SOILS, REMOVED = "co2_soil_t", ("co2_removed_land_t", "co2_removed_blue_t")
DISPUTED = "co2_disputed_t"


def land_balance(inventory: Inventory) -> pl.DataFrame:
    """One row per region and year: what land gives off and removes, apart, in t CO2 equivalents.

    ``given_off_t`` (CO2, CH4 and N2O of land), ``soils_t`` (mineral soils, below zero: taken up),
    ``removed_land_t``, ``removed_blue_t``, ``disputed_t`` [t CO2e], ``net_t`` = given off + soils −
    removed, disputed removals not in it; ``without_land_t`` is the inventory's total and
    ``with_land_t`` the total plus the net. Potentials are those of the inventory. ``not_estimated``
    counts rows of land without a value; what is not estimated is not in the sums.

    See ``docs/how-to/land-and-sea.md``.
    """
    set_ = inventory.settings.gwp
    wide = params.load("gwp/gwp100", programme=set_).wide
    potential = dict(wide.select("gas", "gwp100").rows())
    weights = {species: potential[gas] if gas else 1.0 for species, gas in GIVEN_OFF.items()}
    asked = [*GIVEN_OFF, SOILS, *REMOVED, DISPUTED]
    land = inventory.memo.filter(pl.col("species").is_in(asked)).with_columns(
        value=pl.col("value") * pl.col("species").replace_strict(weights, default=1.0)
    )

    def of(*species: str) -> pl.Expr:
        return pl.col("value").filter(pl.col("species").is_in(species)).sum()

    table = land.group_by("region", "year", maintain_order=True).agg(
        given_off_t=of(*GIVEN_OFF),
        soils_t=of(SOILS),
        removed_land_t=of(REMOVED[0]),
        removed_blue_t=of(REMOVED[1]),
        disputed_t=of(DISPUTED),
        not_estimated=pl.col("not_estimated").sum(),
    )
    net = (
        pl.col("given_off_t")
        + pl.col("soils_t")
        - pl.col("removed_land_t")
        - pl.col("removed_blue_t")
    )
    whole = (
        inventory.totals.filter(pl.col("species") == f"co2e_{set_.lower()}_t")
        .group_by("region", "year")
        .agg(without_land_t=pl.col("value").sum())
    )
    return (
        table.with_columns(net_t=net)
        .join(whole, on=["region", "year"], how="left", maintain_order="left")
        .with_columns(with_land_t=pl.col("without_land_t") + pl.col("net_t"))
    )
