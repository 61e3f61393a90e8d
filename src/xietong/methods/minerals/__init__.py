"""Mineral industry: cement kilns and carbonates; other products are in ``industry``."""

from xietong.methods.method import Method
from xietong.methods.minerals import carbonate_use, cement_clinker

MINERALS = (
    Method(cement_clinker.cement_clinker, "cement_clinker", cement_clinker.PARAMS, cement_clinker.SPECIES, ("output_t",)),
    Method(carbonate_use.carbonate_use, "carbonate_use", carbonate_use.PARAMS, carbonate_use.SPECIES, ("material_t",)),
)  # fmt: skip
