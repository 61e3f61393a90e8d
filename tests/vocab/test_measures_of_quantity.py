"""Units of measure: every one converts, counts are not mixed, the physics is right."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.errors import VocabularyError
from xietong.vocab.load import rows
from xietong.vocab.measures_of_quantity import (
    comparable,
    convert,
    known_units,
    measure,
    registry,
    to_base,
)

MULTIPLES = {
    "": 1,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "万亿": 1e12,
}
ATOMS = known_units()
VALUES = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False).filter(
    lambda value: value == 0 or abs(value) > 1e-9
)


def test_rows_are_unique_and_every_base_is_a_row_of_factor_one() -> None:
    listed = [row["name"] for row in rows("measures_of_quantity")]
    assert len(listed) == len(set(listed))
    for row in rows("measures_of_quantity"):
        base = measure(row["base"])
        assert (base.factor, base.base, base.dimension) == (1.0, row["base"], row["dimension"])


def test_units_of_one_base_have_one_dimension_in_pint() -> None:
    for row in rows("measures_of_quantity"):
        base = next(r for r in rows("measures_of_quantity") if r["name"] == row["base"])
        units = registry()
        one = units.parse_units(base["expression"])
        assert units.parse_expression(row["expression"]).is_compatible_with(one), row["name"]


@given(value=VALUES, unit=st.sampled_from(ATOMS))
def test_there_and_back(value: float, unit: str) -> None:
    amount, base = to_base(value, unit)
    assert convert(amount, base, unit) == pytest.approx(value, rel=1e-12)


@given(value=VALUES, one=st.sampled_from(ATOMS), other=st.sampled_from(ATOMS))
def test_conversion_agrees_with_the_base_or_is_refused(value: float, one: str, other: str) -> None:
    if comparable(one, other):
        assert to_base(convert(value, one, other), other)[0] == pytest.approx(
            to_base(value, one)[0], rel=1e-9, abs=1e-300
        )
        return
    with pytest.raises(VocabularyError):
        convert(value, one, other)


@given(
    many=st.sampled_from(list(MULTIPLES)),
    above=st.sampled_from(ATOMS),
    below=st.sampled_from(ATOMS),
)
def test_multiples_and_ratios(many: str, above: str, below: str) -> None:
    if not _swallowed(many, above):
        assert measure(many + above).factor == pytest.approx(
            MULTIPLES[many] * measure(above).factor
        )
    if "/" in above or "/" in below or f"{above}/{below}" in ATOMS:
        return
    ratio = measure(f"{above}/{below}")
    assert ratio.factor == pytest.approx(measure(above).factor / measure(below).factor)
    assert comparable(f"{above}/{below}", f"{above}/{below}")


def _swallowed(many: str, above: str) -> bool:
    """千 before 瓦 is part of the unit 千瓦."""
    return any(many.endswith(c) and c + above in ATOMS for c in "百千万亿")


@pytest.mark.parametrize(
    ("value", "one", "other", "result"),
    [
        (1, "亿吨", "万吨", 10000),
        (9500, "万千瓦", "MW", 95000),
        (9500, "万千瓦", "GW", 95),
        (2000, "亿千瓦时", "TWh", 200),
        (1, "亿千瓦时", "万千瓦时", 10000),
        (1, "吨标准煤", "GJ", 29.3076),
        (1, "千瓦时", "千克标准煤", 0.12283503255),  # GB/T 2589: .1229 当量值
        (1, "兆瓦时", "千瓦时", 1000),
        (0.295, "千克标准煤/千瓦时", "克标准煤/千瓦时", 295),
        (15, "亩", "公顷", 1),
        (1500, "万亩", "公顷", 1_000_000),
        (5, "亿平方米", "万平方米", 50000),
        (450, "亿立方米", "万立方米", 4_500_000),
        (1, "元/吨", "元/千克", 0.001),
        (2500, "吨/日", "吨/天", 2500),
        (1, "吨标准煤/万元", "千克标准煤/万元", 1000),
        (35, "微克/立方米", "毫克/立方米", 0.035),
        (1, "海里", "公里", 1.852),
        (1, "吨油当量", "吨标准煤", 1.42857),  # 41.868 / 29.3076
        (100, "%", "倍", 1),
        (3, "成", "%", 30),
    ],
)
def test_known_conversions(value: float, one: str, other: str, result: float) -> None:
    assert convert(value, one, other) == pytest.approx(result, rel=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("座", "个"),
        ("家", "户"),
        ("辆", "台"),
        ("万辆", "万台"),
        ("%", "个百分点"),
        ("千瓦", "千瓦时"),
        ("万吨", "万吨标准煤"),
        ("吨二氧化碳", "吨"),
        ("吨二氧化碳", "吨二氧化碳当量"),
        ("吨/日", "吨/年"),
        ("平方米", "立方米"),
        ("元", "美元"),
        ("克标准煤/千瓦时", "%"),
        ("克标准煤/千瓦时", "克/千瓦时"),
        ("微克/立方米", "吨"),
    ],
)
def test_different_things_are_not_compared(one: str, other: str) -> None:
    assert not comparable(one, other)


@pytest.mark.parametrize(
    "printed",
    ["％", "㎡", "m³", "µg/m³", "μg/m3", "kW·h", "元／吨", "吨 / 日", "毫克每升", "万吨 标准煤"],
)
def test_marks_of_every_width(printed: str) -> None:
    assert measure(printed).factor > 0


def test_every_unit_of_the_indicators_converts() -> None:
    for row in rows("indicators"):
        if row["unit"]:
            assert measure(row["unit"]).factor > 0, row["id"]


@pytest.mark.parametrize(
    "printed", ["", "万", "外星", "吨/", "/吨", "吨/外星", "吨万", "吨/日/人", "%%"]
)
def test_unknown_units_say_so(printed: str) -> None:
    with pytest.raises(VocabularyError, match=re.escape(repr(printed))):
        measure(printed)


def test_the_nearest_unit_is_named() -> None:
    with pytest.raises(VocabularyError, match="万吨标准煤"):
        to_base(1, "万吨标准媒")


def test_pint_is_not_imported_before_a_conversion() -> None:
    code = (
        "import sys, xietong.vocab.measures_of_quantity, xietong.vocab.regions, "
        "xietong.vocab.departments, xietong.vocab.indicators; "
        "heavy = {'pint', 'polars', 'rapidfuzz', 'numpy'} & set(sys.modules); sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
