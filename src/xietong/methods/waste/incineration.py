"""Waste burnt: fossil and biogenic CO2 by carbon, the rest by factor and devices."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

CO2_PER_C = 44 / 12
UNTOUCHED = ("ch4", "n2o", "co", "nh3")
REMOVABLE = ("so2", "nox", "nmvoc", "tsp", "pm10", "pm25")
PARAMS = {
    "carbon": "waste/carbon",
    "fumes": "waste/fumes",
    "control": "control/devices",
}
SPECIES = (
    "co2_t", "co2_bio_t", *(f"{name}_t" for name in (*UNTOUCHED, *REMOVABLE)), "bc_t", "hg_kg",
)  # fmt: skip


def incineration(activity: Frame, carbon: Frame, fumes: Frame, control: Frame) -> Frame:
    """Burnt waste: CO2 by carbon content, split into fossil and biogenic; other species by factor.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, waste, furnace, control); ``burnt_waste_t`` [t];
        where measured ``carbon_share``, ``fossil_share`` [1].
    carbon
        One row per (waste, year); ``carbon_share`` [t C/t as fired], ``fossil_share`` of the carbon,
        ``oxidised_share`` [1].
    fumes
        One row per (waste, furnace, year); ``<species>_kg_per_t`` [kg/t], ``hg_g_per_t`` [g/t]
        before devices, ``bc_in_pm25_share`` [1].
    control
        One row per control (a chain of devices); ``<species>_passed_share`` [1].

    Returns
    -------
    ``activity`` with the species [t, mercury kg]; biogenic CO2 is a memo item. Null where a value
    is missing (§1). Auxiliary fuel belongs in the sheet of fuels.

    Source
    ------
    Provincial guides 2011 and 2025: waste × carbon × fossil share × burnt share × 44/12; EMEP/EEA
    5.C.1 for pollutants before devices.

    Examples
    --------
    100 t × 0.4 × 0.95 × 44/12 = 139.33 t CO2, of it 0.4 fossil: see
    ``tests/methods/incineration.toml``.
    """
    row = look_up(activity, carbon, "waste", "year")
    row = look_up(row, fumes, "waste", "furnace", "year")
    row = look_up(row, control, "control")
    burnt = col("burnt_waste_t")
    co2_t = burnt * col("carbon_share") * col("oxidised_share") * CO2_PER_C
    return row.with_columns(
        co2_t=co2_t * col("fossil_share"),
        co2_bio_t=co2_t * (1 - col("fossil_share")),
        **{f"{name}_t": burnt * col(f"{name}_kg_per_t") / 1000 for name in UNTOUCHED},
        **{
            f"{name}_t": burnt * col(f"{name}_kg_per_t") / 1000 * col(f"{name}_passed_share")
            for name in REMOVABLE
        },
        hg_kg=burnt * col("hg_g_per_t") / 1000 * col("hg_passed_share"),
    ).with_columns(bc_t=col("pm25_t") * col("bc_in_pm25_share"))
