"""Nitric and adipic acid, caprolactam, glyoxal: N2O less what the abatement destroys."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {
    "acid_factors": "chemicals/nitric_adipic",
    "abatement": "chemicals/n2o_abatement",
    "control": "control/devices",
}
SPECIES = ("n2o_t", "nox_t", "co_t")


def nitric_adipic(activity: Frame, acid_factors: Frame, abatement: Frame, control: Frame) -> Frame:
    """N2O = output × factor × (1 − removed × operated); NOx behind its own devices.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, process, abatement, control); ``output_t`` [t of
        100 % acid or product]; where measured ``n2o_kg_per_t`` [kg/t], ``n2o_removed_share`` and
        ``operated_share`` [1] of the abatement.
    acid_factors
        One row per (process, year); ``n2o_kg_per_t``, ``nox_kg_per_t``, ``co_kg_per_t`` [kg/t].
    abatement
        One row per (abatement, year); ``n2o_removed_share``, ``operated_share`` [1].
    control
        One row per control (a chain of devices); ``nox_passed_share`` [1].

    Returns
    -------
    ``activity`` with ``n2o_released_t`` and ``n2o_destroyed_t`` [t], then ``n2o_t``, ``nox_t`` and
    ``co_t`` [t]. Released = emitted + destroyed. Null where a factor or a share is missing (§1).

    Source
    ------
    中国化工生产企业温室气体排放核算方法与报告指南: AD · EF · (1 − η · μ); EMEP/EEA 2.B.2 and 2.B.3 for NOx.

    Examples
    --------
    1000 t × 10 kg/t = 10 t; 0.85 removed in nine tenths of the output: 2.35 t: see
    ``tests/methods/nitric_adipic.toml``.
    """
    row = look_up(activity, acid_factors, "process", "year")
    row = look_up(row, abatement, "abatement", "year")
    row = look_up(row, control, "control")
    return (
        row.with_columns(n2o_released_t=col("output_t") * col("n2o_kg_per_t") / 1000)
        .with_columns(
            n2o_destroyed_t=col("n2o_released_t") * col("n2o_removed_share") * col("operated_share")
        )
        .with_columns(
            n2o_t=col("n2o_released_t") - col("n2o_destroyed_t"),
            nox_t=col("output_t") * col("nox_kg_per_t") / 1000 * col("nox_passed_share"),
            co_t=col("output_t") * col("co_kg_per_t") / 1000,
        )
    )
