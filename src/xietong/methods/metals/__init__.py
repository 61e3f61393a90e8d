"""Metal industry: balance of steelworks, electrolytic aluminium; other products in ``industry``."""

from xietong.methods.metals import aluminium_electrolysis, steel_balance
from xietong.methods.method import Method

METALS = (
    Method(steel_balance.steel_balance, "steel_balance", steel_balance.PARAMS, steel_balance.SPECIES, ("material_t", "material_1e4m3")),
    Method(aluminium_electrolysis.aluminium_electrolysis, "aluminium", aluminium_electrolysis.PARAMS, aluminium_electrolysis.SPECIES, ("output_t",)),
)  # fmt: skip
