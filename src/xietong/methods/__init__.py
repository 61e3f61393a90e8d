"""Methods: pure functions from tables to a table, one file a source. One line here makes one known.

How to add one: ``docs/how-to/add-a-method.md``.
"""

from xietong.methods import combustion
from xietong.methods.electricity_exchange import electricity_exchange
from xietong.methods.heat_exchange import heat_exchange
from xietong.methods.method import Method
from xietong.methods.mobile import MOBILE, SOLVENT
from xietong.methods.stationary_combustion import stationary_combustion
from xietong.methods.unit_combustion import unit_combustion

METHODS = (
    Method(stationary_combustion, "fuel_use", combustion.PARAMS, combustion.SPECIES, ("fuel_t", "gas_1e4m3", "energy_gj")),
    Method(unit_combustion, "power_units", combustion.PARAMS, combustion.SPECIES, ("capacity_mw",)),
    *MOBILE,
    *SOLVENT,
    Method(electricity_exchange, "electricity_exchange", {"electricity": "energy/electricity"}, ("co2_electricity_t",), ("electricity_mwh",)),
    Method(heat_exchange, "heat_exchange", {"heat": "energy/heat"}, ("co2_heat_t",), ("heat_gj",)),
)  # fmt: skip


def method(name: str) -> Method:
    """A method by name.

    >>> method("heat_exchange").species
    ('co2_heat_t',)
    """
    return next(one for one in METHODS if one.name == name)
