"""Methods: pure functions from tables to a table, one file a source, one folder a family.

A method is known by its line in its folder's tuple. How to add one: ``docs/how-to/add-a-method.md``.
"""

from xietong.methods.abatement import ABATEMENT
from xietong.methods.agriculture import AGRICULTURE
from xietong.methods.chemicals import CHEMICALS
from xietong.methods.dust import DUST
from xietong.methods.energy import ENERGY
from xietong.methods.fluorinated import FLUORINATED
from xietong.methods.fugitive import FUGITIVE
from xietong.methods.industry import INDUSTRY
from xietong.methods.land import LAND
from xietong.methods.metals import METALS
from xietong.methods.method import Method
from xietong.methods.minerals import MINERALS
from xietong.methods.mobile import MOBILE
from xietong.methods.solvents import SOLVENTS
from xietong.methods.waste import WASTE
from xietong.methods.water import WATER

METHODS = (
    *ENERGY,
    *MOBILE,
    *SOLVENTS,
    *CHEMICALS,
    *INDUSTRY,
    *MINERALS,
    *METALS,
    *FLUORINATED,
    *FUGITIVE,
    *AGRICULTURE,
    *DUST,
    *WASTE,
    *LAND,
    *WATER,
    *ABATEMENT,
)


def find_method(name: str) -> Method:
    """A method by name.

    >>> find_method("heat_exchange").species
    ('co2_heat_t',)
    """
    return next(one for one in METHODS if one.name == name)
