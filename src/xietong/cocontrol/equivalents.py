"""Equivalents of a reduction vector under a weight scheme, with the components beside the sum."""

from collections.abc import Mapping
from typing import Any

from xietong.cocontrol.weight_schemes import CARBON, Scheme

DUST = ("tsp_t", "pm10_t", "pm25_t")  # one contains the next: only the widest counts


def equivalents(
    reductions: Mapping[str, float | None],
    co2e: float | None,
    scheme: Scheme,
    carbon: bool = True,
) -> dict[str, Any]:
    """The weighted sum, its components and what has no weight.

    Parameters
    ----------
    reductions
        Reduction by species [t; mercury kg]; None is unknown.
    co2e
        Reduction of greenhouse gases [t CO2e], weighted where the scheme has a carbon price.
    scheme
        The weights; its name, unit and sources come back with the result.
    carbon
        False leaves the gases out: pollutants only.

    TSP contains PM10 contains PM2.5: the widest given is counted, the others are named under
    ``contained``. A weighted species that is unknown makes the sum None and stands under
    ``unknown``; one without a weight stands under ``unweighted``.

    Examples
    --------
    0.95 t of SO2 are one thousand equivalents, 4 t of dust too; the gas has no weight here.

    >>> from xietong.cocontrol.weight_schemes import tax_equivalents
    >>> made = equivalents({"so2_t": 0.95, "tsp_t": 4.0, "pm10_t": 2.0, "co2_t": 9.0}, 9.0, tax_equivalents())
    >>> made["total"], made["components"], made["contained"], made["unweighted"]
    (2.0, {'so2_t': 1.0, 'tsp_t': 1.0}, ['pm10_t'], ['co2_t'])
    """
    weighted = [name for name in reductions if name in scheme.weights]
    dust = [name for name in DUST if name in weighted]
    contained = dust[1:]
    components: dict[str, float | None] = {}
    for name in weighted:
        if name not in contained:
            value = reductions[name]
            components[name] = None if value is None else value * scheme.weights[name] + 0.0
    if carbon and CARBON in scheme.weights:
        components[CARBON] = None if co2e is None else co2e * scheme.weights[CARBON] + 0.0
    unknown = [name for name, value in components.items() if value is None]
    known = [value for value in components.values() if value is not None]
    return {
        "scheme": scheme.name,
        "unit": scheme.unit,
        "total": None if unknown or not components else sum(known) + 0.0,
        "components": components,
        "unknown": unknown,
        "contained": contained,
        "unweighted": [name for name in reductions if name not in scheme.weights],
        "weak": [name for name in components if name in scheme.weak],
        "sources": list(scheme.sources),
    }
