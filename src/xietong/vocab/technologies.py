"""Burners and boilers: one row per technology, a tree."""

from functools import cache

from xietong.vocab.load import rows


@cache
def parents() -> dict[str, str]:
    """The tree: each technology's class.

    >>> parents()["pulverised_ge300mw"]
    'pulverised'
    """
    return {row["technology"]: row["parent"] for row in rows("technologies")}


@cache
def names() -> dict[str, str]:
    """Each technology by id, Chinese and English name."""
    return {
        name: row["technology"]
        for row in rows("technologies")
        for name in (row["technology"], row["name_zh"], row["name_en"])
    }
