"""Measures as options of an optimisation: effect at full potential, annual cost, what excludes what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xietong.cocontrol.annual_cost import annual_cost
from xietong.cocontrol.measure_rows import MeasureResult


@dataclass(frozen=True)
class Option:
    """A measure that may take part in an optimisation.

    ``source`` names what it acts on: options of one source exclude each other as shares (their shares
    sum to at most 1). ``reductions`` [t] and ``annual_cny`` [CNY/a] are those of its full potential and
    scale with the share; ``lacking`` are species whose effect is not known (not 0).
    """

    option: str
    source: str
    reductions: Mapping[str, float]
    annual_cny: float
    units: float | None
    unit: str
    lacking: tuple[str, ...] = ()


def options(found: Sequence[MeasureResult], interest: float) -> tuple[list[Option], dict[str, str]]:
    """The measures that take part, and the reason for each that does not, by measure.

    A measure needs a complete cost; without a ``group`` it is a source of its own.

    >>> from xietong.cocontrol.plain_tables import MeasureRow
    >>> from xietong.measures.measure import Measure
    >>> row = MeasureRow("a", {"so2_t": 9.0, "bc_t": None}, {})
    >>> options([MeasureResult(Measure("a", "甲"), row, 1.0)], 0.05)
    ([], {'a': 'cost-unknown'})
    """
    made, left = [], {}
    for one in found:
        yearly = annual_cost(one.row.cost, interest) if one.row.cost else None
        known = {name: value for name, value in one.row.reductions.items() if value is not None}
        if yearly is None:
            left[one.measure.id] = "cost-unknown"
        elif not known:
            left[one.measure.id] = "effect-unknown"
        else:
            lacking = tuple(name for name, value in one.row.reductions.items() if value is None)
            made.append(
                Option(
                    one.measure.id,
                    one.measure.group or one.measure.id,
                    known,
                    yearly,
                    one.units,
                    one.measure.unit,
                    lacking,
                )
            )
    return made, left
