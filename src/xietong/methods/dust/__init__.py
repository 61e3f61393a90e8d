"""Dust of roads, building sites, piles and bare soil."""

from xietong.methods.dust import area_dust, road_dust, stockpile_dust
from xietong.methods.method import Method

DUST = (
    Method(road_dust.road_dust, "road_dust", road_dust.PARAMS, road_dust.SPECIES, ("road_km",)),
    Method(area_dust.area_dust, "area_dust", area_dust.PARAMS, area_dust.SPECIES, ("area_ha",)),
    Method(stockpile_dust.stockpile_dust, "stockpiles", stockpile_dust.PARAMS, stockpile_dust.SPECIES, ("handled_t", "pile_ha")),
)  # fmt: skip
