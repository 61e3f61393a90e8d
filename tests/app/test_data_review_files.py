"""Handing in filled-in tables: whole or not at all, locked while reviewed, seen when tampered with."""

import pytest
from filled_in import fuel_use

from xietong.app.access import Actor
from xietong.app.audit import entries
from xietong.app.data_review import step, submissions
from xietong.app.data_review_files import data_of, hand_in
from xietong.app.desk import Desk
from xietong.app.inventory_files import load
from xietong.errors import AccessError, ConflictError, InputError, TableError
from xietong.tables.problem import TableProblemsError

FILE = "fuel_use.csv"


@pytest.fixture
def city(desk):
    return Desk(desk.workspace, Actor("青岛", "city", "370200"))


def kept(desk):
    return sorted(path.name for path in (desk.workspace.root / "activity").iterdir())


def test_each_place_and_year_becomes_a_draft_and_the_inventory_reads_it(desk, city):
    made = hand_in(city, FILE, fuel_use(("370200", 2023, "100"), ("370202", 2024, "7")))
    assert [(one["region"], one["year"], one["rows"], one["state"]) for one in made] == [
        ("370200", 2023, 1, "draft"),
        ("370202", 2024, 1, "draft"),
    ]
    assert kept(desk) == ["fuel_use.370200.2023.csv", "fuel_use.370202.2024.csv"]
    assert load(desk.workspace.root).tables["fuel_use"].height == 2
    found = data_of(city, made[0]["id"])
    assert found["intact"] is True
    assert found["rows"][0]["region"] == "370200"
    assert found["columns"][0] == {"name": "region", "heading": "地区代码"}


def test_a_correction_replaces_the_draft(desk, city):
    hand_in(city, FILE, fuel_use(("370200", 2023, "100")))
    hand_in(city, FILE, fuel_use(("370200", 2023, "80"), ("370200", 2023, "5"), fuel="柴油"))
    assert load(desk.workspace.root).tables["fuel_use"].height == 2
    assert submissions(city).total == 1


def test_a_year_under_review_and_an_accepted_one_are_closed(desk, city):
    number = hand_in(city, FILE, fuel_use(("370200", 2023, "100")))[0]["id"]
    step(city, number, "submit")
    before = (desk.workspace.root / "activity" / "fuel_use.370200.2023.csv").read_bytes()
    both = fuel_use(("370200", 2022, "1"), ("370200", 2023, "1"))
    for _ in range(2):
        with pytest.raises(ConflictError):
            hand_in(city, FILE, both)
        assert kept(desk) == ["fuel_use.370200.2023.csv"]  # the other year was not kept either
        assert submissions(city).total == 1
        if submissions(city).items[0]["state"] == "submitted":
            step(Desk(desk.workspace, Actor("核", "verifier", "370000")), number, "accept")
    assert (desk.workspace.root / "activity" / "fuel_use.370200.2023.csv").read_bytes() == before


def test_nobody_hands_in_for_others(desk, city):
    with pytest.raises(AccessError):
        hand_in(city, FILE, fuel_use(("370200", 2023, "1"), ("370100", 2023, "1")))
    reader = Desk(desk.workspace, Actor("读", "reader", "370000"))
    with pytest.raises(AccessError):
        hand_in(reader, FILE, fuel_use(("370200", 2023, "1")))
    assert kept(desk) == []


def test_an_enterprise_hands_in_its_own_beside_others(desk, city):
    for code in ("E1", "E2", "../x"):
        plant = Desk(desk.workspace, Actor(code, "enterprise", "370200", code))
        (made,) = hand_in(plant, FILE, fuel_use(("370200", 2023, "1")))
        assert made["entity"] == code
        assert data_of(plant, made["id"])["intact"]
    assert len(kept(desk)) == 3
    assert all(name.count("/") == 0 and ".." not in name for name in kept(desk))
    with pytest.raises(TableError, match=r"E1.*已有"):  # the place as a whole would count twice
        hand_in(city, FILE, fuel_use(("370200", 2023, "1")))


def test_what_another_file_holds_is_not_counted_twice(desk, city):
    (desk.workspace.root / "activity" / FILE).write_bytes(fuel_use(("370200", 2023, "1")))
    with pytest.raises(TableError, match="370200 2023"):
        hand_in(city, FILE, fuel_use(("370200", 2023, "2")))
    assert hand_in(city, FILE, fuel_use(("370200", 2024, "2")))


def test_a_file_changed_behind_the_back_is_seen(desk, city):
    number = hand_in(city, FILE, fuel_use(("370200", 2023, "100")))[0]["id"]
    file = desk.workspace.root / "activity" / "fuel_use.370200.2023.csv"
    file.write_text(file.read_text("utf-8").replace("100", "10"), "utf-8")
    assert data_of(city, number)["intact"] is False


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("x.exe", b"1", InputError),
        (FILE, b"", InputError),
        (FILE, b"a" * 200_000, InputError),
        (FILE, b"\xff\xfe\x00\x00\x81", (InputError, TableError)),
        (FILE, b"a,b\n\x00,1\n", (InputError, TableError)),
        ("other.csv", fuel_use(("370200", 2023, "1")), InputError),
        (FILE, fuel_use(), InputError),
        (FILE, fuel_use(("370200", 2023, "much")), TableError),
        (FILE, fuel_use(("370200", 2023, "1"), fuel="木头渣"), TableError),
        ("fuel_use.xlsx", b"PK no workbook", TableError),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(desk, city, name, data, error):
    with pytest.raises(error):
        hand_in(city, name, data)
    assert kept(desk) == []
    assert submissions(city).total == 0


def test_what_one_answers_for_is_kept_with_name_and_reason(desk):
    head = "地区代码,年份,行业,燃料,数量,单位\n"
    absurd = f"{head}370200,2023,火力发电,原煤,9e10,吨\n".encode()
    with pytest.raises(TableProblemsError) as caught:
        hand_in(desk, "fuel_use.csv", absurd)
    codes = {one.code for one in caught.value.problems}
    assert all(one.waivable for one in caught.value.problems)
    with pytest.raises(InputError):
        hand_in(desk, "fuel_use.csv", absurd, waive=list(codes))
    with pytest.raises(TableProblemsError):
        hand_in(desk, "fuel_use.csv", absurd, waive=["something-else"], reason="年鉴如此")
    folder = desk.workspace.root / "activity"
    assert not list(folder.glob("*.csv"))
    (made,) = hand_in(desk, "fuel_use.csv", absurd, waive=list(codes), reason="年鉴如此")
    assert {one["code"] for one in made["waived"]} == codes
    assert desk.actor.name in (folder / "waived.csv").read_text("utf-8")
    (entry,) = [one for one in entries(desk).items if one["action"] == "data.waive"]
    assert entry["reason"] == "年鉴如此"
    assert load(desk.workspace.root).tables["fuel_use"].height == 1
