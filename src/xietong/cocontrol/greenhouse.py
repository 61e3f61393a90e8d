"""CO2 equivalents of a vector of gases."""

from collections.abc import Mapping
from functools import cache

from xietong import params
from xietong.vocab.species import species

GIVEN = "co2e_t"


@cache
def potentials(gwp: str) -> Mapping[str, float]:
    """Warming potential by column of a gas.

    >>> potentials("AR6")["ch4_t"]
    27.9
    """
    wide = params.load("gwp/gwp100", programme=gwp).wide
    by_gas = dict(zip(wide["gas"], wide["gwp100"], strict=True))
    return {
        one.column: by_gas[one.gwp_gas]
        for one in species()
        if one.kind == "ghg" and one.gwp_gas in by_gas
    }


def co2_equivalents(values: Mapping[str, float | None], gwp: str) -> float | None:
    """t CO2e of the gases in a vector, or the ``co2e_t`` given; None where a gas is unknown.

    >>> co2_equivalents({"co2_t": 10.0, "ch4_t": 1.0, "so2_t": 5.0}, "AR5")
    38.0
    >>> co2_equivalents({"so2_t": 5.0}, "AR5") is None
    True
    """
    if GIVEN in values:
        return values[GIVEN]
    gases = {name: value for name, value in values.items() if name in potentials(gwp)}
    if not gases or any(value is None for value in gases.values()):
        return None
    return sum((value or 0.0) * potentials(gwp)[name] for name, value in gases.items()) + 0.0
