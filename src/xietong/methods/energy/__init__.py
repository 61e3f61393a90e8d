"""Energy: burning fuels in place, electricity and heat across the boundary."""

from xietong.methods.energy.combustion import PARAMS, SPECIES
from xietong.methods.energy.electricity_exchange import electricity_exchange
from xietong.methods.energy.heat_exchange import heat_exchange
from xietong.methods.energy.stationary_combustion import stationary_combustion
from xietong.methods.energy.unit_combustion import unit_combustion
from xietong.methods.method import Method

ENERGY = (
    Method(stationary_combustion, "fuel_use", PARAMS, SPECIES, ("fuel_t", "gas_1e4m3", "energy_gj")),
    Method(unit_combustion, "power_units", PARAMS, SPECIES, ("capacity_mw",)),
    Method(electricity_exchange, "electricity_exchange", {"electricity": "energy/electricity"}, ("co2_electricity_t",), ("electricity_mwh",)),
    Method(heat_exchange, "heat_exchange", {"heat": "energy/heat"}, ("co2_heat_t",), ("heat_gj",)),
)  # fmt: skip
