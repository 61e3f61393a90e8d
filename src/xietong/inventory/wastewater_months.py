"""A plant's monthly sheet to the tables that methods read: sludge, gas, chemicals, power, reuse.

What a person fills in one row a month holds amounts of many kinds; a method is linear in one. The
sheet itself stays, with the month's sludge and reuse per cubic metre; the rest becomes rows of the
tables that others fill in by hand, and joins what they hold.
"""

from collections.abc import Mapping

import polars as pl

SHEET = "wastewater_plant"
WHERE = ("region", "year", "month", "facility")
CHEMICALS = (
    "pac",
    "pam",
    "methanol",
    "sodium_acetate",
    "glucose",
    "sodium_hypochlorite",
    "chlorine",
    "ferric_salt",
    "lime",
)
ROUTES = {
    "landfill": "landfills",
    "incineration": "waste_incineration",
    "compost": "biological_treatment",
    "land": "crop_soils",
    "building_material": "wastewater",
}
DIGESTION = "biological_treatment"
PARTS = (
    SHEET,
    "wastewater_chemicals",
    "treatment_power",
    "sludge_routes",
    "biogas",
    "recovered_energy",
    "water_reuse",
)


def with_months(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables, with what the monthly sheet holds put into the tables of its parts.

    ``wastewater_plant``: one row per plant and month. Gives back all tables; without that sheet
    they come back as they are.

    >>> month = pl.DataFrame({"region": ["370100"], "year": [2023], "month": [1.0], "facility": ["a"],
    ...     "sector": ["domestic_wastewater"], "water_1e4m3": [100.0], "pac_t": [20.0], "sludge_t": [1000.0],
    ...     "sludge_water_share": [0.75], "reused_1e4m3": [25.0]})
    >>> made = with_months({"wastewater_plant": month})
    >>> made["wastewater_plant"].select("dry_sludge_kg_per_m3", "reused_share").row(0)
    (0.25, 0.25)
    >>> made["wastewater_chemicals"].select("reagent", "chemical_t").rows()
    [('pac', 20.0)]
    """
    made = dict(tables)
    if SHEET not in tables:
        return made
    months = _complete(tables[SHEET])
    made[SHEET] = per_cubic_metre(months)
    for name, rows in (
        ("wastewater_chemicals", _chemicals(months)),
        ("treatment_power", _amounts(months, "electricity_mwh")),
        ("sludge_routes", _sludge(months)),
        ("biogas", _gas(months)),
        ("recovered_energy", _energy(months)),
        ("water_reuse", _reuse(months)),
    ):
        own = made.get(name)
        joined = rows if own is None else pl.concat([own, rows], how="diagonal_relaxed")
        if joined.height:
            made[name] = joined
    return made


def per_cubic_metre(months: pl.DataFrame) -> pl.DataFrame:
    """Dry sludge [kg/m³] and the reused share of the water where the row does not state them.

    A month in which the plant stood still has neither: the value of the table is taken.
    """
    water = pl.when(pl.col("water_1e4m3") > 0).then(pl.col("water_1e4m3"))
    dry_kg = pl.col("sludge_t") * (1 - pl.col("sludge_water_share")) * 1000
    return months.with_columns(
        dry_sludge_kg_per_m3=pl.coalesce("dry_sludge_kg_per_m3", dry_kg / (water * 10_000)),
        reused_share=pl.coalesce("reused_share", pl.col("reused_1e4m3") / water),
    )


def _complete(months: pl.DataFrame) -> pl.DataFrame:
    """Columns that a file left out, as nulls."""
    numbers = (
        "sludge_t",
        "sludge_water_share",
        "dry_sludge_kg_per_m3",
        "reused_1e4m3",
        "reused_share",
        "supply_kwh_per_m3",
        "electricity_mwh",
        "biogas_1e4m3",
        "biogas_used_1e4m3",
        "biogas_flared_1e4m3",
        "biogas_ch4_share",
        "power_generated_mwh",
        "heat_recovered_gj",
        *(f"{name}_t" for name in CHEMICALS),
        *(f"sludge_{name}_t" for name in ROUTES),
    )
    return months.with_columns(
        pl.lit(None, dtype=pl.Float64).alias(name)
        for name in ("month", *numbers)
        if name not in months.columns
    )


def _amounts(months: pl.DataFrame, amount: str, **more: str | pl.Expr) -> pl.DataFrame:
    """Rows where there is some of it: place, month, sector, amount, source and what is added."""
    source = ["source"] if "source" in months.columns else []
    added = {
        name: value if isinstance(value, pl.Expr) else pl.lit(value) for name, value in more.items()
    }
    return (
        months.filter(pl.col(amount) > 0)
        .select(*WHERE, "sector", amount, *source, **{f"__{name}": e for name, e in added.items()})
        .with_columns(**{name: pl.col(f"__{name}") for name in added})
        .drop(f"__{name}" for name in added)
    )


def _chemicals(months: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(
        _amounts(months, f"{name}_t", reagent=name).rename({f"{name}_t": "chemical_t"})
        for name in CHEMICALS
    )


def _sludge(months: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(
        _amounts(
            months,
            f"sludge_{route}_t",
            route=route,
            sector=sector,
            water_share=pl.col("sludge_water_share"),
        ).rename({f"sludge_{route}_t": "sludge_t"})
        for route, sector in ROUTES.items()
    )


def _gas(months: pl.DataFrame) -> pl.DataFrame:
    """The gas made leaks; what is flared is flared; what is neither used nor flared is let go.

    Without the gas used it is not known what is let go: no such row then.
    """
    used, flared = (
        pl.col("biogas_used_1e4m3"),
        pl.col("biogas_flared_1e4m3").fill_null(0.0),
    )
    left = pl.col("biogas_1e4m3") - used - flared
    rows = months.with_columns(biogas_vented_1e4m3=pl.when(left > 0).then(left))
    return pl.concat(
        _amounts(
            rows,
            amount,
            fate=fate,
            sector=DIGESTION,
            ch4_volume_share=pl.col("biogas_ch4_share"),
        ).rename({amount: "gas_1e4m3"})
        for amount, fate in (
            ("biogas_1e4m3", "produced"),
            ("biogas_flared_1e4m3", "flared"),
            ("biogas_vented_1e4m3", "vented"),
        )
    )


def _energy(months: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(
        [
            _amounts(months, "power_generated_mwh", kind="power").rename(
                {"power_generated_mwh": "electricity_mwh"}
            ),
            _amounts(months, "heat_recovered_gj", kind="heat").rename(
                {"heat_recovered_gj": "heat_gj"}
            ),
        ],
        how="diagonal",
    )


def _reuse(months: pl.DataFrame) -> pl.DataFrame:
    return _amounts(months, "reused_1e4m3", supply_kwh_per_m3=pl.col("supply_kwh_per_m3")).rename(
        {"reused_1e4m3": "water_1e4m3"}
    )
