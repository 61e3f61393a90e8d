"""Column headings of a plain table of emissions: which species, in which unit."""

import difflib
import re

from xietong.errors import VocabularyError
from xietong.vocab.species import columns, find_species

CO2E = re.compile(r"^co2[-_ ]?e(q)?(_(sar|ar4|ar5|ar6))?(_t)?$", re.IGNORECASE)
UNIT = re.compile(
    r"^(?P<name>.+?)[\s_(（\[/]+(?P<unit>[A-Za-z0-9]{1,4}|万吨|千吨|吨|千克)[)）\]]?$"
)
TONNE, KILOGRAM = ("t", "吨"), ("kg", "千克")


def species_column(heading: str) -> tuple[str | None, str | None]:
    """The house's column for a heading, and a problem where there is one.

    Tonnes are expected (mercury in kg); another unit is a problem, never converted by guess.

    >>> species_column("SO2"), species_column("so2_t"), species_column("CO2e (t)")
    (('so2_t', None), ('so2_t', None), ('co2e_t', None))
    >>> species_column("SO2_kt")[1]
    "'SO2_kt': 单位应为吨 t，写的是 kt · unit mismatch: t expected"
    """
    text = heading.strip()
    if text in columns():
        return text, None
    found = UNIT.match(text)
    name, unit = (found["name"].strip(), found["unit"]) if found else (text, None)
    column = _known(text)
    if column is not None:
        return column, None
    column = _known(name)
    if column is None:
        close = difflib.get_close_matches(text.lower(), columns(), n=1, cutoff=0.5)
        hint = f"；是不是 did you mean {close[0]!r}?" if close else ""
        return None, f"没有物种 no such species: {heading!r}{hint}"
    right = KILOGRAM if column.endswith("_kg") else TONNE
    if unit is not None and unit.lower() not in right:
        wanted = f"{right[1]} {right[0]}"
        return None, (
            f"{heading!r}: 单位应为{wanted}，写的是 {unit} · unit mismatch: {right[0]} expected"
        )
    return column, None


def _known(name: str) -> str | None:
    if CO2E.match(name):
        return "co2e_t"
    try:
        return find_species(name).column
    except VocabularyError:
        return None
