"""Health benefit of less PM2.5 as a screening: GEMM, a stated sensitivity, value of a statistical life."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from xietong import params
from xietong.errors import InputError


@dataclass(frozen=True)
class HealthCase:
    """What a screening needs, all given by the user and shown with the result.

    ``concentration_ugm3`` annual mean PM2.5 [µg/m³] at which ``deaths_per_year`` (all of GEMM's NCD+LRI
    causes, adults from 25) were observed; ``sensitivity`` [µg/m³ per t] by species; ``sensitivity_source``
    says where the sensitivity is from; ``study`` names the value of a statistical life.
    """

    concentration_ugm3: float
    deaths_per_year: float
    sensitivity: Mapping[str, float]
    sensitivity_source: str
    study: str = "cao"


@cache
def curve(age: str = "all") -> Mapping[str, float]:
    """Parameters of GEMM for an age group.

    >>> curve("80")["theta"]
    0.1141
    """
    wide = params.load("valuation/gemm").wide
    found = wide.filter(wide["age"] == age)
    if found.is_empty():
        raise InputError(
            f"GEMM 没有年龄组 {age!r}（no such age group）。可用 known: {', '.join(wide['age'])}"
        )
    return {name: float(value) for name, value in found.row(0, named=True).items() if name != "age"}


def relative_risk(concentration_ugm3: float, age: str = "all") -> float:
    """GEMM: exp{θ·ln(z/α + 1)/(1 + exp(−(z − μ)/ν))} with z = max(0, C − 2.4).

    No risk below 2.4 µg/m³:

    >>> relative_risk(2.0), round(relative_risk(35.0), 4)
    (1.0, 1.3086)
    """
    one = curve(age)
    z = max(0.0, concentration_ugm3 - one["threshold_ugm3"])
    bend = 1 + math.exp(-(z - one["mu"]) / one["nu"])
    return math.exp(one["theta"] * math.log(z / one["alpha"] + 1) / bend)


def avoided_deaths(deaths_per_year: float, before_ugm3: float, after_ugm3: float) -> float:
    """Deaths avoided per year where the deaths were observed at ``before_ugm3``: D·(1 − RR₁/RR₀).

    >>> avoided_deaths(1000.0, 40.0, 40.0)
    0.0
    >>> 0 < avoided_deaths(1000.0, 40.0, 39.0) < 1000
    True
    """
    return deaths_per_year * (1 - relative_risk(after_ugm3) / relative_risk(before_ugm3)) + 0.0


def health_benefit(reductions: Mapping[str, float | None], case: HealthCase) -> dict[str, Any]:
    """Concentration, deaths and value of a reduction vector; None where a species is unknown.

    A screening: the response is linear in each species and cannot fall below zero; chemistry, place and
    season are in ``sensitivity`` or nowhere. The result carries the sensitivity and its source.

    Examples
    --------
    >>> case = HealthCase(40.0, 1000.0, {"pm25_t": 0.001}, "test")
    >>> made = health_benefit({"pm25_t": 1000.0}, case)
    >>> made["concentration_change_ugm3"], made["value_cny"] == made["avoided_deaths"] * 4_760_000
    (-1.0, True)
    """
    unknown = [name for name in case.sensitivity if reductions.get(name) is None]
    account: dict[str, Any] = {
        "screening": True,
        "baseline": "observed-at-concentration",
        "sensitivity_ugm3_per_t": dict(case.sensitivity),
        "sensitivity_source": case.sensitivity_source,
        "study": case.study,
        "unknown": unknown,
    }
    if unknown:
        return {
            "concentration_change_ugm3": None,
            "avoided_deaths": None,
            "value_cny": None,
            **account,
        }
    change = -sum((reductions[name] or 0.0) * per for name, per in case.sensitivity.items()) + 0.0
    after = max(0.0, case.concentration_ugm3 + change)
    deaths = avoided_deaths(case.deaths_per_year, case.concentration_ugm3, after)
    return {
        "concentration_change_ugm3": change,
        "avoided_deaths": deaths,
        "value_cny": deaths * value_of_life(case.study),
        **account,
    }


@cache
def value_of_life(study: str) -> float:
    """Value of a statistical life [CNY] of a study.

    >>> value_of_life("jin")
    5540000.0
    """
    wide = params.load("valuation/statistical_life").wide
    found = wide.filter(wide["study"] == study)
    if found.is_empty():
        raise InputError(
            f"没有统计生命价值研究 {study!r}（no such study）。可用 known: {', '.join(wide['study'])}"
        )
    return float(found["vsl_cny"].item())
