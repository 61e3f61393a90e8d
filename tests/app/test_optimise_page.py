"""The best mix as the page uses it: who may, what is refused, what is kept; pencil and paper for the rest."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from xietong.app import pages_optimise as use
from xietong.app.access import Actor
from xietong.app.audit import entries
from xietong.app.desk import Desk
from xietong.app.jobs.kinds import runner
from xietong.app.pages_optimise_files import problem_files
from xietong.app.pages_optimise_measures import joint, offer, scaled, tables
from xietong.errors import AccessError, InputError, NotFoundError, TableError
from xietong.optimise.potential import reachable

SETTINGS = """
[inventory]
programme = "provincial-2011"
pollutants = "literature-cn"
[inventory.fill]
programme = ["enterprise-24"]
pollutants = ["emep-eea", "defra-2020"]
"""
HEAD = "地区代码,年份,行业,燃料,燃烧技术,治理设施,数量,单位\n"
STOVE = "原煤,民用炉灶,无治理"


@pytest.fixture
def full(desk):
    root = desk.workspace.root
    with (root / "xietong.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    rows = f"370100,2014,居民生活,{STOVE},1000000,吨\n370200,2014,居民生活,{STOVE},500000,吨\n"
    (root / "activity" / "fuel_use.csv").write_text(HEAD + rows, encoding="utf-8")
    return desk


def at(desk, *rest):
    return Desk(desk.workspace, Actor("someone", *rest))


def asked(**more):
    return {"name": "one", "year": 2014, "targets": {"so2_t": 20.0}, "pareto": "so2_t"} | more


def quiet(*_):
    return None


def run(desk, **more):
    return use.run_optimise(desk, asked(**more), quiet)


def test_a_run_meets_its_targets_and_is_kept_under_its_name(full):
    made = run(full, targets={"so2_t": 20.0, "co2e_t": 10.0})
    found = use.read(full, "one")
    assert made == {"name": "one", "status": "optimal", "cost": found["cost"]}
    for name, cut in (("so2_t", 20), ("co2e_t", 10)):
        total = found["totals"][name]
        assert total["reduced"] >= total["baseline"] * cut / 100 * (1 - 1e-6)
        # what the inventory says when the mix is run on it agrees with the sum of the measures
        assert found["joint"][name] == pytest.approx(total["reduced"], rel=1e-6)
    shares = {one["option"]: one["share"] for one in found["choices"]}
    assert sum(v for k, v in shares.items() if k.startswith("residential-coal")) <= 1 + 1e-9
    assert found["strategies"]["strategies"] and found["pareto"]["points"]
    assert [one["action"] for one in entries(full).items][:1] == ["optimise.keep"]
    with pytest.raises(InputError):
        run(full)  # a name is not taken twice


def test_more_is_never_cheaper_and_what_is_out_of_reach_is_explained(full):
    costs = [run(full, name=f"n{cut}", targets={"so2_t": cut})["cost"] for cut in (10.0, 40.0)]
    assert costs[0] <= costs[1]
    made = run(full, name="never", targets={"so2_t": 99.0, "co2e_t": 99.0}, budget_cny=1.0)
    found = use.read(full, "never")
    assert made["status"] == "infeasible" and made["cost"] is None
    assert found["conflicts"] and found["nearest"]["totals"]
    both = use.compared(full, "n40.0", "never")
    assert both["status"] == {"left": "optimal", "right": "infeasible"}
    assert {row["column"] for row in both["totals"]} >= {"so2_t", "co2e_t"}


def test_halves_of_two_measures_on_one_activity_are_halves_on_the_inventory(full):
    found = offer(full.workspace.root, 2014, ["370100", "370200"])
    names = [one.option for one in found.options if one.source == "residential-coal"][:2]
    assert len(names) == 2
    each = [joint(found, {name: 1.0})["so2_t"] for name in names]
    assert joint(found, dict.fromkeys(names, 0.5))["so2_t"] == pytest.approx(sum(each) / 2)
    whole = found.found[names[0]].measure
    assert scaled(whole, 0.5).numbers != whole.numbers


def test_the_baseline_is_the_inventory_and_mercury_is_in_kg(full):
    found = offer(full.workspace.root, 2014, ["370100", "370200"])
    made = use._problem(found, use.Wanted(2014))
    assert reachable(made, "hg_kg") <= found.baseline["hg_kg"] * (1 + 1e-9)
    assert 0 < found.touched["so2_t"] <= found.baseline["so2_t"] * (1 + 1e-9)
    assert tables(found)["baseline"].height == 1


@pytest.mark.parametrize(
    "change",
    [
        {"targets": {}},
        {"targets": {"so2_t": 0}},
        {"targets": {"so2_t": 101}},
        {"targets": {"so2_t": "much"}},
        {"targets": {"so2_t": float("nan")}},
        {"targets": {"nox2": 5}},
        {"targets": [5]},
        {"budget_cny": -1},
        {"budget_cny": float("inf")},
        {"year": "2014"},
        {"pareto": "nox2"},
        {"name": "../evil"},
        {"name": ""},
        {"strange": 1},
    ],
)
def test_bad_input_is_refused_and_nothing_is_kept(full, change):
    with pytest.raises(InputError):
        run(full, **change)
    assert use.kept(full) == []


def test_all_problems_are_told_at_once(full):
    with pytest.raises(InputError) as told:
        run(full, targets={"so2_t": 101, "nox2": 5}, budget_cny=-1)
    assert all(word in str(told.value) for word in ("so2_t", "nox2", "budget_cny"))


def test_a_city_chooses_for_its_own_and_does_not_see_the_province(full):
    run(full, name="all")
    city = at(full, "city", "370100")
    whole, own = use.choices(full, 2014), use.choices(city, 2014)
    base = [
        next(q["baseline"] for q in one["quantities"] if q["column"] == "so2_t")
        for one in (whole, own)
    ]
    assert base[0] == pytest.approx(1.5 * base[1])
    assert use.kept(city) == []
    for refused in (use.read, use.forget):
        with pytest.raises(AccessError):
            refused(city, "all")
    with pytest.raises(TableError):  # to the city there is nothing else
        use.run_optimise(city, asked(name="b", region="370200"), quiet)
    use.run_optimise(city, asked(name="own"), quiet)
    assert [one["kept"] for one in use.kept(city)] == ["own"]
    use.forget(city, "own")
    assert next(one["action"] for one in entries(full).items) == "optimise.forget"
    with pytest.raises(NotFoundError):
        use.read(city, "own")


@pytest.mark.parametrize("role", ["verifier", "reader", "enterprise"])
def test_who_may_not_hand_in_or_run_may_not_start(full, role):
    with pytest.raises(AccessError):
        use.run_optimise(at(full, role, "370000"), asked(), quiet)


def test_without_activity_there_is_nothing_to_choose(desk):
    assert use.choices(desk) == {"years": [], "regions": {}}
    assert use.kept(desk) == []


def test_a_problem_of_the_workspace_runs_from_its_file(desk):
    shipped = Path(str(files("xietong"))) / "examples" / "least-cost" / "optimise"
    shutil.copytree(shipped, desk.workspace.root / "optimise")
    assert {one["file"] for one in problem_files(desk)} == {"problem.toml", "infeasible.toml"}
    made = use.run_optimise(desk, {"name": "mine", "file": "problem.toml"}, quiet)
    found = use.read(desk, "mine")
    assert made["status"] == "optimal" and found["asked"]["file"] == "problem.toml"
    assert found["strategies"]["strategies"] and found["pareto"]["points"]
    made = use.run_optimise(desk, {"name": "never", "file": "infeasible.toml"}, quiet)
    assert made["status"] == "infeasible" and use.read(desk, "never")["conflicts"]
    with pytest.raises(NotFoundError):
        use.run_optimise(desk, {"name": "out", "file": "../xietong.toml"}, quiet)
    with pytest.raises(AccessError):
        use.run_optimise(at(desk, "reader"), {"name": "r", "file": "problem.toml"}, quiet)


def test_the_job_is_known():
    assert runner("optimise.run") is use.run_optimise
