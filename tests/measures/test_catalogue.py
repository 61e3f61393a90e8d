"""Reading a catalogue: what may be written, what is refused, and that all of it is said at once."""

import csv
from pathlib import Path

import polars as pl
import pytest

from xietong.app.measures import load_catalogue, measure_rows, measure_sheet
from xietong.errors import InputError, NotFoundError, TableError
from xietong.measures.expression import expression
from xietong.measures.shipped import catalogue, chosen
from xietong.tables.problem import TableProblemsError

MEASURES = "id,name_zh,group,unit\n"
EDITS = (
    "measure,step,table,where,edit,column,of,amount_per_unit,value,to_table,to,to_column,ratio\n"
)
VALUES = "measure,parameter,value,unit,source,locator,confidence\n"


def written(folder: Path, **sheets: str) -> Path:
    (folder / "measures").mkdir(exist_ok=True)
    heads = {"measures": MEASURES, "edits": EDITS, "effect": VALUES, "cost": VALUES}
    for name, text in sheets.items():
        (folder / "measures" / f"{name}.csv").write_text(heads[name] + text, encoding="utf-8")
    return folder


def refused(folder: Path, **sheets: str) -> str:
    with pytest.raises(TableProblemsError) as caught:
        load_catalogue(written(folder, **sheets))
    return str(caught.value)


def test_what_is_shipped_is_without_fault_and_each_value_has_its_source() -> None:
    found = catalogue()
    assert len(found) >= 4
    assert {edit.edit for one in found.values() for edit in one.edits} == {
        "scale", "shift", "control", "add"
    }  # fmt: skip
    for one in found.values():
        assert one.edits and one.name_zh and one.name_en
        assert all(value.source and value.locator for value in one.effect.values())
        assert all(value.source and value.locator for value in one.cost.values())


def test_own_measures_add_and_a_value_alone_overrides(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        measures="stoves,换炉具,,GJ\n",
        edits="stoves,1,燃料燃烧,行业=居民生活;燃料=煤合计,scale,energy_gj,,,0.2,,,,\n",
        effect=(
            "stoves,potential_share,0.3,1,definition,test,V\n"
            "coal-power-scr,potential_share,0.6,1,definition,test,V\n"
        ),
        cost="stoves,investment_cny,12,CNY/GJ,definition,test,V\n",
    )
    found = load_catalogue(folder)
    own = found["stoves"]
    assert own.own and own.edits[0].table == "fuel_use"
    assert own.edits[0].where[0].values == ("residential",)
    assert own.cost["investment_cny"].value == 12
    assert found["coal-power-scr"].numbers["potential_share"] == 0.6
    assert catalogue()["coal-power-scr"].numbers["potential_share"] != 0.6
    assert set(catalogue()) < set(found)


def test_an_own_row_without_edits_keeps_those_that_are_shipped(tmp_path: Path) -> None:
    found = load_catalogue(written(tmp_path, measures="coal-power-scr,我们的脱硝,,MW\n"))
    assert found["coal-power-scr"].name_zh == "我们的脱硝"
    assert found["coal-power-scr"].edits == catalogue()["coal-power-scr"].edits


