"""What escapes: coal mines, coke ovens, oil and gas, stored and moved liquids."""

from xietong.methods.formulas import by_output
from xietong.methods.fugitive import coal_mines, fugitive_sources, oil_gas_facilities, vapour_losses
from xietong.methods.method import Method

OUTPUT = ("output_t", "output_1e4m3")
THROUGHPUT = ("throughput_1e4m3", "throughput_t")

FUGITIVE = (
    Method(coal_mines.coal_mines, "coal_mines", coal_mines.PARAMS, coal_mines.SPECIES, ("coal_t",)),
    Method(fugitive_sources.fugitive_sources, "fugitive_sources", fugitive_sources.PARAMS, by_output.SPECIES, OUTPUT),
    Method(oil_gas_facilities.oil_gas_facilities, "oil_gas_facilities", oil_gas_facilities.PARAMS, oil_gas_facilities.SPECIES, ("facilities",)),
    Method(vapour_losses.vapour_losses, "vapour_losses", vapour_losses.PARAMS, vapour_losses.SPECIES, THROUGHPUT),
)  # fmt: skip
