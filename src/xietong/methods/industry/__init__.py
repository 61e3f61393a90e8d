"""Minerals and metals by factor, one sheet for all."""

from xietong.methods.industry import product_output
from xietong.methods.method import Method

INDUSTRY = (
    Method(product_output.product_output, "industrial_output", product_output.PARAMS, product_output.SPECIES, ("output_t",)),
)  # fmt: skip
