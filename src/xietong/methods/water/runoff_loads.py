"""Loads to water of aquaculture, livestock and farmland, by factor."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"runoff": "water/runoff"}
LOADS = ("cod", "nh3n", "tn", "tp")
SPECIES = tuple(f"{name}_t" for name in LOADS)


def runoff_loads(activity: Frame, runoff: Frame) -> Frame:
    """Fish, animals or fields × load of each × what is not kept back.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility, origin); ``product_t`` [t],
        ``animals_head`` [1] or ``area_ha`` [ha]; where known ``<species>_kg_per_t``,
        ``…_per_head``, ``…_per_ha`` and ``kept_back_share`` [1].
    runoff
        One row per (origin, year); ``<species>_kg_per_t``, ``<species>_kg_per_head``,
        ``<species>_kg_per_ha`` [kg per year], ``kept_back_share`` [1].

    Returns
    -------
    ``activity`` with ``cod_t``, ``nh3n_t``, ``tn_t``, ``tp_t`` [t]; null where a factor is missing
    (§1).

    Source
    ------
    Factors of the national survey of pollution sources are not openly readable: state your own.

    Examples
    --------
    100 t of fish × 30 kg/t = 3 t COD: see ``tests/methods/runoff_loads.toml``.
    """
    row = look_up(activity, runoff, "origin", "year")
    amounts = {"kg_per_t": "product_t", "kg_per_head": "animals_head", "kg_per_ha": "area_ha"}
    reaching = (1 - col("kept_back_share")) / 1000
    return row.with_columns(
        **{
            f"{name}_t": nw.coalesce(
                *(col(amount) * col(f"{name}_{base}") for base, amount in amounts.items())
            )
            * reaching
            for name in LOADS
        }
    )
