"""Gases and pollutants: the emission columns of the house, one row per column name.

``kind`` keeps apart what must not be added: ghg, pollutant, water, memo (biogenic CO2, recovered
gases), indirect (electricity and heat across the boundary).
"""

from dataclasses import dataclass
from functools import cache

from xietong.errors import VocabularyError
from xietong.vocab.load import rows


@dataclass(frozen=True)
class Species:
    """One emission column; its unit is the end of its name."""

    column: str
    formula: str
    name_zh: str
    name_en: str
    kind: str
    gwp_gas: str | None


@cache
def species() -> tuple[Species, ...]:
    """All species in the order of the table.

    >>> [one.column for one in species()][:3]
    ['co2_t', 'ch4_t', 'n2o_t']
    """
    return tuple(
        Species(
            row["column"],
            row["formula"],
            row["name_zh"],
            row["name_en"],
            row["kind"],
            row["gwp_gas"] or None,
        )
        for row in rows("species")
    )


@cache
def _by_column() -> dict[str, Species]:
    return {one.column: one for one in species()}


def find_species(name: str) -> Species:
    """A species by column, formula or Chinese name; ``VocabularyError`` where there is none.

    >>> find_species("PM2.5").column, find_species("二氧化硫").column, find_species("co2").column
    ('pm25_t', 'so2_t', 'co2_t')
    """
    wanted = name.strip().lower()
    for one in species():
        if wanted in {
            one.column,
            one.column.rsplit("_", 1)[0],
            one.formula.lower(),
            one.name_zh,
            one.name_en,
        }:
            return one
    raise VocabularyError(
        f"没有物种 {name!r}（no such species）。可用 known: {'、'.join(_by_column())}。"
    )


def columns(kind: str | None = None) -> tuple[str, ...]:
    """The emission columns, of one kind or all.

    >>> columns("indirect")
    ('co2_electricity_t', 'co2_heat_t')
    """
    return tuple(one.column for one in species() if kind in {None, one.kind})
