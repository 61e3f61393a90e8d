"""From the energy balance to what is burnt: which line burns, with which sign, in which sector."""

import polars as pl

from xietong.vocab.fuels import fuels
from xietong.vocab.sectors import flows
from xietong.vocab.sectors import parents as sector_parents
from xietong.vocab.tree import ANY, line

CARRIERS = ("electricity", "heat")
AMOUNTS = ("fuel_t", "gas_1e4m3", "energy_gj")


def burnt(balance: pl.DataFrame, assignment: pl.DataFrame | None = None) -> pl.DataFrame:
    """Fuel use by sector from an energy balance.

    Parameters
    ----------
    balance
        One row per (region, year, flow, fuel); one of ``fuel_t``, ``gas_1e4m3``, ``energy_gj``
        filled; inputs of transformation are negative.
    assignment
        On wish, which technology and control a sector and fuel have: one row per ``sector`` and
        ``fuel`` (a class or ``*`` holds for what lies below), ``technology``, ``control``.

    Returns
    -------
    One row per (region, year, sector, fuel): thermal power, heating and final use, less what is
    used as feedstock. Electricity and heat are not burnt; supply, losses and the other
    transformations are not listed. Technology and control are ``unknown`` unless assigned.

    Examples
    --------
    >>> rows = pl.DataFrame({"region": ["370000"] * 3, "year": [2014] * 3, "fuel": ["raw_coal"] * 3,
    ...     "flow": ["industry", "industry_feedstock", "thermal_power"], "fuel_t": [10.0, 1.0, -5.0]})
    >>> burnt(rows).select("sector", "fuel_t").rows()
    [('public_power', 5.0), ('industry_total', 9.0)]
    """
    lines = pl.DataFrame(
        [(one.flow, one.sector, one.burnt_sign) for one in flows() if one.sector],
        schema={"flow": pl.String, "sector": pl.String, "sign": pl.Int64},
        orient="row",
    ).with_row_index("place")
    amounts = [name for name in AMOUNTS if name in balance.columns]
    found = (
        balance.join(lines, on="flow")
        .filter(~pl.col("fuel").is_in(CARRIERS))
        .group_by("region", "year", "sector", "fuel", maintain_order=True)
        .agg(
            pl.col("place").min(),
            *(
                pl.when(pl.col(name).count() > 0)
                .then((pl.col(name) * pl.col("sign")).sum())
                .first()
                .alias(name)
                for name in amounts
            ),
        )
        .filter(pl.any_horizontal(pl.col(name).fill_null(0) != 0 for name in amounts))
    )
    places = {one.fuel: place for place, one in enumerate(fuels())}
    found = (
        found.sort(
            "region", "year", "place", pl.col("fuel").replace_strict(places, return_dtype=pl.Int64)
        )
        .drop("place")
        .with_columns(facility=pl.lit(""), technology=pl.lit("unknown"), control=pl.lit("unknown"))
    )
    return found if assignment is None else assign(found, assignment)


def assign(activity: pl.DataFrame, assignment: pl.DataFrame) -> pl.DataFrame:
    """Technology and control from the nearest row of the assignment; others stay ``unknown``."""
    stated = {
        (row["sector"], row["fuel"]): (row["technology"], row["control"])
        for row in assignment.iter_rows(named=True)
    }
    fuel_parents = {one.fuel: one.parent for one in fuels()}
    technology, control = [], []
    for sector, fuel in activity.select("sector", "fuel").iter_rows():
        near = [
            stated[(s, f)]
            for s in line(sector, sector_parents())
            for f in line(fuel, fuel_parents)
            if (s, f) in stated
        ]
        found = near[0] if near else ("unknown", "unknown")
        technology.append(found[0] or "unknown")
        control.append(found[1] or "unknown")
    return activity.with_columns(
        technology=pl.Series(technology, dtype=pl.String),
        control=pl.Series(control, dtype=pl.String),
    )


def is_recovered(fuel: str) -> bool:
    """Is it a gas whose carbon the coke already has?

    >>> is_recovered("blast_furnace_gas"), is_recovered("coke_oven_gas")
    (True, False)
    """
    return any(one.fuel == fuel and one.recovered_share == 1 for one in fuels()) and fuel != ANY
