"""Small problems as plain text tables."""

import polars as pl
import pytest

from xietong.optimise.read import problem_of


def frame(text: str) -> pl.DataFrame:
    """A table of text cells from lines with blanks between cells; ``-`` is empty."""
    lines = [line.split() for line in text.strip().splitlines()]
    cells = [["" if cell == "-" else cell for cell in line] for line in lines[1:]]
    return pl.DataFrame(cells, schema=dict.fromkeys(lines[0], pl.String), orient="row")


@pytest.fixture
def table():
    return frame


@pytest.fixture
def make():
    """A problem from text tables and the keys of PROBLEM.toml."""

    def made(options: str, sources: str = "", baseline: str = "", regions: str = "", **content):
        rows = frame(options)
        names = sorted(set(rows["source"]))
        sources = sources or "source region sector\n" + "\n".join(f"{n} A power" for n in names)
        tables = {"sources": frame(sources), "options": rows}
        for name, text in (("baseline", baseline), ("regions", regions)):
            if text:
                tables[name] = frame(text)
        return problem_of({"name": "t", "years": [2030], "discount": 0.0} | content, tables)

    return made
