"""Synergy over HTTP: empty state, import by right, ranking, tracking on an own panel, evaluation."""

import csv
import io

import pytest

# made-up cells: tests of the path, never shown
HEADER = "entity,year,pm25_ugm3,coal_share,nev_share,monitored_share\n"
CITIES = {
    "青岛市": (30, 0.4, 0.3, 0.9),
    "济南市": (40, 0.6, 0.1, 0.5),
    "淄博市": (45, 0.7, 0.2, 0.6),
}
TABLE = HEADER + "".join(
    f"{city},{year},{pm + year - 2022},{coal},{nev},{watched}\n"
    for city, (pm, coal, nev, watched) in CITIES.items()
    for year in (2022, 2023)
)
PANEL = "entity,year,gdp_1e8cny_2000,co2_t,population_1e4\n" + "".join(
    f"{city},{year},{100 * (at + 1) + 10 * (year - 2018)},{1e6 * (at + 1) + 3e4 * (year - 2018)},\n"
    for at, city in enumerate(CITIES)
    for year in range(2018, 2024)
)
API = "/api/v1/synergy"


def send(client, text, system="city", name="表.csv", **words):
    query = {"system": system, "source": "年报 2023"} | words
    return client.post(f"{API}/imports", params=query, files={"file": (name, text.encode())})


def test_nothing_is_made_up_before_an_import(client_of):
    client = client_of("province_admin")
    body = client.get(f"{API}/ranking").json()
    assert (body["state"], body["items"], body["total"]) == ("empty", [], 0)
    body = client.get(f"{API}/tracking/tapio").json()
    assert (body["state"], body["items"]) == ("empty", [])
    header = client.get(f"{API}/templates/city-panel").text
    assert header.strip() == PANEL.splitlines()[0]
    assert client.get(f"{API}/templates/park?format=xlsx").content.startswith(b"PK")


@pytest.fixture(autouse=True)
def no_folder_of_data(monkeypatch):
    monkeypatch.delenv("XIETONG_DATA", raising=False)


def test_ranking_of_an_import_names_how_it_was_made(client_of):
    client = client_of("province_admin")
    sent = send(client, TABLE, check=True)
    assert sent.status_code == 201 and sent.json()["rows"] == 6
    assert client.get(f"{API}/ranking").json()["state"] == "empty"  # a check stores nothing
    assert send(client, TABLE).status_code == 201
    body = client.get(f"{API}/ranking", params={"variant": "power", "exponent": 3}).json()
    assert body["state"] == "ready" and body["years"] == [2022, 2023]
    assert (body["variant"], body["scheme"]) == ("power, k = 3", "ten-class")
    assert body["formula"] and body["source"] == "年报 2023" and body["warnings"]
    first = body["items"][0]
    assert (first["entity"], first["rank"], first["adcode"]) == ("青岛市", 1, "370200")
    page = client.get(f"{API}/degrees?per_page=2&page=2&sort=-d").json()
    assert (page["total"], len(page["items"]), page["page"]) == (6, 2, 2)
    degrees = client.get(f"{API}/degrees?sort=-d").json()["items"]
    assert [row["d"] for row in degrees] == sorted((row["d"] for row in degrees), reverse=True)
    file = client.get(f"{API}/degrees?format=csv").text
    assert len(list(csv.DictReader(io.StringIO(file.lstrip("\ufeff"))))) == 6


def test_wrong_choices_are_refused_in_words(client_of):
    client = client_of("province_admin")
    send(client, TABLE)
    for query in ("variant=best", "weighting=x", "system=../city", "sort=nothing", "year=1999"):
        answer = client.get(f"{API}/ranking?{query}")
        assert answer.status_code == 422, query
        assert answer.headers["content-type"] == "application/problem+json"
    assert client.get(f"{API}/ranking?system=nobody").status_code == 422
    broken = send(client, TABLE.replace("0.4", "40"))
    assert broken.status_code == 422 and "coal_share" in broken.json()["detail"]
    assert send(client, "\0\1", name="x.xlsx").status_code == 422