def test_excel_with_the_four_sheets(tmp_path: Path) -> None:
    from openpyxl import Workbook

    folder = written(
        tmp_path,
        measures="a,甲,,GJ\n",
        edits="a,1,fuel_use,fuel=coal,scale,energy_gj,,,0.2,,,,\n",
        effect="a,potential_share,0.3,1,definition,test,V\n",
    )
    book = Workbook()
    for path in sorted((folder / "measures").glob("*.csv")):
        sheet = book.create_sheet(path.stem)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                sheet.append(row)
        path.unlink()
    book.remove(book.worksheets[0])
    book.save(folder / "measures" / "own.xlsx")
    assert load_catalogue(folder)["a"].numbers == {"potential_share": 0.3}


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    message = refused(
        tmp_path,
        measures="a,甲,,GJ\nb,乙,,GJ\nc,丙,,GJ\nd,丁,,GJ\ne,戊,,GJ\na,甲,,GJ\n",
        edits=(
            "a,1,fuel_uses,fuel=coal,scale,energy_gj,,,0.2,,,,\n"
            "b,1,fuel_use,fuels=coal,scale,energy_gj,,,0.2,,,,\n"
            "c,1,fuel_use,fuel=cole,scale,energy_gj,,,0.2,,,,\n"
            "d,1,fuel_use,fuel=coal,control,energy_gj,,,,,control=scrubber,,\n"
            "e,1,fuel_use,fuel=coal,remove,energy_gj,,,0.2,,,,\n"
            "nobody,1,fuel_use,fuel=coal,scale,energy_gj,,,0.2,,,,\n"
        ),
    )
    for word in ("fuel_use'", "'fuels'", "coke", "scrubber", "remove", "nobody", "same key"):
        assert word in message


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        ("effect", "a,potential_share,1.2,1,definition,t,V\n", "0 to 1"),
        ("effect", "a,potential_units,-2,MW,definition,t,V\n", "potential_units"),
        ("effect", "a,potential_share,0.2,1,nowhere,t,V\n", "sources.toml"),
        ("effect", "a,no_such,0.2,1,definition,t,V\n", "not a parameter"),
        ("cost", "a,life_years,0,a,definition,t,V\n", "life must be above 0"),
        ("cost", "a,life_years,-5,a,definition,t,V\n", "life must be above 0"),
        ("cost", "a,investment_cny,-5,CNY/GJ,definition,t,V\n", "below 0"),
        ("cost", "a,investment_cny,5,EUR/GJ,definition,t,V\n", "unit mismatch"),
    ],
)
def test_impossible_values(tmp_path: Path, sheet: str, row: str, said: str) -> None:
    sheets = {"effect": "a,potential_share,0.3,1,definition,t,V\n"}
    sheets[sheet] = row if sheet in sheets else sheets.get(sheet, "") + row
    message = refused(
        tmp_path,
        measures="a,甲,,GJ\n",
        edits="a,1,fuel_use,fuel=coal,scale,energy_gj,,,0.2,,,,\n",
        **sheets,
    )
    assert said in message


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,1,fuel_use,fuel=coal,scale,energy_gj,,,,,,,\n", "needs value"),
        ("a,1,fuel_use,fuel=coal,scale,energy_gj,,,1.5,,,,\n", "cannot be above 1"),
        ("a,1,fuel_use,fuel=coal,scale,energy_gj,,,unheard,,,,\n", "no value for: unheard"),
        ("a,1,fuel_use,fuel=coal,scale,energy_gj,,,1/0,,,,\n", "not a finite number"),
        ("a,1,fuel_use,fuel=coal,scale,energy_mwh,,,0.5,,,,\n", "no such number column"),
        ("a,1,fuel_use,fuel=coal,shift,energy_gj,,,,,,,\n", "needs to"),
        ("a,1,fuel_use,fuel=coal,shift,energy_gj,,,,,fuel=coke,,-1\n", "ratio"),
        ("a,1,fuel_use,fuel=coal,control,energy_gj,,,,,fuel=coke,,\n", "the control only"),
        ("a,1,fuel_use,,add,energy_gj,,,,,sector=steel;fuel=coke,,\n", "potential in units"),
        ("a,1,road_fleet,vehicle=bus,shift,vehicles,,,,electric_fleet,vehicle=bus,,\n", "carrier"),
        ("a,2,fuel_use,fuel=coal,scale,energy_gj,1,0.5,0.5,,,,\n", "an earlier step"),
        ("a,1,fuel_use,fuel=coal,scale,energy_gj,,-1,0.5,,,,\n", "above 0"),
    ],
)
def test_impossible_edits(tmp_path: Path, row: str, said: str) -> None:
    message = refused(
        tmp_path,
        measures="a,甲,,GJ\n",
        edits=row,
        effect="a,potential_share,0.3,1,definition,t,V\n",
    )
    assert said in message


def test_a_measure_without_edits_or_potential(tmp_path: Path) -> None:
    message = refused(tmp_path, measures="a,甲,,GJ\n")
    assert "no edits" in message and "no potential" in message


def test_unknown_ids_come_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="coal-power-scr"):
        chosen(catalogue(), ["coal-power-src", "coal-power-scr"])
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "other.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(TableError, match="other"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(
    "text", ["__import__('os')", "a.b", "a[0]", "1 if a else 2", "2**9", "a b"]
)
def test_an_expression_is_arithmetic_only(text: str) -> None:
    with pytest.raises(InputError):
        expression(text)


def test_the_sheet_of_a_measure_names_every_source() -> None:
    sheet = measure_sheet("residential-coal-to-gas")
    assert sheet["edits"][0]["where"] == "sector=residential; fuel=coal"
    assert all(value["source_title"] for value in sheet["effect"])
    listed = {row["measure"]: row for row in measure_rows(theme="散煤")}
    assert listed["residential-coal-to-gas"]["group"] == "residential-coal"
    assert "coal-power-scr" not in listed


def test_cells_may_be_of_any_width() -> None:
    """A sheet without the optional columns is a whole sheet."""
    own = {
        "measures": pl.DataFrame({"id": ["z"], "name_zh": ["己"]}),
        "edits": pl.DataFrame(
            {"measure": ["z"], "step": ["1"], "table": ["livestock"], "edit": ["scale"], "value": ["0.1"]}
        ),
        "effect": pl.DataFrame(
            {"measure": ["z"], "parameter": ["potential_share"], "value": ["0.5"], "unit": ["1"],
             "source": ["definition"], "locator": ["t"], "confidence": ["V"]}
        ),
    }  # fmt: skip
    assert catalogue(own)["z"].edits[0].sought == "livestock: *"
