"""Water and sludge that do not add up: more out than in, mixed-up units, months missing."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.factors import run
from xietong.inventory.wastewater_months import ROUTES, SHEET
from xietong.methods import find_method

SHEETS = (SHEET, "industrial_wastewater")
NAMES = {"cod": "COD", "bod": "BOD5", "nh3n": "NH3-N", "tn": "TN", "tp": "TP"}
CLOSES_WITHIN = 0.005  # of the larger side
LEAST_COD_OUT = 1.0  # mg/L; less is kg/m3 written as mg/L
PLAUSIBLE_KWH_PER_M3 = (0.02, 5.0)  # beyond it a unit of the meter was mixed up


def wastewater_balance(material: Material) -> list[Finding]:
    """What of the sheets of wastewater cannot be."""
    found = [one for name in SHEETS for one in _concentrations(name, material)]
    return [
        *found,
        *_sludge_over_organics(material),
        *_parts_over_whole(material),
        *_parts_of_a_year(material),
        *_electricity(material),
    ]


def _where(row: dict[str, object]) -> str:
    month = row.get("month")
    return f"{row['year']}{'' if month is None else f'-{int(float(str(month))):02d}'} {row['facility']}"


def _concentrations(name: str, material: Material) -> Iterator[Finding]:
    """Out above in; parts above the whole (BOD above COD, ammonia above nitrogen); odd units."""
    table = material.activity.get(name)
    prepared = material.inventory.prepared.get(name)
    if table is None or prepared is None:
        return
    made = run(find_method(name), table, prepared)
    for row in made.iter_rows(named=True):
        got = {key: row.get(f"{key}_mg_per_l") for key in _sides()}
        for stem, shown in NAMES.items():
            before, after = got[f"{stem}_in"], got[f"{stem}_out"]
            if before is not None and after is not None and after > before:
                yield _finding(
                    "out-over-in", "error", row, f"{stem}_t",
                    f"出水 {shown} 高于进水，去除量为负 more goes out than comes in: 核对两列 check both",
                    after, before,
                )  # fmt: skip
        for part, whole in (("bod", "cod"), ("nh3n", "tn")):
            for side in ("in", "out"):
                small, large = got[f"{part}_{side}"], got[f"{whole}_{side}"]
                if small is not None and large is not None and small > large:
                    yield _finding(
                        "part-over-whole", "error", row, f"{whole}_t",
                        f"{NAMES[part]} 高于 {NAMES[whole]}（{side}）{NAMES[part]} above {NAMES[whole]}: 列填反了？ columns mixed up?",
                        small, large,
                    )  # fmt: skip
        out = got["cod_out"]
        if out is not None and 0 < out < LEAST_COD_OUT:
            yield _finding(
                "concentration-unit", "warning", row, "cod_t",
                f"出水 COD {out:g} mg/L，可能把 kg/m3 填成了 mg/L kg/m3 written as mg/L?",
                out, None,
            )  # fmt: skip


def _sides() -> list[str]:
    return [f"{stem}_{side}" for stem in NAMES for side in ("in", "out")]


def _finding(
    check: str,
    severity: str,
    row: dict[str, object],
    species: str,
    message: str,
    value: float | None = None,
    expected: float | None = None,
) -> Finding:
    return Finding(
        check,
        severity,
        f"{_where(row)}：{message}",
        region=str(row["region"]),
        sector=str(row.get("sector") or ""),
        species=species,
        value=value,
        expected=expected,
    )


def _sludge_over_organics(material: Material) -> Iterator[Finding]:
    """Sludge that is said to hold more organics than the water brought."""
    for name in SHEETS:
        table, prepared = material.activity.get(name), material.inventory.prepared.get(name)
        if table is None or prepared is None:
            continue
        made = run(find_method(name), table, prepared).filter(pl.col("ch4_potential_t") < 0)
        for row in made.iter_rows(named=True):
            yield _finding(
                "sludge-over-organics", "warning", row, "ch4_t",
                "污泥带走的有机物多于进水有机物，水线 CH4 记为 0 the sludge takes more than came: "
                "核对污泥量、含水率与污泥线 check amount, water content and line",
            )  # fmt: skip


def _parts_over_whole(material: Material) -> Iterator[Finding]:
    """Sludge routed, gas burnt or water reused beyond what the plant has."""
    months = material.activity.get(SHEET)
    if months is None:
        return
    for whole, parts, shown in (
        ("sludge_t", tuple(f"sludge_{route}_t" for route in ROUTES), "污泥各去向合计大于产生量"),
        ("biogas_1e4m3", ("biogas_used_1e4m3", "biogas_flared_1e4m3"), "沼气利用与火炬大于产量"),
        ("water_1e4m3", ("reused_1e4m3",), "再生水大于进水量"),
    ):
        there = [name for name in parts if name in months.columns]
        if whole not in months.columns or not there:
            continue
        told = months.with_columns(parts=pl.sum_horizontal(there))
        over = told.filter(pl.col("parts") > pl.col(whole).fill_null(0) * (1 + CLOSES_WITHIN))
        for row in over.iter_rows(named=True):
            yield _finding(
                "more-than-there-is", "error", row, "",
                f"{shown} the parts exceed the whole", row["parts"], row[whole],
            )  # fmt: skip
        if whole != "sludge_t":
            continue
        short = told.filter(
            (pl.col("parts") > 0) & (pl.col("parts") < pl.col(whole) * (1 - CLOSES_WITHIN))
        )
        for row in short.iter_rows(named=True):
            yield _finding(
                "sludge-unaccounted", "note", row, "",
                "部分污泥没有去向，其排放未估算 some sludge has no route and is not estimated",
                row["parts"], row[whole],
            )  # fmt: skip


def _electricity(material: Material) -> Iterator[Finding]:
    """kWh per cubic metre that no plant has."""
    months = material.activity.get(SHEET)
    if months is None or "electricity_mwh" not in months.columns:
        return
    least, most = PLAUSIBLE_KWH_PER_M3
    used = months.with_columns(kwh=pl.col("electricity_mwh") / pl.col("water_1e4m3") / 10)
    odd = (pl.col("kwh") > most) | ((pl.col("kwh") < least) & (pl.col("kwh") > 0))
    for row in used.filter(odd & (pl.col("water_1e4m3") > 0)).iter_rows(named=True):
        yield _finding(
            "electricity-per-m3", "warning", row, "co2_control_electricity_t",
            f"每立方米用电 {row['kwh']:.3g} kWh，核对用电与水量的单位 check the units",
            row["kwh"],
        )  # fmt: skip


def _parts_of_a_year(material: Material) -> Iterator[Finding]:
    """Fewer than twelve months, or months and the whole year."""
    months = material.activity.get(SHEET)
    if months is None:
        return
    counts = months.group_by("region", "year", "facility", maintain_order=True).agg(
        pl.col("month").drop_nulls().n_unique(), whole=pl.col("month").is_null().any()
    )
    for row in counts.filter(pl.col("month") > 0).iter_rows(named=True):
        told = {**row, "month": None}
        if row["whole"]:
            yield _finding(
                "months-and-year", "error", told, "",
                "既有逐月又有全年的行，重复计算 months and the whole year: counted twice",
            )  # fmt: skip
        elif row["month"] < 12:
            yield _finding(
                "months-missing", "warning", told, "",
                f"只有 {row['month']} 个月，不是全年 {row['month']} months only: 年度合计偏低 the year is too low",
                float(row["month"]), 12.0,
            )  # fmt: skip
