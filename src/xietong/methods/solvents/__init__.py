"""Use of solvents."""

from xietong.methods.method import Method
from xietong.methods.solvents.solvent_use import PARAMS, SPECIES, solvent_use

SOLVENTS = (
    Method(solvent_use, "solvents", PARAMS, SPECIES, ("product_t", "product_units", "persons")),
)
