"""Sectors with their crosswalk: fused inventory levels 1 and 2, IPCC 2006, GB/T 4754; a tree.

``balance_flows.csv`` holds the lines of a provincial energy balance: which sector burns there and
with which sign (inputs of transformation are negative in a balance, feedstock is taken off).
"""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TypeVar

from xietong.errors import VocabularyError
from xietong.vocab.load import names, rows

T = TypeVar("T")


@dataclass(frozen=True)
class Sector:
    """A sector or a group of sectors."""

    sector: str
    parent: str
    name_zh: str
    name_en: str
    fused_l1: str
    fused_l2: str
    ipcc2006: str
    gbt4754: str


@dataclass(frozen=True)
class Flow:
    """A line of the energy balance."""

    flow: str
    name_zh: str
    aliases: tuple[str, ...]
    kind: str
    sector: str | None
    burnt_sign: int | None


@cache
def sectors() -> tuple[Sector, ...]:
    """All sectors and groups."""
    return tuple(Sector(**row) for row in rows("sectors"))


@cache
def parents() -> dict[str, str]:
    """The tree: each sector's group.

    >>> parents()["steel"]
    'industry'
    """
    return {one.sector: one.parent for one in sectors()}


@cache
def flows() -> tuple[Flow, ...]:
    """All lines of a balance in printed order."""
    return tuple(
        Flow(
            row["flow"],
            row["name_zh"],
            names(row["aliases"]),
            row["kind"],
            row["sector"] or None,
            int(row["burnt_sign"]) if row["burnt_sign"] else None,
        )
        for row in rows("balance_flows")
    )


def find_sector(name: str) -> Sector:
    """A sector by id, Chinese or English name.

    >>> find_sector("钢铁").ipcc2006, find_sector("火力发电").sector
    ('1A2a', 'public_power')
    """
    known = {
        key.lower(): one for one in sectors() for key in (one.sector, one.name_zh, one.name_en)
    }
    return _found(name, known, "行业 sector")


def find_flow(name: str) -> Flow:
    """A balance line by id, Chinese name or alias.

    >>> find_flow("用作原料材料").burnt_sign
    -1
    """
    known = {key.lower(): one for one in flows() for key in (one.flow, one.name_zh, *one.aliases)}
    return _found(name, known, "平衡表行 balance line")


def _found(name: str, known: dict[str, T], what: str) -> T:
    found = known.get(name.strip().lower())
    if found is None:
        near = get_close_matches(name.strip().lower(), known, n=3, cutoff=0.6)
        hint = f" 是否为 did you mean: {'、'.join(near)}?" if near else ""
        raise VocabularyError(f"没有{what} {name!r}.{hint}")
    return found
