"""Cost of a measure per year and per unit of reduction."""

import math
from dataclasses import dataclass

NO_INTEREST = 1e-12  # below it the quotient would be that of two roundings


@dataclass(frozen=True)
class Cost:
    """What a measure costs, in CNY of one price year: None is unknown, 0 is nothing.

    ``investment_cny`` [CNY], ``life_years`` [a], ``om_cny`` and ``saving_cny`` [CNY/a],
    ``annual_cny`` [CNY/a] where a source gives the net annual cost only.
    """

    investment_cny: float | None = None
    life_years: float | None = None
    om_cny: float | None = None
    saving_cny: float | None = None
    annual_cny: float | None = None
    price_year: int | None = None
    source: str = ""


def capital_recovery(interest: float, life_years: float) -> float:
    """Share of the investment to be paid each year: r(1+r)^n / ((1+r)^n − 1); 1/n without interest.

    >>> capital_recovery(0.0, 4), round(capital_recovery(0.1, 1), 6), round(capital_recovery(0.08, 20), 6)
    (0.25, 1.1, 0.101852)
    """
    if interest < NO_INTEREST:
        return 1 / life_years
    paid_back = -math.expm1(-life_years * math.log1p(interest))  # 1 − (1+r)^−n
    return interest / paid_back


def annual_cost(cost: Cost, interest: float) -> float | None:
    """Annualised investment + O&M − savings [CNY/a]; None where a part is unknown.

    Without interest 1000 over 10 years is 100 a year; 30 of O&M, 50 saved:

    >>> annual_cost(Cost(1000, 10, 30, 50), 0.0)
    80.0
    >>> annual_cost(Cost(1000, 10, 30, None), 0.0) is None
    True
    """
    if cost.annual_cny is not None:
        return cost.annual_cny
    if cost.investment_cny is None or cost.om_cny is None or cost.saving_cny is None:
        return None
    if cost.investment_cny == 0:
        return cost.om_cny - cost.saving_cny + 0.0
    if cost.life_years is None:
        return None
    paid = cost.investment_cny * capital_recovery(interest, cost.life_years)
    return paid + cost.om_cny - cost.saving_cny


def unit_cost(annual_cny: float | None, reduction: float | None) -> float | None:
    """CNY per unit reduced; None where it rises or stays (a cost per increase means nothing).

    >>> unit_cost(100.0, 4.0), unit_cost(100.0, -4.0), unit_cost(100.0, 0.0)
    (25.0, None, None)
    """
    if annual_cny is None or reduction is None or reduction <= 0:
        return None
    return annual_cny / reduction + 0.0
