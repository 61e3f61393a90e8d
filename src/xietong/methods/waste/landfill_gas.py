"""Methane of landfill gas that is caught and burnt: taken off what the landfill gives."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"gas": "waste/gas", "site": "waste/site"}
SPECIES = ("ch4_t",)


def landfill_gas(activity: Frame, gas: Frame, site: Frame) -> Frame:
    """Recovered methane with a minus sign: it is neither emitted nor oxidised in the cover.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, site_type); ``recovered_t`` [t CH4] or
        ``gas_1e4m3`` [10⁴ m³ of gas] with ``ch4_volume_share`` [1].
    gas
        One row per (site_type, year); ``ch4_kg_per_m3`` [kg/m³ of methane].
    site
        One row per (site_type, year); ``oxidised_share`` [1].

    Returns
    -------
    ``activity`` with ``ch4_recovered_t`` and ``ch4_t`` = −(1 − OX) × recovered [t]; null where a
    value is missing (§1). Only metered gas counts; unmetered recovery is 0 (IPCC).

    Source
    ------
    IPCC 2006, vol. 5, ch. 3, eq. 3.1: (generated − recovered) × (1 − OX).

    Examples
    --------
    100 t burnt, OX 0.1: −90 t: see ``tests/methods/landfill_gas.toml``.
    """
    row = look_up(look_up(activity, gas, "site_type", "year"), site, "site_type", "year")
    metered_t = col("gas_1e4m3") * 10 * col("ch4_volume_share") * col("ch4_kg_per_m3")
    return row.with_columns(
        ch4_recovered_t=nw.coalesce(col("recovered_t"), metered_t)
    ).with_columns(ch4_t=-col("ch4_recovered_t") * (1 - col("oxidised_share")))
