"""A pair of real plans is compared in under half a second of processor time."""

from time import process_time

import pytest
from comparison_tables import PAIRS, Pair
from plan_tables import real_plan

from xietong.plans.compare import compare_plans


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_pair_takes_under_half_a_second(pair: Pair) -> None:
    left, right = real_plan(pair[0]), real_plan(pair[1])
    times = []
    for _ in range(3):
        start = process_time()
        compare_plans(left, right)
        times.append(process_time() - start)
    assert min(times) < 0.5, times
