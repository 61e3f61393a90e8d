"""Fluorinated gases and ozone-depleting substances: one sheet for production, use and end of life."""

from xietong.methods.fluorinated.fluorinated_gases import PARAMS, SPECIES, fluorinated_gases
from xietong.methods.method import Method

FLUORINATED = (Method(fluorinated_gases, "fluorinated_gases", PARAMS, SPECIES, ("amount_t",)),)
