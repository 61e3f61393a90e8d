"""Stationary combustion in the energy-balance form: fuel by sector, all species in one pass."""

from xietong.methods.energy.combustion import burn
from xietong.methods.method import Frame


def stationary_combustion(
    activity: Frame, fuels: Frame, carbon: Frame, quality: Frame, pollutants: Frame, control: Frame
) -> Frame:
    """Greenhouse gases and pollutants of fuel burnt in boilers, furnaces and stoves.

    CO2 by carbon balance; SO2 by sulfur and particles by ash where these are known, else by factor
    like NOx, CO, NMVOC, NH3, BC, OC, CH4, N2O and mercury; devices in series take their share of
    SO2, NOx, particles, NMVOC and mercury (of BC and OC what they take of PM2.5).

    Parameters
    ----------
    activity
        One row per (region, year, sector, fuel, technology, control) and whatever else the user
        keeps apart; one of ``fuel_t`` [t], ``gas_1e4m3`` [10⁴ m³], ``energy_gj`` [GJ].
    fuels
        One row per fuel; ``biogenic_share``, ``recovered_share`` [1].
    carbon
        One row per (sector, fuel, year); ``ncv_gj_per_t`` [GJ/t], ``ncv_gj_per_1e4m3``
        [GJ/10⁴ m³], ``carbon_kg_per_gj`` [kg C/GJ], ``oxidised_share`` [1].
    quality
        One row per (sector, fuel, technology, year); ``sulfur_share``, ``sulfur_retained_share``,
        ``ash_share``, ``bottom_ash_share``, ``pm10_in_fly_ash_share``, ``pm25_in_fly_ash_share`` [1].
    pollutants
        One row per (sector, fuel, technology, control, year); for each species one of
        ``nox_kg_per_t`` [kg/t], ``nox_kg_per_1e4m3`` [kg/10⁴ m³], ``nox_kg_per_gj`` [kg/GJ].
    control
        One row per control (a chain of devices); ``so2_passed_share`` … [1].

    Returns
    -------
    ``activity`` with what was looked up, the burnt quantities and the species [t, mercury kg].
    Null where a look-up found nothing (§1). CO2 of biomass and of recovered gases are memo columns.
    A column that the activity already has (a measured calorific value) wins over the table.

    Source
    ------
    省级温室气体清单编制指南 (2011, 2025): fuel × NCV × carbon × oxidation × 44/12; fused inventory
    guide 2024 (环办大气函〔2024〕28号): E = A × EF × (1 − η).

    Examples
    --------
    1000 t at 20 GJ/t and 25 kg C/GJ hold 500 t C, of which 98 % burns; 1 % sulfur, a tenth stays in
    the ash, nine tenths of the rest in the scrubber: see ``tests/methods/stationary_combustion.toml``.
    """
    return burn(activity, fuels, carbon, quality, pollutants, control)
