"""Importing plans: once, twice, a new edition; whole or not at all."""

from dataclasses import replace

import pytest
from plans_by_hand import CLAUSES, META, TARGETS, plan, target

from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.app.plans.importing import store_plan
from xietong.app.plans.queries import document, documents, load_plan, rows
from xietong.app.workspace import summary
from xietong.errors import AccessError, InputError
from xietong.plans.library import library_plan


def test_a_plan_comes_back_as_it_was_stored(desk):
    result = store_plan(desk, plan())
    assert result["status"] == "new" and result["plan"] == "370200-synergy-2024"
    assert load_plan(desk, result["document"]) == plan()


def test_the_same_file_twice_changes_nothing(desk):
    store_plan(desk, plan())
    before = summary(desk), document(desk, 1)
    assert store_plan(desk, plan())["status"] == "unchanged"
    assert (summary(desk), document(desk, 1)) == before


def test_another_file_with_the_same_content_changes_nothing(desk):
    store_plan(desk, plan())
    assert store_plan(desk, plan(sha256="b" * 64, source="x.pdf"))["status"] == "unchanged"


def test_a_new_edition_is_a_new_version_with_its_difference(desk):
    store_plan(desk, plan())
    changed = replace(TARGETS[0], value=16.0)
    added = target("1.3", "绿色出行比例", 70.0)
    edition = plan(
        sha256="c" * 64,
        clauses=(CLAUSES[0], replace(CLAUSES[1], units=("市住建局", "市能源局"))),
        targets=(changed, added),
    )
    result = store_plan(desk, edition)
    assert (result["status"], result["version"]) == ("new_version", 2)
    found = result["difference"]
    assert [row["id"] for row in found["clauses"]["removed"]] == ["1.3"]
    assert [c["changes"] for c in found["clauses"]["changed"]] == [
        {"units": [("市住建局",), ("市住建局", "市能源局")]}
    ]
    assert [c["changes"] for c in found["targets"]["changed"]] == [{"value": [15.0, 16.0]}]
    assert [row["indicator"] for row in found["targets"]["added"]] == ["绿色出行比例"]
    assert [row["indicator"] for row in found["targets"]["removed"]] == ["可再生能源替代率"]
    assert documents(desk).total == 1
    assert rows(desk, "targets").total == 2
    assert load_plan(desk, 1, number=1) == plan()
    assert store_plan(desk, plan())["status"] == "unchanged"  # an edition that is known already


@pytest.mark.parametrize(
    "other",
    [
        replace(META, doc_number="乙环发〔2025〕9号"),  # new number, same title
        replace(META, title="乙市减污降碳方案（修订）"),  # new title, same number
        replace(META, title="乙市 减污降碳协同增效\n实施方案", doc_number=None),
    ],
)
def test_the_same_document_is_known_by_title_or_number(desk, other):
    store_plan(desk, plan())
    edition = plan(meta=other, sha256="d" * 64, targets=())
    assert store_plan(desk, edition)["status"] == "new_version"


def test_the_same_title_of_another_place_is_another_document(desk):
    store_plan(desk, plan())
    region = replace(META.region, adcode="370300", name="丙市")
    assert store_plan(desk, plan(meta=replace(META, region=region)))["status"] == "new"


def test_the_compiled_library_gives_way_to_the_document(desk):
    compiled = library_plan("jinan-peak")
    assert store_plan(desk, compiled, origin="library", code="jinan-peak")["status"] == "new"
    assert load_plan(desk, "jinan-peak") == compiled
    result = store_plan(desk, compiled)  # now as the file itself, with the same digest
    assert (result["status"], result["version"], result["plan"]) == ("new_version", 2, "jinan-peak")
    assert store_plan(desk, compiled)["status"] == "unchanged"


def test_a_plan_without_a_title_is_refused(desk):
    with pytest.raises(InputError, match="标题"):
        store_plan(desk, plan(meta=replace(META, title=None)))
    assert documents(desk).total == 0


def test_a_city_imports_its_own_plans_only(desk):
    theirs = Desk(desk.workspace, Actor("qd", "city", "370200"))
    others = Desk(desk.workspace, Actor("jn", "city", "370100"))
    with pytest.raises(AccessError, match="370200"):
        store_plan(others, plan())
    assert documents(desk).total == 0
    assert store_plan(theirs, plan())["status"] == "new"
    assert documents(others).total == 1  # reading is for all
