"""Rows: pages, filters, ETags, files, uploads."""

import csv
import io
from dataclasses import replace

import pytest
from filled_in import fuel_use


@pytest.fixture
def client(client_of):
    return client_of("city")


def test_pages_and_filters(client):
    body = client.get("/api/v1/targets?per_page=1&sort=-value").json()
    assert (body["total"], len(body["items"]), body["items"][0]["value"]) == (2, 1, 15.0)
    body = client.get("/api/v1/targets", params={"indicator": "替代率", "region": "370000"}).json()
    assert [row["value"] for row in body["items"]] == [[8.0, 10.0]]
    assert client.get("/api/v1/clauses?unit=市能源局").json()["total"] == 1
    assert client.get("/api/v1/units").json()["items"][0]["clauses"] >= 1
    assert client.get("/api/v1/targets?sort=nothing").status_code == 422


def test_an_etag_saves_the_second_answer(client):
    for path in ("/api/v1/targets", "/api/v1/targets/1", "/api/v1/documents/1"):
        tag = client.get(path).headers["etag"]
        again = client.get(path, headers={"If-None-Match": f'"x", {tag}'})
        assert again.status_code == 304 and not again.content


def test_if_match_keeps_the_slower_one_from_overwriting(client):
    path = "/api/v1/targets/1"
    tag = client.get(path).headers["etag"]
    headers = {"If-Match": tag}
    first = client.post(f"{path}/reviews", json={"action": "confirm"}, headers=headers)
    assert first.status_code == 201 and first.headers["etag"] != tag
    body = {"action": "reject", "reason": "x"}
    second = client.post(f"{path}/reviews", json=body, headers=headers)
    assert second.status_code == 412 and "city" in second.json()["detail"]
    assert client.get(path).json()["status"] == "confirmed"


def test_files_hold_all_rows(client):
    answer = client.get("/api/v1/targets?format=csv&per_page=1")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [row["indicator"] for row in rows] == ["非化石能源占比", "可再生能源替代率"]
    assert "attachment" in answer.headers["content-disposition"]
    assert client.get("/api/v1/targets?format=xlsx").content.startswith(b"PK")


TEXT = "乙市减污降碳方案\n一、总体要求\n".encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.exe", TEXT),
        ("x", TEXT),
        ("", TEXT),
        ("x.docx", TEXT),
        ("x.pdf", b"PK\x03\x04rest"),
        ("x.txt", b""),
        ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("..\\..\\x.svg", TEXT),
    ],
)
def test_what_is_no_plan_document_is_not_kept(client, desk, name, data):
    answer = client.post("/api/v1/uploads", files={"file": (name, data)})
    assert answer.status_code == 422
    folder = desk.workspace.root / "plans" / "uploads"
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "a\\..\\evil.txt", "方案\x07.txt"]
)
def test_a_file_name_never_becomes_a_path(client, desk, name):
    answer = client.post("/api/v1/uploads", files={"file": (name, TEXT)})
    assert answer.status_code == 201
    body = answer.json()
    assert "/" not in body["name"] and "\\" not in body["name"] and body["name"].isprintable()
    kept = {path.name for path in (desk.workspace.root / "plans" / "uploads").iterdir()}
    assert kept == {f"{body['id']}.txt", f"{body['id']}.json"}
    assert not list(desk.workspace.root.parent.rglob("*evil*"))


@pytest.mark.parametrize("number", ["../../../xietong", "0" * 63, "G" * 64, "%2e%2e"])
def test_an_upload_is_named_by_its_digest_only(client, number):
    assert client.get(f"/api/v1/uploads/{number}/preview").status_code in (404, 422)


def test_upload_preview_import(client, monkeypatch):
    from plans_by_hand import TARGETS, plan

    edition = plan(sha256="8" * 64, targets=TARGETS[:1])
    monkeypatch.setattr(
        "xietong.app.plans.uploads.parse", lambda _, source: replace(edition, source=source)
    )
    number = client.post("/api/v1/uploads", files={"file": ("方案.txt", TEXT)}).json()["id"]
    seen = client.get(f"/api/v1/uploads/{number}/preview").json()
    assert seen["status"] == "new_version"
    assert [row["indicator"] for row in seen["difference"]["targets"]["removed"]] == [
        "可再生能源替代率"
    ]
    assert client.get("/api/v1/targets").json()["total"] == 2  # nothing was stored
    done = client.post("/api/v1/imports", json={"upload": number})
    assert done.status_code == 201 and done.json()["version"] == 2
    assert client.get("/api/v1/targets").json()["total"] == 1
    assert client.get("/api/v1/documents/1").json()["source"] == "方案.txt"


@pytest.mark.parametrize("path", ["uploads", "submissions"])
def test_files_may_be_larger_than_other_bodies_but_not_without_end(client, path):
    size = {"fits": 2 * 2**20, "too large": 52 * 2**20}
    files = {"file": ("x.csv", b" " * size["fits"])}
    assert client.post(f"/api/v1/{path}", files=files).status_code == 422  # read, and no table
    files = {"file": ("x.csv", b" " * size["too large"])}
    assert client.post(f"/api/v1/{path}", files=files).status_code == 413


def test_a_filled_in_table_becomes_drafts(client):
    files = {"file": ("fuel_use.csv", fuel_use(("370200", 2023, "100"), ("370200", 2022, "9")))}
    made = client.post("/api/v1/submissions", files=files)
    assert made.status_code == 201
    assert [one["state"] for one in made.json()] == ["draft", "draft"]
    number = made.json()[0]["id"]
    rows = client.get(f"/api/v1/submissions/{number}/data").json()
    assert rows["intact"] is True and len(rows["rows"]) == 1


def test_a_plan_is_removed_with_a_reason_by_who_may(client_of):
    client = client_of("province_admin")
    told = client.get("/api/v1/documents/1/dependents").json()
    assert (told["versions"], told["targets"]) == (1, 2)
    headers = {"If-Match": f'"{told["lock"] + 1}"'}
    path = "/api/v1/documents/1?reason=x"
    assert client.delete(path, headers=headers).status_code == 412
    assert client.delete("/api/v1/documents/1").status_code == 422
    assert client.delete(path).json()["title"] == told["title"]
    assert client.get("/api/v1/documents/1").status_code == 404
