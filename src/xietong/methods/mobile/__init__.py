"""Mobile sources, a sheet each.

Exhaust, evaporation and wear of road vehicles read the same sheet.
"""

from xietong.methods.formulas import engine_exhaust as engine
from xietong.methods.method import Method
from xietong.methods.mobile import (
    aircraft_lto,
    electric_transport,
    nonroad_machinery,
    rail_transport,
    road_vehicles,
    ship_transport,
    vehicle_evaporation,
    vehicle_wear,
)

FLEET = ("vehicles", "vehicle_km")
ELECTRIC = (*FLEET, "electricity_mwh", "hydrogen_t")

MOBILE = (
    Method(road_vehicles.road_vehicles, "road_fleet", road_vehicles.PARAMS, road_vehicles.SPECIES, FLEET),
    Method(vehicle_evaporation.vehicle_evaporation, "road_fleet", vehicle_evaporation.PARAMS, vehicle_evaporation.SPECIES, FLEET),
    Method(vehicle_wear.vehicle_wear, "road_fleet", vehicle_wear.PARAMS, vehicle_wear.SPECIES, FLEET),
    Method(electric_transport.electric_transport, "electric_fleet", electric_transport.PARAMS, electric_transport.SPECIES, ELECTRIC),
    Method(nonroad_machinery.nonroad_machinery, "nonroad_machinery", engine.PARAMS, engine.SPECIES, ("fuel_t", "machines")),
    Method(rail_transport.rail_transport, "rail", engine.PARAMS, engine.SPECIES, ("fuel_t",)),
    Method(ship_transport.ship_transport, "ships", ship_transport.PARAMS, ship_transport.SPECIES, ("fuel_t", "calls")),
    Method(aircraft_lto.aircraft_lto, "aircraft", aircraft_lto.PARAMS, aircraft_lto.SPECIES, ("cycles_lto",)),
)  # fmt: skip
