"""What burning emits, once the burnt quantities and all parameters stand in the row."""

from narwhals import col

from xietong.methods.formulas.ash_balance import particles_released
from xietong.methods.formulas.by_factor import released_kg
from xietong.methods.formulas.carbon_balance import co2_split
from xietong.methods.formulas.quantity import burnt_quantities
from xietong.methods.formulas.sulfur_balance import so2_released
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {
    "fuels": "vocab/fuels",
    "carbon": "combustion/carbon",
    "quality": "combustion/quality",
    "pollutants": "combustion/pollutants",
    "control": "control/devices",
}
SPECIES = (
    "co2_t",
    "ch4_t",
    "n2o_t",
    "so2_t",
    "nox_t",
    "co_t",
    "nmvoc_t",
    "nh3_t",
    "tsp_t",
    "pm10_t",
    "pm25_t",
    "bc_t",
    "oc_t",
    "hg_kg",
    "co2_bio_t",
    "co2_recovered_t",
)


def burn(
    activity: Frame, fuels: Frame, carbon: Frame, quality: Frame, pollutants: Frame, control: Frame
) -> Frame:
    """Look up what the row needs, then all species in one pass."""
    row = look_up(activity, fuels, "fuel")
    row = look_up(row, carbon, "sector", "fuel", "year")
    row = look_up(row, quality, "sector", "fuel", "technology", "year")
    row = look_up(row, pollutants, "sector", "fuel", "technology", "control", "year")
    row = look_up(row, control, "control")
    return burnt_quantities(row).with_columns(
        **co2_split(),
        ch4_t=released_kg("ch4") / 1000,
        n2o_t=released_kg("n2o") / 1000,
        so2_t=so2_released() * col("so2_passed_share"),
        nox_t=released_kg("nox") / 1000 * col("nox_passed_share"),
        co_t=released_kg("co") / 1000,
        nmvoc_t=released_kg("nmvoc") / 1000 * col("nmvoc_passed_share"),
        nh3_t=released_kg("nh3") / 1000,
        tsp_t=particles_released("tsp") * col("tsp_passed_share"),
        pm10_t=particles_released("pm10") * col("pm10_passed_share"),
        pm25_t=particles_released("pm25") * col("pm25_passed_share"),
        bc_t=released_kg("bc") / 1000 * col("pm25_passed_share"),
        oc_t=released_kg("oc") / 1000 * col("pm25_passed_share"),
        hg_kg=released_kg("hg") * col("hg_passed_share"),
    )
