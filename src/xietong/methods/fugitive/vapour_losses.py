"""Vapour of petrol and other liquids: tanks, loading, filling stations, less vapour recovery."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {
    "vapour": "fugitive/vapour",
    "liquids": "fugitive/liquids",
    "vapour_recovery": "fugitive/vapour_recovery",
}
SPECIES = ("nmvoc_t",)


def vapour_losses(activity: Frame, vapour: Frame, liquids: Frame, vapour_recovery: Frame) -> Frame:
    """Throughput × factor × true vapour pressure × (1 − recovered × running).

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, operation, product, recovery);
        ``throughput_1e4m3`` [10⁴ m³] or ``throughput_t`` [t]; where known ``vapour_kpa`` [kPa],
        ``density_t_per_m3`` [t/m³], ``recovered_share`` and ``running_share`` [1].
    vapour
        One row per (operation, year); ``nmvoc_g_per_m3_kpa`` [g/(m³ kPa)] or ``nmvoc_kg_per_t`` [kg/t].
    liquids
        One row per (product, year); ``vapour_kpa`` [kPa], ``density_t_per_m3`` [t/m³].
    vapour_recovery
        One row per (operation, recovery, year); ``recovered_share``, ``running_share`` [1].

    Returns
    -------
    ``activity`` with ``nmvoc_released_t``, ``nmvoc_recovered_t`` and ``nmvoc_t`` [t]; released =
    recovered + emitted. Null where the vapour pressure, the density that a throughput in tonnes needs,
    the factor or the recovery is missing (§1).

    Source
    ------
    EMEP/EEA 1.B.2.a.v: factors per throughput and true vapour pressure; stage I and II recovery.

    Examples
    --------
    10 × 10⁴ m³ × 24 g/(m³ kPa) × 40 kPa = 96 t, 0.95 recovered nine tenths of the time: 13.92 t: see
    ``tests/methods/vapour_losses.toml``.
    """
    row = look_up(activity, vapour, "operation", "year")
    row = look_up(row, liquids, "product", "year")
    row = look_up(row, vapour_recovery, "operation", "recovery", "year")
    per_m3_t = col("nmvoc_g_per_m3_kpa") * col("vapour_kpa") / 1e6
    volume_m3 = col("throughput_1e4m3") * 1e4
    return (
        row.with_columns(
            nmvoc_released_t=nw.coalesce(
                volume_m3 * per_m3_t,
                col("throughput_t") / col("density_t_per_m3") * per_m3_t,
                col("throughput_t") * col("nmvoc_kg_per_t") / 1000,
                volume_m3 * col("density_t_per_m3") * col("nmvoc_kg_per_t") / 1000,
            )
        )
        .with_columns(
            nmvoc_recovered_t=col("nmvoc_released_t")
            * col("recovered_share")
            * col("running_share")
        )
        .with_columns(nmvoc_t=col("nmvoc_released_t") - col("nmvoc_recovered_t"))
    )
