"""Fuels of the Chinese energy balance and of the accounting guides: one row per fuel, a tree.

``unit`` is the natural unit: t (solid and liquid), 1e4m3 (gas), MWh, GJ. ``biogenic_share`` and
``recovered_share`` say which CO2 is a memo item: of biomass, and of gases whose carbon is already
counted in the coke they come from. Rows whose phase is empty are classes.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from xietong.errors import VocabularyError
from xietong.vocab.load import names, rows


@dataclass(frozen=True)
class Fuel:
    """A fuel or a class of fuels."""

    fuel: str
    parent: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    phase: str
    unit: str
    biogenic_share: float | None
    recovered_share: float | None


@cache
def fuels() -> tuple[Fuel, ...]:
    """All fuels and classes.

    >>> len([fuel for fuel in fuels() if fuel.recovered_share == 1])
    3
    """
    return tuple(
        Fuel(
            row["fuel"],
            row["parent"],
            row["name_zh"],
            row["name_en"],
            names(row["aliases"]),
            row["phase"],
            row["unit"],
            float(row["biogenic_share"]) if row["biogenic_share"] else None,
            float(row["recovered_share"]) if row["recovered_share"] else None,
        )
        for row in rows("fuels")
    )


@cache
def parents() -> dict[str, str]:
    """The tree: each fuel's class."""
    return {fuel.fuel: fuel.parent for fuel in fuels()}


@cache
def _by_name() -> dict[str, Fuel]:
    return {
        name.lower(): fuel
        for fuel in fuels()
        for name in (fuel.fuel, fuel.name_zh, fuel.name_en, *fuel.aliases)
    }


def find_fuel(name: str) -> Fuel:
    """A fuel by id, Chinese or English name, or alias; else the names that come near.

    >>> find_fuel("原煤").fuel, find_fuel("Coal Raw").fuel, find_fuel("LPG").unit
    ('raw_coal', 'raw_coal', 't')
    """
    found = _by_name().get(name.strip().lower())
    if found is None:
        near = get_close_matches(name.strip().lower(), _by_name(), n=3, cutoff=0.6)
        hint = f" 是否为 did you mean: {'、'.join(near)}?" if near else ""
        raise VocabularyError(f"没有燃料 {name!r}（no such fuel）。{hint}")
    return found
