"""Exhaust of road vehicles: population × distance × corrected factor, CO2 from the fuel."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.carbon_balance import co2_of_carbon
from xietong.methods.formulas.road_corrections import corrected
from xietong.methods.formulas.sulfur_balance import SO2_PER_S
from xietong.methods.formulas.travelled import grams_per_km, kilometres
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

CLASS = ("vehicle", "fuel", "standard", "year")
PARAMS = {
    "energy": "mobile/road_energy",
    "carbon": "combustion/carbon",
    "greenhouse": "mobile/road_greenhouse",
    "temperature": "mobile/corrections/temperature",
    "humidity": "mobile/corrections/humidity",
    "altitude": "mobile/corrections/altitude",
    "speed": "mobile/corrections/speed",
    "sulfur": "mobile/corrections/sulfur",
    "load": "mobile/corrections/load",
    "deterioration": "mobile/corrections/deterioration",
    "factors": "mobile/road",
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
    "pm10_t",
    "pm25_t",
)


def road_vehicles(
    activity: Frame,
    energy: Frame,
    carbon: Frame,
    greenhouse: Frame,
    temperature: Frame,
    humidity: Frame,
    altitude: Frame,
    speed: Frame,
    sulfur: Frame,
    load: Frame,
    deterioration: Frame,
    factors: Frame,
) -> Frame:
    """Exhaust of road vehicles by class, fuel and emission standard.

    E = P · VKT · BEF · φ(temperature, humidity, altitude) · γ(speed) · λ(age) · θ(sulfur, load) for
    CO, hydrocarbons, NOx and particles. CO2 from the energy of the fuel by carbon balance, else by
    a factor in g/km; SO2 from the sulfur of the fuel. Wear of tyres and brakes and evaporation are
    methods of their own on the same sheet; starts with a cold engine have no separate factor here.

    Parameters
    ----------
    activity
        One row per (region, year, sector, vehicle, fuel, standard); ``vehicles`` [1] with
        ``km_per_vehicle`` [km/a], or ``vehicle_km`` [km]; ``deterioration`` none or guide; where
        known ``speed_km_per_h`` [km/h], ``temperature_c`` [°C], ``humidity_share`` [1],
        ``altitude_m`` [m], ``sulfur_ppm`` [mg/kg], ``load_share`` [1]. A condition left blank is
        not corrected for: 30 km/h, 10 to 25 °C, 50 %, up to 1500 m, half loaded are the guide's.
    energy
        One row per (vehicle, fuel, year); ``energy_mj_per_km`` [MJ/km] or ``co2_g_per_km`` [g/km].
    carbon
        One row per (sector, fuel, year); ``carbon_kg_per_gj`` [kg C/GJ], ``oxidised_share`` [1],
        ``ncv_gj_per_t`` [GJ/t].
    greenhouse
        One row per (vehicle, fuel, standard, year); ``ch4_g_per_km``, ``n2o_g_per_km`` [g/km].
    temperature, humidity, altitude, speed, sulfur, load
        One row per (vehicle, fuel, standard, year); factors [1] of ``co``, ``nmvoc``, ``nox`` and
        ``pm`` for each band, such as ``nox_cold_factor``.
    deterioration
        One row per (deterioration, vehicle, fuel, standard, year); ``nox_deterioration_factor`` …
    factors
        One row per (vehicle, fuel, standard, year); ``nox_g_per_km`` … [g/km].

    Returns
    -------
    ``activity`` with ``heat_gj`` [GJ] and the species [t]; null where a factor or a correction that
    was asked for is missing (§1).

    Source
    ------
    道路机动车大气污染物排放清单编制技术指南（试行）, form of the corrected factor; 省级温室气体清单
    编制指南 for the carbon balance.

    Examples
    --------
    1000 cars × 10 000 km × 0.02 g/km × 1.15 below 10 °C = 0.23 t NOx: see
    ``tests/methods/road_vehicles.toml``.
    """
    row = look_up(activity, energy, "vehicle", "fuel", "year")
    row = look_up(row, carbon, "sector", "fuel", "year")
    row = look_up(row, deterioration, "deterioration", *CLASS)
    for table in (greenhouse, temperature, humidity, altitude, speed, sulfur, load, factors):
        row = look_up(row, table, *CLASS)
    burnt = row.with_columns(heat_gj=kilometres() * col("energy_mj_per_km") / 1000)
    sulfur_t = col("heat_gj") / col("ncv_gj_per_t") * col("sulfur_ppm") / 1e6
    return burnt.with_columns(
        co2_t=nw.coalesce(co2_of_carbon(), grams_per_km(col("co2_g_per_km"))),
        ch4_t=grams_per_km(col("ch4_g_per_km")),
        n2o_t=grams_per_km(col("n2o_g_per_km")),
        so2_t=sulfur_t * SO2_PER_S,
        nox_t=grams_per_km(col("nox_g_per_km") * corrected("nox")),
        co_t=grams_per_km(col("co_g_per_km") * corrected("co")),
        nmvoc_t=grams_per_km(col("nmvoc_g_per_km") * corrected("nmvoc")),
        nh3_t=grams_per_km(col("nh3_g_per_km")),
        pm10_t=grams_per_km(col("pm10_g_per_km") * corrected("pm")),
        pm25_t=grams_per_km(col("pm25_g_per_km") * corrected("pm")),
    )
