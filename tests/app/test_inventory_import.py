"""Activity imported on the command line: in the audit trail, never past a lock."""

import pytest

from xietong.app.access import Actor
from xietong.app.audit import entries
from xietong.app.data_review import step, submissions
from xietong.app.data_review_files import hand_in
from xietong.app.desk import Desk
from xietong.app.inventory_import import import_activity
from xietong.errors import AccessError, ConflictError

HEAD = "地区代码,年份,行业,燃料,数量,单位\n"


def sheet(tmp_path, year=2023, amount=10, name="fuel_use.csv"):
    path = tmp_path / name
    path.write_text(f"{HEAD}370200,{year},火力发电,原煤,{amount},吨\n", encoding="utf-8")
    return path


def test_an_import_stands_in_the_audit_trail(desk, tmp_path):
    (made,) = import_activity(desk, sheet(tmp_path))
    assert made["rows"] == 1
    import_activity(desk, sheet(tmp_path, amount=11), replace=True)
    found = [one for one in entries(desk).items if one["action"] == "activity.import"]
    assert [one["subject"] for one in found] == ["activity:fuel_use"] * 2
    assert "sha256" in str(found[0]["before"]) and not found[1]["before"]


def test_an_accepted_year_is_not_written_past(desk, tmp_path):
    city = Desk(desk.workspace, Actor("青岛", "city", "370200"))
    hand_in(city, "fuel_use.csv", sheet(tmp_path).read_bytes())
    (item,) = submissions(desk).items
    step(city, item["id"], "submit")
    with pytest.raises(ConflictError):
        import_activity(desk, sheet(tmp_path, amount=99))
    step(desk, item["id"], "accept")
    with pytest.raises(ConflictError, match="accepted"):
        import_activity(desk, sheet(tmp_path, amount=99))
    assert not (desk.workspace.root / "activity" / "fuel_use.csv").exists()
    assert import_activity(desk, sheet(tmp_path, year=2024))[0]["rows"] == 1


def test_only_in_ones_own_region(desk, tmp_path):
    other = Desk(desk.workspace, Actor("济南", "city", "370100"))
    with pytest.raises(AccessError):
        import_activity(other, sheet(tmp_path))
    assert not (desk.workspace.root / "activity" / "fuel_use.csv").exists()
