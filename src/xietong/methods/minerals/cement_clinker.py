"""Cement kilns: CO2 of the raw meal by composition, kiln dust, organic carbon, kiln pollutants."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.by_mass import POLLUTANTS, furnace_pollutants
from xietong.methods.formulas.carbon_balance import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"clinker": "minerals/clinker", "control": "control/devices"}
SPECIES = ("co2_t", *POLLUTANTS)
CO2_PER_CAO = 44 / 56  # t CO2 per t CaO of carbonate
CO2_PER_MGO = 44 / 40  # t CO2 per t MgO of carbonate


def cement_clinker(activity: Frame, clinker: Frame, control: Frame) -> Frame:
    """CO2 = (clinker + dust lost) × (CaO and MgO from carbonates) + organic carbon of the raw meal.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, process, control); ``output_t`` [t clinker];
        optional ``dust_per_clinker_share`` [t calcined kiln and bypass dust lost per t clinker],
        measured ``cao_share``, ``mgo_share`` of clinker and ``cao_not_carbonate_share``,
        ``mgo_not_carbonate_share`` [t per t clinker, of materials that are no carbonates],
        ``organic_carbon_kg_per_t`` [kg C/t clinker, of the raw meal].
    clinker
        One row per (process, year); ``co2_kg_per_t`` where the composition is not given,
        ``<species>_kg_per_t`` [kg/t clinker], ``hg_g_per_t`` [g/t], ``bc_in_pm25_share`` [1].
    control
        One row per control (a chain of devices); ``<species>_passed_share`` [1].

    Returns
    -------
    ``activity`` with ``co2_calcined_t``, ``co2_organic_t`` [t], then ``co2_t`` and the kiln's
    pollutants. No dust given is no dust (calcined dust returned to the kiln); organic carbon not
    known is not counted and its column stays null; composition with a part missing falls back on the
    factor of the table; null without both (§1).

    Source
    ------
    中国水泥生产企业温室气体排放核算方法与报告指南: Q·[(FR1−FR10)·44/56 + (FR2−FR20)·44/40], dust as clinker,
    Q·FR0·44/12.

    Examples
    --------
    (0.65 − 0.02) × 44/56 + (0.02 − 0.005) × 44/40 = 0.5115 t/t: see
    ``tests/methods/cement_clinker.toml``.
    """
    row = look_up(look_up(activity, clinker, "process", "year"), control, "control")
    by_oxides = (col("cao_share") - col("cao_not_carbonate_share")) * CO2_PER_CAO + (
        col("mgo_share") - col("mgo_not_carbonate_share")
    ) * CO2_PER_MGO
    per_tonne = nw.coalesce(by_oxides, col("co2_kg_per_t") / 1000)
    lost = 1 + nw.coalesce(col("dust_per_clinker_share"), nw.lit(0.0))
    organic = col("output_t") * col("organic_carbon_kg_per_t") / 1000 * CO2_PER_C
    made = row.with_columns(
        co2_calcined_t=col("output_t") * per_tonne * lost, co2_organic_t=organic
    ).with_columns(co2_t=col("co2_calcined_t") + nw.coalesce(col("co2_organic_t"), nw.lit(0.0)))
    return furnace_pollutants(made)
