"""The commands on a workspace: the catalogue, a list, own measures, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from xietong.cli.cocontrol import app
from xietong.errors import InputError, NotFoundError, TableError

RUN = CliRunner()
KEYS = {"measure", "reductions", "elasticity", "quadrant", "equivalents", "unit_cost", "warnings"}
FUEL = """地区代码,年份,行业,燃料,燃烧技术,治理设施,数量,单位
370100,2020,居民生活,原煤,民用炉灶,无治理,10,万吨
370100,2021,居民生活,原煤,民用炉灶,无治理,8,万吨
370200,2021,居民生活,原煤,民用炉灶,无治理,2,万吨
370200,2021,钢铁,原煤,,,5,万吨
"""
OWN = {
    "measures": "id,name_zh,group,unit\nstoves,换炉具,residential-coal,GJ\nnone,没有的,,GJ\n",
    "edits": "measure,step,table,where,edit,column,amount_per_unit,value\n"
    "stoves,1,fuel_use,sector=residential;fuel=coal,scale,energy_gj,1,0.2\n"
    "none,1,fuel_use,sector=aviation;fuel=coke,scale,energy_gj,1,0.2\n",
    "effect": "measure,parameter,value,unit,source,locator,confidence\n"
    "stoves,potential_share,0.5,1,definition,test,V\n"
    "none,potential_share,0.5,1,definition,test,V\n",
    "cost": "measure,parameter,value,unit,source,locator,confidence\n"
    "stoves,annual_cny_per_year,3,CNY/GJ,definition,test,V\n",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    settings = '[inventory]\nprogramme = "provincial-2011"\npollutants = "literature-cn"\n'
    (tmp_path / "xietong.toml").write_text(settings, encoding="utf-8")
    for folder in ("activity", "measures"):
        (tmp_path / folder).mkdir()
    (tmp_path / "activity" / "fuel_use.csv").write_text(FUEL, encoding="utf-8")
    for name, text in OWN.items():
        (tmp_path / "measures" / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def asked(workspace: Path, *words: str) -> dict[str, Any]:
    done = RUN.invoke(app, ["evaluate", "--workspace", str(workspace), "--json", *words])
    assert done.exit_code == 0, done.exception
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def line(answer: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in answer["measures"] if one["measure"] == name)


def test_the_catalogue_on_a_workspace(workspace: Path) -> None:
    answer = asked(workspace)
    stoves = line(answer, "stoves")
    assert set(stoves) >= KEYS
    assert answer["year"] == 2021
    assert stoves["shares"]["co2_t"] == pytest.approx(
        0.1 * 10 / 15, rel=0.1
    )  # of 15 burnt, but a stove oxidises less
    assert stoves["units"] == pytest.approx(0.5 * 1e5 * 20.908, rel=0.1)
    assert stoves["annual_cost_cny"] == pytest.approx(3 * stoves["units"])
    missing = {one["measure"]: one["sought"] for one in answer["not_applicable"]}
    assert missing["none"] == ["fuel_use: sector=aviation; fuel=coke"]
    assert {one["group"] for one in answer["bundles"]} >= {"residential-coal"}


def test_one_year_and_one_region(workspace: Path) -> None:
    whole, before = asked(workspace), asked(workspace, "--year", "2020")
    of_2020 = line(before, "stoves")["reductions"]["co2_t"]
    assert of_2020 == pytest.approx(line(whole, "stoves")["reductions"]["co2_t"])
    city = asked(workspace, "--inventory-region", "370200")
    part = line(city, "stoves")["reductions"]["co2_t"]
    assert part == pytest.approx(0.2 * line(whole, "stoves")["reductions"]["co2_t"])
    assert line(city, "stoves")["shares"]["co2_t"] < line(whole, "stoves")["shares"]["co2_t"]
    with pytest.raises(TableError, match="2020, 2021"):
        RUN.invoke(
            app, ["evaluate", "--workspace", str(workspace), "--year", "1999"],
            catch_exceptions=False,
        )  # fmt: skip


def test_a_list_of_ids_and_a_bundle(workspace: Path) -> None:
    ids = workspace / "list.csv"
    ids.write_text("measure\nstoves\nresidential-coal-to-gas\n", encoding="utf-8")
    answer = asked(workspace, str(ids), "--bundle", "stoves,residential-coal-to-gas")
    assert [one["measure"] for one in answer["measures"]] == ["stoves", "residential-coal-to-gas"]
    bundle = next(
        one for one in answer["bundles"]
        if one["group"] == "stoves+residential-coal-to-gas" and one["species"] == "co2_t"
    )  # fmt: skip
    assert sum(bundle["shapley"].values()) == pytest.approx(bundle["bundle_t"])
    assert bundle["overlap_t"] > 0
    with pytest.raises(InputError, match="none"):
        RUN.invoke(
            app, ["evaluate", "--workspace", str(workspace), "--bundle", "stoves,none"],
            catch_exceptions=False,
        )  # fmt: skip
    ids.write_text("measure\nstove\n", encoding="utf-8")
    with pytest.raises(NotFoundError, match="stoves"):
        RUN.invoke(
            app, ["evaluate", str(ids), "--workspace", str(workspace)], catch_exceptions=False
        )


def test_own_measures_from_a_folder(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "others"
    (workspace / "measures").rename(folder)
    answer = asked(workspace, str(folder))
    assert [one["measure"] for one in answer["measures"]] == ["stoves"]
    assert asked(workspace)["measures"][0]["measure"] != "stoves"


def test_wrong_calls_say_what_to_do(workspace: Path) -> None:
    table = workspace / "b.csv"
    table.write_text("so2_t\n1\n", encoding="utf-8")
    for words, said in (
        (["--baseline", str(table)], "--reductions"),
        ([str(table), "--baseline", str(table), "--reductions", str(table)], "not both"),
        ([str(table), "--workspace", str(workspace)], "measure"),
    ):
        done = RUN.invoke(app, ["evaluate", *words])
        assert done.exit_code == 1 and said in str(done.exception)


def test_table_for_people_names_what_does_not_apply(workspace: Path) -> None:
    done = RUN.invoke(app, ["evaluate", "--workspace", str(workspace)])
    assert "stoves" in done.stdout and "not applicable: none" in done.stderr


def test_listing_and_sheet(workspace: Path) -> None:
    done = RUN.invoke(app, ["measures", "--workspace", str(workspace), "--json"])
    listed = {one["measure"]: one for one in json.loads(done.stdout)}
    assert listed["stoves"]["own"] and listed["stoves"]["has_cost"]
    assert not listed["residential-coal-to-gas"]["own"]
    shown = RUN.invoke(app, ["measure", "stoves", "--workspace", str(workspace)])
    assert "换炉具" in shown.stdout and "sector=residential" in shown.stdout
    sheet = RUN.invoke(app, ["measure", "stoves", "--workspace", str(workspace), "--json"])
    assert json.loads(sheet.stdout)["effect"][0]["source_title"]
