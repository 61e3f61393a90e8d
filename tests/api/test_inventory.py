"""The inventory through the door: what a program asks, and what it gets, on the Shandong example."""

import pytest
from fastapi.testclient import TestClient

from xietong.api.server import PREFIX, create_api
from xietong.app.workspace import create_workspace, open_desk


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api") / "w"
    create_workspace(folder, example="shandong")
    desk = open_desk(folder)
    headers = {"host": "127.0.0.1:8000"}
    with TestClient(create_api(desk), headers=headers, client=("127.0.0.1", 1)) as client:
        yield client
    desk.workspace.close()


def got(client, path, **words):
    answer = client.get(f"{PREFIX}/inventory/{path}", params=words)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_totals_add_up_over_structure_and_trend(client):
    rows = got(client, "totals", year=2014, species="co2_t")["items"]
    co2 = sum(row["value_t"] for row in rows)
    assert co2 == pytest.approx(773.26e6, rel=1e-4)
    parts = got(client, "structure", year=2014, species="co2_t", per_page=1000)["items"]
    assert sum(row["value"] for row in parts) == pytest.approx(co2)
    years = got(client, "trend", year=2014, species="co2_t")["items"]
    assert sum(row["value"] for row in years) == pytest.approx(co2)


def test_settings_and_region_are_words_of_the_address(client):
    ar6 = got(client, "totals", year=2014, gwp="AR6", per_page=1000)["items"]
    assert "co2e_ar6_t" in {row["species"] for row in ar6}
    other = got(client, "totals", year=2014, programme="enterprise-24", species="co2_t")["items"]
    assert sum(row["value_t"] or 0 for row in other) != pytest.approx(773.26e6, rel=1e-3)
    for words in ({"gwp": "AR9"}, {"programme": "none"}, {"region": "110000"}, {"region": "x"}):
        answer = client.get(f"{PREFIX}/inventory/totals", params={"year": 2014} | words)
        assert answer.status_code == 422, words


def test_a_figure_is_explained_with_its_sources(client):
    found = got(
        client, "explanation", year=2014, species="so2_t", sector="public_power", fuel="raw_coal"
    )
    (row,) = found["rows"]
    assert row["value"] == pytest.approx(found["total"])
    assert all(one["source"] for one in row["factors"])


def test_a_result_is_kept_compared_and_forgotten(client):
    body = {"name": "2014 基准", "year": 2014}
    assert client.post(f"{PREFIX}/inventory/results", json=body).status_code == 201
    assert client.post(f"{PREFIX}/inventory/results", json=body).status_code == 422
    (one,) = got(client, "results")["items"]
    assert one["name"] == "2014 基准" and one["kind"] == "run"
    found = got(client, "comparison", left="saved=2014 基准", right="programme=enterprise-24")
    steps = found["waterfall"]
    assert sum(step["value"] for step in steps[:-1]) == pytest.approx(steps[-1]["value"])
    table = (
        "地区代码,年份,行业,燃料,物种,排放量,数据来源\n370000,2014,火力发电,原煤,CO2,1e8,某报告\n"
    )
    answer = client.post(
        f"{PREFIX}/inventory/results/other/table", files={"file": ("t.csv", table.encode())}
    )
    assert answer.status_code == 201, answer.text
    found = got(client, "comparison", left="-", right="saved=other")
    assert sum(row["right"] for row in found["rows"]) == 1e8
    wrong = table.replace("火力发电", "不存在")
    answer = client.post(
        f"{PREFIX}/inventory/results/wrong/table", files={"file": ("t.csv", wrong.encode())}
    )
    assert answer.status_code == 422 and "不存在" in answer.text
    for name in ("2014 基准", "other"):
        assert client.delete(f"{PREFIX}/inventory/results/{name}").status_code == 204
    assert got(client, "results")["items"] == []
