"""Figures as people read them: digits that matter, thousands apart, the unit beside them."""

from typing import Any

SIGNS = {"~": "约 ", ">=": "≥ ", "<=": "≤ "}
SIGNS_EN = {"~": "about ", ">=": "≥ ", "<=": "≤ "}


def plain(value: float | int | None, language: str = "zh") -> str:
    """A count or measure; a large one in the magnitude of its language.

    >>> plain(173), plain(12.5), plain(123456), plain(123456, "en"), plain(None)
    ('173', '12.5', '12.3 万', '123 k', '—')
    """
    if value is None:
        return "—"
    size = abs(value)
    steps = (
        ((1e9, "G"), (1e6, "M"), (1e5, "k")) if language == "en" else ((1e8, " 亿"), (1e5, " 万"))
    )
    scale = {"G": 1e9, "M": 1e6, "k": 1e3, " 亿": 1e8, " 万": 1e4}
    for limit, word in steps:
        if size >= limit:
            return f"{value / scale[word]:.3g} {word.strip()}"
    return f"{value:,.10g}"


def share(value: float | None) -> str:
    """A share from 0 to 1 in per cent.

    >>> share(0.1234), share(0.0), share(None)
    ('12%', '0%', '—')
    """
    return "—" if value is None else f"{value * 100:.0f}%"


def printed(row: dict[str, Any], language: str = "zh") -> str:
    """The number of a plan target with its sign, as printed; the unit stands in its own column.

    >>> printed({"value": 13.0, "operator": "~"}), printed({"value": [3, 4], "operator": "range"})
    ('约 13', '3–4')
    """
    value = row["value"]
    if isinstance(value, list | tuple):
        return "–".join(f"{part:,.10g}" for part in value)
    signs = SIGNS_EN if language == "en" else SIGNS
    plus = "+" if row.get("measure") == "increment" else ""
    return f"{signs.get(row['operator'], '')}{plus}{value:,.10g}"
