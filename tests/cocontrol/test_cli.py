"""``xietong cocontrol`` from the outside: data on stdout, account on stderr, complete messages."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xietong.app.access import Actor
from xietong.app.audit import entries
from xietong.app.cocontrol_import import import_table
from xietong.app.workspace import create_workspace, open_desk
from xietong.cli.cocontrol import app
from xietong.errors import AccessError, TableError

RUNNER = CliRunner()
PANEL = "entity,year,printed,air,carbon,population,gdp,energy,co2\n" + "\n".join(
    f"{city},{year},{0.6 + 0.01 * t},{0.3 + 0.05 * t + 0.1 * c},{0.8 - 0.02 * t},{10 + t + c},{20 + 3 * t * (1 + c)},"
    f"{30 + t},{90 + 2 * t + c}"
    for c, city in enumerate(["济南", "青岛"])
    for t, year in enumerate(range(2015, 2021))
)
CITIES = ["济南市", "青岛市", "淄博市", "泰安市"]


@pytest.fixture
def panel(tmp_path: Path) -> Path:
    path = tmp_path / "panel.csv"
    path.write_text(PANEL, encoding="utf-8-sig")
    return path


def run(*words: str | Path) -> str:
    result = RUNNER.invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return str(result.stdout)


def data(*words: str | Path) -> dict[str, object]:
    content = json.loads(run(*words, "--json"))
    assert content["formula"] and content["variant"] and isinstance(content["warnings"], list)
    return dict(content)


COMMANDS = {
    "degree": ["--subsystems", "air,carbon"],
    "synergy": ["--groups", "a: energy-; b: co2-, gdp"],
    "weights": ["--columns", "energy-,co2-,gdp"],
    "rank": ["--columns", "energy-,co2-,gdp"],
    "grey": ["--reference", "co2", "--compared", "energy,gdp"],
    "decompose": [],
    "decouple": [],
    "stirpat": ["--impact", "co2", "--drivers", "population,energy"],
    "ekc": ["--pressure", "co2", "--income", "gdp"],
    "identify": ["--subsystems", "air,carbon", "--printed", "printed"],
    "score": ["--rules", "zero_carbon_park"],
}


@pytest.mark.parametrize(("command", "options"), COMMANDS.items())
def test_every_result_names_its_formula_in_json_csv_and_table(
    command: str, options: list[str], panel: Path, tmp_path: Path
) -> None:
    content = data(command, panel, *options)
    assert isinstance(content["rows"], list) and content["rows"]
    first = run(command, panel, *options, "--csv").splitlines()[0]
    assert first.split(",")[0] in content["rows"][0]
    result = RUNNER.invoke(app, [command, str(panel), *options])
    assert "公式 formula:" in result.stderr and "变体 variant:" in result.stderr
    out = tmp_path / "out.json"
    run(command, panel, *options, "--out", out)
    assert json.loads(out.read_text(encoding="utf-8"))["rows"] == content["rows"]


def test_degree_through_an_index_system_given_in_text(panel: Path) -> None:
    content = data(
        "degree", panel, "--groups", "air: energy-; carbon: co2-", "--weighting", "entropy",
        "--variant", "power", "--exponent", "2", "--scheme", "four-class",
    )  # fmt: skip
    assert content["variant"] == "power, k = 2" and content["scheme"] == "four-class"
    weights = content["details"]["weights"]  # type: ignore[index]
    assert [row["indicator"] for row in weights] == ["energy", "co2"]
    rows = content["rows"]
    assert isinstance(rows, list) and all(0 <= row["d"] <= 1 for row in rows)


def test_ahp_from_a_matrix_with_fractions_and_combination(tmp_path: Path, panel: Path) -> None:
    matrix = tmp_path / "matrix.csv"
    matrix.write_text("name,energy,co2\nenergy,1,1/3\nco2,3,1\n", encoding="utf-8")
    content = data("weights", matrix, "--method", "ahp")
    weights = {row["indicator"]: row["weight"] for row in content["rows"]}  # type: ignore[union-attr]
    assert weights == pytest.approx({"energy": 0.25, "co2": 0.75})
    stored = tmp_path / "ahp.csv"
    run("weights", matrix, "--method", "ahp", "--out", stored)
    mixed = data(
        "weights",
        panel,
        "--columns",
        "energy-,co2-",
        "--combine",
        "multiplicative",
        "--with",
        stored,
    )
    assert sum(row["weight"] for row in mixed["rows"]) == pytest.approx(1)  # type: ignore[union-attr]


def test_effort_index_and_periods(panel: Path) -> None:
    effort = data("decompose", panel, "--activity", "gdp/population", "--mode", "end-to-end")
    assert {row["state"] for row in effort["rows"]} <= {"strong", "weak", "none", None}  # type: ignore[union-attr]
    spans = data("decouple", panel, "--periods", "2015-2018,2018-2020", "--prices", "constant")
    assert len(spans["rows"]) == 4  # type: ignore[arg-type]


def test_moran_knows_the_cities_by_name(tmp_path: Path) -> None:
    path = tmp_path / "cities.csv"
    lines = [f"{city},{value}" for value, city in enumerate(CITIES, start=1)]
    path.write_text("entity,co2\n" + "\n".join(lines), encoding="gb18030")
    content = data("moran", path, "--value", "co2", "--permutations", "99")
    assert content["rows"][0]["n"] == 4  # type: ignore[index]
    air = tmp_path / "air.csv"
    air.write_text(
        "entity,so2_ugm3,no2_ugm3,pm10_ugm3,pm25_ugm3,co_mgm3,o3_ugm3\n济南市,60,40,70,35,4,160\n",
        encoding="utf-8",
    )
    assert data("air-index", air)["rows"][0]["composite"] == 6  # type: ignore[index]


BROKEN = {
    "missing column": ("entity,year,air\na,2020,0.5\n", "missing column 'carbon'"),
    "text": ("entity,year,air,carbon\na,2020,x,0.5\n", "line 2: 'x'"),
    "twice": ("entity,year,air,carbon\na,2020,1,1\na,2020,1,1\n", "comes twice: a, 2020"),
    "nan": ("entity,year,air,carbon\na,2020,NaN,1\n", "line 2: NaN"),
    "percent": ("entity,year,air,carbon\na,2020,55,60\n", "divide by 100"),
    "ragged": ("entity,year,air,carbon\na,2020,1\n", "3 cells, 4 expected"),
    "empty": ("", "empty file"),
    "column twice": ("entity,year,air,air\na,2020,1,1\n", "column twice: 'air'"),
}


@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_messages_name_file_and_place(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TableError) as caught:
        run("degree", path, "--subsystems", "air,carbon")
    assert str(path) in str(caught.value) and message in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("entity,year,a,b\nx,2020,1,2\n", "a single row has no range"),
        ("entity,year,a,b\nx,2020,1,2\ny,2020,1,2\n", "every indicator column is constant"),
    ],
)
def test_weights_refuse_a_single_row_and_constant_tables(
    content: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "flat.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=message):
        run("weights", path, "--columns", "a,b")


def test_exit_status_1_and_no_traceback(tmp_path: Path) -> None:
    words = ["cocontrol", "degree", str(tmp_path / "no.csv"), "--subsystems", "a,b"]
    done = subprocess.run(
        [sys.executable, "-c", "from xietong.cli.main import main; main()", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and done.stdout == ""
    assert "no such file" in done.stderr and "Traceback" not in done.stderr


def workspace(folder: Path) -> Path:
    create_workspace(folder / "w", title="测试")
    return folder / "w"


def test_template_import_and_ranking_with_an_empty_state_before(tmp_path: Path) -> None:
    home = workspace(tmp_path)
    empty = json.loads(run("ranking", "--json", "--workspace", home))
    assert empty["state"] == "empty" and empty["rows"] == []
    header = run("template", "city").strip()
    columns = header.split(",")
    assert columns[:2] == ["entity", "year"]
    cells = range(len(columns) - 2)
    lines = [
        ",".join([city, "2023", *(str(round(0.1 + 0.2 * i + 0.01 * j, 3)) for j in cells)])
        for i, city in enumerate(CITIES)
    ]  # made-up cells: a test of the path, never shown
    filled = tmp_path / "city.csv"
    filled.write_text("\n".join([header, *lines]), encoding="utf-8")
    stored = json.loads(run("import", filled, "--workspace", home))
    assert stored["rows"] == 4 and Path(stored["file"]).is_file()
    ready = json.loads(run("ranking", "--json", "--workspace", home))
    assert ready["state"] == "ready" and [row["rank"] for row in ready["rows"]] == [1, 2, 3, 4]
    with pytest.raises(TableError, match="no year 1999"):
        run("ranking", "--workspace", home, "--year", "1999")
    (entry,) = [e for e in trail(home) if e["action"] == "cocontrol.import"]
    assert entry["subject"] == "statistics/synergy_city.csv" and "city.csv" in str(entry["after"])


def trail(home: Path) -> list[dict[str, object]]:
    desk = open_desk(home)
    try:
        return list(entries(desk).items)
    finally:
        desk.workspace.close()


def test_import_lists_all_errors(tmp_path: Path) -> None:
    path = tmp_path / "city.csv"
    path.write_text(
        "entity,year,pm25_ugm3,good_days_share,coal_share,other\na,2023,30,85,0.5,1\n",
        encoding="utf-8",
    )
    home = workspace(tmp_path)
    with pytest.raises(TableError) as caught:
        run("import", path, "--workspace", home)
    for part in (
        "good_days_share: 第 2 行",
        "'other'",
        "subsystem management",
        "subsystem structure",
    ):
        assert part in str(caught.value)
    assert json.loads(run("ranking", "--json", "--workspace", home))["state"] == "empty"


def test_a_city_hands_in_its_own_rows_and_nobody_elses(tmp_path: Path) -> None:
    desk = open_desk(workspace(tmp_path), Actor("a", "city", "370200"))
    header = "entity,year,pm25_ugm3,coal_share,nev_share,monitored_share\n"
    path = tmp_path / "city.csv"
    path.write_text(header + "青岛市,2023,30,0.5,0.1,0.9\n济南市,2023,40,0.6,0.1,0.9\n", "utf-8")
    with pytest.raises(AccessError, match="济南市"):
        import_table(desk, path, "city")
    path.write_text(header + "某园区,2023,30,0.5,0.1,0.9\n", "utf-8")
    with pytest.raises(AccessError, match="某园区"):  # nobody knows where it lies
        import_table(desk, path, "city")
    path.write_text(header + "青岛市,2023,30,0.5,0.1,0.9\n", "utf-8")
    assert import_table(desk, path, "city")["rows"] == 1
    desk.workspace.close()
