"""The tables of a problem from measures that were evaluated: effect, cost, payer, what excludes what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from xietong.optimise.quantities import column_of
from xietong.optimise.tables import NO_PAYER


@dataclass(frozen=True)
class MeasureEffect:
    """One measure at full use. ``effect`` [quantity of the house] → reduced per year, None unknown.

    ``annual_cost_cny`` [CNY/a], ``investment_cny`` [CNY], None unknown; ``group``: measures of one group
    exclude each other (shares of one source); ``max_share`` of the full use that is possible.
    """

    measure: str
    effect: Mapping[str, float | None]
    annual_cost_cny: float | None
    investment_cny: float | None = None
    life_years: float | None = None
    name: str = ""
    payer: str = NO_PAYER
    group: str = ""
    region: str = ""
    sector: str = ""
    max_share: float = 1.0
    min_share: float = 0.0
    build_rate_share_per_year: float | None = None
    indivisible: bool = False
    reference: str = ""


def tables_of(measures: Iterable[MeasureEffect]) -> dict[str, pl.DataFrame]:
    """``sources`` and ``options`` (text cells, as a person would write them) from measures.

    A group is a source, a measure without group a source of its own: effects that overlap between
    groups are added up, so measures on the same emissions belong into one group. Unknown cells stay
    empty: without cost a measure takes no part, an unknown effect counts as none, both are said.

    Examples
    --------
    >>> made = tables_of([MeasureEffect("fgd", {"SO2": 90.0}, 100.0, group="plant", region="370100")])
    >>> made["options"].select("source", "option", "cost_cny_per_year", "so2_t").row(0)
    ('plant', 'fgd', '100.0', '90.0')
    >>> made["sources"].select("source", "region").row(0)
    ('plant', '370100')
    """
    listed = list(measures)
    quantities = list(dict.fromkeys(name for one in listed for name in one.effect))
    columns = {name: column_of(name)[0] or name for name in quantities}
    sources: dict[str, dict[str, str]] = {}
    rows = []
    for one in listed:
        source = one.group or one.measure
        sources.setdefault(
            source, {"source": source, "name": source, "region": one.region, "sector": one.sector}
        )
        row = {
            "source": source,
            "option": one.measure,
            "name": one.name or one.measure,
            "payer": one.payer,
            "cost_cny_per_year": _cell(one.annual_cost_cny),
            "investment_cny": _cell(one.investment_cny),
            "life_years": _cell(one.life_years),
            "min_share": _cell(one.min_share),
            "max_share": _cell(one.max_share),
            "build_rate_share_per_year": _cell(one.build_rate_share_per_year),
            "indivisible": "yes" if one.indivisible else "no",
            "reference": one.reference,
        }
        rows.append(row | {columns[name]: _cell(one.effect.get(name)) for name in quantities})
    return {
        "sources": pl.DataFrame(list(sources.values())),
        "options": pl.DataFrame(rows, infer_schema_length=None),
    }


def _cell(value: float | None) -> str:
    return "" if value is None else str(float(value))
