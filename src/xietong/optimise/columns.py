"""Cells of the tables of a problem: known columns, numbers with their lines, all problems collected."""

import difflib
import math
from collections.abc import Collection, Mapping

import polars as pl

from xietong.optimise.quantities import WITH_UNIT, factor, heading

YES, NO = ("yes", "true", "1", "是", "整体"), ("", "no", "false", "0", "否")


def did_you_mean(name: str, known: Collection[str]) -> str:
    """A hint, or nothing.

    >>> did_you_mean("sorce", ["source", "option"])
    "；是不是 did you mean 'source'?"
    """
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.55)
    return f"；是不是 did you mean {close[0]!r}?" if close else ""


def headings(
    table: pl.DataFrame,
    words: Collection[str],
    numbers: Mapping[str, str],
    where: str,
    problems: list[str],
) -> tuple[dict[str, tuple[str, float]], dict[str, tuple[str, float]]]:
    """Columns that are numbers with a unit (``numbers``: name → unit) and quantities, each with its factor.

    ``{heading: (column, factor)}`` twice. What is neither is a problem.
    """
    plain: dict[str, tuple[str, float]] = {}
    quantities: dict[str, tuple[str, float]] = {}
    for text in table.columns:
        if text in words:
            continue
        found = WITH_UNIT.match(text)
        name = (found["name"] if found else text).strip()
        if name in numbers:
            scale, problem = factor(found["unit"], numbers[name]) if found else (1.0, None)
            problems += [f"{where}: {text!r}: {problem}"] if problem else []
            plain[text] = (name, scale)
            continue
        column, scale, problem = heading(text)
        if column is None:
            hint = did_you_mean(text, [*words, *numbers])
            problems.append(f"{where}: 没有此列 · no such column {text!r}{hint or f'：{problem}'}")
        elif problem:
            problems.append(f"{where}: {problem}")
        elif column in {known for known, _ in quantities.values()}:
            problems.append(f"{where}: 量重复 · quantity twice: {column}")
        else:
            quantities[text] = (column, scale)
    return plain, quantities


def number(cell: object, at: str, problems: list[str]) -> float:
    """A cell as a number; NaN where it is empty (unknown).

    >>> found = []
    >>> number("1,200", "here", found), number("abc", "here", found), found
    (1200.0, nan, ["here: 不是数 · not a number: 'abc'"])
    """
    text = str(cell).strip() if cell is not None else ""
    if not text:
        return math.nan
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        problems.append(f"{at}: 不是数 · not a number: {text!r}")
        return math.nan
    if not math.isfinite(value):
        problems.append(f"{at}: 不是有限数 · not finite: {text!r}")
        return math.nan
    return value


def word(row: Mapping[str, object], name: str, default: str = "") -> str:
    """A cell as text without blanks around it."""
    value = row.get(name)
    return str(value).strip() if value is not None and str(value).strip() else default


def yes(text: str, at: str, problems: list[str]) -> bool:
    """A cell that says yes or no.

    >>> yes("是", "here", []), yes("", "here", [])
    (True, False)
    """
    if text.lower() in YES:
        return True
    if text.lower() not in NO:
        problems.append(f"{at}: 请写 yes 或 no（是/否）· yes or no, not {text!r}")
    return False
