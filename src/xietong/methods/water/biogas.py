"""Biogas of digesters: what leaks, what a flare leaves, what is let go."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"gas": "water/biogas"}
SPECIES = ("ch4_t",)


def biogas(activity: Frame, gas: Frame) -> Frame:
    """Gas × methane in it × what escapes of it, by the gas's fate.

    Gas that an engine or boiler burns belongs into the sheet of fuels (biogas), with its exhaust.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility, fate); ``gas_1e4m3`` [10⁴ m³];
        ``ch4_volume_share`` [1]; ``escaped_share`` [1] where measured.
    gas
        One row per (fate, year); ``ch4_volume_share``, ``escaped_share`` [1], ``ch4_kg_per_m3``
        [kg/m³ of methane].

    Returns
    -------
    ``activity`` with ``ch4_t`` [t]; null where the methane content or a share is missing (§1).

    Source
    ------
    Mass balance; leakage of digesters IPCC 2006, vol. 5, ch. 4.

    Examples
    --------
    10 × 10⁴ m³ with 60 % methane of which 5 % leaks: see ``tests/methods/biogas.toml``.
    """
    return look_up(activity, gas, "fate", "year").with_columns(
        ch4_t=col("gas_1e4m3")
        * 10
        * col("ch4_volume_share")
        * col("ch4_kg_per_m3")
        * col("escaped_share")
    )
