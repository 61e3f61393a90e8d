"""What reductions are worth: environmental tax saved, carbon value, health as a screening."""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from xietong.cocontrol.choices import Choices
from xietong.cocontrol.equivalents import equivalents
from xietong.cocontrol.health_benefit import health_benefit
from xietong.cocontrol.weight_schemes import CARBON, Scheme, carbon_price, tax_price


def benefits(
    reductions: Mapping[str, float | None], co2e: float | None, choices: Choices
) -> dict[str, Any]:
    """Benefit lines [CNY/a], never added up: they overlap (a tax is a price of damage).

    ``environmental_tax_cny`` is the tax on the reductions at the rates of ``choices.region`` on
    ``choices.date``; the law taxes only the three largest of an outlet, so it is an upper end. ``carbon_cny``
    is the gas at the carbon price. ``health`` only with a case. None where unknown.

    Examples
    --------
    >>> made = benefits({"so2_t": 0.95, "co2_t": 10.0}, 10.0, Choices(carbon_cny_per_t=100.0))
    >>> round(made["environmental_tax_cny"], 6), made["carbon_cny"], made["health"]
    (6000.0, 1000.0, None)
    """
    scheme, price, source = _prices(choices.region, choices.date, choices.carbon_cny_per_t)
    taxed = equivalents(reductions, co2e, scheme, False)
    return {
        "environmental_tax_cny": taxed["total"],
        "environmental_tax_components": taxed["components"],
        f"{CARBON}_price_cny_per_t": price,
        f"{CARBON}_price_source": source,
        "carbon_cny": None if price is None or co2e is None else price * co2e + 0.0,
        "health": health_benefit(reductions, choices.health) if choices.health else None,
    }


@lru_cache(maxsize=32)
def _prices(
    region: str, date: datetime.date, given: float | None
) -> tuple[Scheme, float | None, str]:
    """The shipped rates and price: asked once, however many measures there are."""
    return tax_price(region, date, given), *carbon_price(date, given)
