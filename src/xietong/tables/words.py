"""What a cell of a vocabulary column means: names to ids, each distinct word looked up once."""

from collections.abc import Callable

from xietong.errors import VocabularyError
from xietong.tables.schema import Column
from xietong.vocab import devices, fuels, regions, sectors, technologies
from xietong.vocab.species import find_species, species
from xietong.vocab.statistics import find_statistic, series


def reader(column: Column) -> Callable[[str], str] | None:
    """The function that reads a word of the column, or None where any text will do."""
    if column.type == "choice":
        return lambda word: _choice(column, word)
    return READERS.get(column.type)


def choices(column: Column) -> list[str]:
    """The words of a drop-down, as people read them."""
    if column.type == "choice":
        return [one.partition("=")[2] for one in column.choices]
    if column.type == "fuel":
        return [one.name_zh for one in fuels.fuels() if one.unit]
    if column.type == "sector":
        return [one.name_zh for one in sectors.sectors()]
    if column.type == "flow":
        return [one.name_zh for one in sectors.flows()]
    if column.type == "species":
        return [one.formula for one in species()]
    if column.type == "statistic":
        return [one.zh for one in series().values()]
    if column.type == "technology":
        return [name for name, one in technologies.names().items() if not name.isascii()]
    return []


def _choice(column: Column, word: str) -> str:
    known = {name: one.partition("=")[0] for one in column.choices for name in one.split("=")}
    if word not in known:
        raise VocabularyError(f"应为 must be one of: {'、'.join(choices(column))}")
    return known[word]


def _technology(word: str) -> str:
    known = technologies.names()
    if word not in known:
        raise VocabularyError(
            f"没有燃烧技术 {word!r}（no such technology）。可用 known: {'、'.join(known)}"
        )
    return known[word]


READERS: dict[str, Callable[[str], str]] = {
    "fuel": lambda word: fuels.find_fuel(word).fuel,
    "sector": lambda word: sectors.find_sector(word).sector,
    "flow": lambda word: sectors.find_flow(word).flow,
    "technology": _technology,
    "control": lambda word: "unknown" if word == "unknown" else "+".join(devices.chain(word)),
    "species": lambda word: find_species(word).column,
    "region": lambda word: regions.region(word).adcode,
    "statistic": find_statistic,
}
