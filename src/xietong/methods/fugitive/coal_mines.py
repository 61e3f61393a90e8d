"""Coal mining and what is done with the coal after: CH4 by class of mine, dust, organics."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"coal": "fugitive/coal"}
BY_FACTOR = ("nmvoc", "tsp", "pm10", "pm25")
SPECIES = ("ch4_t", *(f"{name}_t" for name in BY_FACTOR))


def coal_mines(activity: Frame, coal: Frame) -> Frame:
    """CH4 of mining less what is drained and used or destroyed, and CH4 of the coal after mining.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, mine); ``coal_t`` [t of raw coal];
        ``recovered_share`` of the CH4 of mining that is used or destroyed [1]; where measured
        ``ch4_m3_per_t``, the CH4 that comes with a tonne of coal [m³/t at 20 °C].
    coal
        One row per (mine, year); ``ch4_mining_kg_per_t``, ``ch4_post_kg_per_t`` [kg/t],
        ``ch4_kg_per_m3`` [kg/m³]; ``nmvoc_kg_per_t``, ``tsp_kg_per_t``, ``pm10_kg_per_t``,
        ``pm25_kg_per_t`` [kg/t].

    Returns
    -------
    ``activity`` with ``ch4_mining_t``, ``ch4_recovered_t``, ``ch4_post_t`` [t] and the species [t].
    A measured gas emission goes before a factor. Null where what is needed is missing (§1). CO2 of
    gas that is burnt belongs to the sheet of fuels.

    Source
    ------
    中国煤炭生产企业温室气体排放核算方法与报告指南; EMEP/EEA 1.B.1.a for dust and NMVOC.

    Examples
    --------
    1000 t × 8 m³/t × 0.67 kg/m³ = 5.36 t, a quarter used: 4.02 t, and 2 t after mining: see
    ``tests/methods/coal_mines.toml``.
    """
    row = look_up(activity, coal, "mine", "year")
    measured_kg = col("ch4_m3_per_t") * col("ch4_kg_per_m3")
    mining_kg = (
        nw.when(col("ch4_m3_per_t").is_null())
        .then(col("ch4_mining_kg_per_t"))
        .otherwise(measured_kg)
    )
    return (
        row.with_columns(
            ch4_mining_t=col("coal_t") * mining_kg / 1000,
            ch4_post_t=col("coal_t") * col("ch4_post_kg_per_t") / 1000,
        )
        .with_columns(ch4_recovered_t=col("ch4_mining_t") * col("recovered_share"))
        .with_columns(
            ch4_t=col("ch4_mining_t") - col("ch4_recovered_t") + col("ch4_post_t"),
            **{f"{name}_t": col("coal_t") * col(f"{name}_kg_per_t") / 1000 for name in BY_FACTOR},
        )
    )
