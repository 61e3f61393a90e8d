"""Vehicles and trains that run on electricity or hydrogen: no exhaust, but the grid."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame
from xietong.methods.mobile.vehicle_wear import worn

PARAMS = {"wear": "mobile/wear", "electricity": "energy/electricity"}
SPECIES = ("co2_electricity_t", "tsp_t", "pm10_t", "pm25_t")


def electric_transport(activity: Frame, wear: Frame, electricity: Frame) -> Frame:
    """CO2 of the electricity behind electric and hydrogen vehicles, and their tyre and brake wear.

    Electricity as measured, else population × distance × consumption ÷ (1 − losses of charging);
    hydrogen × what electrolysis takes. It is the indirect item of the consumption view: where the
    sheet of electricity across the boundary holds the same electricity, do not add both. Hydrogen
    that is a by-product or made from coal or gas is not meant: its maker reports it.

    Parameters
    ----------
    activity
        One row per (region, year, sector, vehicle, carrier); one of ``electricity_mwh`` [MWh],
        ``hydrogen_t`` [t] with ``electrolysis_mwh_per_t`` [MWh/t], ``vehicles`` [1] with
        ``km_per_vehicle`` [km/a] or ``vehicle_km`` [km] and ``electricity_kwh_per_km`` [kWh/km];
        ``charging_loss_share`` [1].
    wear
        One row per (vehicle, year); ``pm25_wear_g_per_km`` … [g/km].
    electricity
        One row per (region, year); ``electricity_generation_kg_per_kwh`` [kg CO2/kWh].

    Returns
    -------
    ``activity`` with ``used_mwh`` [MWh], ``co2_electricity_t`` [t] and wear [t]; null where the
    consumption, the losses or a factor are missing; wear needs the distance (§1).

    Source
    ------
    Definition; announcements of electricity factors by MEE and NBS; EMEP/EEA 1.A.3.b.vi for wear.

    Examples
    --------
    100 buses × 50 000 km × 1.2 kWh/km ÷ 0.8 = 7500 MWh; at 0.6 kg/kWh 4500 t: see
    ``tests/methods/electric_transport.toml``.
    """
    row = look_up(activity, wear, "vehicle", "year")
    row = look_up(row, electricity, "region", "year")
    driven_km = nw.coalesce(col("vehicle_km"), col("vehicles") * col("km_per_vehicle"))
    charged_mwh = (
        driven_km * col("electricity_kwh_per_km") / 1000 / (1 - col("charging_loss_share"))
    )
    used = nw.coalesce(
        col("electricity_mwh"), col("hydrogen_t") * col("electrolysis_mwh_per_t"), charged_mwh
    )
    return row.with_columns(used_mwh=used).with_columns(
        co2_electricity_t=col("used_mwh") * col("electricity_generation_kg_per_kwh"), **worn()
    )
