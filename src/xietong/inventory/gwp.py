"""CO2 equivalents: gases × warming potential of the set that the inventory is made with."""

import polars as pl

from xietong import params
from xietong.vocab.species import species

CO2E = "co2e_{set}_t"


def equivalents(totals: pl.DataFrame, gwp_set: str) -> pl.DataFrame:
    """Rows of CO2 equivalents from rows of totals, by the same region, year and sector.

    ``totals`` has ``species``, ``value``, ``weak`` [t], ``rows``, ``not_estimated``. Only greenhouse
    gases count: memo items and indirect CO2 stay apart. The species is named for the set
    (``co2e_ar5_t``). Rows in which a gas is not estimated are counted, the others are summed; null
    where no gas was estimated. A gas without a potential in the set counts as not estimated.

    >>> table = pl.DataFrame({"region": ["a", "a"], "species": ["co2_t", "ch4_t"], "value": [10.0, 1.0],
    ...     "weak": [0.0, 1.0], "rows": [1, 1], "not_estimated": [0, 0]})
    >>> equivalents(table, "AR5").select("species", "value", "weak").row(0)
    ('co2e_ar5_t', 38.0, 28.0)
    """
    potentials = params.load("gwp/gwp100", programme=gwp_set).wide
    gases = pl.DataFrame(
        [(one.column, one.gwp_gas) for one in species() if one.kind == "ghg"],
        schema={"species": pl.String, "gas": pl.String},
        orient="row",
    ).join(potentials, on="gas", how="left")
    by = [name for name in ("region", "year", "sector") if name in totals.columns]
    return (
        totals.join(gases, on="species")
        .with_columns(
            value=pl.col("value") * pl.col("gwp100"), weak=pl.col("weak") * pl.col("gwp100")
        )
        .group_by(by, maintain_order=True)
        .agg(
            species=pl.lit(CO2E.format(set=gwp_set.lower())),
            value=pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first(),
            rows=pl.col("rows").max(),
            not_estimated=pl.when(pl.col("gwp100").is_null())
            .then(pl.col("rows"))
            .otherwise(pl.col("not_estimated"))
            .sum(),
            weak=pl.col("weak").sum(),
        )
    )
