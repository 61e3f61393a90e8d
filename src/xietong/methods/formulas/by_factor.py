"""Emission by factor: quantity × factor, on whichever basis the factor is stated."""

import narwhals as nw
from narwhals import col


def released_kg(species: str) -> nw.Expr:
    """Before devices [kg]: the parameter table states a factor on one basis for a key."""
    return nw.coalesce(
        col("burnt_t") * col(f"{species}_kg_per_t"),
        col("burnt_1e4m3") * col(f"{species}_kg_per_1e4m3"),
        col("heat_gj") * col(f"{species}_kg_per_gj"),
    )
