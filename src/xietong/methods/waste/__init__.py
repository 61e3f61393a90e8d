"""Waste: landfills, incineration, composting and digestion."""

from xietong.methods.method import Method
from xietong.methods.waste import (
    biological_treatment,
    incineration,
    landfill,
    landfill_balance,
    landfill_gas,
)

WASTE = (
    Method(landfill.landfill, "landfill", landfill.PARAMS, landfill.SPECIES, ("deposited_t",)),
    Method(landfill_balance.landfill_balance, "landfill_balance", landfill_balance.PARAMS, landfill_balance.SPECIES, ("landfilled_t",)),
    Method(landfill_gas.landfill_gas, "landfill_gas", landfill_gas.PARAMS, landfill_gas.SPECIES, ("recovered_t", "gas_1e4m3")),
    Method(incineration.incineration, "incineration", incineration.PARAMS, incineration.SPECIES, ("burnt_waste_t",)),
    Method(biological_treatment.biological_treatment, "biological_treatment", biological_treatment.PARAMS, biological_treatment.SPECIES, ("treated_t",)),
)  # fmt: skip
