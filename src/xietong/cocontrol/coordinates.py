"""The co-control coordinate system: one point per measure, a quadrant, and what it means."""

import csv
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class State:
    """What the two signs mean: ``synergy`` only where both fall."""

    state: str
    synergy: bool
    label_zh: str
    label_en: str


@cache
def states() -> dict[tuple[str, str], State]:
    """The nine cases by (pollutant, greenhouse gas): reduced, none, increased.

    >>> states()["increased", "increased"].synergy
    False
    """
    path = resources.files("xietong.cocontrol") / "tables" / "control_states.csv"
    with path.open(encoding="utf-8") as file:
        return {
            (row["pollutant"], row["ghg"]): State(
                row["state"], row["synergy"] == "yes", row["label_zh"], row["label_en"]
            )
            for row in csv.DictReader(file)
        }


def plain_zero(value: float) -> float:
    """The number, with −0 as 0.

    >>> plain_zero(-0.0), plain_zero(-1.5)
    (0.0, -1.5)
    """
    return value + 0.0


def direction(reduction: float) -> str:
    """``reduced``, ``none`` or ``increased``: a positive reduction is less emission.

    >>> direction(2.0), direction(-0.0), direction(-1.0)
    ('reduced', 'none', 'increased')
    """
    return "reduced" if reduction > 0 else "increased" if reduction < 0 else "none"


def coordinates(
    pollutant: float | None,
    ghg: float | None,
    pollutant_share: float | None = None,
    ghg_share: float | None = None,
    *,
    x: str = "pollutant",
) -> dict[str, Any] | None:
    """A measure's place: quadrant, state, slope, distance and angle; None where one side is unknown.

    Parameters
    ----------
    pollutant, ghg
        Reductions [t]; positive is less emission.
    pollutant_share, ghg_share
        The same as shares of the baseline [1]; the angle is taken on them (45° is the same
        relative reduction) and None without them.
    x
        What stands on the x axis, ``pollutant`` or ``ghg``: papers differ, so the quadrant's number
        depends on it, the state does not.

    ``quadrant`` is I to IV, ``axis`` on an axis, ``origin`` at the origin. ``slope`` is y/x, None on
    the y axis.

    Source
    ------
    Co-control coordinate system, group of Mao Xianqiang and Xing Youkai (中国环境管理 2020, 12(4)).

    Examples
    --------
    A scrubber: 100 t less pollutant, 2 t more carbon dioxide.

    >>> place = coordinates(100.0, -2.0)
    >>> place["quadrant"], place["state"], place["slope"]
    ('IV', 'pollutant-reduced-ghg-increased', -0.02)
    >>> coordinates(100.0, -2.0, x="ghg")["quadrant"]
    'II'
    """
    if pollutant is None or ghg is None:
        return None
    across, up = (pollutant, ghg) if x == "pollutant" else (ghg, pollutant)
    shares = (pollutant_share, ghg_share) if x == "pollutant" else (ghg_share, pollutant_share)
    found = states()[direction(pollutant), direction(ghg)]
    return {
        "x": x,
        "quadrant": quadrant(across, up),
        "state": found.state,
        "synergy": found.synergy,
        "label_zh": found.label_zh,
        "label_en": found.label_en,
        "slope": plain_zero(up / across) if across else None,
        "distance": math.hypot(across, up),
        "angle_degrees": angle(*shares),
    }


def quadrant(x: float, y: float) -> str:
    """I, II, III or IV with reductions counted positive; ``axis`` or ``origin`` between them.

    >>> [quadrant(1, 1), quadrant(-1, 1), quadrant(-1, -1), quadrant(1, -1), quadrant(0, 1), quadrant(-0.0, 0)]
    ['I', 'II', 'III', 'IV', 'axis', 'origin']
    """
    if not x and not y:
        return "origin"
    if not x or not y:
        return "axis"
    return ("I" if y > 0 else "IV") if x > 0 else ("II" if y > 0 else "III")


def angle(x: float | None, y: float | None) -> float | None:
    """Degrees from the x axis; None at the origin or where a side is unknown.

    >>> round(angle(0.1, 0.1)), angle(0.0, 0.0), angle(None, 1.0)
    (45, None, None)
    """
    if x is None or y is None or (not x and not y):
        return None
    return math.degrees(math.atan2(plain_zero(y), plain_zero(x)))
