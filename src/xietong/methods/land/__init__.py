"""Land and sea: forests, soils, wetlands, the coast, fires and what plants give off."""

from xietong.methods.land import (
    coastal_wetlands,
    forest_growth,
    forest_stock,
    land_conversion,
    mariculture,
    organic_soils,
    soil_carbon,
    vegetation_fires,
    vegetation_voc,
    wood_loss,
)
from xietong.methods.method import Method

LAND = (
    Method(forest_stock.forest_stock, "forest_stock", forest_stock.PARAMS, forest_stock.SPECIES, ("area_ha",)),
    Method(forest_growth.forest_growth, "forest_growth", forest_growth.PARAMS, forest_growth.SPECIES, ("area_ha", "stock_1e4m3")),
    Method(wood_loss.wood_loss, "wood_loss", wood_loss.PARAMS, wood_loss.SPECIES, ("lost_1e4m3",)),
    Method(land_conversion.land_conversion, "land_conversion", land_conversion.PARAMS, land_conversion.SPECIES, ("area_ha",)),
    Method(soil_carbon.soil_carbon, "soil_carbon", soil_carbon.PARAMS, soil_carbon.SPECIES, ("area_ha",)),
    Method(organic_soils.organic_soils, "organic_soils", organic_soils.PARAMS, organic_soils.SPECIES, ("area_ha",)),
    Method(coastal_wetlands.coastal_wetlands, "coastal_wetlands", coastal_wetlands.PARAMS, coastal_wetlands.SPECIES, ("area_ha",)),
    Method(mariculture.mariculture, "mariculture", mariculture.PARAMS, mariculture.SPECIES, ("harvested_t",)),
    Method(vegetation_fires.vegetation_fires, "vegetation_fires", vegetation_fires.PARAMS, vegetation_fires.SPECIES, ("burnt_ha",)),
    Method(vegetation_voc.vegetation_voc, "vegetation_voc", vegetation_voc.PARAMS, vegetation_voc.SPECIES, ("area_ha",)),
)  # fmt: skip
