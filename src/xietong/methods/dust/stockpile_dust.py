"""Dust of piles: loading and unloading by wind and moisture, lying in the wind by area."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

SIZES = ("tsp", "pm10", "pm25")
DAYS = 365
PARAMS = {"pile": "dust/pile", "control": "control/devices"}
SPECIES = tuple(f"{size}_t" for size in SIZES)


def stockpile_dust(activity: Frame, pile: Frame, control: Frame) -> Frame:
    """Handled tonnes × k · (u/2.2)^a / (M/2)^b, or pile area × factor; less measures.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, operation, control, and what was measured);
        ``handled_t`` [t] with ``wind_m_per_s`` [m/s] and ``moisture_percent`` [%], or ``pile_ha``
        [ha] that lies open for ``open_days`` [d].
    pile
        One row per (operation, year); ``<size>_k_kg_per_t`` [kg/t] with ``wind_power``,
        ``moisture_power`` [1] for handling; ``<size>_t_per_ha`` [t/(ha·a)] for lying.
    control
        One row per control; ``<size>_passed_share`` [1].

    Returns
    -------
    ``activity`` with ``tsp_t``, ``pm10_t``, ``pm25_t`` [t]; null where a value is missing (§1).

    Source
    ------
    MEE dust guide and US EPA AP-42 13.2.4 form for handling; EMEP/EEA 2.A.5.c for lying.

    Examples
    --------
    See ``tests/methods/stockpile_dust.toml``.
    """
    row = look_up(look_up(activity, pile, "operation", "year"), control, "control")
    wind = (col("wind_m_per_s") / 2.2) ** col("wind_power")
    moisture = (col("moisture_percent") / 2) ** col("moisture_power")
    return row.with_columns(
        **{
            f"{size}_t": nw.coalesce(
                col("handled_t") * col(f"{size}_k_kg_per_t") * wind / moisture / 1000,
                col("pile_ha") * col(f"{size}_t_per_ha") * col("open_days") / DAYS,
            )
            * col(f"{size}_passed_share")
            for size in SIZES
        }
    )
