"""Coupling coordination: ranges, symmetry, variants and the traps it must warn of."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.cocontrol.coupling import VARIANTS, coupling_coordination
from xietong.cocontrol.levels import level_schemes, scheme_names
from xietong.errors import TableError

SHARE = st.floats(0, 1)
ROWS = st.lists(st.lists(SHARE, min_size=3, max_size=3), min_size=1, max_size=8)


def table(rows: list[list[float | None]]) -> pl.DataFrame:
    columns = {f"u{i}": list(values) for i, values in enumerate(zip(*rows, strict=True))}
    schema = {"entity": pl.String} | dict.fromkeys(columns, pl.Float64)
    return pl.DataFrame({"entity": [str(i) for i in range(len(rows))]} | columns, schema=schema)


def degrees(rows: list[list[float | None]], variant: str = "standard") -> list[float | None]:
    names = [f"u{i}" for i in range(len(rows[0]))]
    return coupling_coordination(table(rows), names, variant=variant).table["d"].to_list()


@given(ROWS, st.sampled_from(list(VARIANTS)))
def test_c_t_and_d_lie_between_0_and_1(rows: list[list[float]], variant: str) -> None:
    out = coupling_coordination(table(rows), ["u0", "u1", "u2"], variant=variant).table
    for name in ("c", "t", "d"):
        values = out[name].to_list()
        assert all(v is not None and 0 <= v <= 1 and math.isfinite(v) for v in values), name
    assert (out["c"] <= VARIANTS[variant].maximum(3) + 1e-9).all()


@given(ROWS, st.sampled_from(list(VARIANTS)), st.permutations(["u0", "u1", "u2"]))
def test_order_of_subsystems_and_rows_does_not_matter(
    rows: list[list[float]], variant: str, order: list[str]
) -> None:
    straight = coupling_coordination(table(rows), ["u0", "u1", "u2"], variant=variant).table
    turned = coupling_coordination(table(rows).reverse(), order, variant=variant).table.reverse()
    for a, b in zip(straight["d"], turned["d"], strict=True):
        assert a == pytest.approx(b, abs=1e-12)


@given(st.floats(0.01, 1))
def test_equal_subsystems_reach_the_maximum_of_c(value: float) -> None:
    for name, variant in VARIANTS.items():
        result = coupling_coordination(table([[value] * 3]), ["u0", "u1", "u2"], variant=name)
        assert result.table["c"][0] == pytest.approx(variant.maximum(3), rel=1e-9), name
        assert result.table["t"][0] == pytest.approx(value)


def test_values_by_hand() -> None:
    assert degrees([[0.64, 0.36]])[0] == pytest.approx(math.sqrt(0.96 * 0.5))
    # power, k = 2: [4fg/(f+g)²]² = 0.9216² ; unnormalised: √(fg)/(f+g) = 0.48
    assert degrees([[0.64, 0.36]], "power")[0] == pytest.approx(math.sqrt(0.9216**2 * 0.5))
    assert degrees([[0.64, 0.36]], "unnormalised")[0] == pytest.approx(math.sqrt(0.48 * 0.5))
    # modified, n = 2: √{[1 − (U2 − U1)]·U1/U2}
    expected = math.sqrt((1 - 0.28) * 0.36 / 0.64)
    assert degrees([[0.64, 0.36]], "modified-2021")[0] == pytest.approx(math.sqrt(expected * 0.5))
    # three systems, mean 0.5: C = [fgh/0.5³]^(1/3), T = 0.5
    c = (0.25 * 0.5 * 0.75 / 0.5**3) ** (1 / 3)
    assert degrees([[0.25, 0.5, 0.75]])[0] == pytest.approx(math.sqrt(c * 0.5))
    # three systems, pairs added: [fgh/((f+g)(f+h)(g+h))]^(1/3)
    f, g, h = 0.2, 0.4, 0.8
    c = (f * g * h / ((f + g) * (f + h) * (g + h))) ** (1 / 3)
    t = (f + g + h) / 3
    assert degrees([[f, g, h]], "pairwise-unnormalised")[0] == pytest.approx(math.sqrt(c * t))
    assert degrees([[f, g, h]], "pairwise")[0] == pytest.approx(math.sqrt(2 * c * t))


def test_zero_gives_zero_and_null_stays_null() -> None:
    assert degrees([[0.0, 0.5], [0.0, 0.0], [None, 0.5]]) == [0.0, 0.0, None]


def test_unequal_weights_of_t() -> None:
    result = coupling_coordination(table([[0.8, 0.2]]), ["u0", "u1"], weights={"u0": 3, "u1": 1})
    assert result.table["t"][0] == pytest.approx(0.65)
    assert not any("等权" in warning for warning in result.warnings)


def test_warns_that_c_alone_misleads_and_that_the_maximum_is_a_half() -> None:
    low = coupling_coordination(table([[0.1, 0.1], [0.9, 0.8]]), ["u0", "u1"])
    assert any("不要把 C 当作 D" in warning for warning in low.warnings)
    half = coupling_coordination(table([[0.5, 0.5]]), ["u0", "u1"], variant="unnormalised")
    assert any("最大只有 0.5" in warning for warning in half.warnings)
    assert half.table["c"][0] == pytest.approx(0.5)
    constant = coupling_coordination(table([[0.5, 0.1], [0.5, 0.2]]), ["u0", "u1"])
    assert any("u0 全表不变" in warning for warning in constant.warnings)


def test_refuses_percentages_unknown_variants_and_single_subsystems_at_once() -> None:
    with pytest.raises(TableError) as caught:
        coupling_coordination(table([[55.0, 0.4]]), ["u0", "u0"], variant="mine")
    message = str(caught.value)
    assert "divide by 100" in message and "mine" in message and "two different" in message
    assert message.startswith("耦合协调 coupling coordination: 3 个问题")


@pytest.mark.parametrize("scheme", scheme_names("d") + scheme_names("c"))
def test_level_schemes_cover_0_to_1_without_gap(scheme: str) -> None:
    rows = level_schemes().filter(pl.col("scheme") == scheme).sort("lower")
    assert rows["lower"][0] == 0 and rows["upper"][-1] == 1
    assert rows["lower"][1:].to_list() == rows["upper"][:-1].to_list()
