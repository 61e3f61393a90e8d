"""One colour for one thing on every page: species, sectors, themes, states (``colours.csv``)."""

import csv
import functools
from pathlib import Path

TABLE = Path(__file__).with_name("colours.csv")


@functools.cache
def colours() -> dict[tuple[str, str], tuple[str, str]]:
    """(kind, name) → colours for light and dark pages."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["kind"], row["name"]): (row["light"], row["dark"]) for row in csv.DictReader(file)
        }


def colour(kind: str, name: str, dark: bool = False) -> str:
    """The colour of one thing; KeyError where the table has none.

    >>> colour("page", "accent"), colour("page", "accent", dark=True)
    ('#0f766e', '#4fd1b9')
    """
    return colours()[(kind, name)][dark]


@functools.cache
def style_sheet() -> str:
    """All colours as variables of the style sheet: ``--theme-energy``; those of the page ``--ink``."""

    def variables(dark: bool) -> str:
        names = (
            (name if kind == "page" else f"{kind}-{name}", pair)
            for (kind, name), pair in colours().items()
        )
        return "".join(f"--{name}:{pair[dark]};" for name, pair in names)

    return f":root{{{variables(False)}}}body.body--dark{{{variables(True)}}}"
