"""Minerals and metals by factor: one row a product, process and chain of devices."""

from narwhals import col

from xietong.methods.formulas.by_mass import POLLUTANTS, furnace_pollutants
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"output_factors": "industry/output_factors", "control": "control/devices"}
SPECIES = ("co2_t", *POLLUTANTS)


def product_output(activity: Frame, output_factors: Frame, control: Frame) -> Frame:
    """Furnaces and steps of minerals and metals: output × factor × what the devices let through.

    Pollutants of the furnace include those of its fuel; CO2 is that of the process, except for
    ``steel_route``, which is the whole route with its fuels, for comparison and point sources.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, product, process, control); ``output_t`` [t], or
        the capacity where ``utilisation_ratio`` [1] says how much of it was used (1 where there is no
        such column); ``longitude``, ``latitude`` [°] are handed through; where measured
        ``co2_kg_per_t``, ``so2_kg_per_t``, ``nox_kg_per_t``, ``tsp_kg_per_t`` [kg/t].
    output_factors
        One row per (product, process, year); ``<species>_kg_per_t`` [kg/t] before devices,
        ``hg_g_per_t`` [g/t], ``bc_in_pm25_share`` [1].
    control
        One row per control (a chain of devices); ``<species>_passed_share`` [1].

    Returns
    -------
    ``activity`` with ``made_t`` [t], what was made of it, and ``co2_t``, ``co_t``, ``so2_t``,
    ``nox_t``, ``nmvoc_t``, ``tsp_t``, ``pm10_t``, ``pm25_t``, ``bc_t`` [t], ``hg_kg`` [kg]; null
    where a factor or a removal is missing (§1).

    Source
    ------
    EMEP/EEA 2.A, 2.C, 1.A.2; 省级温室气体清单编制指南 2011 for lime.

    Examples
    --------
    1000 t × 2 kg/t of NOx, of which a fifth passes: 0.4 t: see ``tests/methods/product_output.toml``.
    """
    row = look_up(activity, output_factors, "product", "process", "year")
    row = look_up(row, control, "control")
    used = "utilisation_ratio" in row.collect_schema().names()
    made = col("output_t") * col("utilisation_ratio") if used else col("output_t")
    row = row.with_columns(made_t=made)
    row = row.with_columns(co2_t=col("made_t") * col("co2_kg_per_t") / 1000)
    return furnace_pollutants(row, "made_t")
