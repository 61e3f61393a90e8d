"""Water: treatment plants, industry, cities without a meter, sludge, biogas, chemicals, run-off."""

from xietong.methods.method import Method
from xietong.methods.water import (
    biogas,
    industrial_wastewater,
    recovered_energy,
    runoff_loads,
    sludge_routes,
    treatment_power,
    wastewater_chemicals,
    wastewater_city,
    wastewater_plant,
    water_reuse,
)

WATER = (
    Method(wastewater_plant.wastewater_plant, "wastewater_plant", wastewater_plant.PARAMS, wastewater_plant.SPECIES, ("water_1e4m3",)),
    Method(industrial_wastewater.industrial_wastewater, "industrial_wastewater", industrial_wastewater.PARAMS, industrial_wastewater.SPECIES, ("water_1e4m3", "product_t")),
    Method(wastewater_city.wastewater_city, "wastewater_city", wastewater_city.PARAMS, wastewater_city.SPECIES, ("persons",)),
    Method(sludge_routes.sludge_routes, "sludge_routes", sludge_routes.PARAMS, sludge_routes.SPECIES, ("sludge_t",)),
    Method(biogas.biogas, "biogas", biogas.PARAMS, biogas.SPECIES, ("gas_1e4m3",)),
    Method(wastewater_chemicals.wastewater_chemicals, "wastewater_chemicals", wastewater_chemicals.PARAMS, wastewater_chemicals.SPECIES, ("chemical_t",)),
    Method(treatment_power.treatment_power, "treatment_power", treatment_power.PARAMS, treatment_power.SPECIES, ("electricity_mwh",)),
    Method(recovered_energy.recovered_energy, "recovered_energy", recovered_energy.PARAMS, recovered_energy.SPECIES, ("electricity_mwh", "heat_gj")),
    Method(water_reuse.water_reuse, "water_reuse", water_reuse.PARAMS, water_reuse.SPECIES, ("water_1e4m3",)),
    Method(runoff_loads.runoff_loads, "runoff_loads", runoff_loads.PARAMS, runoff_loads.SPECIES, ("product_t", "animals_head", "area_ha")),
)  # fmt: skip
