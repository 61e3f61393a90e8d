"""Trees: dry mass of a cubic metre of stem wood, crown and roots, and the carbon in it."""

import narwhals as nw
from narwhals import col

from xietong.methods.method import Frame

CO2_PER_C = 44 / 12  # t CO2 per t C


def above_t_per_m3(of_programme: str) -> nw.Expr:
    """Dry mass above ground per volume of stems [t/m³]: density × BEF, else the programme's factor.

    A density and BEF measured for the stand go before a factor of the programme; a programme has
    one of both.
    """
    return nw.coalesce(col("wood_density_t_per_m3") * col("expansion_factor"), col(of_programme))


def with_roots(above: nw.Expr) -> nw.Expr:
    """Dry mass above ground to whole trees."""
    return above * (1 + col("root_shoot_ratio"))


def split(frame: Frame, change_t: str) -> Frame:
    """A change of carbon [t C] as what was removed from the air and what was given off [t CO2].

    ``co2_removed_land_t`` where the carbon grew, else ``co2_land_t``, the other 0; null stays null.
    """
    change = col(change_t)
    return frame.with_columns(
        co2_removed_land_t=(change.abs() + change) / 2 * CO2_PER_C,
        co2_land_t=(change.abs() - change) / 2 * CO2_PER_C,
    )
