"""Machines of building, farming and ports: fuel burnt, or number × power × load × hours."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.engine_exhaust import exhaust, with_engine_factors
from xietong.methods.method import Frame


def nonroad_machinery(activity: Frame, carbon: Frame, sulfur: Frame, engines: Frame) -> Frame:
    """Exhaust of machines that do not drive on roads.

    Fuel as measured, else number × power × load × hours × consumption per work; pollutants per
    work or per fuel, as the table of factors states them.

    Parameters
    ----------
    activity
        One row per (region, year, sector, engine, fuel, standard); ``fuel_t`` [t], or ``machines``
        [1] with ``power_kw`` [kW], ``load_share`` [1], ``hours_h`` [h/a] and, where known,
        ``fuel_kg_per_mwh`` [kg/MWh].
    carbon
        One row per (sector, fuel, year); ``ncv_gj_per_t`` [GJ/t], ``carbon_kg_per_gj`` [kg C/GJ],
        ``oxidised_share`` [1].
    sulfur
        One row per (engine, fuel, year); ``sulfur_share`` [1].
    engines
        One row per (engine, fuel, standard, year); ``nox_kg_per_t`` [kg/t] or ``nox_kg_per_mwh`` …

    Returns
    -------
    ``activity`` with ``work_mwh`` [MWh], ``burnt_t`` [t] and the species [t]; null where the fuel,
    the work or a factor is missing (§1).

    Source
    ------
    非道路移动源大气污染物排放清单编制技术指南（试行）, form E = n · P · LF · h · EF; EMEP/EEA 1.A.2.g.vii
    and 1.A.4.c.ii for factors.

    Examples
    --------
    10 excavators × 100 kW × 0.6 × 500 h = 300 MWh; at 250 kg/MWh 75 t of fuel: see
    ``tests/methods/nonroad_machinery.toml``.
    """
    row = with_engine_factors(activity, carbon, sulfur, engines)
    work = col("machines") * col("power_kw") * col("load_share") * col("hours_h") / 1000
    burnt = nw.coalesce(col("fuel_t"), work * col("fuel_kg_per_mwh") / 1000)
    return exhaust(row.with_columns(work_mwh=work, burnt_t=burnt))
