"""What an evaluation of measures is made with."""

import datetime
from dataclasses import dataclass

from xietong.cocontrol.health_benefit import HealthCase
from xietong.cocontrol.weight_schemes import Scheme


@dataclass(frozen=True)
class Choices:
    """What an evaluation is made with, printed with its result.

    ``ghg`` the gas of the second axis (``co2e`` for all gases by ``gwp``), ``schemes`` the weight
    schemes, ``interest`` of the annualised investment, ``x`` the axis of the pollutant, ``interaction`` of
    the curve; ``curve`` the species of the cost curve; ``health`` a screening case or None.
    """

    schemes: tuple[Scheme, ...] = ()
    ghg: str = "co2e"
    gwp: str = "AR5"
    interest: float = 0.05
    x: str = "pollutant"
    curve: str = "co2e"
    interaction: str = "remaining"
    region: str = "370000"
    date: datetime.date = datetime.date(2026, 1, 1)
    carbon_cny_per_t: float | None = None
    health: HealthCase | None = None