def test_who_may_hand_in_what_and_who_sees_what(client_of):
    province = client_of("province_admin")
    assert send(province, TABLE).status_code == 201
    city = client_of("city")  # of Qingdao
    assert send(city, TABLE).status_code == 403
    own = HEADER + "青岛市,2023,25,0.3,0.4,0.95\n"
    assert send(city, own).status_code == 201
    seen = city.get(f"{API}/ranking").json()
    assert [(row["entity"], row["rank"]) for row in seen["items"]] == [("青岛市", 1)]
    everybody = province.get(f"{API}/degrees").json()["items"]
    assert len(everybody) == 5  # the other cities' rows stayed, Qingdao's were replaced
    assert client_of("reader").get(f"{API}/ranking").status_code == 403
    assert client_of("verifier").get(f"{API}/ranking").json()["total"] == 3
    assert send(client_of("reader"), own).status_code == 403
    assert send(city, own, replace=True).status_code == 403  # would drop other cities' rows


def test_tracking_on_an_own_panel(client_of):
    client = client_of("province_admin")
    assert send(client, PANEL, "city-panel").status_code == 201
    body = client.get(f"{API}/tracking/tapio?mode=span&first=2019").json()
    assert body["total"] == 3 and body["source"] == "年报 2023"
    row = body["items"][0]
    assert (row["from_year"], row["to_year"], row["adcode"]) == (2019, 2023, "370100")
    assert row["state"] == "WD"
    lmdi = client.get(f"{API}/tracking/lmdi?mode=span&format=csv").text.lstrip("\ufeff")
    effects = {}
    for line in csv.DictReader(io.StringIO(lmdi)):
        effects.setdefault(line["entity"], {})[line["factor"]] = float(line["effect"])
    for one in effects.values():
        assert one["GDP"] + one["CO2/GDP"] == pytest.approx(one["total"], rel=1e-9)
    kaya = client.get(f"{API}/tracking/kaya?mode=span").json()["items"]
    assert all(row["effect"] is None for row in kaya)  # population was left empty
    assert client.get(f"{API}/tracking/moran").status_code == 200
    assert client.get(f"{API}/tracking/synergy").json()["state"] == "empty"
    assert client.get(f"{API}/tracking/tapio?first=1950&last=1960").status_code == 422
    rates = send(client, PANEL.replace("100.0", "-7"), "city-panel")
    assert rates.status_code == 201 or "not above 0" in rates.json()["detail"]


def test_degree_of_a_table_that_is_sent_along(client_of):
    client = client_of("province_admin")
    rows = [{"entity": "a", "year": 2017, "air": 0.64, "carbon": 0.36}]
    body = client.post(f"{API}/degree", json={"rows": rows, "subsystems": ["air", "carbon"]}).json()
    assert (body["rows"][0]["c"], body["rows"][0]["t"]) == (0.96, 0.5)
    assert body["rows"][0]["level_zh"] == "初级协调" and body["formula"]
    for wrong in ({"rows": rows}, {"rows": rows, "system": "nobody"}, {"rows": []}):
        assert client.post(f"{API}/degree", json=wrong).status_code == 422
    percent = [{"entity": "a", "air": 64, "carbon": 36}]
    answer = client.post(f"{API}/degree", json={"rows": percent, "subsystems": ["air", "carbon"]})
    assert "divide by 100" in answer.json()["detail"]


def test_systems_are_listed_and_the_users_own_goes_first(client_of, desk):
    client = client_of("province_admin")
    listed = {one["name"]: one for one in client.get(f"{API}/systems").json()["items"]}
    assert set(listed) == {"city", "park", "enterprise"}
    own = """[system]
id = "mine"
version = "1"
[subsystem.air]
indicator = [{ column = "pm25_ugm3", direction = "negative" }]
[subsystem.carbon]
indicator = [{ column = "coal_share", direction = "negative" }]
"""
    folder = desk.workspace.root / "statistics"
    folder.mkdir(exist_ok=True)
    (folder / "synergy_city.toml").write_text(own, "utf-8")
    assert client.get(f"{API}/templates/city").text.strip() == "entity,year,pm25_ugm3,coal_share"
