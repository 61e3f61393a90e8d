"""Fires of forests, shrubs and grassland."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

GASES = (
    "co2_land", "ch4_land", "n2o_land", "nox", "co", "nmvoc", "so2", "nh3", "tsp", "pm10", "pm25", "oc",
)  # fmt: skip
PARAMS = {"fires": "land/fires"}
SPECIES = (*(f"{gas}_t" for gas in GASES), "bc_t")


def vegetation_fires(activity: Frame, fires: Frame) -> Frame:
    """Gases and particles of what burnt, by area or by dry mass, as the factor is stated.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, vegetation); ``burnt_ha`` [ha]; where measured
        ``burnt_t_per_ha`` [t dry/ha].
    fires
        One row per (vegetation, year); ``burnt_t_per_ha`` [t dry/ha], fuel × share consumed;
        ``<species>_kg_per_ha`` [kg/ha] or ``<species>_g_per_kg`` [g/kg dry]; ``bc_in_pm25_share`` [1].

    Returns
    -------
    ``activity`` with ``biomass_burnt_t`` [t dry] and the species [t]; CO2, CH4 and N2O are memo items
    of land. Null where a value is missing (§1).

    Source
    ------
    IPCC 2006, vol. 4, ch. 2, eq. 2.27; EMEP/EEA guidebook, 11.B, for pollutants.

    Examples
    --------
    10 ha × 20 t/ha × 5 g CH4/kg = 1 t: see ``tests/methods/vegetation_fires.toml``.
    """
    row = look_up(activity, fires, "vegetation", "year").with_columns(
        biomass_burnt_t=col("burnt_ha") * col("burnt_t_per_ha")
    )
    row = row.with_columns(
        **{
            f"{gas}_t": nw.coalesce(
                col("burnt_ha") * col(f"{gas}_kg_per_ha"),
                col("biomass_burnt_t") * col(f"{gas}_g_per_kg"),
            )
            / 1000
            for gas in GASES
        }
    )
    return row.with_columns(bc_t=col("pm25_t") * col("bc_in_pm25_share"))
