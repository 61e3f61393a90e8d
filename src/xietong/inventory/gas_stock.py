"""Stock of gas in equipment and foam, from what was charged each year: leakage and end of life.

A charge loses ``charge_loss_share`` on the way in, then ``leak_share`` of what is left every year it
stands, the year of the charge included, and is retired after ``life_years`` years. What is topped up
is a charge of its own.
"""

import polars as pl

from xietong.errors import TableError

VINTAGE = ("region", "application", "refrigerant")
BEHAVIOUR = ("charge_loss_share", "leak_share", "life_years")


def gas_stock(charged: pl.DataFrame, behaviour: pl.DataFrame, last: int) -> pl.DataFrame:
    """Rows for the sheet ``fluorinated_gases``: what is charged, in stock and retired each year.

    Parameters
    ----------
    charged
        One row per (region, application, refrigerant, year); ``charged_t`` [t] into new equipment.
    behaviour
        One row per (application, refrigerant); ``charge_loss_share``, ``leak_share`` [1],
        ``life_years`` [a]. Where there is none, ``TableError`` names what is missing.
    last
        The last year of the series.

    Returns
    -------
    One row per (region, year, application, stage, refrigerant) with ``amount_t`` [t] and
    ``released_share``: ``charge`` the charge, ``stock`` what stands before the year's leakage,
    ``retire`` what is left inside what is retired at the start of the year.

    Over the years: Σ charged = Σ lost in charging + Σ leaked + Σ retired + what stands at the end.

    Source
    ------
    2006 IPCC Guidelines vol. 3 ch. 7, emission factor approach with vintages.

    Examples
    --------
    100 t, a tenth lost in charging, half of the rest leaks in each of two years, then retired.

    >>> charged = pl.DataFrame({"region": ["a"], "application": ["x"], "refrigerant": ["g"],
    ...     "year": [2000], "charged_t": [100.0]})
    >>> behaviour = pl.DataFrame({"application": ["x"], "refrigerant": ["g"],
    ...     "charge_loss_share": [0.1], "leak_share": [0.5], "life_years": [2]})
    >>> gas_stock(charged, behaviour, 2005).select("year", "stage", "amount_t").rows()
    [(2000, 'charge', 100.0), (2000, 'stock', 90.0), (2001, 'stock', 45.0), (2002, 'retire', 22.5)]
    """
    vintages = charged.rename({"year": "charged_in"}).join(
        behaviour.select("application", "refrigerant", *BEHAVIOUR),
        on=["application", "refrigerant"],
        how="left",
    )
    _refuse_unknown(vintages)
    ages = vintages.with_columns(
        age=pl.int_ranges(0, pl.col("life_years") + 1, dtype=pl.Int64)
    ).explode("age")
    standing = ages.with_columns(
        year=pl.col("charged_in") + pl.col("age"),
        left_t=pl.col("charged_t")
        * (1 - pl.col("charge_loss_share"))
        * (1 - pl.col("leak_share")).pow(pl.col("age")),
    ).filter(pl.col("year") <= last)
    retired = pl.col("age") == pl.col("life_years")
    in_use = standing.with_columns(
        stage=pl.when(retired).then(pl.lit("retire")).otherwise(pl.lit("stock")),
        amount_t="left_t",
        released_share=pl.when(retired).then(pl.lit(1.0)).otherwise("leak_share"),
    )
    new = vintages.filter(pl.col("charged_in") <= last).with_columns(
        year="charged_in",
        stage=pl.lit("charge"),
        amount_t="charged_t",
        released_share="charge_loss_share",
    )
    columns = [*VINTAGE, "year", "stage", "amount_t", "released_share"]
    return (
        pl.concat([new.select(columns), in_use.select(columns)])
        .group_by([*VINTAGE, "year", "stage", "released_share"])
        .agg(pl.col("amount_t").sum())
        .select(
            "region", "year", "application", "stage", "refrigerant", "amount_t", "released_share"
        )
        .sort("region", "application", "refrigerant", "year", "stage")
    )


def _refuse_unknown(vintages: pl.DataFrame) -> None:
    unknown = vintages.filter(pl.any_horizontal(pl.col(BEHAVIOUR).is_null()))
    if unknown.height:
        pairs = unknown.select("application", "refrigerant").unique(maintain_order=True).rows()
        listed = "、".join(f"{application}/{gas}" for application, gas in pairs)
        raise TableError(
            f"没有充注损失、泄漏率或寿命 no charging loss, leakage or life for: {listed}。"
            "请在 behaviour 表补一行，写明来源 add a row for each."
        )
