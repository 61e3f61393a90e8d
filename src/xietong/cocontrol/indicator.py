"""One indicator of an index system: its column, its direction, its bounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DIRECTIONS = ("positive", "negative", "moderate")


@dataclass(frozen=True)
class Indicator:
    """A column of the table and how it counts.

    ``direction``: ``positive`` (more is better), ``negative`` (less is better) or ``moderate``
    (best at ``ideal``). ``lower`` and ``upper`` are bounds for normalisation, where given;
    ``weight`` is null as long as nobody has decided it.
    """

    column: str
    direction: str = "positive"
    subsystem: str = ""
    ideal: float | None = None
    lower: float | None = None
    upper: float | None = None
    weight: float | None = None
    title_zh: str = ""
    title_en: str = ""
    unit: str = ""
    source: str = ""
    locator: str = ""
    confidence: str = ""


def indicators_of(
    columns: Sequence[str],
    *,
    negative: Sequence[str] = (),
    moderate: Mapping[str, float] | None = None,
    subsystem: str = "",
) -> tuple[Indicator, ...]:
    """Indicators for plain column names; what is not negative or moderate is positive.

    Examples
    --------
    >>> [i.direction for i in indicators_of(["gdp", "co2", "ph"], negative=["co2"], moderate={"ph": 7})]
    ['positive', 'negative', 'moderate']
    """
    ideals = dict(moderate or {})
    return tuple(
        Indicator(
            column=name,
            direction="moderate"
            if name in ideals
            else "negative"
            if name in negative
            else "positive",
            ideal=ideals.get(name),
            subsystem=subsystem,
        )
        for name in columns
    )
