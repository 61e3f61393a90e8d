"""What is wrong with a problem is said at once, with the place and what would be right."""

import pytest

from xietong.errors import TableError

ROWS = "source option cost_cny_per_year nox_t\np1 a 100 10\n"


def refused(make, *args, **content) -> str:
    with pytest.raises(TableError) as caught:
        make(*args, **content)
    return str(caught.value)


def test_all_problems_of_targets_at_once(make) -> None:
    text = refused(
        make,
        ROWS,
        goal="lest-cost",
        targt=[],
        target=[
            {"what": "NOx", "reduce": "25 kWh"},
            {"what": "NOx", "cap": "-10 t"},
            {"what": "NOx", "percent": 120},
            {"what": "SO2", "reduce": 1},
            {"what": "NOX2", "reduce": 1},
            {"what": "NOx", "reduce": 1, "year": 2031},
            {"what": "NOx", "reduce": 1, "cap": 2},
            {"what": "NOx", "reduce": 1, "region": "B"},
            {"what": "NOx", "cap": 1},
        ],
        budget=[{"limit": "lots"}, {"limit": "5 吨"}, {"limit": 5, "payer": "x"}],
    )
    for said in (
        "did you mean 'least-cost'", "did you mean 'target'", "unit mismatch: 'kWh'", "cap below 0",
        "percent between 0 and 100: 120", "empty potential: no option has so2_t",
        "no such species: 'NOX2'", "2031 不在 years", "give exactly one, not 2", "no source in region 'B'",
        "no baseline of nox_t", "not a number: 'lots'", "unit mismatch: '吨'", "no such payer 'x'",
    ):  # fmt: skip
        assert said in text, said
    assert text.splitlines()[0].startswith("t: 14 ")


def test_all_problems_of_tables_at_once(make) -> None:
    text = refused(
        make,
        "source option cost_cny_per_year nox_t(MWh) sox_t max_share min_share life_years\n"
        "p1 a 100 10 1 1.5 0 10\np1 a abc 10 1 1 0 0\np9 b 1 1 1 0.5 0.8 5\n",
        sources="source region sector\np1 A power\np1 A power\n",
    )
    for said in (
        "unit mismatch: 'MWh'", "no such column 'sox_t'", "max_share 应在 0 与 1", "comes twice: p1 / a",
        "not a number: 'abc'", "not in sources: 'p9'", "min_share 大于 max_share", "life must be above 0",
        "source twice: 'p1'",
    ):  # fmt: skip
        assert said in text, said


def test_target_in_a_region_without_options_is_an_empty_potential(make) -> None:
    text = refused(
        make,
        "source option cost_cny_per_year nox_t\np1 a 100 10\np2 a 100 0\n",
        sources="source region sector\np1 A power\np2 B power\n",
        target=[{"what": "NOx", "reduce": 1, "region": "B"}],
    )
    assert "潜力为空" in text


def test_gases_and_their_sum_are_not_given_together(make) -> None:
    text = refused(make, "source option cost_cny_per_year co2_t co2e_t\np1 a 1 1 1\n")
    assert "counted twice" in text


def test_an_option_without_cost_takes_no_part_and_unknown_effects_are_named(make) -> None:
    problem = make(
        "source option cost_cny_per_year nox_t\np1 a 100 10\np1 b - 99\np1 c 50 -\n",
        target=[{"what": "NOx", "reduce": 5}],
    )
    assert problem.options.option == ("a", "c")
    assert any("p1 / b" in one for one in problem.warnings)
    assert any("p1/c" in one for one in problem.warnings)


def test_annual_cost_is_made_of_its_parts(make) -> None:
    problem = make(
        "source option investment_cny life_years om_cny_per_year saving_cny_per_year nox_t\n"
        "p1 a 1000 10 30 50 1\n",
        interest=0.0,
    )
    assert problem.options.cost[0, 0] == pytest.approx(80)
