"""What is asked of an inventory: ``火力发电 SO2``, ``sector=steel fuel=coke species=co2``."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from xietong.errors import VocabularyError, XietongError
from xietong.vocab import fuels, regions, sectors
from xietong.vocab.species import find_species


@dataclass(frozen=True)
class Query:
    """Limits on a total; empty means all. Groups hold for what lies below them."""

    species: str
    region: str = ""
    sector: str = ""
    fuel: str = ""
    year: int | None = None

    def rows(self, activity: pl.DataFrame) -> pl.DataFrame:
        """The activity rows that the query is about."""
        found = activity
        for column, name, parents in (
            ("sector", self.sector, sectors.parents()),
            ("fuel", self.fuel, fuels.parents()),
        ):
            if name and column in found.columns:
                found = found.filter(pl.col(column).is_in(list(below(name, parents))))
            elif name:
                return found.clear()
        if self.region:
            prefix = self.region.rstrip("0") if self.region.endswith("00") else self.region
            prefix = prefix if len(prefix) % 2 == 0 else prefix + "0"
            found = found.filter(pl.col("region").str.starts_with(prefix))
        return found if self.year is None else found.filter(pl.col("year") == self.year)


def below(name: str, parents: dict[str, str]) -> set[str]:
    """A name and all that lies below it in a tree.

    >>> sorted(below("power_heat", sectors.parents()))
    ['cogeneration', 'heat_supply', 'power_heat', 'public_power']
    """
    found = {name}
    while True:
        more = {child for child, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more


def parse(words: Sequence[str]) -> Query:
    """Words in any order; ``VocabularyError`` for one that means nothing, or without a species.

    >>> parse(["火力发电", "SO2", "2014"])
    Query(species='so2_t', region='', sector='public_power', fuel='', year=2014)
    >>> parse(["species=co2", "fuel=coal"]).fuel
    'coal'
    """
    found: dict[str, str | int] = {}
    for word in words:
        key, _, value = word.partition("=")
        name, meaning = (key, _read(key, value)) if value else _guess(word)
        found[name] = meaning
    if "species" not in found:
        raise VocabularyError("请写明物种，例如 name a species, e.g. CO2、SO2、PM2.5")
    return Query(**found)  # type: ignore[arg-type]


def _read(key: str, value: str) -> str | int:
    readers = {
        "species": lambda text: find_species(text).column,
        "sector": lambda text: sectors.find_sector(text).sector,
        "fuel": lambda text: fuels.find_fuel(text).fuel,
        "region": lambda text: (
            regions.region(text).adcode if text.isdigit() else regions.require_region(text).adcode
        ),
    }
    if key == "year":
        return int(value)
    if key not in readers:
        raise VocabularyError(
            f"不能按 {key!r} 查询（cannot ask by it）。可用 known: {', '.join([*readers, 'year'])}"
        )
    return readers[key](value)


def _guess(word: str) -> tuple[str, str | int]:
    if word.isdigit() and len(word) == 4:
        return "year", int(word)
    for key in ("species", "sector", "fuel", "region"):
        try:
            return key, _read(key, word)
        except XietongError:
            continue
    raise VocabularyError(
        f"不认识 {word!r}（not a species, sector, fuel, region or year）。"
        "也可写 sector=…、fuel=…、region=…。"
    )
