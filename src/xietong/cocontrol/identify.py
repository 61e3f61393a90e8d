"""Which degree did that paper use? Every variant is tried against the printed column."""

from collections.abc import Mapping, Sequence

import polars as pl

from xietong.cocontrol.coupling import VARIANTS, coupling_coordination
from xietong.cocontrol.panel import check_panel, refuse
from xietong.cocontrol.result import Result

EXPONENTS = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0)
MEANING = {
    "c": "耦合度 C · coupling",
    "d": "耦合协调度 D · coordination",
    "t": "综合指数 T · index",
}


def identify_degree(
    table: pl.DataFrame,
    subsystems: Sequence[str],
    printed: str,
    *,
    decimals: int,
    weights: Mapping[str, float] | None = None,
) -> Result:
    """Candidates for the printed degree, the nearest first.

    ``table``: one row per row of the paper's table; the subsystem indices as printed and the
    printed degree in the column ``printed``, rounded to ``decimals``. Because the indices are rounded
    too, a row counts as met when the printed value lies within what any index rounded to its last
    digit can give. Columns: ``quantity`` (c, d or t), ``variant``, ``rows_met``, ``rows``, ``largest_gap``.
    Warns when a column called D turns out to be C.

    Examples
    --------
    >>> table = pl.DataFrame({"u1": [0.070, 0.412], "u2": [0.583, 0.390], "printed": [0.619, 1.0]})
    >>> identify_degree(table, ["u1", "u2"], "printed", decimals=3).table.row(0)[:3]
    ('c', 'standard', 2)
    """
    if printed in subsystems:
        refuse([f"{printed!r} 既是指数又是协同度 · both an index and the degree"], "识别 identify")
    table = check_panel(table, [*subsystems, printed], keys=(), where="识别 identify")
    table = table.select(*subsystems, printed).drop_nulls()
    table = table.with_row_index("year")
    if table.is_empty():
        refuse(["没有完整的行 · no complete row"], "识别 identify")
    half = 0.5 * 10.0**-decimals
    n = len(subsystems)
    same = {"power", "pairwise", "pairwise-unnormalised"} if n == 2 else {"power"}
    candidates = [(name, 2.0) for name in VARIANTS if name not in same]
    candidates += [("power", k) for k in EXPONENTS if abs(k * n - 1) > 1e-9]
    rows = []
    for name, exponent in candidates:
        for quantity in ("c", "d"):
            rows.append(
                _try(
                    table,
                    subsystems,
                    printed,
                    half=half,
                    variant=name,
                    exponent=exponent,
                    quantity=quantity,
                    weights=weights,
                )
            )
    rows.append(
        _try(
            table,
            subsystems,
            printed,
            half=half,
            variant="standard",
            exponent=2.0,
            quantity="t",
            weights=weights,
        )
    )
    best = pl.DataFrame(rows).sort(
        ["rows_met", "largest_gap"], descending=[True, False], maintain_order=True
    )
    first = best.row(0, named=True)
    warnings = []
    if first["rows_met"] < first["rows"]:
        warnings.append(
            "没有变体能解释全部行：可能另有权重、笔误或别的公式 · "
            "no variant explains every row: other weights, a misprint, or another formula"
        )
    if first["quantity"] == "c":
        warnings.append(
            "所印数值是耦合度 C，不是耦合协调度 D；若原文称其为 D，等级判定不成立 · "
            "the printed values are C, not D; if the paper calls them D, its levels do not hold"
        )
    note = f"{decimals} decimals; {MEANING[first['quantity']]}, {first['variant']}"
    return Result("min over variants of |printed − computed|", note, best, warnings=tuple(warnings))


def _try(
    table: pl.DataFrame,
    subsystems: Sequence[str],
    printed: str,
    *,
    half: float,
    variant: str,
    exponent: float,
    quantity: str,
    weights: Mapping[str, float] | None,
) -> dict[str, object]:
    def degree(frame: pl.DataFrame) -> pl.Series:
        inside = frame.with_columns(pl.col(name).clip(0.0, 1.0) for name in subsystems)
        result = coupling_coordination(
            inside, subsystems, variant=variant, exponent=exponent, weights=weights
        )
        return result.table.get_column(quantity)

    central = degree(table)
    slack = pl.Series([half] * table.height)
    for name in subsystems:
        moved = [degree(table.with_columns(pl.col(name) + sign * half)) for sign in (-1, 1)]
        gaps = [(one - central).abs() for one in moved]
        slack = slack + pl.select(pl.max_horizontal(*gaps)).to_series()
    gap = (central - table.get_column(printed)).abs()
    label = f"power, k = {exponent:g}" if variant == "power" else variant
    return {
        "quantity": quantity,
        "variant": label,
        "rows_met": int((gap <= slack + 1e-12).sum()),
        "rows": table.height,
        "largest_gap": float(gap.max()),  # type: ignore[arg-type]
    }
