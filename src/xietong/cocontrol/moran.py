"""Moran's I: do neighbours resemble each other more than chance would have it?"""

from collections.abc import Sequence
from importlib import resources

import numpy as np
import numpy.typing as npt
import polars as pl

from xietong.cocontrol.panel import ENTITY, YEAR, check_panel, refuse
from xietong.cocontrol.result import Result

FORMULA = "I = n·ΣΣ w_ij z_i z_j / (S0·Σ z_i²); local: I_i = z_i·Σ_j w_ij z_j / (Σ z²/n)"
SEED = 20260101
QUADRANTS = {(True, True): "HH", (True, False): "HL", (False, True): "LH", (False, False): "LL"}

Array = npt.NDArray[np.float64]


def shandong_neighbours(by: str = "adcode") -> pl.DataFrame:
    """Pairs ``a``, ``b`` of the 16 cities of Shandong that share a border, by ``adcode`` or ``name``.

    Examples
    --------
    >>> shandong_neighbours().height, shandong_neighbours(by="name")["a"][0]
    (29, '济南市')
    """
    path = resources.files("xietong.cocontrol") / "tables" / "shandong_neighbours.csv"
    pairs = pl.read_csv(path.read_bytes(), schema_overrides={"a": pl.String, "b": pl.String})
    return pairs if by == "adcode" else pairs.with_columns(a="a_name", b="b_name")


def moran(
    table: pl.DataFrame,
    value: str,
    neighbours: pl.DataFrame,
    *,
    weights: str = "row",
    permutations: int = 999,
    seed: int = SEED,
) -> Result:
    """Global Moran's I by year, with a permutation test; local values in ``details["local"]``.

    ``table``: one row per entity (and year); ``neighbours``: one row per pair ``a``, ``b`` of entity
    names (or codes), each pair once. ``weights``: ``row`` (each row sums to 1) or ``binary``. An entity
    without neighbours keeps a row of zeros, and that is said; unknown values leave the year null.
    ``p_two_sided`` is the share of permutations (and the observation itself) at least as far from their
    mean. Local: ``quadrant`` HH, LL, HL, LH, no significance test.

    Source
    ------
    Moran's I by its usual definition; checked against esda 2.9.0.

    Examples
    --------
    >>> line = pl.DataFrame({"a": ["p", "q", "r"], "b": ["q", "r", "s"]})
    >>> table = pl.DataFrame({"entity": ["p", "q", "r", "s"], "co2": [1.0, 2.0, 3.0, 4.0]})
    >>> round(moran(table, "co2", line, weights="binary").table["i"][0], 6)
    0.333333
    """
    table = check_panel(table, [value], where="莫兰指数 Moran")
    names = table[ENTITY].unique(maintain_order=True).to_list() if ENTITY in table.columns else []
    refuse(_problems(table, names, neighbours, weights, permutations), "莫兰指数 Moran")
    w = _matrix(names, neighbours)
    alone = [name for name, row in zip(names, w, strict=True) if row.sum() == 0]
    if weights == "row":
        w = np.divide(
            w,
            w.sum(axis=1, keepdims=True),
            out=np.zeros_like(w),
            where=w.sum(axis=1, keepdims=True) > 0,
        )
    years = table[YEAR].unique().sort().to_list() if YEAR in table.columns else [None]
    rows, local, warnings = [], [], []
    for year in years:
        part = table if year is None else table.filter(pl.col(YEAR) == year)
        ordered = pl.DataFrame({ENTITY: names}).join(
            part, on=ENTITY, how="left", maintain_order="left"
        )
        key = {} if year is None else {YEAR: year}
        x = ordered[value]
        if x.null_count() or x.n_unique() < 2:
            why = "有未知值 unknown value" if x.null_count() else "全部相同 constant"
            warnings.append(f"{year or ''} {why}，I 为空 · I is empty")
            rows.append(
                key
                | {
                    "i": None,
                    "expected": None,
                    "z_score": None,
                    "p_two_sided": None,
                    "n": len(names),
                }
            )
            continue
        z = x.to_numpy() - float(x.mean())  # type: ignore[arg-type]
        rows.append(key | _global(z, w, permutations, seed) | {"n": len(names)})
        local += _local(names, z, w, key)
    if alone:
        warnings.append(f"没有相邻对象 · without neighbours: {', '.join(alone)}")
    if len(names) < 30:
        warnings.append(
            f"只有 {len(names)} 个空间单元，检验力有限 · {len(names)} units: little power"
        )
    label = f"{weights} weights, {permutations} permutations, seed {seed}"
    details = {"value": value, "pairs": neighbours.height, "local": pl.DataFrame(local)}
    return Result(FORMULA, label, pl.DataFrame(rows), "contiguity", details, tuple(warnings))


def _matrix(names: Sequence[str], neighbours: pl.DataFrame) -> Array:
    index = {name: i for i, name in enumerate(names)}
    w = np.zeros((len(names), len(names)))
    for a, b in neighbours.select("a", "b").iter_rows():
        if a in index and b in index:
            w[index[a], index[b]] = w[index[b], index[a]] = 1.0
    return w


def _statistic(z: Array, w: Array) -> float:
    return float(len(z) / w.sum() * (z @ w @ z) / (z @ z))


def _global(z: Array, w: Array, permutations: int, seed: int) -> dict[str, float | None]:
    observed = _statistic(z, w)
    random = np.random.default_rng(seed)
    drawn = np.array([_statistic(random.permutation(z), w) for _ in range(permutations)])
    spread = float(drawn.std()) if permutations else 0.0
    far = (
        np.abs(drawn - drawn.mean()) >= abs(observed - drawn.mean()) - 1e-12
        if permutations
        else drawn
    )
    return {
        "i": observed,
        "expected": -1 / (len(z) - 1),
        "z_score": (observed - float(drawn.mean())) / spread if spread else None,
        "p_two_sided": (int(far.sum()) + 1) / (permutations + 1) if permutations else None,
    }


def _local(
    names: Sequence[str], z: Array, w: Array, key: dict[str, int]
) -> list[dict[str, object]]:
    lag = w @ z
    scale = float(z @ z) / len(z)
    return [
        key
        | {
            ENTITY: name,
            "local_i": float(z[i] * lag[i] / scale),
            "quadrant": QUADRANTS[bool(z[i] > 0), bool(lag[i] > 0)] if w[i].any() else None,
        }
        for i, name in enumerate(names)
    ]


def _problems(
    table: pl.DataFrame,
    names: Sequence[str],
    neighbours: pl.DataFrame,
    weights: str,
    permutations: int,
) -> list[str]:
    problems = []
    if not {"a", "b"} <= set(neighbours.columns):
        return ["邻接表需要 a 与 b 两列 · the neighbour table needs columns a and b"]
    if ENTITY not in table.columns:
        return ["缺少列 · missing column 'entity'"]
    if weights not in ("row", "binary"):
        problems.append(f"weights {weights!r}: row, binary")
    if permutations < 0:
        problems.append("permutations ≥ 0")
    if len(names) < 3:
        problems.append(f"只有 {len(names)} 个对象，至少 3 个 · three entities at least")
    known = set(neighbours["a"]) | set(neighbours["b"])
    strangers = [name for name in names if name not in known]
    if names and len(strangers) == len(names):
        problems.append(
            f"没有对象在邻接表中（表中用名称还是代码？）· no entity is in the neighbour table: "
            f"{', '.join(names[:3])} … / {', '.join(sorted(known)[:3])} …"
        )
    return problems
