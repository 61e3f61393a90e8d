"""Farming: animals, manure, rice, nitrogen on fields, straw. Machines stand in ``mobile``."""

from xietong.methods.agriculture import (
    enteric_fermentation,
    field_nitrogen,
    manure_management,
    rice_fields,
    straw_burning,
)
from xietong.methods.method import Method

AGRICULTURE = (
    Method(enteric_fermentation.enteric_fermentation, "livestock", enteric_fermentation.PARAMS, enteric_fermentation.SPECIES, ("heads",)),
    Method(manure_management.manure_management, "livestock", manure_management.PARAMS, manure_management.SPECIES, ("heads",)),
    Method(rice_fields.rice_fields, "rice", rice_fields.PARAMS, rice_fields.SPECIES, ("area_ha",)),
    Method(field_nitrogen.field_nitrogen, "field_nitrogen", field_nitrogen.PARAMS, field_nitrogen.SPECIES, ("given_t",)),
    Method(straw_burning.straw_burning, "straw", straw_burning.PARAMS, straw_burning.SPECIES, ("yield_t",)),
)  # fmt: skip
