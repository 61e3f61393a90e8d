"""Stationary combustion in the unit form: capacity, hours and heat rate of a power unit."""

from narwhals import Float64, col, lit

from xietong.methods.energy.combustion import burn
from xietong.methods.method import Frame


def unit_combustion(
    activity: Frame, fuels: Frame, carbon: Frame, quality: Frame, pollutants: Frame, control: Frame
) -> Frame:
    """Greenhouse gases and pollutants of power units, from capacity, hours and heat rate.

    Heat burnt = capacity × full-load hours × heat rate; then as stationary combustion.

    Parameters
    ----------
    activity
        One row per (region, year, unit); ``sector``, ``fuel``, ``technology``, ``control``,
        ``capacity_mw`` [MW], ``hours_h`` [h/a at full load], ``heat_rate_gj_per_mwh`` [GJ/MWh].
    fuels, carbon, quality, pollutants, control
        As in stationary combustion.

    Returns
    -------
    ``activity`` with ``generated_mwh`` [MWh], ``energy_gj`` [GJ] and the species; null where
    capacity, hours, heat rate or a factor is missing (§1).

    Source
    ------
    Definition of heat rate; factors as in stationary combustion.

    Examples
    --------
    300 MW × 5000 h = 1.5 million MWh; at 9 GJ/MWh 13.5 PJ: see ``tests/methods/unit_combustion.toml``.
    """
    generated = col("capacity_mw") * col("hours_h")
    heated = activity.with_columns(
        generated_mwh=generated,
        energy_gj=generated * col("heat_rate_gj_per_mwh"),
        fuel_t=lit(None, dtype=Float64),
        gas_1e4m3=lit(None, dtype=Float64),
    )
    return burn(heated, fuels, carbon, quality, pollutants, control)
