"""What a reader of the totals must know: gaps, fills, proxies, recovered gases, weak values."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from xietong.inventory.prepare import Prepared
from xietong.inventory.settings import Settings
from xietong.params import topic


@dataclass(frozen=True)
class Caution:
    """One warning: ``code`` names its kind; ``value_t`` the tonnes it is about, where it has any."""

    code: str
    message: str
    species: str = ""
    value_t: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Keys as printed with ``--json``."""
        return asdict(self)


def cautions_of(
    table: pl.DataFrame, prepared: Mapping[str, Prepared], settings: Settings
) -> tuple[Caution, ...]:
    """All warnings of a run; ``table`` has direct, memo and indirect rows."""
    return (
        *_recovered(table, settings),
        *_not_estimated(table),
        *_filled(prepared, settings),
        *_stand_ins(prepared),
    )


def _sum(table: pl.DataFrame, species: str) -> float:
    return float(table.filter(pl.col("species") == species)["value"].sum() or 0.0)


def _recovered(table: pl.DataFrame, settings: Settings) -> Iterator[Caution]:
    gas = _sum(table, "co2_recovered_t")
    if gas and settings.recovered == "memo":
        direct = _sum(table, "co2_t")
        yield Caution(
            "recovered-gases",
            "高炉、转炉等回收煤气的碳已计入焦炭，其 CO2 列为备忘项 "
            f"{gas / 1e6:.3f} Mt；不计为 {direct / 1e6:.3f} Mt，计入为 {(direct + gas) / 1e6:.3f} Mt。"
            "Carbon of recovered gases is counted in the coke: a memo item; both totals are given.",
            "co2_t",
            gas,
        )


def _not_estimated(table: pl.DataFrame) -> Iterator[Caution]:
    gaps = (
        table.group_by("species", maintain_order=True)
        .agg(pl.col("not_estimated").sum(), pl.col("rows").sum())
        .filter(pl.col("not_estimated") > 0)
        .sort("species")
    )
    for species, missing, rows in gaps.iter_rows():
        yield Caution(
            "not-estimated",
            f"{species}: {missing} / {rows} 行未估算 NE（rows not estimated；缺系数或治理情况不明）",
            species,
        )


def _filled(prepared: Mapping[str, Prepared], settings: Settings) -> Iterator[Caution]:
    for name, used in prepared.items():
        for file, rows in used.rows.items():
            if topic(file).choice is None or not rows.height:
                continue
            others = rows.filter(
                ~pl.col("own") & (pl.col("answered_by") != settings.programme(file))
            )
            for by, part in others.group_by("answered_by", maintain_order=True):
                keys = [key for key in topic(file).keys if key in part.columns]
                count = part.select(keys).n_unique()
                yield Caution(
                    "filled",
                    f"{name}: {file} 有 {count} 个键取自 {by[0]}（keys filled from it at your wish）",
                )


def _stand_ins(prepared: Mapping[str, Prepared]) -> Iterator[Caution]:
    seen: set[str] = set()
    for used in prepared.values():
        for rows in used.rows.values():
            for how in rows.filter(pl.col("how").str.contains("取 takes"))["how"].unique(
                maintain_order=True
            ):
                seen |= {part for part in how.split(" | ") if "取 takes" in part}
    for part in sorted(seen):
        yield Caution("stand-in", part)
